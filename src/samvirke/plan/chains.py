"""Actions that wait for one another: what comes first, and what a delay moves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from typing import Protocol
from uuid import UUID

from samvirke.plan.action_types import ActionRow, Days, MovedRow

DAY = timedelta(days=1)


class Linked(Protocol):
    """An action as far as its place in a chain goes."""

    @property
    def starts_on(self) -> date | None:
        """When it begins."""

    @property
    def due_on(self) -> date | None:
        """When it ends."""

    @property
    def comes_after(self) -> Collection[UUID]:
        """The actions it waits for."""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""


class WaitForEachOther(Exception):
    """Actions come after one another in a ring, so none of them could ever begin."""

    def __init__(self) -> None:
        super().__init__(
            "These actions would wait for each other, and none could begin. "
            "Choose again what comes after what."
        )


def in_order(comes_after: Mapping[UUID, Collection[UUID]]) -> list[UUID]:
    """The actions, whatever comes first first. Who is not there is waited for by nobody here.

    Raises WaitForEachOther.
    """
    graph = {one: [first for first in before if first in comes_after] for one, before in comes_after.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError:
        raise WaitForEachOther from None


def delayed(actions: Mapping[UUID, Linked], action_id: UUID, due_on: date | None) -> dict[UUID, Days]:
    """What else moves, and where to, when one action ends on another day than was agreed.

    Whatever comes after it begins the day after at the earliest, and takes as many days as before. Only a
    delay moves others, and only those that it reaches; what is done or has no days stays. Raises
    WaitForEachOther.
    """
    ends = {one: action.due_on for one, action in actions.items()}
    if due_on is None or ((was := ends[action_id]) is not None and due_on <= was):
        return {}
    ends[action_id], reached, moved = due_on, {action_id}, dict[UUID, Days]()
    for one in in_order({one: action.comes_after for one, action in actions.items()}):
        action = actions[one]
        free = max((day for first in reached & {*action.comes_after} if (day := ends[first])), default=None)
        if free is None or not action.is_open or one == action_id:
            continue
        by = _late_by(action, free + DAY)
        if by > timedelta(0):
            moved[one] = Days(*(day and day + by for day in (action.starts_on, action.due_on)))
            ends[one] = moved[one].due_on or moved[one].starts_on
            reached.add(one)
    return moved


def effect(actions: Iterable[ActionRow], action_id: UUID, due_on: date | None) -> tuple[MovedRow, ...]:
    """The same of a page's rows, in the order in which they come. Raises WaitForEachOther."""
    rows = {row.action_id: row for row in actions}
    return tuple(MovedRow(rows[one], days) for one, days in delayed(rows, action_id, due_on).items())


def _late_by(action: Linked, earliest: date) -> timedelta:
    begins = action.starts_on or action.due_on
    return earliest - begins if begins is not None else timedelta(0)
