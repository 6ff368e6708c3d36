"""Who acts for whom, what guardians answer for a child, and what the child thought.

Who the guardians are is read by everybody who may know who the person is; written by those alone who see the
person's consents, which guardians do not. A question to the guardians is read and answered by those whose
scope covers it. Who gave a consent reads who was told of its end as long as they may act for the person.
"""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import APP, about_persons, asked_for
from samvirke.kernel.gate_words import DataKind
from samvirke.people.locks import ANSWERED_BY_GUARDIANS, OF_THE_GIVER, READ_BY_ALL, WRITTEN_BY_WORKERS


def key(to: str, **more: object) -> models.ForeignKey:
    """A foreign key as all here are."""
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to, **more)


def one(to: str) -> models.OneToOneField:
    """The key of a row beside another."""
    return models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT,
        primary_key=True,
        related_name="+",
        serialize=False,
        to=to,
    )


LOCKS = f"""
ALTER TABLE people_guardianship ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_guardianship FORCE ROW LEVEL SECURITY;
CREATE POLICY who_acts ON people_guardianship FOR SELECT TO {APP} USING ({READ_BY_ALL});
CREATE POLICY recorded ON people_guardianship FOR INSERT TO {APP} WITH CHECK ({WRITTEN_BY_WORKERS});
CREATE POLICY ended ON people_guardianship FOR UPDATE TO {APP} USING ({WRITTEN_BY_WORKERS});
GRANT SELECT, INSERT, UPDATE (ended_at, reckoned_by, valid_to) ON people_guardianship TO {APP};
CREATE POLICY guardians_read ON people_consentdraft FOR SELECT TO {APP} USING ({ANSWERED_BY_GUARDIANS});
CREATE POLICY guardians_answer ON people_consentdraft FOR UPDATE TO {APP} USING ({ANSWERED_BY_GUARDIANS});
ALTER POLICY the_giver ON people_recall USING ({OF_THE_GIVER});
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0010_consent_life"), ("gate", "0018_guardians_within_their_scope")]

    operations = [
        migrations.AddField("consentdraft", "asks_guardians", models.BooleanField(db_default=False)),
        migrations.CreateModel(
            name="Guardianship",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("footing", models.TextField()),
                ("scope", models.IntegerField()),
                ("reckoned_by", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("citizen", key("gate.holder")),
                ("subject", key("people.person")),
            ],
            options={
                "indexes": [models.Index(fields=["citizen"], name="guardianships_of_citizen")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("subject", "citizen"),
                        name="one_guardianship_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("recorded_at"))),
                        name="guardianship_period_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scope__gt", 0)), name="a_guardian_has_a_scope"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuardianshipGround",
            fields=[
                ("guardianship", one("people.guardianship")),
                ("reference", models.TextField()),
                ("seen_on", models.DateField()),
                ("lives_with", models.BooleanField()),
                ("until", models.DateField(null=True)),
                ("recorded_by", key("agencies.post")),
                ("subject", key("people.person")),
            ],
        ),
        migrations.CreateModel(
            name="GuardianAnswer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("answer", models.TextField()),
                ("answered_at", models.DateTimeField()),
                ("citizen", key("gate.holder")),
                ("draft", key("people.consentdraft")),
                ("subject", key("people.person")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "citizen"), name="a_guardian_answers_once"),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["yes", "no"])), name="a_guardian_says_yes_or_no"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildView",
            fields=[
                ("draft", one("people.consentdraft")),
                ("view", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", key("gate.holder")),
                ("subject", key("people.person")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("view__in", ["agrees", "disagrees", "none_told"])),
                        name="view_of_a_child_known",
                    )
                ],
            },
        ),
        about_persons("people_guardianshipground", kind=DataKind.CONSENT),
        about_persons("people_guardiananswer", kind=DataKind.IDENTITY),
        about_persons("people_childview", kind=DataKind.CONSENT),
        migrations.RunSQL(LOCKS, migrations.RunSQL.noop),
        asked_for("people_guardianship"),
    ]
