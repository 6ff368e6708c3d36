"""What a child thought is kept also where a worker notes what its guardians have said yes to."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import about_persons
from samvirke.kernel.gate_words import DataKind


def key(to: str) -> models.ForeignKey:
    """A foreign key as all here are."""
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to)


class Migration(migrations.Migration):
    dependencies = [("people", "0020_the_same_person_all_the_way"), ("gate", "0028_own_to_tell")]

    operations = [
        migrations.CreateModel(
            name="NotedView",
            fields=[
                (
                    "consent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="gate.consent",
                    ),
                ),
                ("view", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", key("gate.holder")),
                ("subject", key("people.person")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("view__in", ["agrees", "disagrees", "none_told"])),
                        name="noted_view_known",
                    )
                ],
            },
        ),
        about_persons("people_notedview", kind=DataKind.CONSENT),
    ]
