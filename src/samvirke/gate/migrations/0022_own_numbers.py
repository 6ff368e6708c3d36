"""Whose post it is, as a keyed hash that only the gate's functions read: to keep it from its own case."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import handed_over


class Migration(migrations.Migration):
    dependencies = [("gate", "0021_opening_by_law")]

    operations = [
        migrations.CreateModel(
            name="OwnNumber",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="gate.holder",
                    ),
                ),
                ("number_hash", models.BinaryField()),
            ],
            options={"indexes": [models.Index(fields=["number_hash"], name="posts_of_number")]},
        ),
        handed_over(tables=["gate_ownnumber"]),
    ]
