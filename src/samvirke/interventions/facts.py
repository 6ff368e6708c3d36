"""What interventions tell the log of facts: codes and days. Never which offer, since that tells a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from samvirke.kernel.codes import AgencyKind, InterventionKind, PlacementEnd, UnmetReason
from samvirke.kernel.gate_words import DataKind


@dataclass(frozen=True, slots=True)
class NeedNoted:
    """A person was found ready for a kind of intervention, and waits from today."""

    code: ClassVar[str] = "need_noted"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    need_id: UUID
    intervention_kind: InterventionKind


@dataclass(frozen=True, slots=True)
class PlacementStarted:
    """A place was given. The person starts on a day, so many days after the need was noted."""

    code: ClassVar[str] = "placement_started"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    need_id: UUID
    placement_id: UUID
    intervention_kind: InterventionKind
    decided_by: AgencyKind
    starts_on: date
    days_waited: int


@dataclass(frozen=True, slots=True)
class PlacementEnded:
    """A placement ended, and the place is free again."""

    code: ClassVar[str] = "placement_ended"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    placement_id: UUID
    intervention_kind: InterventionKind
    ended_on: date
    reason: PlacementEnd
    days_held: int


@dataclass(frozen=True, slots=True)
class NeedUnmet:
    """The person waited in vain."""

    code: ClassVar[str] = "need_unmet"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    need_id: UUID
    intervention_kind: InterventionKind
    reason: UnmetReason
    days_waited: int


@dataclass(frozen=True, slots=True)
class NeedWithdrawn:
    """The person waits no longer, by their own wish."""

    code: ClassVar[str] = "need_withdrawn"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    need_id: UUID
    intervention_kind: InterventionKind
    days_waited: int
