"""Rows that pages get from coordination."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A duty that was offered to the viewer's post and waits for an answer."""

    handover_id: UUID
    plan_id: UUID
    person_name: str
    unit_name: str  # empty where it would tell a protected place
    offered_at: datetime
    agency_kind: str  # code; stands in for the unit's name
