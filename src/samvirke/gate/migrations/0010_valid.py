"""What was added beside the service holds for older rows too; and a holder has one grant for each ground."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models

ONCE = """
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS grant_of_a_ground ON gate_grant
  (subject_id, holder_id, basis, coalesce(consent_id, lift_id, subject_id), provision)
  WHERE basis <> 'circle';
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("gate", "0009_bars_and_lifts")]

    operations = [
        ValidateConstraint("bar", "reason_of_a_bar_known"),
        ValidateConstraint("grant", "grant_names_what_it_rests_on"),
        migrations.RunSQL(
            "ALTER TABLE gate_bar VALIDATE CONSTRAINT bar_declared_by;", migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            "ALTER TABLE gate_grant VALIDATE CONSTRAINT grant_by_lift;", migrations.RunSQL.noop
        ),
        migrations.RunSQL(ONCE, "DROP INDEX CONCURRENTLY IF EXISTS grant_of_a_ground;"),
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS grant_once;", migrations.RunSQL.noop),
        AddIndexConcurrently(
            "bar",
            models.Index(
                fields=["subject"], condition=models.Q(ended_at__isnull=True), name="bars_of_subject"
            ),
        ),
    ]
