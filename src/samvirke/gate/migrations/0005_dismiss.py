"""The opposite of admitting: what consents opened to posts about somebody ends at once.

It only narrows, so anybody who sees the person's plan may; whose turn it is to decide is the rooms' question.
A person's and a guardian's own access rests on no consent and stays.

Who recorded a consent could admit on it without being around the person, since somebody must be the first.
Now only the first: otherwise a recorder who was dismissed would let themselves in again.
"""

from django.db import migrations

from samvirke.kernel.gate_words import DataKind

DISMISS = """
CREATE FUNCTION gate.dismiss(about uuid, posts uuid[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE gone int;
BEGIN
  IF gate.is_around(about, PLAN) IS NOT TRUE THEN
    RAISE EXCEPTION 'gate: only those around the person dismiss others'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM gate_grant WHERE subject_id = about AND holder_id = ANY (posts) AND basis = 'consent';
  GET DIAGNOSTICS gone = ROW_COUNT;
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id = about;
  RETURN gone;
END $$;
ALTER FUNCTION gate.dismiss(uuid, uuid[]) OWNER TO samvirke_gatekeeper;
REVOKE ALL ON FUNCTION gate.dismiss(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.dismiss(uuid, uuid[]) TO samvirke_app;
""".replace("PLAN", str(int(DataKind.PLAN)))

ADMIT = """
CREATE OR REPLACE FUNCTION gate.admit(by_consent uuid, posts uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE c gate_consent; outsider uuid;
BEGIN
  SELECT * INTO c FROM gate_consent WHERE id = by_consent FOR SHARE;
  IF c.id IS NULL OR c.withdrawn_at IS NOT NULL OR c.valid_to <= gate.now() THEN
    RAISE EXCEPTION 'gate: the consent is not in force' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (gate.entered_post() IS DISTINCT FROM c.recorded_by_id
      OR EXISTS (SELECT FROM gate_grant g WHERE g.consent_id = c.id))
    AND NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = c.subject_id
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
"""


class Migration(migrations.Migration):
    dependencies = [("gate", "0004_lock_circles")]

    operations = [
        migrations.RunSQL(DISMISS, "DROP FUNCTION gate.dismiss(uuid, uuid[]);"),
        migrations.RunSQL(ADMIT),
    ]
