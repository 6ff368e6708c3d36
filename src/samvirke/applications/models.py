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
