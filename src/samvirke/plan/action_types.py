"""What is agreed on an action, how it was agreed before, and what a delay moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from samvirke.kernel.codes import Priority, Side
from samvirke.kernel.gate_words import DataKind
from samvirke.kernel.week import WeeklyTime


@dataclass(frozen=True, slots=True)
class OwnSide:
    """One of the person's own side: the person, one of the family, a relative, or an organiser they found.

    Whoever answers for something on this side is given access to nothing by it.
    """

    side: Side
    person_id: UUID | None = None  # the person, or the one of a family
    called: str = ""  # a relative or an organiser, as the person says


Who = UUID | OwnSide  # a post, or one of the person's own side


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is done, when, and in which order. Ids are of actions of the same plan."""

    what: str
    how: str = ""
    extent: str = ""
    week: tuple[WeeklyTime, ...] = ()
    contributors: tuple[Who, ...] = ()  # who takes part, beside the one that answers for it
    priority: Priority = Priority.NORMAL
    comes_after: frozenset[UUID] = frozenset()
    beside: frozenset[UUID] = frozenset()
    starts_on: date | None = None
    due_on: date | None = None


class Party(NamedTuple):
    """One who takes part, by the names that this viewer may know."""

    title: str  # of a post, or the name of one of the person's own side
    agency_name: str
    agency_kind: str  # stands in for the names where they would tell a protected place


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action with its one accountable team member."""

    action_id: UUID
    goal_id: UUID
    what: str
    how: str
    extent: str
    accountable: str  # post title, or the name of one of the person's own side
    accountable_agency: str
    kind: DataKind
    standing: str  # code: wish, decided, own
    decision_reference: str  # empty for a wish
    status: str  # code: planned, in_progress, done, dropped, refused
    starts_on: date | None
    due_on: date | None
    is_mine: bool
    accountable_kind: str = ""  # agency kind, to stand in for the names
    about: str = ""
    may_become: tuple[str, ...] = ()  # statuses this viewer may give it
    version: int = 1
    priority: Priority = Priority.NORMAL
    week: tuple[WeeklyTime, ...] = ()
    contributors: tuple[Party, ...] = ()
    accountable_member: UUID | None = None
    contributing_members: tuple[UUID, ...] = ()
    comes_after: frozenset[UUID] = frozenset()  # of those that the viewer may see
    beside: frozenset[UUID] = frozenset()
    why: str = ""  # it was changed, dropped or refused
    done_on: date | None = None  # empty where nobody noted the day
    may_change: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.status in {"planned", "in_progress"}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What was agreed on an action from a moment on."""

    version: int
    what: str
    how: str
    extent: str
    week: tuple[WeeklyTime, ...]
    accountable: Party
    contributors: tuple[Party, ...]
    standing: str
    decision_reference: str
    status: str
    priority: Priority
    starts_on: date | None
    due_on: date | None
    why: str
    changed_by: Party | None  # None: the person, or nobody noted it
    changed_at: datetime | None
    accountable_member: UUID | None = None
    contributing_members: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitRow:
    """An action that is not done, in some plan, and one that must be done before."""

    plan_id: UUID
    person_name: str
    waits: str
    who_waits: Party
    for_this: str
    who_is_waited_for: Party
    due_on: date | None  # of the one that is waited for


@dataclass(frozen=True, slots=True)
class GoalVersionRow:
    """What a goal said from a moment on."""

    version: int
    own_words: str
    target: str
    by_when: date | None
    status: str
    why: str
    written_by: Party | None  # None: the person
    written_at: datetime


@dataclass(frozen=True, slots=True)
class StatementVersionRow:
    """What a plan said on a topic from a moment on."""

    version: int
    text: str
    written_by: Party | None  # None: the person
    written_at: datetime


class Days(NamedTuple):
    """When an action begins and ends."""

    starts_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class MovedRow:
    """An action that a delay would move, and where to."""

    action: ActionRow
    days: Days
