"""What agencies promise each other around one person, step by step. Append-only, seen by its kind."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import about_persons, asked_for

STEPS = ["accepted", "declined", "countered", "kept", "broken", "lapsed"]
SUBJECT = models.ForeignKey(
    db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.subject"
)
MEMBER = models.ForeignKey(
    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.teammember"
)


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0012_one_seat_of_the_own_side"),
        ("gate", "0028_own_to_tell"),
        ("people", "0009_asked_for"),
    ]

    operations = [
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.IntegerField()),
                ("what", models.TextField()),
                ("by_when", models.DateField()),
                ("asked_at", models.DateTimeField()),
                ("in_return", models.TextField(blank=True)),
                ("is_counter", models.BooleanField(default=False)),
                ("accountable_member", MEMBER),
                ("asked_by", MEMBER),
                (
                    "in_return_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.commitment",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="plan.plan",
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
                    models.CheckConstraint(
                        condition=models.Q(("accountable_member", models.F("asked_by")), _negated=True),
                        name="two_take_part_in_a_commitment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_counter", False), ("in_return_for__isnull", False), _connector="OR"
                        ),
                        name="a_counter_demand_answers_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentStep",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.IntegerField()),
                ("number", models.IntegerField()),
                ("status", models.TextField()),
                ("why", models.TextField(blank=True)),
                ("on_day", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gate.holder",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="plan.commitment",
                    ),
                ),
                ("subject", SUBJECT),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commitment", "number"), name="steps_of_a_commitment_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("status__in", STEPS)),
                        name="a_step_that_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["declined", "broken"]), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_no_has_a_reason",
                    ),
                ],
            },
        ),
        about_persons("plan_commitment", kind="kind"),
        about_persons("plan_commitmentstep", kind="kind"),
        asked_for("plan_commitment", of_families=True),
    ]
