"""Who acts while somebody is away, and what must hold of the days that are said. Who may is the gate's."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from uuid import UUID

from samvirke.coordination.models import Absence, Duty, Handover
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import EndReason
from samvirke.kernel.states import Lifecycle

HANDOVER = Lifecycle(
    of="Handover",
    begins="offered",
    next={"offered": ("accepted", "lapsed"), "accepted": (), "lapsed": ()},
)
FOLLOWED = frozenset({EndReason.JOB, EndReason.EDUCATION})


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


class NotInTheTeam(Exception):
    """Meetings are called, and minutes written, by the plan's team."""

    def __init__(self) -> None:
        super().__init__("Only posts in the plan's team do this. Ask the coordinator to let you join.")


class PlanHasEnded(Exception):
    """A meeting was called on a plan that has ended."""

    def __init__(self) -> None:
        super().__init__("The plan has ended, so its team meets no more. Open a new plan to go on.")


class DayHasBeen(Exception):
    """A day that must lie ahead has been already."""

    def __init__(self) -> None:
        super().__init__("The day has been already. Choose today or a day ahead.")


class NotHeldYet(Exception):
    """Minutes were written of a meeting that lies ahead."""

    def __init__(self) -> None:
        super().__init__("The meeting lies ahead. Write what was agreed when it has been held.")


class NothingWritten(Exception):
    """A text is empty."""

    def __init__(self) -> None:
        super().__init__("There is no text yet. Write something and save again.")


class MinutesAreWritten(Exception):
    """Somebody has written the minutes already, or nobody has yet."""

    def __init__(self) -> None:
        super().__init__(
            "The minutes are written already, and what was agreed is never overwritten. Read them, and add "
            "what is missing."
        )


class NothingToFollow(Exception):
    """Follow-up was to be agreed of a plan that has not ended in work or education."""

    def __init__(self) -> None:
        super().__init__(
            "Follow-up is agreed after a plan has ended in work or education. While a plan goes on, the "
            "team follows up; otherwise open a new plan."
        )


class AlreadyCalled(Exception):
    """Somebody has called already."""

    def __init__(self) -> None:
        super().__init__("Somebody has called already, and noted how it goes. Read it before you call again.")


class NotThePerson(Exception):
    """Somebody else than the person wished for another worker."""

    def __init__(self) -> None:
        super().__init__("Only the person chooses. Help them to write it themselves, on their own pages.")


class WishedAlready(Exception):
    """There is a wish about the same post, which nobody has answered."""

    def __init__(self) -> None:
        super().__init__("You have asked for this already, and the answer is on its way.")


class NobodyAnswers(Exception):
    """The leader of the coordinating unit is not on the plan any more."""

    def __init__(self) -> None:
        super().__init__(
            "The leader who would answer is not on your plan any more. Call the coordinating unit, and ask "
            "to talk with its leader."
        )


class AnsweredAlready(Exception):
    """The wish has been answered."""

    def __init__(self) -> None:
        super().__init__("This has been answered already. Read what was said.")


class PlaceIsProtected(Exception):
    """Which units leave would tell where a protected person was."""

    def __init__(self) -> None:
        super().__init__(
            "Where the person is, is protected or not told here. Who knows the place lets units leave and "
            "refers to new ones, one by one."
        )


class NotOfThePartnership(Exception):
    """The person moves to where they are, or out of the partnership."""

    def __init__(self) -> None:
        super().__init__(
            "Choose another municipality of the partnership. Who moves out of it ends the plan, as moved."
        )


class StillCoordinates(Exception):
    """The coordinator or the deputy sits in a unit that leaves."""

    def __init__(self) -> None:
        super().__init__(
            "The coordinator or the deputy would leave with the old municipality. Hand the plan over first."
        )


class YouLeaveToo(Exception):
    """A unit that leaves records no consent for those who come."""

    def __init__(self) -> None:
        super().__init__(
            "Your own unit would leave with the old municipality. Ask the coordinator to record the move."
        )


def status(handover: Handover, duty: Duty) -> str:
    """An offer stands until it is accepted; with the duty itself it lapses."""
    if handover.accepted_at is not None:
        return "accepted"
    return "offered" if duty.closed_on is None else "lapsed"


def told_place(municipality: str | None) -> str:
    """Raises PlaceIsProtected."""
    if municipality is None:
        raise PlaceIsProtected
    return municipality


def check_of_partnership(municipality: str, was: str, partnership: Container[str]) -> None:
    """Raises NotOfThePartnership."""
    if municipality == was or municipality not in partnership:
        raise NotOfThePartnership


def check_stays(viewer: Viewer, leaving: Iterable[UUID]) -> None:
    """Raises YouLeaveToo."""
    if not set(viewer.holders).isdisjoint(leaving):
        raise YouLeaveToo


def check_coordinate_no_longer(leaving: Container[UUID], seats: Iterable[UUID]) -> None:
    """Raises StillCoordinates."""
    if any(seat in leaving for seat in seats):
        raise StillCoordinates


def check_followed(reason: EndReason | None) -> None:
    """Raises NothingToFollow."""
    if reason not in FOLLOWED:
        raise NothingToFollow


def check_in_team(post_ids: Iterable[UUID], team: Container[UUID]) -> None:
    """Raises NotInTheTeam."""
    if not all(post_id in team for post_id in post_ids):
        raise NotInTheTeam


def check_the_person(myself: UUID | None, subject_id: UUID) -> None:
    """Raises NotThePerson."""
    if myself != subject_id:
        raise NotThePerson


def check_somebody_answers(leader: UUID, team: Container[UUID]) -> None:
    """Raises NobodyAnswers."""
    if leader not in team:
        raise NobodyAnswers


def check_goes_on(duty: Duty) -> None:
    """Raises PlanHasEnded."""
    if duty.closed_on is not None:
        raise PlanHasEnded


def check_ahead(day: date, today: date) -> None:
    """Raises DayHasBeen."""
    if day < today:
        raise DayHasBeen


def check_held(day: date, today: date) -> None:
    """Raises NotHeldYet."""
    if today < day:
        raise NotHeldYet


def check_written(text: str) -> None:
    """Raises NothingWritten."""
    if not text.strip():
        raise NothingWritten


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


def answers_after(coordinator: UUID, leader: UUID, see_the_plan: Container[UUID]) -> str:
    """Who answers when some see the plan no more: the coordinator still, the unit's leader, or nobody."""
    if coordinator in see_the_plan:
        return "stays"
    return "leader" if leader in see_the_plan else "nobody"


def away_on(day: date, absences: Iterable[Absence]) -> set[UUID]:
    """The posts that are away on a day."""
    return {one.post_id for one in absences if one.away_from <= day < one.back_on}


def turning_days(absences: Iterable[Absence], *, since: date, until: date) -> Iterator[tuple[date, date]]:
    """The stretches of days, from the one day to the other, in which the same posts are away."""
    turns = {day for one in absences for day in (one.away_from, one.back_on) if since < day < until}
    days = [since, *sorted(turns), until]
    yield from pairwise(days)
