"""A law pack as it is checked when it is read."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from samvirke.kernel.codes import AgencyKind, Country
from samvirke.kernel.gate_words import DataKind
from samvirke.statutes.condition_benefits import ConditionBenefit
from samvirke.statutes.kin import CaseType, ForWhom, Meaning
from samvirke.statutes.provisions import Kinds, Provision, Purposes
from samvirke.statutes.sharing import Condition, Effect, Named, Within
from samvirke.statutes.telling import ToldTo

STATEMENT = "statement:"


class DisclosureBasis(Provision):
    """What lifts secrecy between bodies. Kept apart from the legal basis of the GDPR.

    Empty kinds, purposes, givers and receivers: it was read that there is such a rule, and not for what.
    """

    needs_consent: bool
    kinds: Kinds
    purposes: Purposes
    givers: tuple[AgencyKind, ...]
    receivers: tuple[AgencyKind, ...]
    effect: Effect = Effect.LIFTS
    only_within: Within | None = None
    consent_names: tuple[Named, ...] = ()  # what a yes must say to be one by this rule
    in_writing: bool = False
    may_object: bool = False
    conditions: tuple[tuple[Condition, ...], ...] = ()  # one of each group must have been found to hold

    @model_validator(mode="after")
    def says_for_what(self) -> DisclosureBasis:
        """Half a rule would open more, or less, than anybody has read."""
        parts = [bool(part) for part in (self.kinds, self.purposes, self.givers, self.receivers)]
        if self.effect is Effect.LIFTS and any(parts) and not all(parts):
            raise ValueError("it says some of kinds, purposes, givers and receivers: say all, or none")
        if not self.needs_consent and (self.consent_names or self.in_writing):
            raise ValueError("it asks something of a consent, and needs none: correct one of them")
        return self

    @property
    def is_described(self) -> bool:
        """Whether somebody has read for what it is."""
        return bool(self.kinds)


class SecrecyRule(Provision):
    """A duty of secrecy: whom it binds. What lifts it is a disclosure basis."""

    binds: tuple[AgencyKind, ...] = Field(min_length=1)
    even_that: bool = False  # even that somebody gets help is secret


class LegalBasis(Provision):
    """The basis of the GDPR for processing; `provision` is the national one that supplements it.

    It lifts no secrecy: a sector's rule on consent is a disclosure basis, whatever the basis here.
    """

    article_6: Literal["a", "b", "c", "d", "e", "f"]
    article_9: Literal["", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] = ""  # special categories
    purposes: Purposes
    agency_kinds: tuple[AgencyKind, ...] = Field(min_length=1)


class Requirement(BaseModel):
    """One element a law requires a plan to hold, and the plan content that fills it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    label: str  # message id
    needs: tuple[str, ...]  # keys of plan content; all must be there
    who: str  # message id: who can fill it

    @field_validator("needs")
    @classmethod
    def needs_something(cls, needs: tuple[str, ...]) -> tuple[str, ...]:
        """A requirement that needs nothing would always be filled."""
        if not needs:
            raise ValueError("a requirement needs at least one key of plan content")
        return needs


class PlanKind(Provision):
    """A kind of plan that a law knows, with what it must hold in that law's own order."""

    requirements: tuple[Requirement, ...] = Field(min_length=1)


class StatementTopic(BaseModel):
    """Something that plans of a country state besides what every plan can."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    label: str  # message id


class Share(BaseModel):
    """What part of a joint body's money comes from the parties of a kind, taken together."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    kind: AgencyKind
    share: Fraction

    @field_validator("share", mode="before")
    @classmethod
    def exact(cls, written: object) -> Fraction:
        """Written as a fraction: 1/4. A decimal number would be nearly right, and parts must be exact."""
        if not isinstance(written, str):
            raise ValueError("write the share as a fraction in quotation marks, such as '1/4'")
        return Fraction(written)


class JointFunding(Provision):
    """How the parties of a joint body pay for it."""

    shares: tuple[Share, ...]

    @field_validator("shares")
    @classmethod
    def make_one(cls, shares: tuple[Share, ...]) -> tuple[Share, ...]:
        """Parts that do not make one whole would lose money or invent it."""
        total = sum((one.share for one in shares), Fraction(0))
        if total != 1:
            raise ValueError(f"the shares make {total}, not 1: correct them")
        return shares


class Right(Provision):
    """Something a person may be entitled to, and where to ask for it. Shown as possible, never promised."""

    sentence: str  # message id: what it is
    for_whom: str  # message id: "If you ..."
    agency_kinds: tuple[AgencyKind, ...] = ()  # where to apply; empty: outside the partnership
    plan_kind: str | None = None  # a plan of this kind means that it is in place
    age_from: int | None = None
    age_before: int | None = None

    def fits_age(self, age: int) -> bool:
        """Whether somebody of this age may be meant; a line that the law does not draw leaves nobody out."""
        return (self.age_from is None or self.age_from <= age) and (
            self.age_before is None or age < self.age_before
        )


class Duty(Provision):
    """A role that a law lays on somebody, and its tasks."""

    role: str  # code of the duty to coordinate
    tasks: tuple[str, ...]  # message ids


class ProtectionLevel(Provision):
    """How far a country's register hides where somebody is, and what that asks of whoever knows it.

    `months` and `remind_days`: how long it lasts as a rule, and how long before its end it is recalled to
    mind. Without months the decision itself says until which day.
    """

    meaning: str  # message id: what the person gives and gets by it, said before it is chosen
    told_to: ToldTo
    months: int | None = Field(default=None, ge=1)
    remind_days: int = Field(ge=1)
    bars_representation: bool = False  # nobody acts for the person through a sign-in of their own
    parts_identities: bool = False  # a new identity, which must never be tied to the old one
    counted_anonymously: bool = False  # counted as a number, without a row of their own


class KeptBackCase(BaseModel):
    """A type of case in which lines of the access log may be kept back from a reader for a time.

    No provision that anything is opened by: the leader who decides answers for the law that it rests on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    label: str  # message id
    rests_on: str = Field(min_length=1)  # stored with each decision; shown once it has been compared
    source: str = Field(min_length=1)
    verified_on: date | None = None  # the day on which it was compared with the law itself
    readers: tuple[Literal["person", "guardian"], ...] = Field(min_length=1)
    decided_in: tuple[AgencyKind, ...] = Field(min_length=1)  # by a unit's leader in such an agency
    longest_days: int = Field(ge=1, le=366)
    review_days: int = Field(ge=1)

    @model_validator(mode="after")
    def is_reviewed_in_time(self) -> KeptBackCase:
        """A review after the end would review nothing."""
        if self.review_days > self.longest_days:
            raise ValueError("its review comes after its end: correct one of them")
        return self


class AccessLog(BaseModel):
    """What a country's pack says of the log that persons read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answer_within_days: int = Field(ge=1)  # a question why somebody looked
    kept_back: tuple[KeptBackCase, ...] = ()


class AgeLine(Provision):
    """From which age something holds, in cases of one type."""

    case_type: CaseType
    age: int = Field(ge=0)
    means: Meaning
    kinds: Kinds = DataKind(0)  # what such a case is about; empty: every kind
    closes: bool = False  # from then on guardians see no more of these kinds
    months_before: int | None = Field(default=None, ge=1)  # how early somebody is asked to take over

    def is_about(self, kind: DataKind) -> bool:
        """Whether what is told of this kind belongs to such a case."""
        return not self.kinds or bool(self.kinds & kind)


class ServiceAge(Provision):
    """An age at which other services are for somebody than before; who acts and decides stays as it was."""

    age: int = Field(ge=0)
    months_before: int = Field(ge=1)  # how early somebody is asked to take over


class GuardianKind(Provision):
    """Who may act for somebody, on what footing, and in what at most."""

    for_whom: tuple[ForWhom, ...] = Field(min_length=1)
    kinds: Kinds = DataKind(0)  # what such a guardian may be let see at most; empty: every kind
    is_parent: bool = False  # by law, not appointed
    answers: int = Field(default=1, ge=1)  # how many of this kind must say yes before it is one

    @property
    def is_shared(self) -> bool:
        """Whether nobody of this kind decides alone."""
        return self.answers > 1


class Pack(BaseModel):
    """One country's law. A country may have several files; together they are checked as one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: Country
    owner: str = Field(min_length=1)  # who answers for every entry
    topics: tuple[StatementTopic, ...] = ()
    condition_benefits: tuple[ConditionBenefit, ...] = ()
    disclosure_bases: tuple[DisclosureBasis, ...] = ()
    secrecy: tuple[SecrecyRule, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    plan_kinds: tuple[PlanKind, ...] = ()
    rights: tuple[Right, ...] = ()
    duties: tuple[Duty, ...] = ()
    joint_funding: tuple[JointFunding, ...] = ()
    protection_levels: tuple[ProtectionLevel, ...] = ()
    access_log: AccessLog | None = None
    age_lines: tuple[AgeLine, ...] = ()
    service_ages: tuple[ServiceAge, ...] = ()
    guardian_kinds: tuple[GuardianKind, ...] = ()

    @property
    def lists(self) -> dict[str, tuple[Provision, ...]]:
        """The lists of provisions by their names in the file."""
        return {
            "disclosure_bases": self.disclosure_bases,
            "secrecy": self.secrecy,
            "legal_bases": self.legal_bases,
            "plan_kinds": self.plan_kinds,
            "rights": self.rights,
            "duties": self.duties,
            "joint_funding": self.joint_funding,
            "protection_levels": self.protection_levels,
            "age_lines": self.age_lines,
            "service_ages": self.service_ages,
            "guardian_kinds": self.guardian_kinds,
        }
