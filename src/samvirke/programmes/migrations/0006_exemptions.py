"""In one municipality, for a period, a plan need not hold something that a law asks for."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import APP, POST, of_a_unit

LEADS_THERE = """EXISTS (SELECT FROM agencies_post mine JOIN agencies_unit u ON u.id = mine.unit_id
    WHERE mine.id = ENTERED AND mine.is_leader
      AND (u.municipality_id = programmes_exemption.municipality_id
        OR EXISTS (SELECT FROM programmes_localpartnership p
          JOIN programmes_localpartnership_municipalities m ON m.localpartnership_id = p.id
          WHERE p.office_id = u.id AND m.municipality_id = programmes_exemption.municipality_id)))""".replace(
    "ENTERED", POST
)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_joint_office"),
        ("gate", "0028_own_to_tell"),
        ("programmes", "0005_country"),
    ]

    operations = [
        migrations.CreateModel(
            name="Exemption",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("plan_kind", models.TextField()),
                ("requirement", models.TextField()),
                ("provision", models.TextField()),
                ("reason", models.TextField()),
                ("valid_from", models.DateField()),
                ("last_day", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.municipality",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("valid_from"))),
                        name="an_exemption_lasts_a_day_at_least",
                    )
                ],
            },
        ),
        of_a_unit("programmes_exemption", LEADS_THERE),
        migrations.RunSQL(
            f"GRANT UPDATE (ended_on) ON programmes_exemption TO {APP}; "
            f"CREATE POLICY whoever_entered ON programmes_exemption FOR SELECT TO {APP} "
            "USING (gate.entered_post() IS NOT NULL);",
            "DROP POLICY whoever_entered ON programmes_exemption;",
        ),
    ]
