"""A person tells it once, and a unit answers; an application may be made with the same words."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import about_persons, asked_for


def _to(model: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, to=model, **({"related_name": "+"} | more)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0003_asked_for"),
        ("agencies", "0007_joint_office"),
        ("people", "0009_asked_for"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.IntegerField()),
                ("words", models.TextField()),
                ("helps", models.TextField(blank=True)),
                ("to_meet", models.TextField(blank=True)),
                ("is_urgent", models.BooleanField()),
                ("told_on", models.DateField()),
                ("answer_due_on", models.DateField(null=True)),
                ("outcome", models.TextField(blank=True)),
                ("answered_on", models.DateField(null=True)),
                ("offered_to", _to("agencies.unit", null=True, db_index=False)),
                ("subject", _to("gate.subject")),
                ("told_by", _to("gate.holder")),
                ("unit", _to("agencies.unit")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject", "-told_on"], name="enquiry_of_subject"),
                    models.Index(fields=["unit", "outcome"], name="enquiry_of_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="an_enquiry_is_answered_on_a_day",
                        condition=models.Q(outcome="", answered_on__isnull=True)
                        | (
                            ~models.Q(outcome="")
                            & models.Q(answered_on__isnull=False, offered_to__isnull=True)
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EnquiryStep",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.IntegerField()),
                ("number", models.IntegerField()),
                ("status", models.TextField()),
                ("taken_on", models.DateField()),
                ("text", models.TextField(blank=True)),
                ("by", _to("gate.holder")),
                ("enquiry", _to("applications.enquiry", related_name="steps")),
                ("subject", _to("gate.subject")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("enquiry", "number"), name="one_enquiry_step_at_a_time")
                ]
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE applications_application ADD COLUMN enquiry_id uuid;",
                    "ALTER TABLE applications_application DROP COLUMN enquiry_id;",
                ),
                migrations.RunSQL(
                    "ALTER TABLE applications_application ADD CONSTRAINT application_of_enquiry "
                    "FOREIGN KEY (enquiry_id) REFERENCES applications_enquiry (id) "
                    "DEFERRABLE INITIALLY DEFERRED NOT VALID;",
                    "ALTER TABLE applications_application DROP CONSTRAINT application_of_enquiry;",
                ),
            ],
            state_operations=[
                migrations.AddField(
                    "application", "enquiry", _to("applications.enquiry", null=True, db_index=False)
                )
            ],
        ),
        about_persons("applications_enquiry", kind="kind", privileges="SELECT, INSERT, UPDATE"),
        about_persons("applications_enquirystep", kind="kind"),
        asked_for("applications_enquiry"),
    ]
