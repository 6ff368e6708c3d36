"""The duty to coordinate, its turns and hand-overs, and days on which a post is away.

Starts are stored, not periods: a turn lasts until the next one starts, so gaps and overlaps cannot be
written. A turn needs an accepted hand-over; the composite keys are in the migration.
"""

from __future__ import annotations

from django.db import models

from samvirke.coordination.meeting_models import (
    AgendaItem,
    Contribution,
    Discussion,
    MeetingDraft,
    MeetingTerms,
    Proposal,
    ProposalAnswer,
)

__all__ = [
    "Absence",
    "AgendaItem",
    "Attendee",
    "Contribution",
    "Discussion",
    "Duty",
    "FollowUp",
    "Handover",
    "Meeting",
    "MeetingDraft",
    "MeetingTerms",
    "Minutes",
    "Proposal",
    "ProposalAnswer",
    "Turn",
]


class Duty(models.Model):
    """The duty to coordinate one plan. The unit's leader post answers for it until somebody accepts."""

    id = models.UUIDField(primary_key=True)
    plan = models.OneToOneField("plan.Plan", on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.TextField(default="coordinator", db_default="coordinator")  # coordinator, child_coordinator
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_of_duty_known", condition=models.Q(role__in=["coordinator", "child_coordinator"])
            )
        ]


class Handover(models.Model):
    """The duty is offered to a post; it takes effect when the post accepts."""

    id = models.UUIDField(primary_key=True)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    to_post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    offered_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted = models.GeneratedField(
        expression=models.Case(
            models.When(accepted_at__isnull=False, then=models.Value(True)), default=models.Value(False)
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        indexes = [models.Index(fields=["duty"], name="handover_of_duty")]


class Turn(models.Model):
    """From this day this post coordinates, and this deputy steps in."""

    id = models.UUIDField(primary_key=True)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="turns")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "starts_on"], name="one_turn_per_day"),
            models.CheckConstraint(name="a_turn_is_accepted", condition=models.Q(accepted=True)),
            models.CheckConstraint(
                name="the_deputy_is_another", condition=~models.Q(deputy=models.F("post"))
            ),
        ]


class Absence(models.Model):
    """A post is away: about staff, so no reason is kept. Deputies step in; nothing here names a person.

    Ended early, it is shortened; one that never began has no days.
    """

    id = models.UUIDField(primary_key=True)
    post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    away_from = models.DateField()
    back_on = models.DateField()
    said_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["post", "back_on"], name="absence_of_post")]
        constraints = [
            models.CheckConstraint(
                name="back_no_earlier_than_away", condition=models.Q(back_on__gte=models.F("away_from"))
            )
        ]


class Meeting(models.Model):
    """A meeting of the plan's team that somebody called. Append-only, as are its minutes.

    No place is stored, nor asked for: it could give away where a protected person is.
    """

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey("plan.Plan", on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    agenda = models.TextField()
    called_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()


class Minutes(models.Model):
    """What was agreed in a meeting, number 1, and what was added later. Nothing is ever overwritten."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    agreed = models.TextField()
    person_was_there = models.BooleanField(null=True)  # stated once, with number 1
    written_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_in_order"),
            models.CheckConstraint(
                name="who_was_there_is_said_once",
                condition=models.Q(number=1, person_was_there__isnull=False)
                | models.Q(number__gt=1, person_was_there__isnull=True),
            ),
        ]


class Attendee(models.Model):
    """A post of the team that was there."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendees")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "post"], name="there_once")]


class FollowUp(models.Model):
    """A day after a plan has ended in work or education on which somebody calls, and how it goes then."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey("plan.Plan", on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    agreed_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    called_on = models.DateField(null=True)
    called_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, null=True, related_name="+")
    support = models.TextField(blank=True)  # kernel SupportSource
    occupation = models.TextField(blank=True)  # kernel Occupation
    open_anew = models.BooleanField(null=True)  # whether the plan should be opened anew

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "due_on"], name="one_follow_up_a_day"),
            models.CheckConstraint(
                name="a_call_says_how_it_goes",
                condition=models.Q(
                    called_on__isnull=True,
                    called_by__isnull=True,
                    support="",
                    occupation="",
                    open_anew__isnull=True,
                )
                | (
                    models.Q(called_on__isnull=False, called_by__isnull=False, open_anew__isnull=False)
                    & ~models.Q(support="")
                    & ~models.Q(occupation="")
                ),
            ),
        ]


class ChangeWish(models.Model):
    """The person wishes for somebody else than a post. For the person and the leader who answers, alone."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey("plan.Plan", on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    instead_of = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    wanted = models.TextField()
    why = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    sealed_to = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)  # granted, refused
    reply = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "instead_of"],
                condition=models.Q(answered_at__isnull=True),
                name="one_open_wish_about_a_post",
            ),
            models.CheckConstraint(
                name="an_answer_says_something",
                condition=models.Q(answered_at__isnull=True, answer="", reply="")
                | (
                    models.Q(answered_at__isnull=False, answer__in=["granted", "refused"])
                    & ~models.Q(reply="")
                ),
            ),
        ]


class Instruction(models.Model):
    """Somebody was told not to inform persons about something. By whom it was noted is kept nowhere."""

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey("programmes.LocalPartnership", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day: the day itself could tell who
    about = models.TextField()  # kernel InstructionAbout
    given_by = models.TextField()  # kernel InstructedBy
