"""In which state the plan may be changed. Who may is the gate's question."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from datetime import date, datetime
from uuid import UUID

from samvirke.gate.access import Basis, Refusal
from samvirke.gate.types import Audience, ConsentRecord
from samvirke.kernel.codes import Answer, Country, GoalStatus, Side
from samvirke.kernel.states import Lifecycle
from samvirke.plan.action_types import Agreed, Who
from samvirke.plan.models import Plan, TeamMember
from samvirke.plan.rows import StoredPlan
from samvirke.statutes import queries as statutes

PLAN = Lifecycle(of="Plan", begins="active", next={"active": ("closed",), "closed": ()})
ACTION = Lifecycle(
    of="Action",
    begins="planned",
    next={
        "planned": ("in_progress", "done", "dropped", "refused"),
        "in_progress": ("done", "dropped", "refused"),
        "done": (),
        "dropped": (),
        "refused": (),
    },
)


GOAL = Lifecycle(
    of="Goal",
    begins="active",
    next={"active": ("reached", "set_aside"), "reached": ("active",), "set_aside": ("active",)},
)
LONGEST_NAME = 80
WITH_A_REASON = frozenset({"dropped", "refused"})


class PlanIsClosed(Exception):
    """The plan has ended."""

    def __init__(self) -> None:
        super().__init__("The plan has ended and is kept as it was. Open a new plan to go on.")


class NoConsent(Exception):
    """There is no consent in force for this person."""

    def __init__(self) -> None:
        super().__init__("The person has no consent in force. Ask the person before a plan is opened.")


class NotOpenToPost(Exception):
    """A post was to join a family's team, and not every member has opened the plan to it."""

    def __init__(self) -> None:
        super().__init__(
            "Not everybody in the family has opened the plan to this post. Ask each of them for a consent "
            "that names its unit, and let it join on all of them."
        )


class MixedCountries(Exception):
    """Plan kinds of another country than the partnership's were asked for in one plan."""

    def __init__(self) -> None:
        super().__init__(
            "One plan follows one country's law, that of its partnership. Choose plan kinds of that country."
        )


class NothingWritten(Exception):
    """A text is empty."""

    def __init__(self) -> None:
        super().__init__("There is no text yet. Write something and save again.")


class StatusCannotFollow(Exception):
    """An action cannot go from one status to the other."""

    def __init__(self, status: str, wanted: str) -> None:
        super().__init__(f"An action that is {status} cannot become {wanted}. Add a new action instead.")


class NotTheirs(Exception):
    """Somebody was to move on what another answers for."""

    def __init__(self) -> None:
        super().__init__("Somebody else answers for this. Ask your coordinator to move it on.")


class ReasonMissing(Exception):
    """An action was to be dropped, or a wish refused, and nobody is told why."""

    def __init__(self) -> None:
        super().__init__(
            "It is not said why. Write the reason, so that the person can read it, and save again."
        )


class EndsBeforeItBegins(Exception):
    """An action was to end on a day before it begins."""

    def __init__(self) -> None:
        super().__init__("It ends before it begins. Choose a later day to end, or an earlier one to begin.")


class BeforeThePlan(Exception):
    """An action was to be over before the plan begins."""

    def __init__(self, starts_on: date) -> None:
        super().__init__(
            f"The plan begins on {starts_on}, and this would be over by then. Choose a later day."
        )
        self.starts_on = starts_on


class NoWish(Exception):
    """A decision was to be noted on something that was decided already."""

    def __init__(self) -> None:
        super().__init__("This has been decided already. Read the plan again.")


class NotInTheTeam(Exception):
    """Somebody was to answer for an action, or help with it, and is not on the plan."""

    def __init__(self) -> None:
        super().__init__("They are not on the plan. Let them join first, or choose somebody who is.")


class NotInThePlan(Exception):
    """An action was to come after, or beside, one that this plan does not hold."""

    def __init__(self) -> None:
        super().__init__("The plan has no such action any more. Read it again, and choose anew.")


class NameTooLong(Exception):
    """One of the person's own side was called by more than a name."""

    def __init__(self) -> None:
        super().__init__("The name is too long. Write who it is in a few words, such as “grandmother”.")


class ReviewInThePast(Exception):
    """A next review was set on a day that has been."""

    def __init__(self) -> None:
        super().__init__("The next review must be on a day to come. Choose a later date.")


class NotOfThisFamily(Exception):
    """Something was to be written about somebody the plan is not for."""

    def __init__(self) -> None:
        super().__init__("The plan is not for this person. Write it in a plan that is, or leave it out.")


class NobodyTakesOver(Exception):
    """Who leaves answers for something that is not done, and who should take over is not in the team."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody who leaves answers for an action that is not done. Choose a post that stays in the "
            "team to take it over."
        )


def check_takes_over(heir: TeamMember | None, leaving: Collection[UUID]) -> None:
    """Raises NobodyTakesOver."""
    if heir is None or heir.post_id in leaving:
        raise NobodyTakesOver


def check_of_family(wanted: Set[UUID], family: Set[UUID]) -> None:
    """Raises NotOfThisFamily."""
    if not wanted <= family:
        raise NotOfThisFamily


def check_ahead(day: date, today: date) -> None:
    """Raises ReviewInThePast."""
    if day <= today:
        raise ReviewInThePast


def check_open(plan: Plan | StoredPlan) -> None:
    """Raises PlanIsClosed."""
    if "closed" not in PLAN[status(plan)]:
        raise PlanIsClosed


def status(plan: Plan | StoredPlan) -> str:
    """A plan is active until it has an end."""
    return "active" if plan.ends_before is None else "closed"


def check_consent_in_force(consent: ConsentRecord, person_id: UUID, now: datetime) -> None:
    """Raises NoConsent."""
    if consent.subject_id != person_id or not consent.in_force(now):
        raise NoConsent


def check_of_country(kinds: Sequence[str], country: Country) -> None:
    """Raises MixedCountries, or UnknownProvision for a kind no pack knows."""
    if not {statutes.country_of(kind) for kind in kinds} <= {country}:
        raise MixedCountries


def check_written(text: str) -> None:
    """Raises NothingWritten."""
    if not text.strip():
        raise NothingWritten


def check_theirs(person_id: UUID | None, myself: UUID) -> None:
    """Raises NotTheirs."""
    if person_id != myself:
        raise NotTheirs


def check_answer(said: Answer, text: str) -> None:
    """Whoever does not agree says why. Raises ReasonMissing."""
    if said is not Answer.AGREES and not text.strip():
        raise ReasonMissing


def check_goal_may_become(status: str, wanted: str, why: str) -> None:
    """Raises StatusCannotFollow, ReasonMissing."""
    if wanted not in GOAL[status]:
        raise StatusCannotFollow(status, wanted)
    if wanted == GoalStatus.SET_ASIDE and not why.strip():
        raise ReasonMissing


def check_called(called: str) -> None:
    """Raises NothingWritten, NameTooLong."""
    check_written(called)
    if len(called) > LONGEST_NAME:
        raise NameTooLong


def standing(stored: str, side: str) -> str:
    """What the person's own side does without a decision is their own, and no wish that waits for one."""
    return "own" if stored == "wish" and side in {Side.PERSON, Side.RELATIVE} else stored


def may_follow(status: str, standing: str) -> tuple[str, ...]:
    """What an action of this status may become; what was decided can be dropped, but not refused."""
    return tuple(one for one in ACTION[status] if standing == "wish" or one != "refused")


def check_may_follow(status: str, standing: str, wanted: str) -> None:
    """Raises StatusCannotFollow."""
    if wanted not in may_follow(status, standing):
        raise StatusCannotFollow(status, wanted)


def check_goes_on(status: str) -> None:
    """What is done or came to nothing is not agreed on anew. Raises StatusCannotFollow."""
    if not ACTION[status]:
        raise StatusCannotFollow(status, "changed")


def check_in_team(wanted: Set[Who], team: Collection[Who]) -> None:
    """Raises NotInTheTeam."""
    if not wanted <= set(team):
        raise NotInTheTeam


def check_in_plan(actions: Set[UUID], there: Set[UUID]) -> None:
    """Raises NotInThePlan."""
    if not actions <= there:
        raise NotInThePlan


def check_reason(wanted: str, why: str) -> None:
    """Whoever waited for it is told why nothing comes of it. Raises ReasonMissing."""
    if wanted in WITH_A_REASON and not why.strip():
        raise ReasonMissing


def check_days(agreed: Agreed, plan: StoredPlan) -> None:
    """Raises EndsBeforeItBegins, BeforeThePlan."""
    days = [day for day in (agreed.starts_on, agreed.due_on) if day is not None]
    if sorted(days) != days:
        raise EndsBeforeItBegins
    if days and days[-1] < plan.starts_on:
        raise BeforeThePlan(plan.starts_on)


def check_a_wish(standing: str, reference: str) -> None:
    """Raises NoWish, NothingWritten."""
    if standing != "wish":
        raise NoWish
    check_written(reference)


def check_opened_by_all(joining: Sequence[UUID], opened_to: Set[UUID]) -> None:
    """A post that one member alone names would tell the others where that member is. Raises NotOpenToPost."""
    if not set(joining) <= opened_to:
        raise NotOpenToPost


def if_sealed(answer: Audience, is_of_the_unit: bool) -> Audience:
    """Whether somebody who would see a note still does when it is sealed to the writer's unit."""
    if not answer.sees or is_of_the_unit or answer.reason == Basis.SELF:
        return answer
    return Audience(False, Refusal.SEALED)
