"""Agreements in versions, checks of their routines, and contact persons. Posts and units, never persons."""

from __future__ import annotations

from django.db import models

from samvirke.agreements.types import CheckResult, Promise
from samvirke.kernel.codes import Domain


class Agreement(models.Model):
    """What units of a partnership have promised each other; what it says stands in its versions."""

    id = models.UUIDField(primary_key=True)
    partnership_id = models.UUIDField()


class AgreementVersion(models.Model):
    """What an agreement says from a day on. Append-only: what was signed is never overwritten."""

    id = models.UUIDField(primary_key=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    title = models.TextField()
    signed_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)  # the last day; empty: until another version
    next_check_on = models.DateField()
    review_on = models.DateField(null=True)  # by when the parties go through the agreement itself
    written_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_agreement_version"),
            models.CheckConstraint(
                name="an_agreement_lasts_a_day_at_least",
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
            ),
        ]


class AgreementParty(models.Model):
    """A unit that one version binds, on behalf of its agency."""

    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="parties")
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "unit"], name="one_party_of_a_unit")]


class ResponseTime(models.Model):
    """Within how many days the parties of one version do something for each other."""

    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="response_times")
    promise = models.TextField()  # Promise
    days = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "promise"], name="one_response_time_of_a_promise"),
            models.CheckConstraint(
                name="a_response_takes_a_day_at_least",
                condition=models.Q(days__gte=1, promise__in=[promise.value for promise in Promise]),
            ),
        ]


class Responsibility(models.Model):
    """The one party of a version that answers for a domain, and the party that steps in for it."""

    id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="responsibilities")
    domain = models.TextField()  # kernel Domain
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "domain"], name="one_answers_for_a_domain"),
            models.CheckConstraint(
                name="a_domain_that_is_known",
                condition=models.Q(domain__in=[domain.value for domain in Domain]),
            ),
            models.CheckConstraint(
                name="another_party_steps_in", condition=~models.Q(deputy=models.F("unit"))
            ),
        ]


class RoutineCheck(models.Model):
    """Somebody looked whether an agreement's routines are kept, and said when to look again. Append-only."""

    id = models.UUIDField(primary_key=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="checks")
    done_on = models.DateField()
    result = models.TextField()  # CheckResult
    next_check_on = models.DateField()
    done_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_check_has_a_result_and_a_successor",
                condition=models.Q(
                    result__in=[result.value for result in CheckResult],
                    next_check_on__gt=models.F("done_on"),
                ),
            )
        ]


class ContactPerson(models.Model):
    """The post that a unit has set aside for the joint effort, its deputy, and how much of a position."""

    id = models.UUIDField(primary_key=True)
    partnership_id = models.UUIDField()
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+", null=True)
    share_percent = models.IntegerField()  # of a full position
    since = models.DateField()
    ends_before = models.DateField(null=True)
    named_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "since"], name="contact_person_of_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "post"],
                condition=models.Q(ends_before__isnull=True),
                name="a_post_is_contact_person_once",
            ),
            models.CheckConstraint(
                name="the_contact_persons_deputy_is_another", condition=~models.Q(deputy=models.F("post"))
            ),
            models.CheckConstraint(
                name="a_share_of_one_position",
                condition=models.Q(share_percent__gte=1, share_percent__lte=100),
            ),
            models.CheckConstraint(
                name="a_contact_person_ends_after_beginning",
                condition=models.Q(ends_before__isnull=True) | models.Q(ends_before__gte=models.F("since")),
            ),
        ]
