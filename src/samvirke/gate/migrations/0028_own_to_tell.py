"""What somebody sees by consent alone is not theirs to pass on by law.

A law opens for others what the giver sees of the person and has in the own office's case, or what a law has
opened to the giver: so nothing that only a yes let the giver see outlives that yes with somebody else.
"""

from django.db import migrations

from samvirke.gate.protection import said

OPEN = """
CREATE OR REPLACE FUNCTION gate.open_by_law(about uuid, posts uuid[], open_kinds int, open_purposes int,
    rests_on text, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE seen int; own int; unit uuid;
BEGIN
  PERFORM FROM gate_subject WHERE id = about FOR NO KEY UPDATE;
  SELECT m.holder_id INTO unit FROM gate_membership m WHERE m.post_id = gate.entered_post()
    AND m.holder_id <> m.post_id AND m.valid_from <= gate.now() AND gate.now() < m.valid_to LIMIT 1;
  SELECT bit_or(g.kinds) FILTER (WHERE g.subject_id = about),
      bit_or(g.kinds) FILTER (WHERE g.basis IN ('own_record', 'statute'))
    INTO seen, own FROM gate_grant g
    WHERE g.subject_id IN (SELECT gate.same_person(about)) AND g.holder_id = ANY (gate.entered_holders())
    AND g.basis <> 'lift' AND g.purposes & nullif(current_setting('gate.purpose', true), '')::int <> 0
    AND g.valid_from <= gate.now() AND gate.now() < g.valid_to;
  seen := seen & own & nullif(current_setting('gate.cap', true), '')::int;
  IF unit IS NULL OR rests_on = '' OR until <= gate.now() OR open_kinds = 0
    OR open_kinds & ~STATUTE_KINDS <> 0 OR open_purposes = 0 OR open_purposes & ~STATUTE_PURPOSES <> 0
    OR open_kinds & ~coalesce(seen, 0) <> 0 OR gate.is_around(about, IDENTITY) IS NOT TRUE
    OR NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about AND g.basis = 'self') THEN
    RAISE EXCEPTION 'gate: a law opens for others what the giver sees and does not owe to a consent alone'
      REFUSE;
  END IF;
  IF EXISTS (SELECT FROM unnest(posts) p WHERE NOT EXISTS (SELECT FROM gate_membership m
      WHERE m.post_id = p AND m.holder_id <> p
      AND m.valid_from <= gate.now() AND gate.now() < m.valid_to)) THEN
    RAISE EXCEPTION 'gate: a law opens to posts of units' REFUSE;
  END IF;
  IF EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about AND g.holder_id = ANY (posts)
      AND g.basis = 'statute' AND g.provision = rests_on AND gate.now() < g.valid_to
      AND g.opened_by IS DISTINCT FROM unit) THEN
    RAISE EXCEPTION 'gate: another unit has opened it on this provision' REFUSE;
  END IF;
  DELETE FROM gate_grant WHERE subject_id = about AND holder_id = ANY (posts) AND basis = 'statute'
    AND provision = rests_on;
  IF FOUND THEN
    UPDATE gate_subject SET epoch = epoch + 1 WHERE id = about;
  END IF;
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis, provision,
      opened_by)
    SELECT gen_random_uuid(), about, p, open_kinds, open_purposes, gate.now(), until, 'statute', rests_on,
      unit
    FROM (SELECT DISTINCT unnest(posts) AS p) once;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("gate", "0027_what_was_not_done")]

    operations = [migrations.RunSQL(said(OPEN), migrations.RunSQL.noop)]
