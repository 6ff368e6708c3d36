"""What pages read of the tables, as rows; by statements that never change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from samvirke.gate.reading import rows
from samvirke.interventions.models import Need

NEEDS = """
SELECT n.id, n.subject_id, n.kind, n.intervention_kind, n.words, n.noted_on, n.status, n.settled_on,
  n.unmet_because, h.id, h.starts_on, h.ends_before, h.end_reason, i.name, i.provider, u.id, u.name
FROM interventions_need n LEFT JOIN interventions_placement h ON h.need_id = n.id
LEFT JOIN interventions_place p ON p.id = h.place_id
LEFT JOIN interventions_intervention i ON i.id = p.intervention_id
LEFT JOIN agencies_unit u ON u.id = i.unit_id
"""
OF_SUBJECT = NEEDS + "WHERE n.subject_id = %s AND n.kind = ANY (%s)"
BY_ID = NEEDS + "WHERE n.id = ANY (%s)"
OFFERED = """
SELECT i.id, i.kind, i.name, i.provider, i.paid_by, i.is_earmarked, u.id, u.name, count(p.id),
  count(p.id) FILTER (WHERE NOT p.is_taken)
FROM interventions_intervention i JOIN agencies_unit u ON u.id = i.unit_id
LEFT JOIN interventions_place p ON p.intervention_id = i.id
WHERE i.starts_on <= %(today)s AND (i.ends_before IS NULL OR i.ends_before > %(today)s)
"""
IN_ORDER = " GROUP BY i.id, u.id ORDER BY i.kind, i.name, i.id"
OFFERED_BY = OFFERED + "AND i.unit_id = ANY (%(units)s)" + IN_ORDER
OFFERED_NEAR = (
    OFFERED + "AND (%(here)s = '' OR u.municipality_id IS NULL OR u.municipality_id = %(here)s)" + IN_ORDER
)


class StoredPlacement(NamedTuple):
    """A place that is held or was, and the unit that gave it."""

    id: UUID
    starts_on: date
    ends_before: date | None
    end_reason: str
    name: str
    provider: str
    unit_id: UUID
    unit_name: str


class StoredNeed(NamedTuple):
    """A need, with its placement if it has one."""

    id: UUID
    subject_id: UUID
    kind: int
    intervention_kind: str
    words: str
    noted_on: date
    status: str
    settled_on: date | None
    unmet_because: str
    placement: StoredPlacement | None


class StoredOffer(NamedTuple):
    """What a unit offers, with how many places it has and how many are free."""

    id: UUID
    kind: str
    name: str
    provider: str
    paid_by: str
    is_earmarked: bool
    unit_id: UUID
    unit_name: str
    places: int
    free: int


def needs_of(subject_id: UUID, kinds: Collection[int]) -> list[StoredNeed]:
    """The needs of one subject of these kinds."""
    return rows(OF_SUBJECT, [subject_id, [int(kind) for kind in kinds]], _need)


def needs(need_ids: Collection[UUID]) -> list[StoredNeed]:
    """Needs by id."""
    return rows(BY_ID, [list(need_ids)], _need)


def need(need_id: UUID) -> StoredNeed:
    """One need. Raises Need.DoesNotExist."""
    for row in needs([need_id]):
        return row
    raise Need.DoesNotExist


def _need(*columns: Any) -> StoredNeed:
    of_need, of_placement = columns[:9], columns[9:]
    placement = None if of_placement[0] is None else StoredPlacement(*of_placement)
    return StoredNeed._make((*of_need, placement))
