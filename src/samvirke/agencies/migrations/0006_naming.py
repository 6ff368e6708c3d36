"""How each agency's workers are shown to persons: by name, by role and unit, or by unit only."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import directory


class Migration(migrations.Migration):
    dependencies = [("agencies", "0005_out_of_use")]

    operations = [
        migrations.AddField("post", "worker_name", models.TextField(blank=True, db_default="")),
        migrations.CreateModel(
            name="NamingRule",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("shows", models.TextField()),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="naming_rules",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("shows__in", ["name", "role", "unit"])), name="naming_known"
                    ),
                    models.UniqueConstraint(fields=("agency", "set_at"), name="one_naming_at_a_moment"),
                ],
            },
        ),
        directory("agencies_namingrule"),
    ]
