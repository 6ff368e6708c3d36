"""The tables around a meeting: when it is, what it is about, what was said, and what was proposed.

All but the draft are append-only. A row about something of one kind is of that kind, so that the one policy
decides who reads it; no place is stored, nor asked for.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class MeetingTerms(models.Model):
    """When a meeting is, and for whom; the newest number counts. Called off, it stays with the reason."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey("coordination.Meeting", on_delete=models.PROTECT, related_name="terms")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    meeting_kind = models.TextField()  # kernel MeetingKind
    day = models.DateField()  # where the plan's country is
    starts_at = models.DateTimeField(null=True)  # none: no time is agreed yet
    minutes_long = models.IntegerField()
    language = models.TextField(blank=True)  # of an interpreter; empty: none is needed
    invited = ArrayField(models.UUIDField())  # team members
    invites_person = models.BooleanField()
    is_called_off = models.BooleanField(default=False)
    why = models.TextField(blank=True)  # it was moved, or called off
    said_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="terms_in_order"),
            models.CheckConstraint(
                name="new_terms_have_a_reason", condition=models.Q(number=1) | ~models.Q(why="")
            ),
        ]


class AgendaItem(models.Model):
    """Something to talk about: what is open in the plan, by its id, or a point in own words."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey("coordination.Meeting", on_delete=models.PROTECT, related_name="items")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()  # DataKind of what it is about
    point = models.TextField()  # kernel AgendaPoint
    number = models.IntegerField()  # its place among the others
    about_id = models.UUIDField(null=True)  # an action or a goal of the plan
    text = models.TextField(blank=True)
    added_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="own_points_have_words",
                condition=(models.Q(point="own") & ~models.Q(text=""))
                | (~models.Q(point="own") & models.Q(text="")),
            )
        ]


class Contribution(models.Model):
    """What a post of the team that cannot come wants said in the meeting."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey(
        "coordination.Meeting", on_delete=models.PROTECT, related_name="contributions"
    )
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "post"], name="one_contribution_each")]


class MeetingDraft(models.Model):
    """What one post has typed in meeting mode. Read by nobody else; emptied with the minutes."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey("coordination.Meeting", on_delete=models.PROTECT, related_name="drafts")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    typed = models.JSONField()  # texts by the name of their field
    version = models.IntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "post"], name="one_draft_each")]


class Discussion(models.Model):
    """What was said under one item of the agenda; read by those who may see what the item is about."""

    id = models.UUIDField(primary_key=True)
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="discussion")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()
    text = models.TextField()
    written_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()


class Proposal(models.Model):
    """A change of the plan that a meeting proposes, to the one who would answer for it. Not a decision."""

    id = models.UUIDField(primary_key=True)
    meeting = models.ForeignKey("coordination.Meeting", on_delete=models.PROTECT, related_name="proposals")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()
    change = models.TextField()  # kernel ProposedChange
    goal_id = models.UUIDField(null=True)  # of a new action
    action_id = models.UUIDField(null=True)  # the one that is changed
    what = models.TextField()
    why = models.TextField(blank=True)  # an action is changed
    due_on = models.DateField(null=True)
    accountable_member = models.ForeignKey("plan.TeamMember", on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_proposal_says_what_it_changes",
                condition=models.Q(change="new", goal_id__isnull=False, action_id__isnull=True)
                | (~models.Q(change="new") & models.Q(goal_id__isnull=True, action_id__isnull=False)),
            )
        ]


class ProposalAnswer(models.Model):
    """Yes or no to a proposal: of the one who would answer for it, or of the person. Each answers once."""

    id = models.UUIDField(primary_key=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="answers")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()
    is_persons = models.BooleanField()
    says_yes = models.BooleanField()
    why = models.TextField(blank=True)
    answered_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "is_persons"], name="each_answers_once"),
            models.CheckConstraint(
                name="a_declined_proposal_has_a_reason",
                condition=models.Q(says_yes=True) | models.Q(is_persons=True) | ~models.Q(why=""),
            ),
        ]
