"""A guardian may have several grants on somebody: one for each day on which some kinds close."""

from django.db import migrations

BY_PARTS = """
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS grant_of_a_part ON gate_grant
  (subject_id, holder_id, basis, coalesce(consent_id, lift_id, subject_id), provision,
   (CASE WHEN basis = 'guardian' THEN valid_to ELSE '-infinity'::timestamptz END))
  WHERE basis <> 'circle';
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("gate", "0016_consent_life")]

    operations = [
        migrations.RunSQL(BY_PARTS, "DROP INDEX CONCURRENTLY IF EXISTS grant_of_a_part;"),
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS grant_of_a_ground;", migrations.RunSQL.noop),
    ]
