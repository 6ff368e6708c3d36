"""Agreements and contact persons as they are handed in, and as pages read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from samvirke.kernel.codes import AgencyKind


class Promise(StrEnum):
    """What the parties do for each other within a number of days."""

    ANSWER_REFERRAL = "answer_referral"
    ANSWER_APPLICATION = "answer_application"
    ANSWER_NEED = "answer_need"
    MEET = "meet"


class CheckResult(StrEnum):
    """What a check of the routines found."""

    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    NOT_KEPT = "not_kept"


class Warning(StrEnum):
    """What is missing at a unit. It says nothing about how well the cooperation works."""

    NO_CONTACT_PERSON = "no_contact_person"
    NO_DEPUTY = "no_deputy"
    NO_AGREEMENT = "no_agreement"
    CHECK_OVERDUE = "check_overdue"


@dataclass(frozen=True, slots=True)
class Terms:
    """What one version of an agreement says."""

    title: str
    parties: tuple[UUID, ...]  # units
    signed_on: date
    valid_from: date
    valid_until: date | None
    next_check_on: date
    response_times: Mapping[Promise, int]  # days


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A unit that an agreement binds."""

    unit_id: UUID
    unit_name: str
    agency_kind: AgencyKind


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of an agreement."""

    number: int
    title: str
    parties: tuple[PartyRow, ...]
    signed_on: date
    valid_from: date
    valid_until: date | None
    next_check_on: date
    response_times: tuple[tuple[Promise, int], ...]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check of an agreement's routines."""

    done_on: date
    result: CheckResult
    next_check_on: date
    done_by: str  # the post's title


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement with its versions and checks, newest first."""

    agreement_id: UUID
    versions: tuple[VersionRow, ...]
    checks: tuple[CheckRow, ...]
    in_force: bool
    next_check_on: date
    check_overdue: bool
    may_write: bool

    @property
    def newest(self) -> VersionRow:
        """What it says now."""
        return self.versions[0]


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact person of a unit."""

    contact_id: UUID
    title: str
    deputy: str  # empty where there is none
    share_percent: int
    since: date
    ends_before: date | None


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A unit of the partnership: its contact persons, and what is missing."""

    unit_id: UUID
    unit_name: str
    agency_kind: AgencyKind
    contacts: tuple[ContactRow, ...]
    warnings: tuple[Warning, ...]
    may_write: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What a leader sees of one partnership."""

    sites: tuple[SiteRow, ...]
    agreements: tuple[AgreementRow, ...]
