"""Conditions of benefits as they are set, and as pages read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samvirke.plan.action_types import Party
from samvirke.statutes.condition_benefits import ConditionBenefit


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked of the person for which benefit, why, what they may do instead, and its review day."""

    benefit: str  # code of the law pack
    what: str
    why: str
    alternative: str
    if_not_kept: str
    review_on: date
    explained_by: UUID | None = None  # a post of another unit in the team


@dataclass(frozen=True, slots=True)
class Sanction:
    """What a decision took from the benefit, as the unit records it."""

    why: str
    until: date
    left_per_day: int
    decision_reference: str
    appeal_to: str


@dataclass(frozen=True, slots=True)
class ConditionStepRow:
    """One thing that became of a condition."""

    status: str
    words: str
    on_day: date
    until: date | None
    left_per_day: int | None
    decision_reference: str
    appeal_to: str
    who: Party | None  # None: the person, or who acts for them


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition, and its way so far."""

    condition_id: UUID
    benefit: str  # message id
    what: str
    why: str
    alternative: str
    if_not_kept: str
    review_on: date
    set_on: date
    who_set: Party
    who_explains: Party | None
    status: str  # in_force, not_kept, sanctioned, ended
    missing: tuple[str, ...]  # what a sanction still waits for, where it was not kept
    steps: tuple[ConditionStepRow, ...]
    is_due: bool
    may: tuple[str, ...]  # the steps that the viewer may take


@dataclass(frozen=True, slots=True)
class MayExplain:
    """Somebody of the team who may be asked to explain; a page names the seat, and no post."""

    member_id: UUID
    post_id: UUID
    who: Party


@dataclass(frozen=True, slots=True)
class ConditionsPart:
    """A plan's conditions, for one viewer."""

    plan_id: UUID
    rows: tuple[ConditionRow, ...]
    benefits: tuple[ConditionBenefit, ...]  # what the viewer's unit may tie to something
    others: tuple[MayExplain, ...]  # of other units
