"""Why the answer is what it is: one function for every refusal, now or at an earlier time.

What a grant was is kept when it goes. Broken glass lets read and nothing else: who broke it is not around.
"""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

from samvirke.gate.protection import handed_over, said

AROUND = """
CREATE OR REPLACE FUNCTION gate.is_around(about uuid, kind int) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about
    AND g.holder_id = ANY (gate.entered_holders())
    AND g.kinds & kind & nullif(current_setting('gate.cap', true), '')::int <> 0
    AND g.purposes & nullif(current_setting('gate.purpose', true), '')::int <> 0
    AND g.valid_from <= gate.now() AND gate.now() < g.valid_to AND g.basis <> 'lift')
  AND about <> ALL (nullif(current_setting('gate.barred', true), '')::uuid[])
$$;

CREATE FUNCTION gate.leads(unit uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM gate_membership m WHERE m.post_id = gate.entered_post() AND m.holder_id = unit
    AND unit <> m.post_id AND m.role = 'unit_leader'
    AND m.valid_from <= gate.now() AND gate.now() < m.valid_to)
$$;

CREATE FUNCTION gate.is_shielded(about uuid, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM gate_shield s WHERE s.subject_id IN (SELECT gate.same_person(about))
    AND s.since <= moment AND (s.ended_at IS NULL OR moment < s.ended_at))
$$;

CREATE FUNCTION gate.is_place_protected(about uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM gate_protectedplace p WHERE p.subject_id = about
    OR p.subject_id IN (SELECT m.person_id FROM gate_circlemember m WHERE m.circle_id = about))
$$;
"""

FORMER = """
CREATE FUNCTION gate.keep_former() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO gate_formergrant
      (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis, ended_at)
    SELECT c.id, c.subject_id, c.holder_id, c.kinds, c.purposes, c.valid_from, c.valid_to, c.basis, gate.now()
    FROM changed c WHERE c.basis <> 'circle';
  RETURN NULL;
END $$;
CREATE TRIGGER former_after_delete AFTER DELETE ON gate_grant
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION gate.keep_former();
"""

DECIDE = """
CREATE FUNCTION gate.decide(as_post uuid, for_purpose int, about uuid, kind int, writes boolean,
    moment timestamptz, tells_place boolean) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE mine uuid[]; is_active boolean; answer text;
BEGIN
  SELECT count(*) > 0, array_agg(m.holder_id) FILTER (WHERE m.purposes & for_purpose <> 0)
    INTO is_active, mine FROM gate_membership m
    WHERE m.post_id = as_post AND m.valid_from <= moment AND moment < m.valid_to;
  IF NOT is_active THEN RETURN 'not_active'; END IF;
  IF mine IS NULL THEN RETURN 'wrong_purpose'; END IF;
  SELECT n.reason INTO answer FROM gate.never_seen(as_post, moment) n WHERE n.subject_id = about
    ORDER BY array_position(BARS, n.reason) LIMIT 1;
  IF answer IS NOT NULL THEN RETURN answer; END IF;
  WITH recorded AS (
    SELECT g.kinds, g.purposes, g.basis, g.valid_from, g.valid_to FROM gate_grant g
      WHERE g.subject_id = about AND g.holder_id = ANY (mine)
    UNION ALL
    SELECT f.kinds, f.purposes, f.basis, f.valid_from, least(f.valid_to, f.ended_at) FROM gate_formergrant f
      WHERE f.subject_id = about AND f.holder_id = ANY (mine)
  ), judged AS (
    SELECT r.basis, r.valid_from <= moment AND moment < r.valid_to AS holds,
      r.kinds & kind <> 0 AND r.purposes & for_purpose <> 0 AND (NOT writes OR r.basis <> 'lift') AS opens
    FROM recorded r
  )
  SELECT coalesce(
    (SELECT j.basis FROM judged j WHERE j.holds AND j.opens
      ORDER BY array_position(STRONGEST_FIRST, j.basis) LIMIT 1),
    CASE
      WHEN NOT coalesce(bool_or(j.holds AND j.basis <> 'lift'), false)
        AND gate.is_shielded(about, moment) THEN 'shielded'
      WHEN tells_place AND kind = PROTECTED_KIND AND gate.is_place_protected(about) THEN 'protected'
      WHEN count(*) = 0 THEN 'not_on_team'
      WHEN NOT bool_or(j.opens) THEN 'no_basis'
      ELSE 'outside_period'
    END) INTO answer FROM judged j;
  RETURN answer;
END $$;

CREATE FUNCTION gate.why_not(about uuid, kind int, writes boolean) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN gate.decide(gate.entered_post(), nullif(current_setting('gate.purpose', true), '')::int, about, kind,
    writes, gate.now(), true);
END $$;

CREATE FUNCTION gate.explain(as_post uuid, for_purpose int, about uuid, kind int, writes boolean,
    moment timestamptz, OUT role text, OUT answer text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF gate.is_around(about, CONSENT_KIND) IS NOT TRUE
    OR EXISTS (SELECT FROM gate.hidden_posts(about, ARRAY[as_post])) THEN
    RAISE EXCEPTION 'gate: a decision is explained to the person and to those around the person' REFUSE;
  END IF;
  SELECT m.role INTO role FROM gate_membership m WHERE m.post_id = as_post
    ORDER BY m.valid_from <= moment AND moment < m.valid_to DESC, m.valid_from DESC LIMIT 1;
  answer := gate.decide(as_post, for_purpose, about, kind, writes, moment,
    gate.is_around(about, PROTECTED_KIND) IS TRUE);
END $$;
"""

VALID = """
ALTER TABLE gate_bar VALIDATE CONSTRAINT bar_declared_by;
ALTER TABLE gate_grant VALIDATE CONSTRAINT grant_by_lift;
"""

DEFINERS = ["gate.why_not(uuid, int, boolean)", "gate.explain(uuid, int, uuid, int, boolean, timestamptz)"]
INTERNAL = [
    "gate.leads(uuid)",
    "gate.is_place_protected(uuid)",
    "gate.is_shielded(uuid, timestamptz)",
    "gate.keep_former()",
    "gate.decide(uuid, int, uuid, int, boolean, timestamptz, boolean)",
]


class Migration(migrations.Migration):
    dependencies = [("gate", "0011_sealed_context")]

    operations = [
        ValidateConstraint("bar", "reason_of_a_bar_known"),
        ValidateConstraint("grant", "grant_names_what_it_rests_on"),
        migrations.RunSQL(VALID, migrations.RunSQL.noop),
        *(migrations.RunSQL(said(sql)) for sql in (AROUND, FORMER, DECIDE)),
        handed_over(tables=["gate_formergrant", "gate_shield"], definers=DEFINERS, internal=INTERNAL),
    ]
