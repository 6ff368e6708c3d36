"""Conflicts of interest, shielded cases, what a law opens, and broken glass.

A lift lets read and nothing else: it neither admits, nor records a consent, nor counts for a family.
"""

from django.db import migrations

from samvirke.gate.protection import handed_over, said

BARRED = """
CREATE FUNCTION gate.bar(bar uuid, barred uuid, about uuid, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT why = ANY (BARS) OR gate.is_around(about, IDENTITY) IS NOT TRUE
    OR NOT (barred = gate.entered_post() OR EXISTS (SELECT FROM gate_membership m
      WHERE m.post_id = barred AND gate.leads(m.holder_id)))
    OR EXISTS (SELECT FROM gate_grant g
      WHERE g.subject_id = about AND g.holder_id = barred AND g.basis = 'self')
  THEN
    RAISE EXCEPTION 'gate: a conflict of interest is declared by the worker or the unit''s leader' REFUSE;
  END IF;
  INSERT INTO gate_bar (id, holder_id, subject_id, reason, since, declared_by_id)
    SELECT bar, barred, about, why, gate.now(), gate.entered_post()
    WHERE NOT EXISTS (SELECT FROM gate_bar b WHERE b.holder_id = barred AND b.subject_id = about
      AND b.reason = why AND b.ended_at IS NULL);
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id = about;
END $$;

CREATE FUNCTION gate.end_bar(bar uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE b gate_bar;
BEGIN
  SELECT * INTO b FROM gate_bar WHERE id = bar AND ended_at IS NULL FOR UPDATE;
  IF b.id IS NULL OR b.reason = 'own_case' OR b.holder_id = gate.entered_post()
    OR NOT EXISTS (SELECT FROM gate_membership m
      WHERE m.post_id = b.holder_id AND gate.leads(m.holder_id)) THEN
    RAISE EXCEPTION 'gate: a conflict of interest is ended by the unit''s leader, for somebody else' REFUSE;
  END IF;
  UPDATE gate_bar SET ended_at = gate.now() WHERE id = bar;
END $$;

CREATE FUNCTION gate.bars_in_the_unit()
RETURNS TABLE (id uuid, holder_id uuid, subject_id uuid, reason text, since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT b.id, b.holder_id, b.subject_id, b.reason, b.since FROM gate_bar b
    WHERE b.ended_at IS NULL AND (b.holder_id = gate.entered_post() OR EXISTS (
      SELECT FROM gate_membership m WHERE m.post_id = b.holder_id AND gate.leads(m.holder_id)));
END $$;
"""

SHIELDED = """
CREATE FUNCTION gate.shield(about uuid, for_unit uuid, posts uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE whole gate_grant; named uuid[];
BEGIN
  SELECT * INTO whole FROM gate_grant g
    WHERE g.subject_id = about AND g.holder_id = for_unit AND g.basis = 'own_record' FOR UPDATE;
  IF NOT gate.leads(for_unit) OR whole.id IS NULL OR cardinality(posts) = 0
    OR EXISTS (SELECT FROM unnest(posts) p WHERE NOT EXISTS (SELECT FROM gate_membership m
      WHERE m.post_id = p AND m.holder_id = for_unit
      AND m.valid_from <= gate.now() AND gate.now() < m.valid_to))
  THEN
    RAISE EXCEPTION 'gate: a unit''s leader shields a case of the unit, and names posts of the unit' REFUSE;
  END IF;
  SELECT array_agg(DISTINCT one) INTO named FROM (
    SELECT unnest(posts) AS one UNION SELECT gate.entered_post()
    UNION SELECT m.post_id FROM gate_membership m
      WHERE m.holder_id = for_unit AND m.role = 'integration') them;
  DELETE FROM gate_grant WHERE id = whole.id;
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
    SELECT gen_random_uuid(), about, one, whole.kinds, whole.purposes, gate.now(), whole.valid_to,
      'own_record' FROM unnest(named) one;
  INSERT INTO gate_shield (id, subject_id, unit_id, since)
    VALUES (gen_random_uuid(), about, for_unit, gate.now());
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id = about;
END $$;

CREATE FUNCTION gate.unshield(about uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE s gate_shield; one gate_grant;
BEGIN
  SELECT * INTO s FROM gate_shield WHERE subject_id = about AND ended_at IS NULL FOR UPDATE;
  IF s.id IS NULL OR NOT gate.leads(s.unit_id) THEN
    RAISE EXCEPTION 'gate: who leads the unit that shields a case ends it' REFUSE;
  END IF;
  SELECT * INTO one FROM gate_grant WHERE subject_id = about AND basis = 'own_record' LIMIT 1;
  DELETE FROM gate_grant WHERE subject_id = about AND basis = 'own_record';
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
    VALUES (gen_random_uuid(), about, s.unit_id, one.kinds, one.purposes, gate.now(), one.valid_to,
      'own_record');
  UPDATE gate_shield SET ended_at = gate.now() WHERE id = s.id;
END $$;

CREATE FUNCTION gate.shielded(subjects uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT s.subject_id FROM gate_shield s WHERE s.subject_id = ANY (subjects)
    AND s.ended_at IS NULL AND (gate.leads(s.unit_id) OR gate.is_around(s.subject_id, IDENTITY));
END $$;
"""

BY_LAW = """
CREATE FUNCTION gate.open_by_law(about uuid, posts uuid[], open_kinds int, open_purposes int, rests_on text,
    until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE seen int;
BEGIN
  SELECT bit_or(g.kinds) & nullif(current_setting('gate.cap', true), '')::int INTO seen FROM gate_grant g
    WHERE g.subject_id = about AND g.holder_id = ANY (gate.entered_holders()) AND g.basis <> 'lift'
    AND g.purposes & nullif(current_setting('gate.purpose', true), '')::int <> 0
    AND g.valid_from <= gate.now() AND gate.now() < g.valid_to;
  IF rests_on = '' OR until <= gate.now() OR open_kinds = 0 OR open_kinds & ~STATUTE_KINDS <> 0
    OR open_purposes = 0 OR open_purposes & ~STATUTE_PURPOSES <> 0
    OR open_kinds & ~coalesce(seen, 0) <> 0 OR gate.is_around(about, IDENTITY) IS NOT TRUE
    OR NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about AND g.basis = 'self') THEN
    RAISE EXCEPTION 'gate: a law opens for others what the giver sees, until a day' REFUSE;
  END IF;
  DELETE FROM gate_grant WHERE subject_id = about AND holder_id = ANY (posts) AND basis = 'statute'
    AND provision = rests_on AND valid_to <= gate.now();
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis, provision)
    SELECT gen_random_uuid(), about, p, open_kinds, open_purposes, gate.now(), until, 'statute', rests_on
    FROM unnest(posts) p ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION gate.end_by_law(about uuid, posts uuid[], rests_on text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE gone int;
BEGIN
  IF gate.is_around(about, IDENTITY) IS NOT TRUE THEN
    RAISE EXCEPTION 'gate: who is around the person ends what a law opened' REFUSE;
  END IF;
  DELETE FROM gate_grant WHERE subject_id = about AND holder_id = ANY (posts) AND basis = 'statute'
    AND provision = rests_on;
  GET DIAGNOSTICS gone = ROW_COUNT;
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id = about;
  RETURN gone;
END $$;
"""

LIFTS = """
CREATE FUNCTION gate.lift(lift uuid, about uuid, open_kinds int, why text, for_hours int, reviewed_by uuid)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE me uuid := gate.entered_post(); purpose int := nullif(current_setting('gate.purpose', true), '')::int;
  until timestamptz := gate.now() + make_interval(hours => for_hours);
BEGIN
  IF me IS NULL OR reviewed_by = me OR char_length(why) NOT BETWEEN SHORTEST AND LONGEST
    OR for_hours NOT BETWEEN 1 AND HOURS OR open_kinds = 0 OR open_kinds & ~LIFT_KINDS <> 0
    OR NOT EXISTS (SELECT FROM gate_membership m WHERE m.post_id = me AND m.role = ANY (WORKERS)
      AND m.valid_from <= gate.now() AND gate.now() < m.valid_to) THEN
    RAISE EXCEPTION 'gate: a worker breaks the glass, with a reason, for some kinds and hours' REFUSE;
  END IF;
  IF about IS NULL OR about = ANY (nullif(current_setting('gate.barred', true), '')::uuid[])
    OR NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about AND g.basis = 'self')
    OR gate.is_shielded(about, gate.now())
    OR (gate.is_place_protected(about) AND gate.is_around(about, PROTECTED_KIND) IS NOT TRUE) THEN
    RETURN false;
  END IF;
  INSERT INTO gate_lift (id, subject_id, post_id, reviewer_id, kinds, purposes, lifted_at, valid_to)
    VALUES (lift, about, me, reviewed_by, open_kinds, purpose, gate.now(), until);
  INSERT INTO gate_liftreason (lift_id, text) VALUES (lift, why);
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis, lift_id)
    VALUES (gen_random_uuid(), about, me, open_kinds, purpose, gate.now(), until, 'lift', lift);
  RETURN true;
END $$;

CREATE FUNCTION gate.review_lift(lift uuid, judged text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE l gate_lift;
BEGIN
  SELECT * INTO l FROM gate_lift WHERE id = lift FOR UPDATE;
  IF l.id IS NULL OR l.verdict IS NOT NULL OR l.reviewer_id IS DISTINCT FROM gate.entered_post()
    OR judged IS NULL OR NOT judged IN ('accepted', 'misuse') THEN
    RAISE EXCEPTION 'gate: a lift is reviewed once, by its reviewer' REFUSE;
  END IF;
  UPDATE gate_lift SET verdict = judged, reviewed_at = gate.now() WHERE id = lift;
  IF judged = 'misuse' THEN
    DELETE FROM gate_grant WHERE subject_id = l.subject_id AND holder_id = l.post_id AND lift_id = lift;
    UPDATE gate_subject SET epoch = epoch + 1 WHERE id = l.subject_id;
  END IF;
END $$;
"""

POLICIES = """
CREATE POLICY told_of_it ON gate_lift FOR SELECT TO samvirke_app USING (
  post_id = (SELECT gate.entered_post()) OR reviewer_id = (SELECT gate.entered_post())
  OR EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = gate_lift.subject_id
    AND g.kinds & CONSENT_KIND & (SELECT nullif(current_setting('gate.cap', true), '')::int) <> 0));
CREATE POLICY worker_and_reviewer ON gate_liftreason FOR SELECT TO samvirke_app USING (
  EXISTS (SELECT FROM gate_lift l WHERE l.id = gate_liftreason.lift_id
    AND (l.post_id = (SELECT gate.entered_post()) OR l.reviewer_id = (SELECT gate.entered_post()))));
GRANT SELECT ON gate_lift, gate_liftreason TO samvirke_app;
"""

DEFINERS = [
    "gate.bar(uuid, uuid, uuid, text)",
    "gate.end_bar(uuid)",
    "gate.bars_in_the_unit()",
    "gate.shield(uuid, uuid, uuid[])",
    "gate.unshield(uuid)",
    "gate.shielded(uuid[])",
    "gate.open_by_law(uuid, uuid[], int, int, text, timestamptz)",
    "gate.end_by_law(uuid, uuid[], text)",
    "gate.lift(uuid, uuid, int, text, int, uuid)",
    "gate.review_lift(uuid, text)",
]


class Migration(migrations.Migration):
    dependencies = [("gate", "0012_why")]

    operations = [
        *(migrations.RunSQL(said(sql)) for sql in (BARRED, SHIELDED, BY_LAW, LIFTS, POLICIES)),
        handed_over(tables=["gate_lift", "gate_liftreason"], definers=DEFINERS),
    ]
