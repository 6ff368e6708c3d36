"""The older functions learn that a lift is no ground to act on, that bars end, and which basis is told.

A consent opens at most what its basis opens, and a guardian whose time ran out can be recorded anew.
"""

from django.db import migrations

from samvirke.gate.protection import said

ADMIT = """
CREATE OR REPLACE FUNCTION gate.admit(by_consent uuid, posts uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE c gate_consent; outsider uuid;
BEGIN
  SELECT * INTO c FROM gate_consent WHERE id = by_consent FOR SHARE;
  IF c.id IS NULL OR c.withdrawn_at IS NOT NULL OR c.valid_to <= gate.now() THEN
    RAISE EXCEPTION 'gate: the consent is not in force' REFUSE;
  END IF;
  IF (gate.entered_post() IS DISTINCT FROM c.recorded_by_id
      OR EXISTS (SELECT FROM gate_grant g WHERE g.consent_id = c.id))
    AND NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = c.subject_id
      AND g.holder_id = ANY (gate.entered_holders()) AND g.basis <> 'lift'
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RAISE EXCEPTION 'gate: only those around the person admit others' REFUSE;
  END IF;
  SELECT p INTO outsider FROM unnest(posts) p WHERE NOT EXISTS (
    SELECT FROM gate_membership m WHERE m.post_id = p AND m.holder_id = ANY (c.from_units || c.to_units)
      AND m.valid_from <= gate.now() AND gate.now() < m.valid_to) LIMIT 1;
  IF outsider IS NOT NULL THEN
    RAISE EXCEPTION 'gate: the post is in no unit that the consent names' REFUSE;
  END IF;
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis, consent_id)
    SELECT gen_random_uuid(), c.subject_id, p, c.kinds, c.purposes, gate.now(), c.valid_to, 'consent', c.id
    FROM unnest(posts) p
    ON CONFLICT DO NOTHING;
END $$;
"""

GIVE = """
CREATE OR REPLACE FUNCTION gate.give_consent(consent uuid, about uuid, by_citizen uuid, for_kinds int,
    for_purposes int, from_unit_ids uuid[], to_unit_ids uuid[], rests_on text[], in_form text,
    text_read text, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT (by_citizen = ANY (gate.entered_holders()) OR from_unit_ids && gate.entered_holders()) THEN
    RAISE EXCEPTION 'gate: a consent is recorded by the person or by a unit it is from' REFUSE;
  END IF;
  IF NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about AND g.holder_id = by_citizen
      AND g.basis IN ('self', 'guardian') AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RAISE EXCEPTION 'gate: a consent is given by the person it is about' REFUSE;
  END IF;
  IF NOT by_citizen = ANY (gate.entered_holders())
    AND EXISTS (SELECT FROM gate_consent c WHERE c.subject_id = about)
    AND NOT EXISTS (SELECT FROM gate_consent c WHERE c.subject_id = about
      AND c.recorded_by_id = gate.entered_post())
    AND NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about
      AND g.holder_id = ANY (gate.entered_holders()) AND g.basis <> 'lift'
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RAISE EXCEPTION 'gate: a further consent is recorded by the person or by somebody around them' REFUSE;
  END IF;
  INSERT INTO gate_consent (id, subject_id, given_by_id, recorded_by_id, kinds, purposes, from_units,
      to_units, provisions, form, text_version, given_at, valid_to)
    VALUES (consent, about, by_citizen, gate.entered_post(), for_kinds & GIVEN_KINDS, for_purposes,
      from_unit_ids, to_unit_ids, rests_on, in_form, text_read, gate.now(), until);
END $$;
"""

GUARDIAN = """
CREATE OR REPLACE FUNCTION gate.open_guardian(child uuid, citizen uuid, for_kinds int, for_purposes int,
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
      REFUSE;
  END IF;
  DELETE FROM gate_grant WHERE subject_id = child AND holder_id = citizen AND basis = 'guardian'
    AND valid_to <= gate.now();
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
    VALUES (gen_random_uuid(), child, citizen, for_kinds, for_purposes, gate.now(), until, 'guardian')
    ON CONFLICT DO NOTHING;
END $$;
"""

WHO_SEES = """
CREATE OR REPLACE FUNCTION gate.who_sees(about uuid, asked_kind int)
RETURNS TABLE (holder_id uuid, basis text, has_grant boolean, role_may boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about
      AND g.holder_id = ANY (gate.entered_holders())
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT g.holder_id, (array_agg(g.basis ORDER BY g.kinds & asked_kind = 0,
        array_position(STRONGEST_FIRST, g.basis)))[1],
      bool_or(g.kinds & asked_kind <> 0 AND NOT EXISTS (SELECT FROM gate_bar b
        WHERE b.holder_id = g.holder_id AND b.ended_at IS NULL AND (b.subject_id = about OR b.subject_id IN (
          SELECT m.person_id FROM gate_circlemember m WHERE m.circle_id = about)))),
      bool_or(coalesce(m.kinds, 0) & asked_kind <> 0)
    FROM gate_grant g
    LEFT JOIN gate_membership m ON m.post_id = g.holder_id AND m.holder_id = g.holder_id
      AND m.valid_from <= gate.now() AND gate.now() < m.valid_to
    WHERE g.subject_id = about AND g.valid_from <= gate.now() AND gate.now() < g.valid_to
    GROUP BY g.holder_id;
END $$;
"""

PROJECT = """
CREATE OR REPLACE FUNCTION gate.project(circles uuid[]) RETURNS void
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
    FROM member m JOIN gate_grant g ON g.subject_id = m.person_id AND g.basis NOT IN ('circle', 'lift')
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
"""


class Migration(migrations.Migration):
    dependencies = [("gate", "0013_bars_and_lifts_lock")]

    operations = [migrations.RunSQL(said(sql)) for sql in (ADMIT, GIVE, GUARDIAN, WHO_SEES, PROJECT)]
