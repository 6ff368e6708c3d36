"""A note can be sealed to the unit that wrote it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plan", "0003_one_country"), ("agencies", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE plan_note ADD COLUMN sealed_to_id uuid;",
                    "ALTER TABLE plan_note DROP COLUMN sealed_to_id;",
                ),
                migrations.RunSQL(
                    "ALTER TABLE plan_note ADD CONSTRAINT note_sealed_to FOREIGN KEY (sealed_to_id) "
                    "REFERENCES agencies_unit (id) DEFERRABLE INITIALLY DEFERRED NOT VALID;",
                    "ALTER TABLE plan_note DROP CONSTRAINT note_sealed_to;",
                ),
            ],
            state_operations=[
                migrations.AddField(
                    "note",
                    "sealed_to",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.unit",
                    ),
                )
            ],
        ),
    ]
