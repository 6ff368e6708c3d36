"""The tables of who acts for whom, and of what is asked about a child."""

from __future__ import annotations

from django.db import models


class Guardianship(models.Model):
    """Somebody acts for a person: on which footing, for which kinds, until when. Ended, never deleted.

    What it opens stands in the gate. Read by everybody who may know who the person is, other guardians
    too, so nothing here tells where anybody lives.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    citizen = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    name = models.TextField()  # what the person acted for calls the guardian
    footing = models.TextField()  # a guardian kind in `statutes`
    scope = models.IntegerField()  # kinds
    reckoned_by = models.TextField()  # the age lines that its days were reckoned by
    recorded_at = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["citizen"], name="guardianships_of_citizen")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "citizen"],
                condition=models.Q(ended_at__isnull=True),
                name="one_guardianship_at_a_time",
            ),
            models.CheckConstraint(
                name="guardianship_period_forward", condition=models.Q(valid_to__gt=models.F("recorded_at"))
            ),
            models.CheckConstraint(name="a_guardian_has_a_scope", condition=models.Q(scope__gt=0)),
        ]


class GuardianshipGround(models.Model):
    """The document that a guardianship rests on, who saw it, and whether they live together.

    For those who see the person's consents: guardians do not, since a document can tell a place.
    """

    guardianship = models.OneToOneField(
        Guardianship, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reference = models.TextField()
    seen_on = models.DateField()
    lives_with = models.BooleanField()
    until = models.DateField(null=True)  # the last day that the document names
    recorded_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")


class GuardianAnswer(models.Model):
    """What one guardian said to a question about a child, without reasons. Append-only."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    draft = models.ForeignKey("people.ConsentDraft", on_delete=models.PROTECT, related_name="+")
    citizen = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    answer = models.TextField()  # yes, no
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "citizen"], name="a_guardian_answers_once"),
            models.CheckConstraint(
                name="a_guardian_says_yes_or_no", condition=models.Q(answer__in=["yes", "no"])
            ),
        ]


class ChildView(models.Model):
    """What a child thought of a question before the guardians were asked. Guardians do not read it."""

    draft = models.OneToOneField(
        "people.ConsentDraft", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    view = models.TextField()  # agrees, disagrees, none_told
    recorded_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="view_of_a_child_known",
                condition=models.Q(view__in=["agrees", "disagrees", "none_told"]),
            )
        ]


class NotedView(models.Model):
    """What a child thought before a worker noted what its guardians had said. Guardians do not read it."""

    consent = models.OneToOneField(
        "gate.Consent", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    view = models.TextField()  # agrees, disagrees, none_told
    recorded_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="noted_view_known",
                condition=models.Q(view__in=["agrees", "disagrees", "none_told"]),
            )
        ]
