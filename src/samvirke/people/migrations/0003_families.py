"""Families and whereabouts; a person's municipality may be unstated, since it tells where they are."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import about_persons
from samvirke.kernel.gate_words import DataKind


class Migration(migrations.Migration):
    dependencies = [("people", "0002_lock"), ("gate", "0004_lock_circles")]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="municipality",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.municipality",
            ),
        ),
        migrations.CreateModel(
            name="FamilyMember",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("part", models.TextField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.subject"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="families_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "person"), name="once_in_a_family"),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["parent", "child"])), name="part_in_a_family_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Whereabouts",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.IntegerField()),
                ("level", models.TextField()),
                ("address", models.TextField(blank=True)),
                ("municipality", models.TextField(blank=True)),
                ("school", models.TextField(blank=True)),
                ("meeting_place", models.TextField(blank=True)),
                ("provider", models.TextField(blank=True)),
                ("expires_on", models.DateField(null=True)),
                ("written_at", models.DateTimeField()),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", int(DataKind.CONTACT)), ("level", "none")),
                            models.Q(
                                ("kind", int(DataKind.PROTECTED_LOCATION)),
                                ("level__in", ["confidential", "strictly_confidential"]),
                            ),
                            _connector="OR",
                        ),
                        name="the_level_decides_the_kind",
                    )
                ],
            },
        ),
        about_persons("people_familymember", kind=DataKind.IDENTITY),
        about_persons("people_whereabouts", kind="kind", privileges="SELECT, INSERT, UPDATE"),
    ]
