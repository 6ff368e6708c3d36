"""What programmes tells the log of facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from samvirke.kernel.gate_words import DataKind


@dataclass(frozen=True, slots=True)
class RecordScreened:
    """Target-group rules were applied to an agency's own record."""

    code: ClassVar[str] = "record_screened"
    kind: ClassVar[DataKind] = DataKind.EMPLOYMENT

    subject_id: UUID
    municipality: str
    outcome: str
    target_group: str
    scope: str


@dataclass(frozen=True, slots=True)
class RulesSaved:
    """A version of a partnership's target-group rules was saved."""

    code: ClassVar[str] = "rules_saved"
    kind: ClassVar[DataKind] = DataKind.EMPLOYMENT

    subject_id: UUID | None
    partnership_id: UUID
    number: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class ExemptionRecorded:
    """A municipality is exempt from something that a plan must hold elsewhere, for a period."""

    code: ClassVar[str] = "exemption_recorded"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    exemption_id: UUID
    municipality: str
    plan_kind: str
    requirement: str
    valid_from: date
    last_day: date

    @property
    def subject_id(self) -> None:
        """It is about a municipality."""
        return


@dataclass(frozen=True, slots=True)
class ExemptionEnded:
    """An exemption was ended, perhaps before its last day."""

    code: ClassVar[str] = "exemption_ended"
    kind: ClassVar[DataKind] = DataKind.IDENTITY

    exemption_id: UUID
    ended_on: date

    @property
    def subject_id(self) -> None:
        """It is about a municipality."""
        return
