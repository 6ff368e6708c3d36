"""A post's absence: written by the post itself or the leader post of its unit.

Others read of it only while it lasts or lies ahead, and no reason is kept, so that nobody outside the unit
can follow how often somebody is away.
"""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import APP, of_a_unit

OWN_OR_LED = """EXISTS (SELECT FROM agencies_post p JOIN agencies_post mine
      ON mine.id = p.id OR (mine.is_leader AND mine.unit_id = p.unit_id)
    WHERE p.id = coordination_absence.post_id
      AND mine.id = (SELECT nullif(current_setting('gate.post', true), ''))::uuid)"""

WHILE_IT_LASTS = f"""
CREATE POLICY while_it_lasts ON coordination_absence FOR SELECT TO {APP}
  USING (gate.entered_post() IS NOT NULL AND back_on > (SELECT (gate.now() AT TIME ZONE 'UTC')::date));
"""


class Migration(migrations.Migration):
    dependencies = [("coordination", "0003_child_coordinator")]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("away_from", models.DateField()),
                ("back_on", models.DateField()),
                ("said_at", models.DateTimeField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["post", "back_on"], name="absence_of_post")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("back_on__gte", models.F("away_from"))),
                        name="back_no_earlier_than_away",
                    )
                ],
            },
        ),
        of_a_unit("coordination_absence", OWN_OR_LED, privileges="SELECT, INSERT, UPDATE"),
        migrations.RunSQL(WHILE_IT_LASTS, "DROP POLICY while_it_lasts ON coordination_absence;"),
    ]
