"""A holder has one grant for each ground, and bars are found by their subject."""

from django.db import migrations, models

ONCE = """
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS grant_of_a_ground ON gate_grant
  (subject_id, holder_id, basis, coalesce(consent_id, lift_id, subject_id), provision)
  WHERE basis <> 'circle';
"""
BARS = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS bars_of_subject ON gate_bar (subject_id) WHERE ended_at IS NULL;
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("gate", "0009_bars_and_lifts")]

    operations = [
        migrations.RunSQL(ONCE, "DROP INDEX CONCURRENTLY IF EXISTS grant_of_a_ground;"),
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS grant_once;", migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(BARS, "DROP INDEX CONCURRENTLY IF EXISTS bars_of_subject;")
            ],
            state_operations=[
                migrations.AddIndex(
                    "bar",
                    models.Index(
                        fields=["subject"],
                        condition=models.Q(ended_at__isnull=True),
                        name="bars_of_subject",
                    ),
                )
            ],
        ),
    ]
