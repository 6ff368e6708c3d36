"""What a unit asks of a person for a benefit that it gives itself, and all that becomes of it."""

from __future__ import annotations

from django.db import models

STEPS = (
    "said",
    "guardian_said",
    "not_kept",
    "reason_asked",
    "explained",
    "talked",
    "sanctioned",
    "reviewed",
    "ended",
)


class BenefitCondition(models.Model):
    """A unit ties a benefit of its own to something the person does. Append-only; its way stands in steps."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey("plan.Plan", on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    set_by = models.ForeignKey("plan.TeamMember", on_delete=models.PROTECT, related_name="+")
    explained_by = models.ForeignKey(  # who follows it up where it happens: an organiser, another worker
        "plan.TeamMember", on_delete=models.PROTECT, null=True, related_name="+"
    )
    benefit = models.TextField()  # code of the law pack
    what = models.TextField()
    why = models.TextField()
    alternative = models.TextField()
    if_not_kept = models.TextField()
    review_on = models.DateField()
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_condition_says_all_of_it",
                condition=~(
                    models.Q(what="") | models.Q(why="") | models.Q(alternative="") | models.Q(if_not_kept="")
                ),
            )
        ]


class BenefitConditionStep(models.Model):
    """One thing that became of a condition, from what the person thinks of it to its end. Append-only."""

    id = models.UUIDField(primary_key=True)
    condition = models.ForeignKey(
        BenefitCondition, on_delete=models.PROTECT, related_name="steps", db_index=False
    )
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField()
    status = models.TextField()
    words = models.TextField()
    on_day = models.DateField()
    until = models.DateField(null=True)  # of a sanction: its last day; of a review: the next one
    left_per_day = models.IntegerField(null=True)  # what the person has to live on, as the unit states it
    decision_reference = models.TextField(blank=True)
    appeal_to = models.TextField(blank=True)
    by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["condition", "number"], name="steps_of_a_condition_in_order"),
            models.CheckConstraint(
                name="a_step_of_a_condition_says_something",
                condition=models.Q(status__in=STEPS, number__gte=1) & ~models.Q(words=""),
            ),
            models.CheckConstraint(
                name="a_sanction_is_whole",
                condition=~models.Q(status="sanctioned")
                | (
                    models.Q(until__isnull=False, left_per_day__gt=0)
                    & ~models.Q(decision_reference="")
                    & ~models.Q(appeal_to="")
                ),
            ),
        ]
