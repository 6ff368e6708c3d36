"""The plan and what stands in it. Every row carries its subject, so that one database policy serves all."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from samvirke.plan.commitment_models import Commitment, CommitmentStep

__all__ = [
    "Action",
    "AgreedFields",
    "Commitment",
    "CommitmentStep",
    "EarlierAction",
    "Goal",
    "GoalVersion",
    "Note",
    "OwnWords",
    "Plan",
    "Statement",
    "TeamMember",
]


class Plan(models.Model):
    """The one plan around a subject."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    partnership_id = models.UUIDField()
    country = models.TextField()  # kernel Country: that of the partnership, and of every kind
    kinds = ArrayField(models.TextField())  # plan kind codes in `statutes`
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    end_reason = models.TextField(blank=True)
    next_review = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(ends_before__isnull=True), name="one_open_plan"
            ),
            models.CheckConstraint(
                name="an_ended_plan_has_a_reason",
                condition=models.Q(ends_before__isnull=True, end_reason="")
                | (models.Q(ends_before__isnull=False) & ~models.Q(end_reason="")),
            ),
        ]


class TeamMember(models.Model):
    """A post in the plan's team, on a consent (FHIR CareTeam.participant)."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="team")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey("gate.Consent", on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "id"], name="team_member_in_plan"),
            models.UniqueConstraint(
                fields=["plan", "post"], condition=models.Q(left_on__isnull=True), name="one_seat_per_team"
            ),
        ]


class Goal(models.Model):
    """A goal; what it says stands in its versions."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    life_domain = models.TextField()
    set_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")


class GoalVersion(models.Model):
    """What a goal said from a moment on. Append-only: an agreement is never overwritten."""

    id = models.UUIDField(primary_key=True)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="versions")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField()
    own_words = models.TextField()
    target = models.TextField(blank=True)
    by_when = models.DateField(null=True)
    written_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "version"], name="one_goal_version")]


class AgreedFields(models.Model):
    """What is agreed on an action: the action says it as it is now, an earlier one as it was."""

    version = models.IntegerField(default=1, db_default=1)
    kind = models.IntegerField()  # DataKind of what it tells
    what = models.TextField()
    how = models.TextField(blank=True)
    extent = models.TextField(blank=True)
    week = ArrayField(models.TextField(), default=list, db_default=[])  # kernel WeeklyTime
    accountable_member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    contributors = ArrayField(models.UUIDField(), default=list, db_default=[])  # team members
    standing = models.TextField()  # wish, decided
    decision_reference = models.TextField(blank=True)
    status = models.TextField(default="planned")  # planned, in_progress, done, dropped, refused
    priority = models.TextField(default="normal", db_default="normal")  # first, normal, can_wait
    comes_after = ArrayField(models.UUIDField(), default=list, db_default=[])  # actions of the plan
    beside = ArrayField(models.UUIDField(), default=list, db_default=[])  # actions of the plan, in parallel
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    why = models.TextField(default="", db_default="")  # it was changed
    changed_by = models.ForeignKey(
        "gate.Holder", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    changed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Action(AgreedFields):
    """Something to be done, by exactly one accountable team member. A wish is not a decision."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="actions")

    class Meta:
        indexes = [models.Index(fields=["plan"], name="action_of_plan")]
        constraints = [
            models.CheckConstraint(
                name="a_decision_has_a_reference",
                condition=models.Q(standing="wish", decision_reference="")
                | (models.Q(standing="decided") & ~models.Q(decision_reference="")),
            ),
            models.CheckConstraint(
                name="a_wish_is_refused_for_a_reason",
                condition=~models.Q(status="refused") | (models.Q(standing="wish") & ~models.Q(why="")),
            ),
        ]


class EarlierAction(AgreedFields):
    """What was agreed on an action until it was changed. Append-only."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="earlier", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "version"], name="one_earlier_action")]


class Note(models.Model):
    """A note, written once, seen by those whom law and consent allow. Append-only."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="notes")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()
    text = models.TextField()
    written_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    sealed_to = models.ForeignKey(  # for this unit, and the person, alone
        "agencies.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["plan", "-written_at"], name="note_of_plan")]


class OwnWords(models.Model):
    """What a person wrote in their own room. Append-only; for the person and those whom a consent lets in.

    No guardian reads it: the policy asks for the basis, not for the kind alone.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "-written_at"], name="own_words_of_person")]


class Statement(models.Model):
    """What the plan says on one topic: strengths, needs, contributions. Append-only; the newest counts."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="statements")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    topic = models.TextField()
    text = models.TextField()
    written_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["plan", "topic", "-written_at"], name="statement_of_plan")]
