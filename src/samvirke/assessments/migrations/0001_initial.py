"""Assessments, answers, and instruments that are loaded. An answer is about whom its assessment is about."""

import django.db.models.deletion
from django.db import migrations, models

KEYS = """
ALTER TABLE assessments_assessment ADD CONSTRAINT an_assessment_of_a_subject UNIQUE (id, subject_id);
ALTER TABLE assessments_answer ADD CONSTRAINT an_answer_is_about_the_same
  FOREIGN KEY (assessment_id, subject_id) REFERENCES assessments_assessment (id, subject_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE assessments_assessment ADD CONSTRAINT what_is_put_right_is_about_the_same
  FOREIGN KEY (corrects_id, subject_id) REFERENCES assessments_assessment (id, subject_id)
  DEFERRABLE INITIALLY DEFERRED;
"""
NO_KEYS = """
ALTER TABLE assessments_assessment DROP CONSTRAINT what_is_put_right_is_about_the_same;
ALTER TABLE assessments_answer DROP CONSTRAINT an_answer_is_about_the_same;
ALTER TABLE assessments_assessment DROP CONSTRAINT an_assessment_of_a_subject;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_joint_office"),
        ("gate", "0028_own_to_tell"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("instrument", models.TextField()),
                ("version", models.IntegerField()),
                ("respondent", models.TextField()),
                ("day", models.DateField()),
                ("written_at", models.DateTimeField()),
                ("why", models.TextField(blank=True)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.assessment",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.holder"
                    ),
                ),
                (
                    "sealed_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gate.holder",
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
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("item", models.TextField()),
                ("kind", models.IntegerField()),
                ("value", models.IntegerField()),
                (
                    "sealed_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gate.holder",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.subject"
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="assessments.assessment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("code", models.TextField()),
                ("version", models.IntegerField()),
                ("text", models.TextField()),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="one_instrument_version")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(fields=["subject", "instrument", "-day"], name="assessment_of_subject"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrects__isnull", True)),
                fields=("subject", "instrument", "respondent", "noted_by", "day"),
                name="one_assessment_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("respondent__in", ["person", "worker"])),
                name="an_assessment_has_a_respondent",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("respondent", "worker"), _negated=True),
                    ("unit__isnull", False),
                    _connector="OR",
                ),
                name="a_workers_view_has_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrects__isnull", True), ("why", "")),
                    models.Q(("corrects__isnull", False), models.Q(("why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="what_is_put_right_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("assessment", "item"), name="one_answer_to_an_item"),
        ),
        migrations.RunSQL(KEYS, NO_KEYS),
    ]
