"""A record is found by its unit together with a number; nothing asks for all of a municipality.

Indexes on each alone were written with every row of an import and read by nobody.
"""

import django.db.models.deletion
from django.db import migrations, models

UNREAD = (
    "people_clientrecord_unit_id_36249a09",
    "people_clientrecord_municipality_id_61059ff9",
    "people_clientrecord_municipality_id_61059ff9_like",
)


class Migration(migrations.Migration):
    atomic = False  # an index is dropped beside the service, not in its way
    dependencies = [("people", "0006_pairs_and_wrong_ties")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {name};", migrations.RunSQL.noop)
                for name in UNREAD
            ],
            state_operations=[
                migrations.AlterField(
                    "clientrecord",
                    name,
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to
                    ),
                )
                for name, to in (("unit", "agencies.unit"), ("municipality", "agencies.municipality"))
            ],
        )
    ]
