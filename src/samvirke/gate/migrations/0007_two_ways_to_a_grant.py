"""Grants are found by subject and holder together.

Indexes on each alone made the planner, while it knew little of a table that was being filled, read all of a
unit's grants for each row the policy looks at: taking in a list became slower with every row.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gate", "0006_lifting")]

    operations = [
        migrations.AlterField(
            "grant",
            name,
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=f"gate.{name}",
            ),
        )
        for name in ("subject", "holder")
    ]
