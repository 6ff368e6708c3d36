"""In which state a commitment may be asked for, answered and settled. Who may is the gate's question."""

from __future__ import annotations

from collections.abc import Collection, Set
from datetime import date
from uuid import UUID

from samvirke.kernel.states import Lifecycle
from samvirke.plan.commitment_models import WITH_A_REASON
from samvirke.plan.policies import ReasonMissing

COMMITMENT = Lifecycle(
    of="Commitment",
    begins="asked",
    next={
        "asked": ("accepted", "declined", "countered", "lapsed"),
        "countered": ("accepted", "declined", "lapsed"),
        "accepted": ("kept", "broken", "lapsed"),
        "declined": (),
        "kept": (),
        "broken": (),
        "lapsed": (),
    },
)
ANSWERS = ("accepted", "declined", "countered")
OUTCOMES = ("kept", "broken")


class OfTheSameUnit(Exception):
    """Somebody of the own unit was asked for a commitment between agencies."""

    def __init__(self) -> None:
        super().__init__("They are of your own unit. Agree on an action instead, or ask another unit.")


class CannotRead(Exception):
    """Who is asked may not read what the commitment would tell."""

    def __init__(self) -> None:
        super().__init__(
            "Who you ask may not read what is written of this kind. Say it without that, as another kind."
        )


class DueInThePast(Exception):
    """A commitment was asked for by a day that has been."""

    def __init__(self) -> None:
        super().__init__("The day has been already. Choose today or a day ahead.")


class NotThatDay(Exception):
    """A commitment was kept or broken before it was asked for, or on a day to come."""

    def __init__(self) -> None:
        super().__init__("It lies before it was asked for, or ahead. Choose a day between that and today.")


class NoSuchCommitment(Exception):
    """The plan holds no such commitment."""

    def __init__(self) -> None:
        super().__init__("The plan has no such commitment. Read it again, and choose anew.")


class NotYoursToAnswer(Exception):
    """Another unit is asked, or takes part."""

    def __init__(self) -> None:
        super().__init__("This is between other units. Ask those who take part in it.")


class CommitmentHasMoved(Exception):
    """A commitment cannot go from where it stands to what was said."""

    def __init__(self, status: str) -> None:
        super().__init__(f"The commitment is {status} now. Read it again.")
        self.status = status


def may_become(status: str, *, is_ours_to_give: bool, is_ours_to_get: bool) -> tuple[str, ...]:
    """What one of a party may make of it: who was asked answers, and both say what came of it."""
    answers = ANSWERS if is_ours_to_give else ()
    outcomes = OUTCOMES if is_ours_to_give or is_ours_to_get else ()
    return tuple(one for one in COMMITMENT[status] if one in answers or one in outcomes)


def check_two_units(one: UUID, other: UUID) -> None:
    """Raises OfTheSameUnit."""
    if one == other:
        raise OfTheSameUnit


def check_reads(post_id: UUID, readers: Set[UUID]) -> None:
    """Raises CannotRead."""
    if post_id not in readers:
        raise CannotRead


def check_due(day: date, today: date) -> None:
    """Raises DueInThePast."""
    if day < today:
        raise DueInThePast


def check_day_between(day: date, first: date, last: date) -> None:
    """Raises NotThatDay."""
    if not first <= day <= last:
        raise NotThatDay


def check_known(commitment_id: UUID | None, there: Collection[UUID]) -> None:
    """Raises NoSuchCommitment."""
    if commitment_id is not None and commitment_id not in there:
        raise NoSuchCommitment


def check_party(units: Collection[UUID], mine: UUID) -> None:
    """Raises NotYoursToAnswer."""
    if mine not in units:
        raise NotYoursToAnswer


def check_moves(status: str, wanted: str, *, among: Collection[str]) -> None:
    """Raises CommitmentHasMoved."""
    if wanted not in among or wanted not in COMMITMENT[status]:
        raise CommitmentHasMoved(status)


def check_reason(wanted: str, why: str) -> None:
    """Who waited for it is told why not. Raises ReasonMissing."""
    if wanted in WITH_A_REASON and not why.strip():
        raise ReasonMissing
