"""What units tie a benefit to, and what becomes of it. Append-only; for who may read economy."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import about_persons, asked_for
from samvirke.kernel.gate_words import DataKind


class Migration(migrations.Migration):
    dependencies = [
        ("gate", "0028_own_to_tell"),
        ("plan", "0013_commitments"),
    ]

    operations = [
        migrations.CreateModel(
            name="BenefitCondition",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("benefit", models.TextField()),
                ("what", models.TextField()),
                ("why", models.TextField()),
                ("alternative", models.TextField()),
                ("if_not_kept", models.TextField()),
                ("review_on", models.DateField()),
                ("set_at", models.DateTimeField()),
                (
                    "explained_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plan.teammember",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.plan"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.teammember"
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
            name="BenefitConditionStep",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("status", models.TextField()),
                ("words", models.TextField()),
                ("on_day", models.DateField()),
                ("until", models.DateField(null=True)),
                ("left_per_day", models.IntegerField(null=True)),
                ("decision_reference", models.TextField(blank=True)),
                ("appeal_to", models.TextField(blank=True)),
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
                    "condition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="plan.benefitcondition",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gate.subject",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="benefitcondition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what", ""),
                    ("why", ""),
                    ("alternative", ""),
                    ("if_not_kept", ""),
                    _connector="OR",
                    _negated=True,
                ),
                name="a_condition_says_all_of_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitconditionstep",
            constraint=models.UniqueConstraint(
                fields=("condition", "number"), name="steps_of_a_condition_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitconditionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__gte", 1),
                    (
                        "status__in",
                        (
                            "said",
                            "guardian_said",
                            "not_kept",
                            "reason_asked",
                            "explained",
                            "talked",
                            "sanctioned",
                            "reviewed",
                            "ended",
                        ),
                    ),
                    models.Q(("words", ""), _negated=True),
                ),
                name="a_step_of_a_condition_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefitconditionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "sanctioned"), _negated=True),
                    models.Q(
                        ("left_per_day__gt", 0),
                        ("until__isnull", False),
                        models.Q(("decision_reference", ""), _negated=True),
                        models.Q(("appeal_to", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_sanction_is_whole",
            ),
        ),
        about_persons("plan_benefitcondition", kind=DataKind.ECONOMY),
        about_persons("plan_benefitconditionstep", kind=DataKind.ECONOMY),
        asked_for("plan_benefitcondition", of_families=True),
    ]
