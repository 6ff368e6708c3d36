"""Follow-up after a plan has ended: an agreed day, and how it went when somebody called."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import about_persons
from samvirke.kernel.gate_words import DataKind


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_lock"),
        ("coordination", "0005_meetings"),
        ("gate", "0004_lock_circles"),
        ("plan", "0002_lock"),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("due_on", models.DateField()),
                ("called_on", models.DateField(null=True)),
                ("support", models.TextField(blank=True)),
                ("occupation", models.TextField(blank=True)),
                ("open_anew", models.BooleanField(null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post"
                    ),
                ),
                (
                    "called_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.post",
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "due_on"), name="one_follow_up_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("called_by__isnull", True),
                                ("called_on__isnull", True),
                                ("occupation", ""),
                                ("open_anew__isnull", True),
                                ("support", ""),
                            ),
                            models.Q(
                                ("called_by__isnull", False),
                                ("called_on__isnull", False),
                                ("open_anew__isnull", False),
                                models.Q(("support", ""), _negated=True),
                                models.Q(("occupation", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_call_says_how_it_goes",
                    ),
                ],
            },
        ),
        about_persons("coordination_followup", kind=DataKind.PLAN, privileges="SELECT, INSERT, UPDATE"),
    ]
