"""Interventions as they are handed in, and the rows that pages get."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samvirke.kernel.codes import AgencyKind, InterventionKind, PlacementEnd, UnmetReason
from samvirke.kernel.gate_words import DataKind

# What it tells of a person that they need an intervention of a kind, or have one.
KIND_OF = {
    InterventionKind.GUIDANCE: DataKind.EMPLOYMENT,
    InterventionKind.TRAINING: DataKind.EDUCATION,
    InterventionKind.WORK_PRACTICE: DataKind.EMPLOYMENT,
    InterventionKind.WAGE_SUBSIDY: DataKind.EMPLOYMENT,
    InterventionKind.SUPPORTED_EMPLOYMENT: DataKind.EMPLOYMENT,
    InterventionKind.SOCIAL_SUPPORT: DataKind.SOCIAL,
}


@dataclass(frozen=True, slots=True)
class NewIntervention:
    """An intervention to be set up, with its places."""

    id: UUID
    unit_id: UUID
    kind: InterventionKind
    name: str
    provider: str
    paid_by: AgencyKind
    is_earmarked: bool
    starts_on: date
    places: int
    ends_before: date | None = None


@dataclass(frozen=True, slots=True)
class InterventionRow:
    """An intervention that is open today, with its places. The same to every worker of the own unit."""

    intervention_id: UUID
    kind: InterventionKind
    name: str
    provider: str
    unit_name: str
    paid_by: AgencyKind
    is_earmarked: bool
    places: int
    free: int | None  # none where another unit decides: one fewer would tell who got it
    is_ours: bool  # the viewer's own unit decides on its places


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A place a person has or had. Names are empty where they would tell where a protected person is."""

    placement_id: UUID
    name: str
    provider: str
    unit_name: str
    starts_on: date
    ends_before: date | None
    end_reason: PlacementEnd | None


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need and what has come of it, as this viewer may see it."""

    need_id: UUID
    subject_id: UUID
    person_name: str
    intervention_kind: InterventionKind
    words: str
    noted_on: date
    status: str  # code: waiting, placed, unmet, withdrawn
    settled_on: date | None
    days_waited: int  # until today, the answer, or the first day in the place
    unmet_because: UnmetReason | None
    placement: PlacementRow | None
    is_hidden: bool  # where the person is, is hidden from this viewer, who therefore gives and ends no place
    may_become: frozenset[str]  # what this viewer may make of it: placed, unmet, withdrawn, ended
    unmet_reasons: tuple[UnmetReason, ...]  # those that this viewer can give

    @property
    def is_held(self) -> bool:
        """Whether the person has a place now, or one that starts on a day to come."""
        return self.placement is not None and self.placement.ends_before is None
