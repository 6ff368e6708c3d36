"""A lift can be reviewed, and what has run out can be recorded anew.

The verdict was a parameter named as PostgreSQL's own FOUND: every review failed as no truth value. And a
guardian, or what a law opens, was not recorded a second time where the first had run out, since what had run
out was still there; nobody was told. A consent opens at most what its basis opens: never the access log.
"""

from django.db import migrations

from samvirke.gate.access import OPENS, Basis
from samvirke.gate.protection import said

REVIEW = """
CREATE OR REPLACE FUNCTION gate.review_lift(lift uuid, found text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE l gate_lift; judged text := $2;
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

BY_LAW = """
CREATE OR REPLACE FUNCTION gate.open_by_law(about uuid, posts uuid[], open_kinds int, open_purposes int,
    rests_on text, until timestamptz) RETURNS void
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
    VALUES (consent, about, by_citizen, gate.entered_post(), for_kinds & AT_MOST, for_purposes, from_unit_ids,
      to_unit_ids, rests_on, in_form, text_read, gate.now(), until);
END $$;
""".replace("AT_MOST", str(int(OPENS[Basis.CONSENT].kinds)))


class Migration(migrations.Migration):
    dependencies = [("gate", "0014_lifts_only_read")]

    operations = [
        migrations.RunSQL(said(sql), migrations.RunSQL.noop) for sql in (REVIEW, GUARDIAN, BY_LAW, GIVE)
    ]
