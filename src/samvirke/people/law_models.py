"""What a unit has opened to a post of another on a law, and how each condition of that law is met."""

from __future__ import annotations

from django.db import models


class OpeningByLaw(models.Model):
    """A unit opened kinds about a person to a post of another unit, on a rule that asks for no consent.

    Opens nothing by itself: the grant does. Seen by those around the person, by the unit that opened it and
    by the post it is opened to.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    to_post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    provision = models.TextField()  # code of a disclosure basis in `statutes`
    kinds = models.IntegerField()
    purposes = models.IntegerField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # before its day: by the unit, or by an opening in its place
    ended_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opening_period_forward", condition=models.Q(until__gt=models.F("opened_at"))
            ),
            models.CheckConstraint(
                name="who_ended_it_is_known",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]


class ConditionMet(models.Model):
    """How a condition of the law is met for this person, in the worker's words. Append-only."""

    id = models.UUIDField(primary_key=True)
    opening = models.ForeignKey(OpeningByLaw, on_delete=models.PROTECT, related_name="met")
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    condition = models.TextField(blank=True)  # statutes Condition; empty: the law names none
    words = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opening", "condition"], name="said_once_of_a_condition"),
        ]
