"""The opposite of admitting: what consents opened to posts about somebody ends at once.

It only narrows, so anybody who sees the person's plan may; whose turn it is to decide is the rooms' question.
A person's and a guardian's own access rests on no consent and stays.
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


class Migration(migrations.Migration):
    dependencies = [("gate", "0004_lock_circles")]

    operations = [migrations.RunSQL(DISMISS, "DROP FUNCTION gate.dismiss(uuid, uuid[]);")]
