"""Who acts while somebody is away, and what must hold of the days that are said. Who may is the gate's."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from uuid import UUID

from samvirke.coordination.models import Absence
from samvirke.gate.types import Viewer


class NotYourAbsence(Exception):
    """A post says itself that it is away, or the leader post of its unit does."""

    def __init__(self) -> None:
        super().__init__(
            "Only the post itself, or the leader of its unit, says when it is away. Ask one of them."
        )


class DaysTurnedRound(Exception):
    """The days of an absence have been, or end before they begin."""

    def __init__(self) -> None:
        super().__init__("An absence begins today or later and ends after it begins. Look at the days again.")


class AlreadyAway(Exception):
    """The post is away on some of these days as it is."""

    def __init__(self, away_from: date, back_on: date) -> None:
        super().__init__(
            f"These days overlap an absence from {away_from.isoformat()} until {back_on.isoformat()}. "
            "End that one first, or choose other days."
        )
        self.away_from, self.back_on = away_from, back_on


class NobodyStandsIn(Exception):
    """Coordinator, deputy and the unit's leader would be away on the same day."""

    def __init__(self, day: date) -> None:
        super().__init__(
            f"On {day.isoformat()} coordinator, deputy and the unit's leader would all be away from a plan. "
            "Hand the plan over to another coordinator first, or choose other days."
        )
        self.day = day


def check_own_or_led(viewer: Viewer, post_id: UUID, leader_id: UUID | None) -> None:
    """Raises NotYourAbsence."""
    if viewer.post_id not in {post_id, leader_id}:
        raise NotYourAbsence


def check_days(away_from: date, back_on: date, today: date) -> None:
    """Raises DaysTurnedRound."""
    if not today <= away_from < back_on:
        raise DaysTurnedRound


def check_apart(known: Iterable[Absence], away_from: date, back_on: date) -> None:
    """Raises AlreadyAway."""
    for one in known:
        if one.away_from < back_on and away_from < one.back_on:
            raise AlreadyAway(one.away_from, one.back_on)


def acting(seats: Sequence[UUID], away: Container[UUID], can_see: Container[UUID]) -> UUID | None:
    """The first of coordinator, deputy and leader who is there and sees the plan."""
    return next((seat for seat in seats if seat not in away and seat in can_see), None)


def away_on(day: date, absences: Iterable[Absence]) -> set[UUID]:
    """The posts that are away on a day."""
    return {one.post_id for one in absences if one.away_from <= day < one.back_on}


def turning_days(absences: Iterable[Absence], *, since: date, until: date) -> Iterator[tuple[date, date]]:
    """The stretches of days, from the one day to the other, in which the same posts are away."""
    turns = {day for one in absences for day in (one.away_from, one.back_on) if since < day < until}
    days = [since, *sorted(turns), until]
    yield from pairwise(days)
