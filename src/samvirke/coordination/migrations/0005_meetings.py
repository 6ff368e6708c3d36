"""Meetings of the team, who was there, and what was agreed: all append-only."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import about_persons
from samvirke.kernel.gate_words import DataKind


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_lock"),
        ("coordination", "0004_absence"),
        ("gate", "0004_lock_circles"),
        ("plan", "0002_lock"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("agenda", models.TextField()),
                ("called_at", models.DateTimeField()),
                (
                    "called_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.plan"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.subject"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.subject"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendees",
                        to="coordination.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("meeting", "post"), name="there_once")],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("agreed", models.TextField()),
                ("person_was_there", models.BooleanField(null=True)),
                ("written_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="coordination.meeting",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.subject"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="minutes_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", 1), ("person_was_there__isnull", False)),
                            models.Q(("number__gt", 1), ("person_was_there__isnull", True)),
                            _connector="OR",
                        ),
                        name="who_was_there_is_said_once",
                    ),
                ],
            },
        ),
        about_persons("coordination_meeting", kind=DataKind.PLAN),
        about_persons("coordination_attendee", kind=DataKind.PLAN),
        about_persons("coordination_minutes", kind=DataKind.PLAN),
    ]
