"""The lock on circles: the projection, and the functions that open, share, guard and protect.

A grant on a circle is the intersection of its members' grants, holder by holder. Triggers on the grants
project anew whenever a member's access is added or deleted, whoever did it, so a withdrawal ends circle
rows in the same statement. The circle's subject row is locked first: two changes at a time cannot leave a
grant that neither of them saw.
"""

from django.db import migrations

from samvirke.kernel.gate_words import DataKind

SHAREABLE = int(DataKind.IDENTITY | DataKind.PLAN)
PROTECTED = int(DataKind.PROTECTED_LOCATION)
OWN = ["gate_circlemember", "gate_familyshare", "gate_protectedplace"]

OWNERSHIP = "\n".join(
    f"ALTER TABLE {table} OWNER TO samvirke_gatekeeper; ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
    for table in OWN
)

INDEXES = """
DROP INDEX grant_by_subject;
CREATE UNIQUE INDEX grant_once ON gate_grant (subject_id, holder_id, coalesce(consent_id, subject_id))
  WHERE basis <> 'circle';
CREATE INDEX grant_by_subject ON gate_grant (subject_id, holder_id)
  INCLUDE (kinds, purposes, valid_from, valid_to);
"""

PROJECTION = """
CREATE FUNCTION gate.project(circles uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM gate_subject WHERE id = ANY (circles) ORDER BY id FOR NO KEY UPDATE;
  DELETE FROM gate_grant WHERE subject_id = ANY (circles) AND basis = 'circle';
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
  WITH RECURSIVE member AS (
    SELECT circle_id, person_id, row_number() OVER (PARTITION BY circle_id ORDER BY person_id) AS place,
      count(*) OVER (PARTITION BY circle_id) AS size
    FROM gate_circlemember WHERE circle_id = ANY (circles)
  ), opened AS (
    SELECT m.circle_id, m.place, m.size, g.holder_id, g.kinds, g.purposes, g.valid_from, g.valid_to
    FROM member m JOIN gate_grant g ON g.subject_id = m.person_id AND g.basis <> 'circle'
    UNION ALL
    SELECT m.circle_id, m.place, m.size, s.holder_id, s.kinds, s.purposes, s.valid_from, s.valid_to
    FROM member m JOIN gate_familyshare s ON s.circle_id = m.circle_id AND s.person_id = m.person_id
  ), shared AS (
    SELECT circle_id, place, size, holder_id, kinds, purposes, valid_from, valid_to
    FROM opened WHERE place = 1
    UNION
    SELECT o.circle_id, o.place, o.size, o.holder_id, s.kinds & o.kinds, s.purposes & o.purposes,
      greatest(s.valid_from, o.valid_from), least(s.valid_to, o.valid_to)
    FROM shared s JOIN opened o
      ON o.circle_id = s.circle_id AND o.holder_id = s.holder_id AND o.place = s.place + 1
    WHERE s.kinds & o.kinds <> 0 AND s.purposes & o.purposes <> 0
      AND greatest(s.valid_from, o.valid_from) < least(s.valid_to, o.valid_to)
  )
  SELECT gen_random_uuid(), circle_id, holder_id, kinds, purposes, valid_from, valid_to, 'circle'
  FROM shared WHERE place = size;
END $$;

CREATE FUNCTION gate.project_after_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE circles uuid[];
BEGIN
  IF TG_TABLE_NAME = 'gate_grant' THEN
    SELECT array_agg(DISTINCT m.circle_id) INTO circles
      FROM changed c JOIN gate_circlemember m ON m.person_id = c.subject_id;
  ELSE
    SELECT array_agg(DISTINCT m.circle_id) INTO circles
      FROM changed c JOIN gate_circlemember m ON m.circle_id = c.circle_id;
  END IF;
  IF circles IS NOT NULL THEN
    PERFORM gate.project(circles);
    IF TG_OP = 'DELETE' THEN
      UPDATE gate_subject SET epoch = epoch + 1 WHERE id = ANY (circles);
    END IF;
  END IF;
  RETURN NULL;
END $$;
"""

TRIGGERS = "\n".join(
    f"CREATE TRIGGER circles_after_{verb.lower()} AFTER {verb} ON {table} "
    f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION gate.project_after_change();"
    for table in ("gate_grant", "gate_familyshare")
    for verb, rows in (("INSERT", "NEW"), ("DELETE", "OLD"))
)

ENTER = """
CREATE OR REPLACE FUNCTION gate.enter(as_post uuid, for_purpose int,
    OUT role text, OUT holders uuid[], OUT barred uuid[], OUT at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE cap int;
BEGIN
  PERFORM gate.leave();
  at := gate.now();
  SELECT min(m.role), array_agg(DISTINCT m.holder_id), bit_or(m.kinds)
    INTO role, holders, cap
    FROM gate_membership m
    WHERE m.post_id = as_post AND m.purposes & for_purpose <> 0
      AND m.valid_from <= at AND at < m.valid_to;
  IF role IS NULL THEN RETURN; END IF;
  SELECT coalesce(array_agg(subject_id), '{}') INTO barred FROM (
    SELECT b.subject_id FROM gate_bar b WHERE b.holder_id = ANY (holders)
    UNION
    SELECT m.circle_id FROM gate_bar b JOIN gate_circlemember m ON m.person_id = b.subject_id
      WHERE b.holder_id = ANY (holders)) never;
  PERFORM set_config('gate.post', as_post::text, true), set_config('gate.holders', holders::text, true),
    set_config('gate.cap', cap::text, true), set_config('gate.purpose', for_purpose::text, true),
    set_config('gate.barred', barred::text, true);
END $$;
"""

CIRCLES = """
CREATE FUNCTION gate.is_around(about uuid, kind int) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about
    AND g.holder_id = ANY (gate.entered_holders())
    AND g.kinds & kind & nullif(current_setting('gate.cap', true), '')::int <> 0
    AND g.purposes & nullif(current_setting('gate.purpose', true), '')::int <> 0
    AND g.valid_from <= gate.now() AND gate.now() < g.valid_to)
  AND about <> ALL (nullif(current_setting('gate.barred', true), '')::uuid[])
$$;

CREATE FUNCTION gate.open_circle(circle uuid, persons uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF cardinality(persons) < 2 OR EXISTS (SELECT FROM unnest(persons) p WHERE gate.is_around(p, 1) IS NOT TRUE
      OR NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = p AND g.basis = 'self')) THEN
    RAISE EXCEPTION 'gate: a circle is made of two or more persons by somebody around each of them'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO gate_subject (id, epoch) VALUES (circle, 0);
  INSERT INTO gate_circlemember (id, circle_id, person_id)
    SELECT gen_random_uuid(), circle, p FROM (SELECT DISTINCT unnest(persons) AS p) once;
  PERFORM gate.project(ARRAY[circle]);
END $$;

CREATE FUNCTION gate.open_guardian(child uuid, citizen uuid, for_kinds int, for_purposes int,
    until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF citizen = ANY (gate.entered_holders())
    OR (gate.is_around(child, 1) IS NOT TRUE
      AND EXISTS (SELECT FROM gate_consent c WHERE c.subject_id = child))
    OR NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = child AND g.basis = 'self')
    OR NOT EXISTS (SELECT FROM gate_grant g WHERE g.holder_id = citizen AND g.basis = 'self'
      AND g.subject_id <> child AND gate.is_around(g.subject_id, 1)) THEN
    RAISE EXCEPTION 'gate: a guardian is recorded by somebody around both the child and the guardian'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
    VALUES (gen_random_uuid(), child, citizen, for_kinds, for_purposes, gate.now(), until, 'guardian')
    ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION gate.end_guardian(child uuid, citizen uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE gone int;
BEGIN
  IF citizen = ANY (gate.entered_holders()) OR gate.is_around(child, 1) IS NOT TRUE THEN
    RAISE EXCEPTION 'gate: that a guardian is one no longer is recorded by somebody around the child'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM gate_grant WHERE subject_id = child AND holder_id = citizen AND basis = 'guardian';
  GET DIAGNOSTICS gone = ROW_COUNT;
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id = child;
  RETURN gone;
END $$;

CREATE FUNCTION gate.share_with_family(by_consent uuid, in_circle uuid, citizens uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE c gate_consent;
BEGIN
  SELECT * INTO c FROM gate_consent WHERE id = by_consent FOR SHARE;
  IF c.id IS NULL OR c.withdrawn_at IS NOT NULL OR c.valid_to <= gate.now()
    OR NOT c.given_by_id = ANY (gate.entered_holders())
    OR NOT EXISTS (SELECT FROM gate_circlemember m WHERE m.circle_id = in_circle
      AND m.person_id = c.subject_id)
    OR EXISTS (SELECT FROM unnest(citizens) one WHERE NOT EXISTS (
      SELECT FROM gate_circlemember m JOIN gate_grant g ON g.subject_id = m.person_id
      WHERE m.circle_id = in_circle AND g.holder_id = one AND g.basis = 'self')) THEN
    RAISE EXCEPTION 'gate: only who gave the consent shares, and only with citizens of the same circle'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO gate_familyshare (id, circle_id, person_id, holder_id, kinds, purposes, valid_from, valid_to,
      consent_id)
    SELECT gen_random_uuid(), in_circle, c.subject_id, one, c.kinds & SHAREABLE, c.purposes, gate.now(),
      c.valid_to, c.id FROM unnest(citizens) one
    ON CONFLICT DO NOTHING;
END $$;
""".replace("SHAREABLE", str(SHAREABLE))

CONSENTS = """
CREATE OR REPLACE FUNCTION gate.give_consent(consent uuid, about uuid, by_citizen uuid, for_kinds int,
    for_purposes int, from_unit_ids uuid[], to_unit_ids uuid[], rests_on text[], in_form text,
    text_read text, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (by_citizen = ANY (gate.entered_holders()) OR from_unit_ids && gate.entered_holders()) THEN
    RAISE EXCEPTION 'gate: a consent is recorded by the person or by a unit it is from'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about AND g.holder_id = by_citizen
      AND g.basis IN ('self', 'guardian') AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RAISE EXCEPTION 'gate: a consent is given by the person it is about'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT by_citizen = ANY (gate.entered_holders())
    AND EXISTS (SELECT FROM gate_consent c WHERE c.subject_id = about)
    AND NOT EXISTS (SELECT FROM gate_consent c WHERE c.subject_id = about
      AND c.recorded_by_id = gate.entered_post())
    AND NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about
      AND g.holder_id = ANY (gate.entered_holders())
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RAISE EXCEPTION 'gate: a further consent is recorded by the person or by somebody around them'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO gate_consent (id, subject_id, given_by_id, recorded_by_id, kinds, purposes, from_units,
      to_units, provisions, form, text_version, given_at, valid_to)
    VALUES (consent, about, by_citizen, gate.entered_post(), for_kinds, for_purposes, from_unit_ids,
      to_unit_ids, rests_on, in_form, text_read, gate.now(), until);
END $$;

CREATE OR REPLACE FUNCTION gate.withdraw_consent(consent uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE c gate_consent; gone int; shared int;
BEGIN
  SELECT * INTO c FROM gate_consent WHERE id = consent FOR UPDATE;
  IF c.id IS NULL OR c.withdrawn_at IS NOT NULL OR NOT (
      c.given_by_id = ANY (gate.entered_holders()) OR c.recorded_by_id = gate.entered_post()) THEN
    RAISE EXCEPTION 'gate: there is no such consent in force to withdraw'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE gate_consent SET withdrawn_at = gate.now() WHERE id = consent;
  DELETE FROM gate_grant WHERE consent_id = consent;
  GET DIAGNOSTICS gone = ROW_COUNT;
  DELETE FROM gate_familyshare WHERE consent_id = consent;
  GET DIAGNOSTICS shared = ROW_COUNT;
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id = c.subject_id;
  RETURN gone + shared;
END $$;

CREATE POLICY the_giver ON gate_consent FOR SELECT TO samvirke_app
  USING (given_by_id = ANY ((SELECT nullif(current_setting('gate.holders', true), ''))::uuid[]));
"""

PLACES = """
CREATE FUNCTION gate.protect_place(person uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF gate.is_around(person, PROTECTED) IS NOT TRUE THEN
    RAISE EXCEPTION 'gate: a place is protected by the person or by somebody admitted to it'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO gate_protectedplace (subject_id, since) VALUES (person, gate.now()) ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION gate.hidden_posts(about uuid, posts uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE here uuid[]; near uuid[];
BEGIN
  SELECT array_agg(p.subject_id) INTO here FROM gate_protectedplace p
    WHERE (p.subject_id = about OR EXISTS (SELECT FROM gate_circlemember m
      WHERE m.circle_id = about AND m.person_id = p.subject_id))
    AND gate.is_around(p.subject_id, PROTECTED) IS NOT TRUE;
  IF here IS NOT NULL THEN
    RETURN QUERY SELECT one FROM unnest(posts) one WHERE NOT one = ANY (gate.entered_holders());
    RETURN;
  END IF;
  SELECT array_agg(DISTINCT p.subject_id) INTO near FROM gate_circlemember mine
    JOIN gate_circlemember other ON other.circle_id = mine.circle_id
    JOIN gate_protectedplace p ON p.subject_id = other.person_id
    WHERE mine.person_id = about AND gate.is_around(p.subject_id, PROTECTED) IS NOT TRUE;
  RETURN QUERY SELECT one FROM unnest(posts) one WHERE NOT one = ANY (gate.entered_holders())
    AND EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = ANY (near) AND g.holder_id = one);
END $$;

CREATE FUNCTION gate.near_hidden(subjects uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE hidden uuid[];
BEGIN
  WITH family AS (
    SELECT unnest(subjects) AS subject_id
    UNION SELECT m.person_id FROM gate_circlemember m WHERE m.circle_id = ANY (subjects)
    UNION SELECT other.person_id FROM gate_circlemember mine
      JOIN gate_circlemember other ON other.circle_id = mine.circle_id WHERE mine.person_id = ANY (subjects)
  )
  SELECT array_agg(p.subject_id) INTO hidden FROM gate_protectedplace p JOIN family USING (subject_id)
    WHERE gate.is_around(p.subject_id, PROTECTED) IS NOT TRUE;
  RETURN QUERY SELECT one FROM unnest(subjects) one WHERE one = ANY (hidden) OR EXISTS (
    SELECT FROM gate_circlemember m WHERE m.circle_id = one AND m.person_id = ANY (hidden)) OR EXISTS (
    SELECT FROM gate_circlemember mine JOIN gate_circlemember other ON other.circle_id = mine.circle_id
      WHERE mine.person_id = one AND other.person_id = ANY (hidden));
END $$;
""".replace("PROTECTED", str(PROTECTED))

DEFINERS = [
    "gate.open_circle(uuid, uuid[])",
    "gate.open_guardian(uuid, uuid, int, int, timestamptz)",
    "gate.end_guardian(uuid, uuid)",
    "gate.share_with_family(uuid, uuid, uuid[])",
    "gate.protect_place(uuid)",
    "gate.hidden_posts(uuid, uuid[])",
    "gate.near_hidden(uuid[])",
]
INTERNAL = ["gate.project(uuid[])", "gate.project_after_change()", "gate.is_around(uuid, int)"]

HANDED_OVER = "\n".join(
    f"ALTER FUNCTION {name} OWNER TO samvirke_gatekeeper; REVOKE ALL ON FUNCTION {name} FROM PUBLIC;"
    for name in DEFINERS + INTERNAL
) + "\n".join(f"GRANT EXECUTE ON FUNCTION {name} TO samvirke_app;" for name in DEFINERS)


class Migration(migrations.Migration):
    dependencies = [("gate", "0003_circles")]

    operations = [
        migrations.RunSQL(INDEXES),
        migrations.RunSQL(PROJECTION),
        migrations.RunSQL(TRIGGERS),
        migrations.RunSQL(ENTER),
        migrations.RunSQL(CIRCLES),
        migrations.RunSQL(CONSENTS),
        migrations.RunSQL(PLACES),
        migrations.RunSQL(OWNERSHIP),
        migrations.RunSQL(HANDED_OVER),
    ]
