"""What a law opens is its opener's unit's: that unit ends it, or opens it anew, and nobody else.

Opening anew takes the older one's place, in both directions at once; before, the second was passed over in
silence.
"""

from django.db import migrations, models

from samvirke.gate.protection import said

OPEN = """
CREATE OR REPLACE FUNCTION gate.open_by_law(about uuid, posts uuid[], open_kinds int, open_purposes int,
    rests_on text, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE seen int; unit uuid;
BEGIN
  PERFORM FROM gate_subject WHERE id = about FOR NO KEY UPDATE;
  SELECT m.holder_id INTO unit FROM gate_membership m WHERE m.post_id = gate.entered_post()
    AND m.holder_id <> m.post_id AND m.valid_from <= gate.now() AND gate.now() < m.valid_to LIMIT 1;
  SELECT bit_or(g.kinds) & nullif(current_setting('gate.cap', true), '')::int INTO seen FROM gate_grant g
    WHERE g.subject_id = about AND g.holder_id = ANY (gate.entered_holders()) AND g.basis <> 'lift'
    AND g.purposes & nullif(current_setting('gate.purpose', true), '')::int <> 0
    AND g.valid_from <= gate.now() AND gate.now() < g.valid_to;
  IF unit IS NULL OR rests_on = '' OR until <= gate.now() OR open_kinds = 0
    OR open_kinds & ~STATUTE_KINDS <> 0 OR open_purposes = 0 OR open_purposes & ~STATUTE_PURPOSES <> 0
    OR open_kinds & ~coalesce(seen, 0) <> 0 OR gate.is_around(about, IDENTITY) IS NOT TRUE
    OR NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about AND g.basis = 'self') THEN
    RAISE EXCEPTION 'gate: a law opens for others what the giver sees, until a day' REFUSE;
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

END = """
CREATE OR REPLACE FUNCTION gate.end_by_law(about uuid, posts uuid[], rests_on text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE gone int;
BEGIN
  IF about = ANY (nullif(current_setting('gate.barred', true), '')::uuid[])
    OR NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about AND g.basis = 'statute'
      AND g.opened_by = ANY (gate.entered_holders()))
    OR EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about AND g.holder_id = ANY (posts)
      AND g.basis = 'statute' AND g.provision = rests_on
      AND (g.opened_by = ANY (gate.entered_holders())) IS NOT TRUE) THEN
    RAISE EXCEPTION 'gate: the unit that opened something by law ends it' REFUSE;
  END IF;
  DELETE FROM gate_grant WHERE subject_id = about AND holder_id = ANY (posts) AND basis = 'statute'
    AND provision = rests_on;
  GET DIAGNOSTICS gone = ROW_COUNT;
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id = about;
  RETURN gone;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("gate", "0019_levels_of_protection")]

    operations = [
        migrations.AddField("grant", "opened_by", models.UUIDField(null=True)),
        *(migrations.RunSQL(said(sql), migrations.RunSQL.noop) for sql in (OPEN, END)),
    ]
