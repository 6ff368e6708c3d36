"""When a condition may be set, what must be heard before a sanction, and what is never taken."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from samvirke.plan.condition_types import Sanction, Terms
from samvirke.plan.policies import check_written
from samvirke.statutes.condition_benefits import ConditionBenefit

BEFORE_A_SANCTION = ("reason_asked", "talked")
OF_THE_UNIT = ("not_kept", "reason_asked", "talked", "reviewed", "ended")


class NotOnThisBenefit(Exception):
    """The benefit is protected, another agency gives it, or no law pack knows it."""

    def __init__(self) -> None:
        super().__init__(
            "No condition can be tied to this benefit: it is protected, or another agency gives it. "
            "Choose one that your own agency gives."
        )


class NotOnePerson(Exception):
    """A condition in the plan of a whole family."""

    def __init__(self) -> None:
        super().__init__("A condition is for one person. Set it in the person's own plan.")


class NotYourCondition(Exception):
    """Another unit set it, or it is somebody else's to say."""

    def __init__(self) -> None:
        super().__init__("This is not yours to say. Ask the unit that set the condition.")


class ConditionHasMoved(Exception):
    """The step does not follow from where the condition stands."""

    def __init__(self, status: str) -> None:
        super().__init__(f"The condition is {status} now. Read it again.")
        self.status = status


class NotHeardYet(Exception):
    """A sanction before the person, and who knows what happened, were heard."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"Nothing can be taken yet. What is missing: {', '.join(missing)}.")
        self.missing = tuple(missing)


class NothingLeft(Exception):
    """A sanction that leaves the person nothing to live on."""

    def __init__(self) -> None:
        super().__init__("Say how much is left a day. Something must be.")


def status(steps: Sequence[str]) -> str:
    """Where a condition stands after these steps."""
    turning = [one for one in steps if one in {"not_kept", "sanctioned", "reviewed", "ended"}]
    last = turning[-1] if turning else "reviewed"
    return "in_force" if last == "reviewed" else last


def missing(steps: Sequence[str], *, must_explain: bool) -> tuple[str, ...]:
    """What has not been done since it was last not kept."""
    last = max((number for number, one in enumerate(steps) if one == "not_kept"), default=-1)
    since = steps[last + 1 :]
    needed = ("explained", *BEFORE_A_SANCTION) if must_explain else BEFORE_A_SANCTION
    return tuple(one for one in needed if one not in since)


def may_follow(steps: Sequence[str]) -> tuple[str, ...]:
    """The unit's own steps that can come next."""
    return {
        "in_force": ("not_kept", "reviewed", "ended"),
        "not_kept": ("reason_asked", "talked", "sanctioned", "reviewed", "ended"),
        "sanctioned": ("reviewed", "ended"),
        "ended": (),
    }[status(steps)]


def check_benefit(code: str, known: Collection[ConditionBenefit]) -> None:
    """Raises NotOnThisBenefit."""
    if code not in {one.code for one in known}:
        raise NotOnThisBenefit


def check_one_person(is_family: bool) -> None:
    """Raises NotOnePerson."""
    if is_family:
        raise NotOnePerson


def check_terms(terms: Terms) -> None:
    """All of it is written. Raises NothingWritten."""
    for text in (terms.what, terms.why, terms.alternative, terms.if_not_kept):
        check_written(text)


def check_ours(one: UUID | None, mine: UUID) -> None:
    """Raises NotYourCondition."""
    if one != mine:
        raise NotYourCondition


def check_speaks(voice: str) -> None:
    """Raises NotYourCondition."""
    if not voice:
        raise NotYourCondition


def check_follows(steps: Sequence[str], wanted: str) -> None:
    """Raises ConditionHasMoved."""
    if wanted not in may_follow(steps):
        raise ConditionHasMoved(status(steps))


def check_goes_on(steps: Sequence[str]) -> None:
    """Raises ConditionHasMoved."""
    if status(steps) == "ended":
        raise ConditionHasMoved("ended")


def check_heard(steps: Sequence[str], *, must_explain: bool) -> None:
    """Raises NotHeardYet."""
    left = missing(steps, must_explain=must_explain)
    if left:
        raise NotHeardYet(left)


def check_sanction(sanction: Sanction) -> None:
    """Raises NothingWritten, NothingLeft."""
    for text in (sanction.why, sanction.decision_reference, sanction.appeal_to):
        check_written(text)
    if sanction.left_per_day <= 0:
        raise NothingLeft
