"""What the migration before asks of new rows holds of all."""

from django.db import migrations

ASKED = (
    ("plan_teammember", "team_member_person"),
    ("plan_teammember", "a_seat_is_a_post_s_or_of_the_own_side"),
    ("plan_goalversion", "a_goal_is_set_aside_for_a_reason"),
)


class Migration(migrations.Migration):
    dependencies = [("plan", "0010_own_side")]

    operations = [
        migrations.RunSQL(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name};", migrations.RunSQL.noop)
        for table, name in ASKED
    ]
