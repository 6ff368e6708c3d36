"""What applications tell the log of facts: codes and days, never what anybody wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import DataKind


@dataclass(frozen=True, slots=True)
class ApplicationMoved:
    """An application came into a status, so many days after it was sent."""

    code: ClassVar[str] = "application_moved"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    application_id: UUID
    right: str  # code; empty for something no law pack names
    agency_kind: AgencyKind
    status: str
    days: int
    appeal_by: date | None


@dataclass(frozen=True, slots=True)
class ApplicationTimeUsed:
    """The family noted time they used on an application."""

    code: ClassVar[str] = "application_time_used"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    application_id: UUID
    minutes: int


@dataclass(frozen=True, slots=True)
class EnquiryMoved:
    """An enquiry was told, taken, led on or answered, so many days after it was told."""

    code: ClassVar[str] = "enquiry_moved"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    enquiry_id: UUID
    agency_kind: AgencyKind  # of the unit that has it
    status: str
    outcome: str
    days: int
