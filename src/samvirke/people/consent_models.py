"""The tables around a consent: asking for it, recalling it to mind, and telling who may use it no more."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class ConsentDraft(models.Model):
    """A person is asked one question: whether these units may share these kinds for one purpose.

    It opens nothing. Answered once, taken back by who asked, or lapsed; a yes makes a consent.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    kinds = models.IntegerField()
    purpose = models.IntegerField()
    from_units = ArrayField(models.UUIDField())
    to_units = ArrayField(models.UUIDField())
    provisions = ArrayField(models.TextField())
    what_for = models.TextField()  # a plan kind in `statutes`, or the common plan
    text_version = models.TextField()
    until = models.DateTimeField()
    asks_guardians = models.BooleanField(db_default=False)  # they answer, not the person
    answer = models.TextField(blank=True)  # yes, fewer, no, taken_back; empty: none yet
    answered_at = models.DateTimeField(null=True)
    consent = models.OneToOneField("gate.Consent", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["subject", "-asked_at"], name="draft_about_person")]
        constraints = [
            models.CheckConstraint(
                name="a_yes_is_a_consent",
                condition=models.Q(answer="", answered_at__isnull=True, consent__isnull=True)
                | models.Q(answer__in=["no", "taken_back"], answered_at__isnull=False, consent__isnull=True)
                | models.Q(answer__in=["yes", "fewer"], answered_at__isnull=False, consent__isnull=False),
            ),
            models.CheckConstraint(
                name="one_purpose_a_question",
                condition=models.Q(purpose__in=[1 << bit for bit in range(7)]),
            ),
        ]


class Reminder(models.Model):
    """The person was reminded of a consent and said that it holds. Append-only."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey("gate.Consent", on_delete=models.PROTECT, related_name="+")
    moment = models.TextField()  # half_way, ends_soon
    held_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject"], name="reminder_of_person")]
        constraints = [models.UniqueConstraint(fields=["consent", "moment"], name="reminded_once")]


class Recall(models.Model):
    """A post is told that a consent it used has been withdrawn. Ids, days and kinds; it opens nothing.

    Seen by that post, by the person, and by who gave the consent.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey("gate.Consent", on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(  # the unit's own, where it has one
        "people.ClientRecord", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kinds = models.IntegerField()  # what the post sees no more
    recalled_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["post", "acknowledged_at"], name="recalls_of_post"),
            models.Index(fields=["given_by"], name="recalls_by_giver"),
        ]
        constraints = [models.UniqueConstraint(fields=["consent", "post"], name="told_once")]
