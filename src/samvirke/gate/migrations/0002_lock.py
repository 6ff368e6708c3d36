"""The lock: who owns the gate's tables, what the pages' role may do, and the functions it must ask.

`gate_membership`, `gate_subject`, `gate_holder`, `gate_grant`, `gate_consent` and `gate_bar` belong to the
gatekeeper role and are not forced, since `gate.enter()` must read them before there is a viewer. Everything
else about persons is forced. Also locks the facts of `events`, which lies below.
"""

from django.db import migrations

from samvirke.gate.protection import uniform
from samvirke.kernel.gate_words import DataKind

OWN = ["gate_membership", "gate_subject", "gate_holder", "gate_grant", "gate_consent", "gate_bar"]

OWNERSHIP = "\n".join(
    f"ALTER TABLE {table} OWNER TO samvirke_gatekeeper; ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
    for table in OWN
)

CLOCK = """
DO $do$
BEGIN
  IF coalesce(current_setting('samvirke.simulated', true), '') = 'on' THEN
    CREATE FUNCTION gate.now() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER
      SET search_path = pg_catalog, public
      AS 'SELECT now FROM gate_simulatedclock WHERE id = 1';
    INSERT INTO gate_simulatedclock (id, now) VALUES (1, statement_timestamp());
  ELSE
    CREATE FUNCTION gate.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT statement_timestamp()';
  END IF;
END
$do$;
"""

INDEXES = """
CREATE UNIQUE INDEX grant_by_subject ON gate_grant (subject_id, holder_id, coalesce(consent_id, subject_id))
  INCLUDE (kinds, purposes, valid_from, valid_to);
CREATE INDEX grant_by_holder ON gate_grant (holder_id, subject_id)
  INCLUDE (kinds, purposes, valid_from, valid_to);
"""

POLICIES = f"""
CREATE POLICY own_grants ON gate_grant FOR SELECT TO samvirke_app
  USING (holder_id = ANY ((SELECT nullif(current_setting('gate.holders', true), ''))::uuid[]));
GRANT SELECT ON gate_grant TO samvirke_app;
CREATE POLICY the_gate ON gate_consent FOR SELECT TO samvirke_app
  USING ({uniform("gate_consent", kind=DataKind.CONSENT)});
GRANT SELECT ON gate_consent TO samvirke_app;

ALTER TABLE gate_accessentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE gate_accessentry FORCE ROW LEVEL SECURITY;
CREATE POLICY anybody_adds ON gate_accessentry FOR INSERT TO samvirke_app WITH CHECK (true);
CREATE POLICY the_person_reads ON gate_accessentry FOR SELECT TO samvirke_app
  USING ({uniform("gate_accessentry", kind=DataKind.ACCESS_LOG)});
GRANT SELECT, INSERT ON gate_accessentry TO samvirke_app;

ALTER TABLE events_fact ENABLE ROW LEVEL SECURITY;
ALTER TABLE events_fact FORCE ROW LEVEL SECURITY;
CREATE POLICY the_gate ON events_fact FOR INSERT TO samvirke_app
  WITH CHECK (subject_id IS NULL OR ({uniform("events_fact", kind="kind")}));
GRANT INSERT ON events_fact TO samvirke_app;
CREATE POLICY published ON events_fact FOR SELECT TO samvirke_publisher USING (true);
GRANT SELECT ON events_fact TO samvirke_publisher;
"""

ENTER = """
CREATE FUNCTION gate.leave() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM set_config('gate.post', '', true), set_config('gate.holders', '', true),
    set_config('gate.cap', '', true), set_config('gate.purpose', '', true),
    set_config('gate.barred', '', true);
END $$;

CREATE FUNCTION gate.enter(as_post uuid, for_purpose int,
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
  SELECT coalesce(array_agg(b.subject_id), '{}') INTO barred
    FROM gate_bar b WHERE b.holder_id = ANY (holders);
  PERFORM set_config('gate.post', as_post::text, true), set_config('gate.holders', holders::text, true),
    set_config('gate.cap', cap::text, true), set_config('gate.purpose', for_purpose::text, true),
    set_config('gate.barred', barred::text, true);
END $$;

CREATE FUNCTION gate.entered_post() RETURNS uuid LANGUAGE sql STABLE SET search_path = pg_catalog
  AS $$ SELECT nullif(current_setting('gate.post', true), '')::uuid $$;

CREATE FUNCTION gate.entered_holders() RETURNS uuid[] LANGUAGE sql STABLE SET search_path = pg_catalog
  AS $$ SELECT coalesce(nullif(current_setting('gate.holders', true), ''), '{}')::uuid[] $$;
"""

WRITERS = """
CREATE FUNCTION gate.open_records(unit uuid, records uuid[], open_kinds int, open_purposes int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT unit = ANY (gate.entered_holders()) THEN
    RAISE EXCEPTION 'gate: a unit opens records of its own only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO gate_subject (id, epoch) SELECT record, 0 FROM unnest(records) record;
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
    SELECT gen_random_uuid(), record, unit, open_kinds, open_purposes, gate.now(), '9999-01-01', 'own_record'
    FROM unnest(records) record;
END $$;

CREATE FUNCTION gate.open_person(person uuid, citizen uuid, citizen_role text, all_kinds int,
    casework int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF gate.entered_post() IS NULL THEN
    RAISE EXCEPTION 'gate: nobody has entered' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO gate_subject (id, epoch) VALUES (person, 0);
  INSERT INTO gate_holder (id) VALUES (citizen);
  INSERT INTO gate_membership (id, post_id, holder_id, role, kinds, purposes, valid_from, valid_to)
    VALUES (gen_random_uuid(), citizen, citizen, citizen_role, all_kinds, casework, gate.now(), '9999-01-01');
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
    VALUES (gen_random_uuid(), person, citizen, all_kinds, casework, gate.now(), '9999-01-01', 'self');
END $$;

CREATE FUNCTION gate.give_consent(consent uuid, about uuid, by_citizen uuid, for_kinds int, for_purposes int,
    from_unit_ids uuid[], to_unit_ids uuid[], rests_on text[], in_form text, text_read text,
    until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (by_citizen = ANY (gate.entered_holders()) OR from_unit_ids && gate.entered_holders()) THEN
    RAISE EXCEPTION 'gate: a consent is recorded by the person or by a unit it is from'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about AND g.holder_id = by_citizen
      AND g.basis = 'self') THEN
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

CREATE FUNCTION gate.admit(by_consent uuid, posts uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE c gate_consent; outsider uuid;
BEGIN
  SELECT * INTO c FROM gate_consent WHERE id = by_consent FOR SHARE;
  IF c.id IS NULL OR c.withdrawn_at IS NOT NULL OR c.valid_to <= gate.now() THEN
    RAISE EXCEPTION 'gate: the consent is not in force' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF gate.entered_post() IS DISTINCT FROM c.recorded_by_id AND NOT EXISTS (
      SELECT FROM gate_grant g WHERE g.subject_id = c.subject_id
      AND g.holder_id = ANY (gate.entered_holders())
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RAISE EXCEPTION 'gate: only those around the person admit others'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT p INTO outsider FROM unnest(posts) p WHERE NOT EXISTS (
    SELECT FROM gate_membership m WHERE m.post_id = p AND m.holder_id = ANY (c.from_units || c.to_units)
      AND m.valid_from <= gate.now() AND gate.now() < m.valid_to) LIMIT 1;
  IF outsider IS NOT NULL THEN
    RAISE EXCEPTION 'gate: the post is in no unit that the consent names'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis, consent_id)
    SELECT gen_random_uuid(), c.subject_id, p, c.kinds, c.purposes, gate.now(), c.valid_to, 'consent', c.id
    FROM unnest(posts) p
    ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION gate.withdraw_consent(consent uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE c gate_consent; gone int;
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
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id = c.subject_id;
  RETURN gone;
END $$;

CREATE FUNCTION gate.who_sees(about uuid, asked_kind int)
RETURNS TABLE (holder_id uuid, basis text, has_grant boolean, role_may boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about
      AND g.holder_id = ANY (gate.entered_holders())
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT g.holder_id, max(g.basis), bool_or(g.kinds & asked_kind <> 0
        AND NOT EXISTS (SELECT FROM gate_bar b WHERE b.holder_id = g.holder_id AND b.subject_id = about)),
      bool_or(coalesce(m.kinds, 0) & asked_kind <> 0)
    FROM gate_grant g
    LEFT JOIN gate_membership m ON m.post_id = g.holder_id AND m.holder_id = g.holder_id
      AND m.valid_from <= gate.now() AND gate.now() < m.valid_to
    WHERE g.subject_id = about AND g.valid_from <= gate.now() AND gate.now() < g.valid_to
    GROUP BY g.holder_id;
END $$;
"""

DEFINERS = [
    "gate.enter(uuid, int)",
    "gate.open_records(uuid, uuid[], int, int)",
    "gate.open_person(uuid, uuid, text, int, int)",
    "gate.give_consent(uuid, uuid, uuid, int, int, uuid[], uuid[], text[], text, text, timestamptz)",
    "gate.admit(uuid, uuid[])",
    "gate.withdraw_consent(uuid)",
    "gate.who_sees(uuid, int)",
]

HANDED_OVER = "\n".join(
    f"ALTER FUNCTION {name} OWNER TO samvirke_gatekeeper; "
    f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {name} TO samvirke_app;"
    for name in DEFINERS
)

EVERYBODY = """
REVOKE ALL ON FUNCTION gate.now(), gate.leave(), gate.entered_post(), gate.entered_holders() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.now(), gate.leave(), gate.entered_post(), gate.entered_holders()
  TO samvirke_app, samvirke_gatekeeper, samvirke_owner;
"""


class Migration(migrations.Migration):
    dependencies = [("gate", "0001_initial"), ("events", "0001_initial")]

    operations = [
        migrations.RunSQL(CLOCK),
        migrations.RunSQL(ENTER),
        migrations.RunSQL(WRITERS),
        migrations.RunSQL(INDEXES),
        migrations.RunSQL(POLICIES),
        migrations.RunSQL(EVERYBODY),
        migrations.RunSQL(OWNERSHIP),
        migrations.RunSQL(HANDED_OVER),
    ]
