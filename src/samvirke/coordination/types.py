"""Rows that pages get from coordination."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A duty that was offered to the viewer's post and waits for an answer."""

    handover_id: UUID
    plan_id: UUID
    person_name: str
    unit_name: str
    offered_at: datetime


@dataclass(frozen=True, slots=True)
class StandInRow:
    """Who acts on one plan while its coordinator is away, from a day until another."""

    plan_id: UUID
    person_name: str
    since: date
    until: date
    who: str  # post title
    is_leader: bool  # the deputy is away too, or may not see the plan
    who_kind: str = ""  # agency kind, to stand in for the title


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Days on which a post of the viewer's own unit is away."""

    absence_id: UUID
    post_title: str
    is_mine: bool
    away_from: date
    back_on: date
    stand_ins: tuple[StandInRow, ...]  # as far as the viewer sees the plans
