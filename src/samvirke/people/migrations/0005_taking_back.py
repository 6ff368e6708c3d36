"""A batch of records can be taken back: what it changed is kept beside the records for a time."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import about_persons
from samvirke.kernel.gate_words import DataKind


class Migration(migrations.Migration):
    dependencies = [("people", "0004_what_gives_a_place_away"), ("gate", "0006_lifting")]

    operations = [
        migrations.AddField("clientrecord", "change_id", models.UUIDField(null=True)),
        migrations.AddField("clientrecord", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("clientrecord", "one_record_per_external_id"),
        migrations.AddConstraint(
            "clientrecord",
            models.UniqueConstraint(
                fields=["unit", "external_id"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_record_per_external_id",
            ),
        ),
        migrations.CreateModel(
            name="RecordChange",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("change_id", models.UUIDField()),
                ("row", models.IntegerField()),
                ("verdict", models.TextField()),
                ("former", models.JSONField(null=True)),
                (
                    "record",
                    models.ForeignKey(
                        db_column="subject_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.clientrecord",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["change_id", "id"], name="changes_of_batch"),
                    models.Index(
                        fields=["change_id"],
                        condition=models.Q(former__isnull=False),
                        name="what_can_be_restored",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="new_or_changed",
                        condition=models.Q(verdict="new", former__isnull=True) | models.Q(verdict="changed"),
                    )
                ],
            },
        ),
        about_persons(
            "people_recordchange", kind=DataKind.IDENTITY, privileges="SELECT, INSERT, UPDATE (former)"
        ),
    ]
