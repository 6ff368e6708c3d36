"""A lift is reviewed by a word that PostgreSQL does not take for its own FOUND.

The verdict was a parameter by that name, and every review was refused as no truth value.
"""

from django.db import migrations

from samvirke.gate.protection import handed_over, said

REVIEW = """
DROP FUNCTION gate.review_lift(uuid, text);
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


class Migration(migrations.Migration):
    dependencies = [("gate", "0014_lifts_only_read")]

    operations = [
        migrations.RunSQL(said(REVIEW), migrations.RunSQL.noop),
        handed_over(definers=["gate.review_lift(uuid, text)"]),
    ]
