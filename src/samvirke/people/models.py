"""Client records live alone in their agency; a person exists only after a basis."""

from __future__ import annotations

from django.db import models

from samvirke.kernel.gate_words import DataKind
from samvirke.people.consent_models import ConsentDraft, Recall, Reminder
from samvirke.people.guardian_models import ChildView, GuardianAnswer, Guardianship, GuardianshipGround
from samvirke.people.law_models import ConditionMet, OpeningByLaw
from samvirke.people.log_models import LogQuestion

__all__ = [
    "ChildView",
    "ClientRecord",
    "ConditionMet",
    "ConsentDraft",
    "FamilyMember",
    "GuardianAnswer",
    "Guardianship",
    "GuardianshipGround",
    "IdentityLink",
    "LogQuestion",
    "OpeningByLaw",
    "Person",
    "Recall",
    "RecordAssessment",
    "RecordChange",
    "RecordPair",
    "Referral",
    "Reminder",
    "SearchWord",
    "Whereabouts",
    "WrongTie",
]


class ClientRecord(models.Model):
    """An agency's own client, before any match. A subject of its own, seen by its agency only."""

    id = models.OneToOneField(
        "gate.Subject", on_delete=models.PROTECT, primary_key=True, db_column="id", related_name="+"
    )
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    external_id = models.TextField()  # the agency's own case or client number
    national_id_secret = models.BinaryField()  # encrypted
    national_id_hash = models.BinaryField()  # keyed, with the unit in the key: no cross-agency oracle
    given_name = models.TextField(blank=True)
    family_name = models.TextField(blank=True)
    birth_date = models.DateField()
    sex = models.TextField()
    municipality = models.ForeignKey(
        "agencies.Municipality", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    occupation = models.TextField(null=True)
    main_income = models.TextField(null=True)
    assistance_months_last_year = models.IntegerField(null=True)
    assistance_years_of_last_three = models.IntegerField(null=True)
    is_single_provider = models.BooleanField(null=True)
    has_insurance_rights = models.BooleanField(null=True)
    is_immigrant_or_refugee = models.BooleanField(null=True)
    assessed_at_risk = models.BooleanField(null=True)
    relevant_for_labour_market = models.BooleanField(null=True)
    assessed_needs_special_help = models.BooleanField(null=True)
    source_version = models.BigIntegerField()  # the sending system's own; a lower one is not applied
    updated_at = models.DateTimeField()
    change_id = models.UUIDField(null=True)  # the batch that wrote it last
    withdrawn_at = models.DateTimeField(null=True)  # taken in by mistake; emptied, and seen by nobody

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "external_id"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_record_per_external_id",
            ),
        ]
        indexes = [models.Index(fields=["unit", "national_id_hash"], name="record_by_national_id")]


class RecordChange(models.Model):
    """What one batch did to one record: made it, or changed it from the former values.

    `former` is emptied when the time for taking the batch back is over, or the batch has been taken back.
    """

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey(
        ClientRecord, on_delete=models.PROTECT, related_name="+", db_column="subject_id"
    )
    change_id = models.UUIDField()  # the batch
    row = models.IntegerField()  # of the file
    verdict = models.TextField()  # new, changed
    former = models.JSONField(null=True)  # the whole row before the change

    class Meta:
        indexes = [
            models.Index(fields=["change_id", "id"], name="changes_of_batch"),
            models.Index(
                fields=["change_id"], condition=models.Q(former__isnull=False), name="what_can_be_restored"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="new_or_changed",
                condition=models.Q(verdict="new", former__isnull=True) | models.Q(verdict="changed"),
            )
        ]


class RecordPair(models.Model):
    """Two records of one agency that look alike, and what a worker found: the same person, or two.

    Where they are the same, `record` is folded into `other`, which stands for both from then on. Neither
    loses a value. Ended, never deleted.
    """

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey(
        ClientRecord, on_delete=models.PROTECT, related_name="+", db_column="subject_id"
    )
    other = models.ForeignKey(ClientRecord, on_delete=models.PROTECT, related_name="+")
    is_same = models.BooleanField()
    found_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    ended_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=models.Q(is_same=True, ended_at__isnull=True),
                name="folded_into_one_record",
            ),
            models.UniqueConstraint(
                fields=["record", "other"],
                condition=models.Q(ended_at__isnull=True),
                name="one_finding_of_a_pair",
            ),
            models.CheckConstraint(
                name="two_records_in_a_pair", condition=~models.Q(record=models.F("other"))
            ),
            models.CheckConstraint(
                name="a_finding_is_ended_at_and_by_together",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["other"],
                condition=models.Q(is_same=True, ended_at__isnull=True),
                name="what_a_record_stands_for",
            )
        ]


class RecordAssessment(models.Model):
    """What a worker assessed about the agency's own client, where the agency's system does not say."""

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey(
        ClientRecord, on_delete=models.PROTECT, related_name="+", db_column="subject_id"
    )
    occupation = models.TextField(null=True)
    main_income = models.TextField(null=True)
    is_single_provider = models.BooleanField(null=True)
    has_insurance_rights = models.BooleanField(null=True)
    is_immigrant_or_refugee = models.BooleanField(null=True)
    assessed_at_risk = models.BooleanField(null=True)
    relevant_for_labour_market = models.BooleanField(null=True)
    assessed_needs_special_help = models.BooleanField(null=True)
    assessed_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record", "-assessed_at"], name="assessment_of_record")]


def full_name(given_name: str, family_name: str) -> str:
    """A person's name as it is written."""
    return f"{given_name} {family_name}".strip()


# A person's words are looked up by the persons that are open to somebody, never by sound among all.
OWN_CLIENTS = models.Q(unit_id__isnull=False)


class SearchWord(models.Model):
    """A part of a name, or a birth date, as it is looked for. Written by the database, with the name."""

    pk = models.CompositePrimaryKey("subject", "word")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+", db_index=False)
    word = models.TextField(db_collation="C")  # without case and accents
    sound = models.TextField()  # the same for names that sound alike
    unit_id = models.UUIDField(null=True)  # of an agency's own client

    class Meta:
        indexes = [
            models.Index(fields=["unit_id", "sound"], condition=OWN_CLIENTS, name="record_by_sound"),
            models.Index(fields=["unit_id", "word"], condition=OWN_CLIENTS, name="record_by_word"),
        ]


class Person(models.Model):
    """A person in a local partnership. Made when there is a basis, never before."""

    id = models.OneToOneField(
        "gate.Subject", on_delete=models.PROTECT, primary_key=True, db_column="id", related_name="+"
    )
    citizen = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    partnership_id = models.UUIDField()
    country = models.TextField()  # kernel Country: whose law the partnership follows
    national_id_secret = models.BinaryField()
    national_id_hash = models.BinaryField()  # keyed, with the partnership in the key
    given_name = models.TextField()
    family_name = models.TextField()
    birth_date = models.DateField()
    sex = models.TextField()
    municipality = models.ForeignKey(  # empty where the place is protected: see Whereabouts
        "agencies.Municipality", on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership_id", "national_id_hash"], name="one_person_per_partnership"
            )
        ]

    @property
    def name(self) -> str:
        """The name as it is written."""
        return full_name(self.given_name, self.family_name)


class IdentityLink(models.Model):
    """This agency's record is this person, by this consent. Ended, never deleted: a match can be undone.

    Seen as the person is (`subject`); the record's own subject stays with its agency.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(ClientRecord, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey("gate.Consent", on_delete=models.PROTECT, related_name="+")
    linked_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    is_first = models.BooleanField(db_default=False)  # the person was made from this record
    unlinked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="link_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=models.Q(unlinked_at__isnull=True),
                name="a_record_is_one_person_at_a_time",
            )
        ]


class WrongTie(models.Model):
    """Why a link was ended: the record was not this person's. Seen as the link is."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    link = models.OneToOneField(IdentityLink, on_delete=models.PROTECT, related_name="wrong")
    because = models.TextField()  # Mistake
    found_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject"], name="wrong_ties_of_person")]


class Referral(models.Model):
    """One unit refers a person to another, on a consent; the receiver answers."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey("gate.Consent", on_delete=models.PROTECT, related_name="+")
    referred_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["subject"], name="referral_of_person")]
        constraints = [
            models.CheckConstraint(
                name="received_at_and_by_together",
                condition=models.Q(received_at__isnull=True, received_by__isnull=True)
                | models.Q(received_at__isnull=False, received_by__isnull=False),
            )
        ]


class FamilyMember(models.Model):
    """A person of a circle, by the name and part the family's plan uses. Seen by who sees the circle."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")  # the circle
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    part = models.TextField()  # parent, child

    class Meta:
        indexes = [models.Index(fields=["person"], name="families_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "person"], name="once_in_a_family"),
            models.CheckConstraint(
                name="part_in_a_family_known", condition=models.Q(part__in=["parent", "child"])
            ),
        ]


class Whereabouts(models.Model):
    """Where a person is and what gives it away. Its kind is contact, or protected location by its level."""

    id = models.UUIDField(primary_key=True)
    subject = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()  # DataKind
    level = models.TextField()  # none, or a level of protection in the pack of the person's country
    address = models.TextField(blank=True)
    municipality = models.TextField(blank=True)  # a name: it may lie outside the partnership
    school = models.TextField(blank=True)
    meeting_place = models.TextField(blank=True)
    provider = models.TextField(blank=True)
    expires_on = models.DateField(null=True)  # to be renewed before; hides on after it, until lifted
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="the_level_decides_the_kind",
                condition=models.Q(kind=int(DataKind.CONTACT), level="none")
                | models.Q(kind=int(DataKind.PROTECTED_LOCATION), level__regex=r"^(no|dk|se)\.[a-z_]+$"),
            )
        ]
