"""What agreements tells the log of facts: kinds of agencies, municipalities and days. Nobody's person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from samvirke.agreements.types import CheckResult
from samvirke.kernel.codes import AgencyKind, Domain
from samvirke.kernel.gate_words import DataKind


@dataclass(frozen=True, slots=True)
class _AboutNobody:
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    @property
    def subject_id(self) -> None:
        """An agreement is about agencies."""
        return


@dataclass(frozen=True, slots=True)
class PartyBound(_AboutNobody):
    """A version of an agreement binds a unit of this kind of agency in this municipality."""

    code: ClassVar[str] = "agreement_party_bound"

    partnership_id: UUID
    agreement_id: UUID
    version: int
    agency_kind: AgencyKind
    municipality: str  # 0000 for a unit that serves the whole partnership
    signed_on: date
    valid_from: date
    valid_until: date | None
    next_check_on: date


@dataclass(frozen=True, slots=True)
class ResponsibilityGiven(_AboutNobody):
    """By a version of an agreement, a kind of agency answers for a domain in this municipality."""

    code: ClassVar[str] = "responsibility_given"

    partnership_id: UUID
    agreement_id: UUID
    version: int
    domain: Domain
    agency_kind: AgencyKind
    municipality: str
    has_deputy: bool
    valid_from: date


@dataclass(frozen=True, slots=True)
class RoutineChecked(_AboutNobody):
    """An agreement's routines were checked."""

    code: ClassVar[str] = "agreement_checked"

    agreement_id: UUID
    done_on: date
    result: CheckResult
    next_check_on: date


@dataclass(frozen=True, slots=True)
class ContactPersonNamed(_AboutNobody):
    """A unit has set a post aside for the joint effort."""

    code: ClassVar[str] = "contact_person_named"

    partnership_id: UUID
    contact_id: UUID
    agency_kind: AgencyKind
    municipality: str
    share_percent: int
    has_deputy: bool
    since: date


@dataclass(frozen=True, slots=True)
class ContactPersonEnded(_AboutNobody):
    """A post is no longer set aside, from a day on."""

    code: ClassVar[str] = "contact_person_ended"

    contact_id: UUID
    ends_before: date
