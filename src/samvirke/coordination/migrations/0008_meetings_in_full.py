"""Meetings in full: when they are, what they are about, what was said, and what was proposed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from samvirke.coordination.locks import OWN_DRAFT, OWN_DRAFT_WRITTEN
from samvirke.gate.protection import APP, about_persons, asked_for
from samvirke.kernel.gate_words import DataKind

DRAFTS = f"""ALTER TABLE coordination_meetingdraft ENABLE ROW LEVEL SECURITY;
ALTER TABLE coordination_meetingdraft FORCE ROW LEVEL SECURITY;
CREATE POLICY the_writer ON coordination_meetingdraft FOR ALL TO {APP}
  USING ({OWN_DRAFT}) WITH CHECK ({OWN_DRAFT_WRITTEN});
GRANT SELECT, INSERT, UPDATE ON coordination_meetingdraft TO {APP};"""
NO_DRAFTS = f"""REVOKE ALL ON coordination_meetingdraft FROM {APP};
DROP POLICY IF EXISTS the_writer ON coordination_meetingdraft;"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0007_joint_office"),
        ("coordination", "0007_asked_for"),
        ("gate", "0028_own_to_tell"),
        ("plan", "0009_agreed_anew_checked"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.IntegerField()),
                ("point", models.TextField()),
                ("number", models.IntegerField()),
                ("about_id", models.UUIDField(null=True)),
                ("text", models.TextField(blank=True)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.holder"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="coordination.meeting",
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
                        condition=models.Q(
                            models.Q(("point", "own"), models.Q(("text", ""), _negated=True)),
                            models.Q(models.Q(("point", "own"), _negated=True), ("text", "")),
                            _connector="OR",
                        ),
                        name="own_points_have_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="coordination.meeting",
                    ),
                ),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "post"), name="one_contribution_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.IntegerField()),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussion",
                        to="coordination.agendaitem",
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
        ),
        migrations.CreateModel(
            name="MeetingDraft",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("typed", models.JSONField()),
                ("version", models.IntegerField()),
                ("saved_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="coordination.meeting",
                    ),
                ),
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("meeting", "post"), name="one_draft_each")],
            },
        ),
        migrations.CreateModel(
            name="MeetingTerms",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("meeting_kind", models.TextField()),
                ("day", models.DateField()),
                ("starts_at", models.DateTimeField(null=True)),
                ("minutes_long", models.IntegerField()),
                ("language", models.TextField(blank=True)),
                (
                    "invited",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                ("invites_person", models.BooleanField()),
                ("is_called_off", models.BooleanField(default=False)),
                ("why", models.TextField(blank=True)),
                ("said_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="coordination.meeting",
                    ),
                ),
                (
                    "said_by",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="terms_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1), models.Q(("why", ""), _negated=True), _connector="OR"
                        ),
                        name="new_terms_have_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.IntegerField()),
                ("change", models.TextField()),
                ("goal_id", models.UUIDField(null=True)),
                ("action_id", models.UUIDField(null=True)),
                ("what", models.TextField()),
                ("why", models.TextField(blank=True)),
                ("due_on", models.DateField(null=True)),
                ("proposed_at", models.DateTimeField()),
                (
                    "accountable_member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.teammember"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="coordination.meeting",
                    ),
                ),
                (
                    "proposed_by",
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("action_id__isnull", True), ("change", "new"), ("goal_id__isnull", False)
                            ),
                            models.Q(
                                models.Q(("change", "new"), _negated=True),
                                ("action_id__isnull", False),
                                ("goal_id__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_proposal_says_what_it_changes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalAnswer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.IntegerField()),
                ("is_persons", models.BooleanField()),
                ("says_yes", models.BooleanField()),
                ("why", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.holder"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="coordination.proposal",
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
                    models.UniqueConstraint(fields=("proposal", "is_persons"), name="each_answers_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("says_yes", True),
                            ("is_persons", True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_no_has_a_reason",
                    ),
                ],
            },
        ),
        about_persons("coordination_meetingterms", kind=DataKind.PLAN),
        about_persons("coordination_contribution", kind=DataKind.PLAN),
        about_persons("coordination_agendaitem", kind="kind"),
        about_persons("coordination_discussion", kind="kind"),
        about_persons("coordination_proposal", kind="kind"),
        about_persons("coordination_proposalanswer", kind="kind"),
        migrations.RunSQL(DRAFTS, NO_DRAFTS),
        asked_for("coordination_proposal", of_families=True),
    ]
