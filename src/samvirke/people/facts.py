"""What people tells the log of facts. Codes and ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from samvirke.kernel.gate_words import DataKind


@dataclass(frozen=True, slots=True)
class PersonAsked:
    """A person was asked whether they want one plan, and answered."""

    code: ClassVar[str] = "person_asked"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID  # the client record: before a yes there is no person
    municipality: str
    said_yes: bool


@dataclass(frozen=True, slots=True)
class RecordWithdrawn:
    """An agency's record had been taken in by mistake. From here on published views leave it out."""

    code: ClassVar[str] = "record_withdrawn"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID


@dataclass(frozen=True, slots=True)
class RecordRestored:
    """A record got back what it held before a batch that was taken back."""

    code: ClassVar[str] = "record_restored"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID


@dataclass(frozen=True, slots=True)
class RecordFolded:
    """An agency's record is the same person as another of its records, which is counted for both."""

    code: ClassVar[str] = "record_folded"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    pair_id: UUID
    into: UUID  # the other record


@dataclass(frozen=True, slots=True)
class RecordTakenApart:
    """Two records are not the same person after all; each is counted for itself again."""

    code: ClassVar[str] = "record_taken_apart"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    pair_id: UUID


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """A consent was recorded. Of kind identity: a guardian writes it without reading others' consents."""

    code: ClassVar[str] = "consent_given"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    consent_id: UUID
    kinds: int
    form: str


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """A consent was withdrawn; what rested on it ended."""

    code: ClassVar[str] = "consent_withdrawn"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    consent_id: UUID


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    """A person was asked one question, for one purpose, or asked it of themselves."""

    code: ClassVar[str] = "consent_asked"
    kind: ClassVar[DataKind] = DataKind.CONSENT

    subject_id: UUID
    draft_id: UUID
    kinds: int
    purpose: int
    by_the_person: bool


@dataclass(frozen=True, slots=True)
class ConsentAnswered:
    """A question was answered, or taken back by who asked."""

    code: ClassVar[str] = "consent_answered"
    kind: ClassVar[DataKind] = DataKind.CONSENT

    subject_id: UUID
    draft_id: UUID
    answer: str  # code: yes, fewer, no, taken_back


@dataclass(frozen=True, slots=True)
class ConsentHolds:
    """A person was reminded of a consent, and said that it holds."""

    code: ClassVar[str] = "consent_holds"
    kind: ClassVar[DataKind] = DataKind.CONSENT

    subject_id: UUID
    consent_id: UUID
    moment: str  # code: half_way, ends_soon


@dataclass(frozen=True, slots=True)
class RecallAcknowledged:
    """A post has seen that it may use a consent no more. It is around nobody by it, so nobody is named."""

    code: ClassVar[str] = "recall_acknowledged"
    kind: ClassVar[DataKind] = DataKind.CONSENT

    subject_id: None
    days: int  # since it was told


@dataclass(frozen=True, slots=True)
class OpenedByLaw:
    """A unit opened something to a post of another unit, on a rule that asks for no consent."""

    code: ClassVar[str] = "opened_by_law"
    kind: ClassVar[DataKind] = DataKind.CONSENT

    subject_id: UUID
    opening_id: UUID
    provision: str  # code of a disclosure basis
    kinds: int


@dataclass(frozen=True, slots=True)
class EndedByLaw:
    """What a unit had opened by law was ended by it, before its day."""

    code: ClassVar[str] = "ended_by_law"
    kind: ClassVar[DataKind] = DataKind.CONSENT

    subject_id: UUID
    opening_id: UUID


@dataclass(frozen=True, slots=True)
class PersonReferred:
    """A person was referred to a unit of another agency."""

    code: ClassVar[str] = "person_referred"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    referral_id: UUID
    to_unit: UUID


@dataclass(frozen=True, slots=True)
class RecordLinked:
    """An agency's own record was tied to the person, on a consent."""

    code: ClassVar[str] = "record_linked"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    link_id: UUID
    consent_id: UUID


@dataclass(frozen=True, slots=True)
class RecordUntied:
    """An agency's own record was not this person. No access ends by it: that rests on the consent."""

    code: ClassVar[str] = "record_untied"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    link_id: UUID
    because: str  # code: somebody_else, wrong_number


@dataclass(frozen=True, slots=True)
class PlaceProtected:
    """Where the person is became protected. From here on published views leave the person out."""

    code: ClassVar[str] = "place_protected"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID


@dataclass(frozen=True, slots=True)
class ProtectionLifted:
    """Where the person is needs no protection any more. Published views go on leaving the person out."""

    code: ClassVar[str] = "protection_lifted"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID


@dataclass(frozen=True, slots=True)
class FamilyOpened:
    """A circle of persons was made. Who they are stands in the gate, not here."""

    code: ClassVar[str] = "family_opened"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    members: int


@dataclass(frozen=True, slots=True)
class PersonMoved:
    """The person moved to another municipality of the partnership. Neither is told of a protected place."""

    code: ClassVar[str] = "person_moved"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    from_municipality: str
    to_municipality: str


@dataclass(frozen=True, slots=True)
class WhyAsked:
    """A person, or a guardian, asked why somebody looked. Of kind identity: a guardian writes it too."""

    code: ClassVar[str] = "why_asked"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    question_id: UUID
    was_shown: bool


@dataclass(frozen=True, slots=True)
class WhyAnswered:
    """A leader answered. Without the subject: the leader need not be around the person."""

    code: ClassVar[str] = "why_answered"
    kind: ClassVar[DataKind] = DataKind.IDENTITY
    subject_id: ClassVar[None] = None

    question_id: UUID
    in_time: bool


@dataclass(frozen=True, slots=True)
class KeptBack:
    """A leader decided that lines of the access log are kept back from a reader."""

    code: ClassVar[str] = "log_kept_back"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    exception_id: UUID
    case_type: str


@dataclass(frozen=True, slots=True)
class KeptBackReviewed:
    """It was accepted, or ended. Without the subject: the reviewer need not be around the person."""

    code: ClassVar[str] = "log_kept_back_reviewed"
    kind: ClassVar[DataKind] = DataKind.IDENTITY
    subject_id: ClassVar[None] = None

    exception_id: UUID
    verdict: str


@dataclass(frozen=True, slots=True)
class GuardianRecorded:
    """Somebody acts for a person from now on, or with another scope than before."""

    code: ClassVar[str] = "guardian_recorded"
    kind: ClassVar[DataKind] = DataKind.CONSENT

    subject_id: UUID
    guardianship_id: UUID
    footing: str  # a guardian kind of the law packs
    scope: int


@dataclass(frozen=True, slots=True)
class GuardianEnded:
    """Somebody acts for a person no longer."""

    code: ClassVar[str] = "guardian_ended"
    kind: ClassVar[DataKind] = DataKind.CONSENT

    subject_id: UUID
    guardianship_id: UUID


@dataclass(frozen=True, slots=True)
class GuardianAnswered:
    """A guardian answered a question about a child. Of kind identity: see the consent that is given."""

    code: ClassVar[str] = "guardian_answered"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    subject_id: UUID
    draft_id: UUID
    answer: str


@dataclass(frozen=True, slots=True)
class ChildHeardFirst:
    """A child was asked what they think before it was noted what their guardians had said."""

    code: ClassVar[str] = "child_heard_first"
    kind: ClassVar[DataKind] = DataKind.CONSENT

    subject_id: UUID
    consent_id: UUID
    view: str


@dataclass(frozen=True, slots=True)
class ChildHeard:
    """A child was asked what they think before their guardians were asked."""

    code: ClassVar[str] = "child_heard"
    kind: ClassVar[DataKind] = DataKind.CONSENT

    subject_id: UUID
    draft_id: UUID
    view: str
