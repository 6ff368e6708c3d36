"""Tables for circles, shares within a family, and places that are protected."""

import django.db.models.deletion
from django.db import migrations, models


def _subject() -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.subject")


class Migration(migrations.Migration):
    dependencies = [("gate", "0002_lock")]

    operations = [
        migrations.CreateModel(
            name="CircleMember",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("circle", _subject()),
                ("person", _subject()),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="circles_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("circle", "person"), name="once_in_a_circle"),
                    models.CheckConstraint(
                        condition=models.Q(("circle", models.F("person")), _negated=True),
                        name="a_circle_is_no_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyShare",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("circle", _subject()),
                ("person", _subject()),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.holder"
                    ),
                ),
                ("kinds", models.IntegerField()),
                ("purposes", models.IntegerField()),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField()),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.consent"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("circle", "holder", "consent"), name="shared_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectedPlace",
            fields=[
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="gate.subject",
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(model_name="grant", name="grant_names_its_consent"),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "consent"), ("consent__isnull", False)),
                    models.Q(
                        ("basis__in", ["own_record", "self", "guardian", "circle"]),
                        ("consent__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="grant_names_its_consent",
            ),
        ),
    ]
