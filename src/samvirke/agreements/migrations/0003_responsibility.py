"""An agreement says who answers for which domain, and by when the parties go through it."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import APP, POST, of_a_unit

LEADS = f"""EXISTS (SELECT FROM agencies_post mine WHERE mine.id = {POST} AND mine.is_leader
    AND mine.role IN ('unit_leader', 'partnership_leader'))"""
DOMAINS = [
    "economy",
    "health",
    "social",
    "intervention",
    "course",
    "work_and_practice",
    "employers",
    "follow_up",
]
BEFORE = ["answer_referral", "answer_application", "answer_need", "meet"]
PROMISES = [*BEFORE, "answer_commitment"]


def _promises(codes: list[str]) -> str:
    known = ", ".join(f"'{code}'" for code in codes)
    return (
        "ALTER TABLE agreements_responsetime DROP CONSTRAINT a_response_takes_a_day_at_least, "
        "ADD CONSTRAINT a_response_takes_a_day_at_least "
        f"CHECK (days >= 1 AND promise IN ({known})) NOT VALID;"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_joint_office"),
        ("agreements", "0002_lock"),
        ("gate", "0028_own_to_tell"),
    ]

    operations = [
        migrations.AddField("agreementversion", "review_on", models.DateField(null=True)),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(_promises(PROMISES), _promises(BEFORE))],
            state_operations=[
                migrations.RemoveConstraint("responsetime", "a_response_takes_a_day_at_least"),
                migrations.AddConstraint(
                    "responsetime",
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 1), ("promise__in", PROMISES)),
                        name="a_response_takes_a_day_at_least",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("domain", models.TextField()),
                (
                    "deputy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.unit"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="agreements.agreementversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "domain"), name="one_answers_for_a_domain"),
                    models.CheckConstraint(
                        condition=models.Q(("domain__in", DOMAINS)), name="a_domain_that_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deputy", models.F("unit")), _negated=True),
                        name="another_party_steps_in",
                    ),
                ],
            },
        ),
        of_a_unit("agreements_responsibility", LEADS),
        migrations.RunSQL(
            f"CREATE POLICY whoever_entered ON agreements_responsibility FOR SELECT TO {APP} "
            "USING (gate.entered_post() IS NOT NULL);",
            "DROP POLICY whoever_entered ON agreements_responsibility;",
        ),
    ]
