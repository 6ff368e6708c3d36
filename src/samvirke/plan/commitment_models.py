"""What agencies promise each other around one person, and what came of it."""

from __future__ import annotations

from django.db import models

STEPS = ("accepted", "declined", "countered", "kept", "broken", "lapsed")
WITH_A_REASON = ("declined", "broken")


class Commitment(models.Model):
    """One team member is asked to do something for another by a day. Append-only; its way stands in steps."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey("plan.Plan", on_delete=models.PROTECT, related_name="commitments")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()  # DataKind of what it tells
    what = models.TextField()
    by_when = models.DateField()
    accountable_member = models.ForeignKey("plan.TeamMember", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("plan.TeamMember", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    in_return = models.TextField(blank=True)  # what the other does, in own words
    in_return_for = models.ForeignKey(  # or another commitment of the plan
        "plan.Commitment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_counter = models.BooleanField(default=False)  # asked for instead of a plain yes to that one

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="two_take_part_in_a_commitment",
                condition=~models.Q(accountable_member=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="a_counter_demand_answers_another",
                condition=models.Q(is_counter=False) | models.Q(in_return_for__isnull=False),
            ),
        ]


class CommitmentStep(models.Model):
    """One thing that became of a commitment: an answer, that it was kept, or broken. Append-only."""

    id = models.UUIDField(primary_key=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="steps", db_index=False)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.IntegerField()  # of the commitment
    number = models.IntegerField()
    status = models.TextField()
    why = models.TextField(blank=True)
    on_day = models.DateField()
    by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="steps_of_a_commitment_in_order"),
            models.CheckConstraint(
                name="a_step_that_is_known", condition=models.Q(status__in=STEPS, number__gte=1)
            ),
            models.CheckConstraint(
                name="a_no_has_a_reason",
                condition=~models.Q(status__in=WITH_A_REASON) | ~models.Q(why=""),
            ),
        ]
