"""An application, and every step on its way.

The status of an application is the status of one of its steps: a composite key in the migration says so. A
refusal without a reason and an appeal deadline is no step, so it is no status either.
"""

from __future__ import annotations

from django.db import models


class Application(models.Model):
    """Something a person has applied for, and the post in the unit that has it."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()  # DataKind of what it tells
    right = models.TextField(blank=True)  # code in `statutes`; empty: the title says what
    title = models.TextField(blank=True)
    to_unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    with_post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    answer_due_on = models.DateField(null=True)  # empty: nobody has confirmed it and set a day yet
    status = models.TextField()
    status_step = models.IntegerField()  # number of the step that set the status
    enquiry = models.ForeignKey(  # what was told once, and is applied for with the same words
        "Enquiry", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-sent_on"], name="application_of_subject"),
            models.Index(fields=["to_unit", "status"], name="application_to_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_application_says_what_for",
                condition=models.Q(right="") ^ models.Q(title=""),
            ),
            models.CheckConstraint(
                name="an_application_has_a_status",
                condition=models.Q(
                    status__in=[
                        "sent",
                        "received",
                        "more_asked_for",
                        "granted",
                        "refused",
                        "appealed",
                        "withdrawn",
                    ]
                ),
            ),
        ]


class ApplicationStep(models.Model):
    """One thing that happened on the way. Append-only.

    `status` is a status of the application, or `time_used`: the family noted what the way has cost.
    """

    id = models.UUIDField(primary_key=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()
    number = models.IntegerField()
    status = models.TextField()
    taken_on = models.DateField()
    by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)  # own words, a question, an answer, the reason of a refusal
    appeal_by = models.DateField(null=True)
    minutes_used = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number", "status"], name="one_step_at_a_time"),
            models.CheckConstraint(
                name="a_refusal_has_a_reason_and_a_deadline",
                condition=models.Q(
                    status="refused", appeal_by__isnull=False, appeal_by__gt=models.F("taken_on")
                )
                & ~models.Q(text="")
                | ~models.Q(status="refused") & models.Q(appeal_by__isnull=True),
            ),
            models.CheckConstraint(
                name="only_a_note_of_time_has_minutes",
                condition=models.Q(status="time_used", minutes_used__isnull=False, minutes_used__gt=0)
                | ~models.Q(status="time_used") & models.Q(minutes_used__isnull=True),
            ),
        ]


class Enquiry(models.Model):
    """What a person told once, in own words, and the unit that answers it by a day."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()  # DataKind of what it tells, by the kind of unit that first had it
    words = models.TextField()
    helps = models.TextField(blank=True)  # what would help most
    to_meet = models.TextField(blank=True)  # how the person wants to be reached and met
    is_urgent = models.BooleanField()
    told_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField()
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")  # answers it
    offered_to = models.ForeignKey(  # was asked to answer it instead, and has not said yes
        "agencies.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    declined_by = models.ForeignKey(  # said no, and nobody else has been asked since
        "agencies.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answer_due_on = models.DateField(null=True)  # empty: no agreement promises one, and nobody has set it
    outcome = models.TextField(blank=True)  # kernel EnquiryOutcome; empty: not answered
    answered_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-told_on"], name="enquiry_of_subject"),
            models.Index(fields=["unit", "outcome"], name="enquiry_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="an_enquiry_is_answered_on_a_day",
                condition=models.Q(outcome="", answered_on__isnull=True)
                | (~models.Q(outcome="") & models.Q(answered_on__isnull=False, offered_to__isnull=True)),
            )
        ]


class EnquiryStep(models.Model):
    """One thing that happened to an enquiry: told, taken, led on, answered. Append-only."""

    id = models.UUIDField(primary_key=True)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="steps")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()
    number = models.IntegerField()
    status = models.TextField()
    taken_on = models.DateField()
    by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "number"], name="one_enquiry_step_at_a_time")
        ]
