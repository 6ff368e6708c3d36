"""What is out of the ordinary and stands in tables of the gate: broken glass, lines that are kept back."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Lift(models.Model):
    """Somebody broke the glass. Seen by the post, the reviewer, the person and those around the person."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    kinds = models.IntegerField()
    purposes = models.IntegerField()
    lifted_at = models.DateTimeField()
    valid_to = models.DateTimeField()
    verdict = models.TextField(null=True)  # accepted, misuse
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reviewed_by_another", condition=~models.Q(reviewer=models.F("post"))
            ),
            models.CheckConstraint(
                name="verdict_known",
                condition=models.Q(verdict__isnull=True, reviewed_at__isnull=True)
                | models.Q(verdict__in=["accepted", "misuse"], reviewed_at__isnull=False),
            ),
        ]


class LiftReason(models.Model):
    """Why, in the worker's own words. For the worker and the reviewer alone."""

    lift = models.OneToOneField(Lift, on_delete=models.PROTECT, primary_key=True, related_name="+")
    text = models.TextField()


class LogException(models.Model):
    """Visits of some units or posts are kept back from one reader of the log for a time, then told.

    In force until it is reviewed or its review is due; once accepted, until its end. The reader learns of it
    afterwards.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(
        "gate.Holder", on_delete=models.PROTECT, related_name="+"
    )  # the person, a guardian
    kept_back = ArrayField(models.UUIDField())  # units and posts
    case_type = models.TextField()  # code of a law pack
    provision = models.TextField()  # as the pack cited it then
    decided_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    review_until = models.DateTimeField()
    until = models.DateTimeField()
    verdict = models.TextField(null=True)  # accepted, ended
    reviewed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["reader", "-since"], name="kept_back_from")]
        constraints = [
            models.CheckConstraint(
                name="kept_back_is_reviewed_by_another",
                condition=~models.Q(reviewer=models.F("decided_by")),
            ),
            models.CheckConstraint(
                name="kept_back_verdict_known",
                condition=models.Q(verdict__isnull=True, ended_at__isnull=True)
                | models.Q(verdict="accepted", ended_at__isnull=True)
                | models.Q(verdict="ended", ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="kept_back_for_a_time",
                condition=models.Q(since__lt=models.F("review_until"), review_until__lte=models.F("until")),
            ),
        ]


class LogExceptionReason(models.Model):
    """Why visits are kept back, in the leader's own words. For the leader and the reviewer alone."""

    exception = models.OneToOneField(
        LogException, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    text = models.TextField()
