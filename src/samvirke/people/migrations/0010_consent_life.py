"""Asking for a consent, recalling it to mind, and telling posts that they may use it no more.

A recall is read by the post alone, which is around the person no longer, and by who gave the consent. Whoever
may end a consent is around the person when it is written.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import APP, HOLDERS, POST, about_persons, uniform_check
from samvirke.kernel.gate_words import DataKind

RECALLS = f"""ALTER TABLE people_recall ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_recall FORCE ROW LEVEL SECURITY;
CREATE POLICY the_post ON people_recall FOR SELECT TO {APP}
  USING (post_id = {POST});
CREATE POLICY the_post_acknowledges ON people_recall FOR UPDATE TO {APP}
  USING (post_id = {POST});
CREATE POLICY the_giver ON people_recall FOR SELECT TO {APP} USING (given_by_id = ANY ({HOLDERS}));
CREATE POLICY around_the_person ON people_recall FOR INSERT TO {APP}
  WITH CHECK ({uniform_check("people_recall", kind=DataKind.IDENTITY)});
GRANT SELECT, INSERT, UPDATE (acknowledged_at) ON people_recall TO {APP};"""


def key(to: str, **more: object) -> models.ForeignKey:
    """A foreign key as all here are."""
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to, **more)


def units() -> django.contrib.postgres.fields.ArrayField:
    """Ids of units."""
    return django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)


class Migration(migrations.Migration):
    dependencies = [("people", "0009_asked_for"), ("gate", "0016_consent_life")]

    operations = [
        migrations.CreateModel(
            name="ConsentDraft",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField()),
                ("lapses_at", models.DateTimeField()),
                ("kinds", models.IntegerField()),
                ("purpose", models.IntegerField()),
                ("from_units", units()),
                ("to_units", units()),
                (
                    "provisions",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("what_for", models.TextField()),
                ("text_version", models.TextField()),
                ("until", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("asked_by", key("gate.holder")),
                (
                    "consent",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gate.consent",
                    ),
                ),
                ("subject", key("people.person")),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "-asked_at"], name="draft_about_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""), ("answered_at__isnull", True), ("consent__isnull", True)
                            ),
                            models.Q(
                                ("answer__in", ["no", "taken_back"]),
                                ("answered_at__isnull", False),
                                ("consent__isnull", True),
                            ),
                            models.Q(
                                ("answer__in", ["yes", "fewer"]),
                                ("answered_at__isnull", False),
                                ("consent__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_yes_is_a_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", [1, 2, 4, 8, 16, 32, 64])),
                        name="one_purpose_a_question",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("moment", models.TextField()),
                ("held_at", models.DateTimeField()),
                ("consent", key("gate.consent")),
                ("subject", key("people.person")),
            ],
            options={
                "indexes": [models.Index(fields=["subject"], name="reminder_of_person")],
                "constraints": [models.UniqueConstraint(fields=("consent", "moment"), name="reminded_once")],
            },
        ),
        migrations.CreateModel(
            name="Recall",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kinds", models.IntegerField()),
                ("recalled_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("consent", key("gate.consent")),
                ("given_by", key("gate.holder")),
                ("post", key("agencies.post")),
                ("record", key("people.clientrecord", null=True)),
                ("subject", key("gate.subject")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["post", "acknowledged_at"], name="recalls_of_post"),
                    models.Index(fields=["given_by"], name="recalls_by_giver"),
                ],
                "constraints": [models.UniqueConstraint(fields=("consent", "post"), name="told_once")],
            },
        ),
        about_persons(
            "people_consentdraft",
            kind=DataKind.CONSENT,
            privileges="SELECT, INSERT, UPDATE (answer, answered_at, consent_id)",
        ),
        about_persons("people_reminder", kind=DataKind.CONSENT),
        migrations.RunSQL(
            RECALLS,
            f"REVOKE ALL ON people_recall FROM {APP}; DROP POLICY the_post ON people_recall; "
            "DROP POLICY the_post_acknowledges ON people_recall; DROP POLICY the_giver ON people_recall; "
            "DROP POLICY around_the_person ON people_recall;",
        ),
    ]
