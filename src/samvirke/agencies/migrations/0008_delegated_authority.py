"""A post may decide under a named law until a day; recorded by its unit's leader, and ended."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import APP, POST, of_a_unit

LEADS = f"""EXISTS (SELECT FROM agencies_post mine JOIN agencies_post theirs ON theirs.unit_id = mine.unit_id
    WHERE mine.id = {POST} AND mine.is_leader AND theirs.id = agencies_delegatedauthority.post_id)"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_joint_office"), ("gate", "0028_own_to_tell")]

    operations = [
        migrations.CreateModel(
            name="DelegatedAuthority",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("right", models.TextField()),
                ("scope", models.TextField()),
                ("valid_from", models.DateField()),
                ("last_day", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("valid_from"))),
                        name="authority_lasts_a_day_at_least",
                    )
                ],
            },
        ),
        of_a_unit("agencies_delegatedauthority", LEADS),
        migrations.RunSQL(
            f"GRANT UPDATE (ended_on) ON agencies_delegatedauthority TO {APP}; "
            f"CREATE POLICY whoever_entered ON agencies_delegatedauthority FOR SELECT TO {APP} "
            "USING (gate.entered_post() IS NOT NULL);",
            "DROP POLICY whoever_entered ON agencies_delegatedauthority;",
        ),
    ]
