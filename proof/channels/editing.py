"""Things of a plan that two write on, by the operations and in the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol
from uuid import UUID

from django.test import Client
from django.urls import reverse

import people
from people import OnPlan, acting_as
from people_and_plan.stand_ins import add_action
from samvirke.coordination import queries as coordination
from samvirke.gate.types import Viewer
from samvirke.plan import actions, histories, operations
from samvirke.plan.action_types import Agreed
from surfaces.test_writing_pages import action as filled_action
from surfaces.test_writing_pages import visit

TOPIC = "strengths"
FIRST = "As it was before anybody met"


@dataclass(frozen=True, slots=True)
class Written:
    """Whether the words were accepted, and what is shown to whoever was refused."""

    accepted: bool
    shown: str | None = None  # a page; nothing where the caller of an operation has the words still

    def keeps(self, typed: str, stands: str) -> bool:
        """Whether nothing is lost to whoever was refused."""
        return self.shown is None or (escape(typed) in self.shown and escape(stands) in self.shown)


class Way(Protocol):
    """One thing, and one way to write on it."""

    name: str

    def stands(self) -> tuple[int, str]:
        """The version that stands, and its words."""

    def write(self, who: int, seen: int, text: str) -> Written:
        """One of the two saves other words, having read that version."""

    def history(self) -> Sequence[str]:
        """All words that it ever had, the newest last."""


@dataclass
class OnGoal:
    """The person and the social worker, on a goal."""

    plan: OnPlan
    name: str = "goal"

    def writers(self) -> tuple[UUID, UUID]:
        """Who they are."""
        return people.SOCIAL_WORKER, self.plan.person.citizen_id

    def stands(self) -> tuple[int, str]:
        """As the history ends."""
        said = self.history()
        return len(said), said[-1]

    def history(self) -> Sequence[str]:
        """For who reads the plan."""
        with acting_as(people.SOCIAL_WORKER) as viewer:
            return [one.own_words for one in histories.of_goal(viewer, self.plan.goal_id)]

    def write(self, who: int, seen: int, text: str) -> Written:
        """By the operation."""
        try:
            with acting_as(self.writers()[who]) as viewer:
                operations.revise_goal(
                    goal_id=self.plan.goal_id, seen_version=seen, own_words=text, target="", by_when=None,
                    by=viewer,
                )  # fmt: skip
        except operations.StaleGoal:
            return Written(accepted=False)
        return Written(accepted=True)


@dataclass
class OnTopic:
    """The person and the coordinator, on what the person is good at."""

    plan: OnPlan
    name: str = "topic"

    def __post_init__(self) -> None:
        if not self.history():
            self.write(0, 0, FIRST)

    def writers(self) -> tuple[UUID, UUID]:
        """Who they are."""
        return people.COORDINATOR, self.plan.person.citizen_id

    def stands(self) -> tuple[int, str]:
        """As the history ends."""
        said = self.history()
        return len(said), said[-1]

    def history(self) -> Sequence[str]:
        """For who reads the plan."""
        with acting_as(people.SOCIAL_WORKER) as viewer:
            return [one.text for one in histories.of_statement(viewer, self.plan.plan_id, TOPIC)]

    def write(self, who: int, seen: int, text: str) -> Written:
        """By the operation."""
        try:
            with acting_as(self.writers()[who]) as viewer:
                operations.state(
                    plan_id=self.plan.plan_id, topic=TOPIC, text=text, by=viewer, seen_version=seen
                )
        except operations.StaleStatement:
            return Written(accepted=False)
        return Written(accepted=True)


@dataclass
class OnAction:
    """The social worker and the coordinator, on an action."""

    plan: OnPlan
    name: str = "action"

    def __post_init__(self) -> None:
        with acting_as(people.SOCIAL_WORKER) as viewer:
            self.action_id = add_action(self.plan, viewer)

    def writers(self) -> tuple[UUID, UUID]:
        """Who they are."""
        return people.SOCIAL_WORKER, people.COORDINATOR

    def stands(self) -> tuple[int, str]:
        """As the history ends."""
        said = self.history()
        return len(said), said[-1]

    def history(self) -> Sequence[str]:
        """For who reads the plan."""
        with acting_as(people.SOCIAL_WORKER) as viewer:
            return [one.what for one in histories.of_action(viewer, self.action_id)]

    def write(self, who: int, seen: int, text: str) -> Written:
        """By the operation."""
        try:
            with acting_as(self.writers()[who]) as viewer:
                self.change(seen, text, viewer)
        except actions.StaleAction:
            return Written(accepted=False)
        return Written(accepted=True)

    def change(self, seen: int, text: str, by: Viewer) -> None:
        """Agree anew."""
        actions.change(
            action_id=self.action_id, seen_version=seen, agreed=Agreed(text), accountable=people.NAV_ADVISER,
            why="", by=by,
        )  # fmt: skip


class InBrowsers:
    """The same, each in a browser of their own."""

    def __init__(self, way: OnGoal | OnTopic | OnAction, places: tuple[str, str], typed: Mapping[str, Any]):
        self.way, self.places, self.typed = way, places, typed
        self.name = f"{way.name} in browsers"
        self.browsers: tuple[Client, ...] = tuple(visit(post) for post in way.writers())
        self.stands, self.history = way.stands, way.history

    def write(self, who: int, seen: int, text: str) -> Written:
        """Send the form as it was opened."""
        words = {"own_words": text, "text": text, "what": text, "seen_version": str(seen)}
        answer = self.browsers[who].post(self.places[who], {**self.typed, **words})
        assert answer.status_code in {302, 409}, answer.status_code
        return Written(answer.status_code == 302, answer.content.decode())


def _goal_in_browsers(plan: OnPlan) -> InBrowsers:
    places = (
        reverse("plan_goal", args=[plan.plan_id, plan.goal_id]),
        reverse("my_goal", args=[plan.goal_id]),
    )
    return InBrowsers(OnGoal(plan), places, {"target": "", "by_when": ""})


def _topic_in_browsers(plan: OnPlan) -> InBrowsers:
    places = (reverse("plan_statement", args=[plan.plan_id, TOPIC]), reverse("my_statement", args=[TOPIC]))
    return InBrowsers(OnTopic(plan), places, {})


def _action_in_browsers(plan: OnPlan) -> InBrowsers:
    way = OnAction(plan)
    place = reverse("action", args=[plan.plan_id, way.action_id])
    with acting_as(people.SOCIAL_WORKER) as viewer:
        typed = filled_action(coordination.plan_page(viewer, plan.plan_id), why="", starts_on="", due_on="")
    return InBrowsers(way, (place, place), typed)


WAYS: tuple[Callable[[OnPlan], Way], ...] = (OnGoal, OnTopic, OnAction)
ON_PAGES: tuple[Callable[[OnPlan], Way], ...] = (_goal_in_browsers, _topic_in_browsers, _action_in_browsers)
