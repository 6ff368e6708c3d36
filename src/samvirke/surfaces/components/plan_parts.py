"""A plan arranged for reading: what to look out for first, then what is being done, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext, ngettext

from samvirke.applications.types import ApplicationRow
from samvirke.kernel.codes import OWN_VOICE, Priority
from samvirke.people.types import ProtectionRow
from samvirke.plan.action_types import ActionRow, Party
from samvirke.plan.types import GoalRow, PlanPage, StatementRow, TeamRow
from samvirke.surfaces.components.days import in_words
from samvirke.surfaces.components.labels import words
from samvirke.surfaces.components.law_labels import STATEMENT

ORDER = ("in_progress", "planned", "done", "refused", "dropped")
OPEN = frozenset({"in_progress", "planned"})
FAR_AHEAD = date.max
URGENT = tuple(Priority)


@dataclass(frozen=True, slots=True)
class NumberedGoal:
    """A goal and the number that actions refer to."""

    number: int
    row: GoalRow


@dataclass(frozen=True, slots=True)
class ActionCard:
    """An action as it stands on the page."""

    row: ActionRow
    goal_number: int | None  # none when the viewer may not see the goal
    is_late: bool
    waits_for: tuple[ActionRow, ...] = ()  # not done, and to be done before
    came_after: tuple[ActionRow, ...] = ()  # done, or came to nothing
    beside: tuple[ActionRow, ...] = ()  # going on at the same time, on purpose

    @property
    def moves(self) -> tuple[str, ...]:
        """The statuses that need no reason, so that one button is enough."""
        return tuple(one for one in self.row.may_become if one not in {"dropped", "refused"})


@dataclass(frozen=True, slots=True)
class ActionGroup:
    """The actions of one status."""

    status: str
    cards: tuple[ActionCard, ...]


@dataclass(frozen=True, slots=True)
class NextSteps:
    """The person's view of the actions: what happens now, what comes, what is waited for, what is over."""

    now: tuple[ActionCard, ...]
    soon: tuple[ActionCard, ...]
    waiting: tuple[ActionCard, ...]
    over: tuple[ActionCard, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to look out for, and where on the page it is."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class FamilyPart:
    """A family's plan as one of the family sees it."""

    page: PlanPage
    goals: tuple[NumberedGoal, ...]
    cards: tuple[ActionCard, ...]


def family_part(page: PlanPage, today: date) -> FamilyPart:
    """Goals and actions that this one of the family may see, numbered as if there were no others."""
    return FamilyPart(page, numbered_goals(page), action_cards(page, today))


def numbered_goals(page: PlanPage) -> tuple[NumberedGoal, ...]:
    """The goals in their order, with numbers."""
    return tuple(NumberedGoal(number, row) for number, row in enumerate(page.goals, start=1))


def active_goals(page: PlanPage) -> list[tuple[str, str]]:
    """What is still to be reached, to choose from."""
    return [(str(row.goal_id), row.own_words) for row in page.goals if row.is_active]


def action_cards(page: PlanPage, today: date) -> tuple[ActionCard, ...]:
    """All actions, what comes first and is due soonest first."""
    numbers = {goal.goal_id: number for number, goal in enumerate(page.goals, start=1)}
    rows = sorted(page.actions, key=_soonest)
    return tuple(_card(row, rows, numbers.get(row.goal_id), _is_late(page, row, today)) for row in rows)


def action_groups(page: PlanPage, today: date) -> tuple[ActionGroup, ...]:
    """The actions by status; a status without actions is left out."""
    cards = action_cards(page, today)
    by_status = {status: tuple(card for card in cards if card.row.status == status) for status in ORDER}
    return tuple(ActionGroup(status, found) for status, found in by_status.items() if found)


def next_steps(page: PlanPage, today: date) -> NextSteps:
    """The same actions as the person asks about them. A wish is waited for until somebody decides."""
    cards = action_cards(page, today)
    if page.status != "active":
        return NextSteps(now=(), soon=(), waiting=(), over=cards)
    return NextSteps(
        now=tuple(card for card in cards if card.row.status == "in_progress"),
        soon=tuple(card for card in cards if card.row.status == "planned" and card.row.standing != "wish"),
        waiting=tuple(card for card in cards if card.row.status == "planned" and card.row.standing == "wish"),
        over=tuple(card for card in cards if card.row.status not in OPEN),
    )


def warnings(page: PlanPage, today: date) -> tuple[Note, ...]:
    """What a worker should see before anything else; a plan that has ended warns of nothing."""
    return tuple(_warnings(page, today)) if page.status == "active" else ()


def reminders(rows: Iterable[ProtectionRow], names: Mapping[UUID, str]) -> tuple[Note, ...]:
    """Protections that should be renewed, for those who may know the places."""
    texts = {
        "ends_soon": gettext("The protection of %(name)s’s address should be renewed by %(day)s."),
        "overdue": gettext(
            "The protection of %(name)s’s address was to be renewed by %(day)s. It stays hidden."
        ),
    }
    return tuple(
        Note(texts[row.standing] % {"name": names[row.person_id], "day": in_words(row.expires_on)}, "places")
        for row in rows
        if row.standing in texts and row.expires_on is not None
    )


def consent_ends(day: datetime | None) -> tuple[Note, ...]:
    """That it is time to ask the person anew."""
    text = gettext("What you see here rests on a consent that ends on %(day)s. Ask in good time.")
    return (Note(text % {"day": in_words(day)}, "consents"),) if day else ()


def two_hats(applications: Sequence[ApplicationRow]) -> tuple[Note, ...]:
    """That the coordinator also decides on something, where somebody else could."""
    text = gettext(
        "The coordinator also decides on what the person has applied for. "
        "Let somebody else decide, or somebody else coordinate."
    )
    return (Note(text, "coordinator"),) if applications else ()


def own_voice(page: PlanPage) -> tuple[StatementRow, ...]:
    """What stands before the goals: dreams, what matters, how the person wants to be met."""
    return tuple(row for row in _in_order(page) if row.topic in OWN_VOICE)


def statements(page: PlanPage) -> tuple[StatementRow, ...]:
    """What the plan says besides, always in the same order."""
    return tuple(row for row in _in_order(page) if row.topic not in OWN_VOICE)


def _in_order(page: PlanPage) -> list[StatementRow]:
    order = list(STATEMENT)
    return sorted(page.statements, key=lambda row: order.index(row.topic))


def _warnings(page: PlanPage, today: date) -> Iterator[Note]:
    if page.next_review < today:
        yield Note(
            gettext("The plan should have been reviewed by %(day)s.") % {"day": in_words(page.next_review)},
            "summary",
        )
    late = sum(1 for row in page.actions if _is_late(page, row, today))
    if late:
        text = ngettext("%(count)d action is past its date.", "%(count)d actions are past their date.", late)
        yield Note(text % {"count": late}, "actions")
    waiting = page.coordinator.waiting_for or words_of_kind(page.coordinator.waiting_kind)
    if waiting:
        text = gettext("The duty to coordinate is offered to %(post)s, who has not answered.")
        yield Note(text % {"post": waiting}, "coordinator")
    if not page.coordinator.deputy_title and not page.coordinator.deputy_kind:
        yield Note(gettext("The coordinator has no deputy."), "coordinator")
    missing = sum(len(check.missing) for check in page.content_checks)
    if missing:
        text = ngettext(
            "%(count)d thing that the plan should hold is missing.",
            "%(count)d things that the plan should hold are missing.",
            missing,
        )
        yield Note(text % {"count": missing}, "law")


def post_words(row: TeamRow) -> str:
    """A team member in a list: title and agency; the kind of agency where they would tell a place."""
    titles = ", ".join(title for title in (row.post_title, row.agency_name) if title)
    return titles or words_of_kind(row.agency_kind)


def party_words(party: Party) -> str:
    """One who takes part: title and agency; the kind of agency where they would tell a place."""
    return ", ".join(part for part in party[:2] if part) or words_of_kind(party.agency_kind)


def words_of_kind(agency_kind: str) -> str:
    """The kind of agency, where a post's title would tell a protected place."""
    return str(words(agency_kind, code_list="agency_kind")) if agency_kind else ""


def _card(row: ActionRow, rows: Sequence[ActionRow], number: int | None, is_late: bool) -> ActionCard:
    before = [one for one in rows if one.action_id in row.comes_after]
    return ActionCard(
        row,
        number,
        is_late,
        waits_for=tuple(one for one in before if one.is_open and row.is_open),
        came_after=tuple(one for one in before if not one.is_open or not row.is_open),
        beside=tuple(one for one in rows if one.action_id in row.beside or row.action_id in one.beside),
    )


def _is_late(page: PlanPage, row: ActionRow, today: date) -> bool:
    """Nothing is late in a plan that has ended."""
    is_open = page.status == "active" and row.status in OPEN
    return is_open and row.due_on is not None and row.due_on < today


def _soonest(row: ActionRow) -> tuple[int, date, date, str]:
    return (URGENT.index(row.priority), row.due_on or FAR_AHEAD, row.starts_on or FAR_AHEAD, row.what)
