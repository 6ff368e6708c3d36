"""Agreements and contact persons as they are handed in, and as pages read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from samvirke.kernel.codes import AgencyKind, Domain


class Promise(StrEnum):
    """What the parties do for each other within a number of days."""

    ANSWER_REFERRAL = "answer_referral"
    ANSWER_APPLICATION = "answer_application"
    ANSWER_NEED = "answer_need"
    MEET = "meet"
    ANSWER_COMMITMENT = "answer_commitment"


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
    REVIEW_OVERDUE = "review_overdue"
    NOBODY_ANSWERS = "nobody_answers"
    AWAY_WITHOUT_DEPUTY = "away_without_deputy"


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who answers for a domain, and who steps in: units that are parties."""

    unit_id: UUID
    deputy_id: UUID | None = None


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
    review_on: date | None = None
    responsibilities: Mapping[Domain, Responsible] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A unit that an agreement binds."""

    unit_id: UUID
    unit_name: str
    agency_kind: AgencyKind


@dataclass(frozen=True, slots=True)
class ResponsibilityRow:
    """Who answers for a domain, and who steps in."""

    domain: Domain
    unit: PartyRow
    deputy: PartyRow | None


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
    review_on: date | None
    responsibilities: tuple[ResponsibilityRow, ...]  # of domains for which somebody answers
    written_at: datetime
    written_by: str  # the post's title


@dataclass(frozen=True, slots=True)
class PromisedDays:
    """What one version of an agreement says of one promise. None: nothing."""

    agreement_id: UUID
    parties: frozenset[UUID]
    valid_from: date
    valid_until: date | None
    days: int | None


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
    holds: VersionRow | None  # the version in force
    next_check_on: date
    check_overdue: bool
    review_overdue: bool
    may_write: bool

    def binds(self, units: Collection[UUID]) -> bool:
        """Whether the version in force binds one of these units."""
        return self.holds is not None and any(party.unit_id in units for party in self.holds.parties)

    @property
    def in_force(self) -> bool:
        """Whether one of its versions holds now."""
        return self.holds is not None

    @property
    def newest(self) -> VersionRow:
        """What it says now."""
        return self.versions[0]


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact person of a unit."""

    contact_id: UUID
    post_id: UUID
    deputy_id: UUID | None
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
