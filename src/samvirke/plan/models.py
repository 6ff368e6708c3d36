"""The plan and what stands in it. Every row carries its subject, so that one database policy serves all."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from samvirke.plan.commitment_models import Commitment, CommitmentStep
from samvirke.plan.condition_models import BenefitCondition, BenefitConditionStep

__all__ = [
    "Action",
    "AgreedFields",
    "BenefitCondition",
    "BenefitConditionStep",
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
    """One who takes part: a post in the plan's team, on a consent (FHIR CareTeam.participant), or one of the
    person's own side, who answers for something and is given access to nothing by it.
    """

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="team")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, null=True, related_name="+")
    consent = models.ForeignKey("gate.Consent", on_delete=models.PROTECT, null=True, related_name="+")
    side = models.TextField(default="post", db_default="post")  # kernel Side
    person = models.ForeignKey(  # the person, or the one of a family
        "gate.Subject", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    called = models.TextField(default="", db_default="")  # a relative or an organiser, as the person says
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "id"], name="team_member_in_plan"),
            models.UniqueConstraint(
                fields=["plan", "post"], condition=models.Q(left_on__isnull=True), name="one_seat_per_team"
            ),
            models.UniqueConstraint(
                fields=["plan", "side", "person", "called"],
                condition=models.Q(left_on__isnull=True, post__isnull=True),
                nulls_distinct=False,
                name="one_seat_of_the_own_side",
            ),
            models.CheckConstraint(
                name="a_seat_is_a_post_s_or_of_the_own_side",
                condition=models.Q(
                    side="post", post__isnull=False, consent__isnull=False, person__isnull=True, called=""
                )
                | models.Q(
                    side="person", post__isnull=True, consent__isnull=True, person__isnull=False, called=""
                )
                | (
                    models.Q(
                        side__in=["relative", "organiser"],
                        post__isnull=True,
                        consent__isnull=True,
                        person__isnull=True,
                    )
                    & ~models.Q(called="")
                ),
            ),
        ]


class Goal(models.Model):
    """A goal; what it says stands in its versions."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    life_domain = models.TextField()
    set_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")  # who wrote it
    whose = models.TextField(default="person", db_default="person")  # kernel SetBy


class GoalVersion(models.Model):
    """What a goal said from a moment on. Append-only: an agreement is never overwritten."""

    id = models.UUIDField(primary_key=True)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="versions")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField()
    own_words = models.TextField()
    target = models.TextField(blank=True)
    by_when = models.DateField(null=True)
    status = models.TextField(default="active", db_default="active")  # kernel GoalStatus
    why = models.TextField(default="", db_default="")  # it was reached, set aside or taken up again
    written_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "version"], name="one_goal_version"),
            models.CheckConstraint(
                name="a_goal_is_set_aside_for_a_reason",
                condition=~models.Q(status="set_aside") | ~models.Q(why=""),
            ),
        ]


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


class PlanVersion(models.Model):
    """The whole plan as it stood at a moment, for each party to answer. Append-only.

    What it held is read from the versions of goals, actions and statements, as each reader may see them.
    """

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    fixed_at = models.DateTimeField()
    fixed_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version")]


class Assent(models.Model):
    """What a party says to a version of the plan. Append-only; the party's newest answer counts."""

    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="assents")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    answer = models.TextField()  # kernel Answer
    text = models.TextField(blank=True)
    seen = models.TextField()  # a digest of what the party could see of the version
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="who_does_not_agree_says_why",
                condition=models.Q(answer="agrees")
                | (models.Q(answer__in=["in_part", "disagrees"]) & ~models.Q(text="")),
            )
        ]


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
