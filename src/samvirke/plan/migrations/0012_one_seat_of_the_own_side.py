"""Nobody of the person's own side has two seats in one team."""

from django.db import migrations, models

ONE_SEAT = models.UniqueConstraint(
    fields=["plan", "side", "person", "called"],
    condition=models.Q(left_on__isnull=True, post__isnull=True),
    nulls_distinct=False,
    name="one_seat_of_the_own_side",
)


class Migration(migrations.Migration):
    atomic = False  # an index is made beside the service, not in its way
    dependencies = [("plan", "0011_own_side_checked")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS one_seat_of_the_own_side "
                    "ON plan_teammember (plan_id, side, person_id, called) NULLS NOT DISTINCT "
                    "WHERE left_on IS NULL AND post_id IS NULL;",
                    "DROP INDEX CONCURRENTLY IF EXISTS one_seat_of_the_own_side;",
                )
            ],
            state_operations=[migrations.AddConstraint("teammember", ONE_SEAT)],
        )
    ]
