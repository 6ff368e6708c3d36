"""Bare ids of subjects and holders, and what ties them together."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from samvirke.gate.exception_models import Lift, LiftReason, LogException, LogExceptionReason
from samvirke.gate.kept_models import OwnNumber, Secret

__all__ = [
    "FAR_FUTURE",
    "AccessEntry",
    "Bar",
    "CircleMember",
    "Consent",
    "FamilyShare",
    "FormerGrant",
    "Grant",
    "Holder",
    "Lift",
    "LiftReason",
    "LogException",
    "LogExceptionReason",
    "Membership",
    "OwnNumber",
    "ProtectedPlace",
    "Seal",
    "SealedHead",
    "Secret",
    "Shield",
    "SimulatedClock",
    "Subject",
]

FAR_FUTURE = "9999-01-01T00:00:00Z"


class Subject(models.Model):
    """Whom data are about: a person, an agency's client record, or a circle of persons. A bare id.

    `epoch` rises with most acts that narrow somebody's access; nothing reads it. Raising it locks the row, so
    that such acts on one subject take turns.
    """

    id = models.UUIDField(primary_key=True)
    epoch = models.IntegerField(default=0)


class Holder(models.Model):
    """Who may hold access: a post, a unit or a citizen. A bare id."""

    id = models.UUIDField(primary_key=True)


class Membership(models.Model):
    """A post belongs to a holder (itself, its unit) for a time, in a role, for some kinds and purposes.

    Owned by the gatekeeper role; the pages' role cannot read it.
    """

    id = models.UUIDField(primary_key=True)
    post = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+")
    role = models.TextField()
    kinds = models.IntegerField()
    purposes = models.IntegerField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["post"], name="membership_of_post")]
        constraints = [
            models.CheckConstraint(
                name="membership_period_forward", condition=models.Q(valid_to__gt=models.F("valid_from"))
            )
        ]


class Consent(models.Model):
    """What a person has agreed may be shared: which kinds, from whom, to whom, why, until when.

    Rows are written by the gate's own functions only; a withdrawal fills `withdrawn_at` and deletes the
    grants that rested on it.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+")
    kinds = models.IntegerField()
    purposes = models.IntegerField()
    from_units = ArrayField(models.UUIDField())
    to_units = ArrayField(models.UUIDField())
    provisions = ArrayField(models.TextField())  # codes of disclosure bases in `statutes`
    form = models.TextField()  # digital, written, oral
    text_version = models.TextField()
    what_for = models.TextField(db_default="common_plan")  # a plan kind in `statutes`, or the common plan
    said_on = models.DateField(null=True)  # on paper or orally; digitally it was said as it was given
    heard_by = models.UUIDField(null=True)  # the post that heard it said
    given_with = ArrayField(models.UUIDField(), null=True)  # the other guardians whose yes it is as well
    given_at = models.DateTimeField()
    valid_to = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="consent_of_subject")]
        constraints = [
            models.CheckConstraint(
                name="consent_period_forward", condition=models.Q(valid_to__gt=models.F("given_at"))
            ),
            models.CheckConstraint(
                name="consent_form_known", condition=models.Q(form__in=["digital", "written", "oral"])
            ),
        ]


class Grant(models.Model):
    """One holder may see some kinds about one subject for some purposes, because of one basis.

    The projection that answers fast. It is deleted, not ended, when its basis goes.
    """

    id = models.UUIDField(primary_key=True)
    # No index on either alone: `grant_by_subject` and `grant_by_holder` hold both, and a third way to look
    # grants up makes the planner read all of a unit's.
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+", db_index=False)
    kinds = models.IntegerField()
    purposes = models.IntegerField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    basis = models.TextField()  # Basis
    consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    lift = models.ForeignKey("Lift", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    provision = models.TextField(db_default="")  # code of a disclosure basis in `statutes`
    opened_by = models.UUIDField(null=True)  # the unit that opened it by law, which alone ends it

    class Meta:
        indexes = [models.Index(fields=["consent"], name="grant_of_consent")]
        constraints = [
            models.CheckConstraint(
                name="grant_names_what_it_rests_on",
                condition=models.Q(basis="consent", consent__isnull=False, lift__isnull=True, provision="")
                | models.Q(basis="lift", consent__isnull=True, lift__isnull=False, provision="")
                | models.Q(basis="statute", consent__isnull=True, lift__isnull=True) & ~models.Q(provision="")
                | models.Q(
                    basis__in=["own_record", "self", "guardian", "circle"],
                    consent__isnull=True,
                    lift__isnull=True,
                    provision="",
                ),
            )
        ]


class FormerGrant(models.Model):
    """A grant that is no more, so that an older decision can be explained. Kept by the database itself.

    Those on circles are not kept: they follow from the members'.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+", db_index=False)
    kinds = models.IntegerField()
    purposes = models.IntegerField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    basis = models.TextField()
    ended_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "holder"], name="former_grant_by_subject")]


class CircleMember(models.Model):
    """A person belongs to a circle. Immutable: a break-up or a new child makes a new circle.

    A grant on a circle is what a holder has on every member, projected by the database itself.
    """

    id = models.UUIDField(primary_key=True)
    circle = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person"], name="circles_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["circle", "person"], name="once_in_a_circle"),
            models.CheckConstraint(
                name="a_circle_is_no_person", condition=~models.Q(circle=models.F("person"))
            ),
        ]


class FamilyShare(models.Model):
    """A person lets another citizen of the circle see what is about the circle. Opens nothing personal."""

    id = models.UUIDField(primary_key=True)
    circle = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+")
    kinds = models.IntegerField()
    purposes = models.IntegerField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circle", "holder", "consent"], name="shared_once")]


class ProtectedPlace(models.Model):
    """Where this person is, and whatever gives it away, is told only to those admitted to that kind."""

    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, primary_key=True, related_name="+")
    since = models.DateTimeField()
    bars_representation = models.BooleanField(db_default=False)  # no guardian acts by a sign-in
    parts_identities = models.BooleanField(db_default=False)  # cases are never held to be another's


class Bar(models.Model):
    """A conflict of interest: a holder never sees a subject, whatever else holds. Ended, not deleted."""

    id = models.UUIDField(primary_key=True)
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()  # own_case, close_relation, former_partner
    since = models.DateTimeField(db_default=Now())
    declared_by = models.ForeignKey(Holder, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["holder"], name="bar_of_holder"),
            models.Index(
                fields=["subject"], condition=models.Q(ended_at__isnull=True), name="bars_of_subject"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="reason_of_a_bar_known",
                condition=models.Q(reason__in=["own_case", "close_relation", "former_partner"]),
            ),
        ]


class Shield(models.Model):
    """An agency's client works with the agency: the case is kept from colleagues but for those named."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(ended_at__isnull=True), name="shielded_once"
            )
        ]


class AccessEntry(models.Model):
    """One line of the access log: one request and one subject. Ids and codes only, no foreign keys.

    Of a visitor who asked for something that was not shown, the subject is the id that the address named,
    whatever has that id, if anything does. `mac` chains the line to the one before it in its lane, under a
    key outside the database.
    """

    id = models.UUIDField(primary_key=True)
    lane = models.UUIDField()
    seq = models.BigIntegerField()
    request_id = models.UUIDField()
    at = models.DateTimeField()
    post_id = models.UUIDField()
    purpose = models.IntegerField()
    subject_id = models.UUIDField()
    verb = models.TextField()  # codes of all verbs asked, in their order, with spaces between them
    kinds = models.IntegerField()  # that were shown
    basis = models.TextField()  # of the first verb allowed; empty where none was
    outcome = models.TextField()  # not_done, or allowed where anything was shown, else the first refusal
    reaches_back_to = models.DateField(null=True)  # the oldest day of dated history that was shown
    mac = models.BinaryField()
    refused_kinds = models.IntegerField(db_default=0)
    format = models.SmallIntegerField(db_default=1)  # what the seal covers: 1 where it knows no refused kinds

    class Meta:
        indexes = [models.Index(fields=["subject_id", "-at"], name="access_of_subject")]
        constraints = [models.UniqueConstraint(fields=["lane", "seq"], name="one_place_in_its_lane")]


class Seal(models.Model):
    """The access log as it stood at a moment: a root over the lanes that moved, chained to the seal before.

    Owned by the gatekeeper; written through its functions by the worker alone.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.BinaryField()
    previous = models.BinaryField()  # the mac of the seal before
    lanes = models.IntegerField()  # all that are under a seal, and how many lines
    lines = models.BigIntegerField()
    mac = models.BinaryField()


class SealedHead(models.Model):
    """Where a lane stood when a seal was made. The head of one that had not moved is in an older seal."""

    id = models.UUIDField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+", db_index=False)
    lane = models.UUIDField()
    seq = models.BigIntegerField()
    mac = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["lane", "-seq"], name="sealed_heads_of_lane")]
        constraints = [models.UniqueConstraint(fields=["seal", "lane"], name="one_head_of_a_lane_in_a_seal")]


class SimulatedClock(models.Model):
    """The clock of a simulated database (demo, tests). Empty in an ordinary one. Only the owner writes."""

    id = models.IntegerField(primary_key=True)
    now = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_clock", condition=models.Q(id=1))]
