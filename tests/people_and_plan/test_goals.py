"""Goals that are reached or set aside, whose they are, and what stands first in the person's own words."""

from __future__ import annotations

from uuid import UUID

import pytest

import people
from people import OnPlan, acting_as, on_plan
from samvirke.coordination import queries as coordination
from samvirke.gate.types import Refused
from samvirke.kernel.codes import GoalStatus, SetBy
from samvirke.plan import histories, policies
from samvirke.plan import operations as planning
from samvirke.plan.models import Goal, GoalVersion, Plan
from samvirke.plan.types import GoalRow, PlanPage

pytestmark = people.database
DREAM = "Å eie en liten båt, og å ta med ungene ut."


def page_of(plan: OnPlan, who: UUID = people.SOCIAL_WORKER) -> PlanPage:
    """The plan as somebody sees it."""
    with acting_as(who) as viewer:
        return coordination.plan_page(viewer, plan.plan_id)


def goal_of(plan: OnPlan) -> GoalRow:
    """The plan's goal."""
    return next(row for row in page_of(plan).goals if row.goal_id == plan.goal_id)


def becomes(plan: OnPlan, status: GoalStatus, why: str = "", *, seen: int = 1) -> int:
    """The goal gets a status."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return planning.set_goal_status(
            goal_id=plan.goal_id, seen_version=seen, status=status, why=why, by=viewer
        )


def said(plan: OnPlan, text: str, *, seen: int = 0, who: UUID | None = None) -> None:
    """The person, or another, writes a dream."""
    with acting_as(who or plan.person.citizen_id) as viewer:
        planning.state(plan_id=plan.plan_id, topic="dream", text=text, seen_version=seen, by=viewer)


def test_a_goal_is_reached_and_taken_up_again_and_the_words_stay() -> None:
    plan = on_plan()
    before = goal_of(plan)
    assert before.is_active
    assert becomes(plan, GoalStatus.REACHED) == 2
    assert (goal_of(plan).status, goal_of(plan).own_words) == ("reached", before.own_words)
    assert becomes(plan, GoalStatus.ACTIVE, "Jobben tok slutt.", seen=2) == 3
    assert (goal_of(plan).status, goal_of(plan).why) == ("active", "Jobben tok slutt.")
    with acting_as(people.SOCIAL_WORKER) as viewer:
        versions = histories.of_goal(viewer, plan.goal_id)
    assert [one.status for one in versions] == ["active", "reached", "active"]


def test_a_goal_is_set_aside_for_a_reason_that_stays_when_the_words_change() -> None:
    plan = on_plan()
    with pytest.raises(policies.ReasonMissing):
        becomes(plan, GoalStatus.SET_ASIDE, " ")
    becomes(plan, GoalStatus.SET_ASIDE, "Barnet kommer først.")
    with acting_as(people.SOCIAL_WORKER) as viewer:
        planning.revise_goal(
            goal_id=plan.goal_id, seen_version=2, own_words="Jobb.", target="", by_when=None, by=viewer
        )
    row = goal_of(plan)
    assert (row.status, row.why, row.own_words) == ("set_aside", "Barnet kommer først.", "Jobb.")


def test_what_cannot_follow_or_was_not_seen_is_refused_and_nothing_is_written() -> None:
    plan = on_plan()
    becomes(plan, GoalStatus.REACHED)
    for status, seen, error in (
        (GoalStatus.SET_ASIDE, 2, policies.StatusCannotFollow),
        (GoalStatus.ACTIVE, 1, planning.StaleGoal),
    ):
        with pytest.raises(error):
            becomes(plan, status, "Derfor.", seen=seen)
    assert goal_of(plan).version == 2


def test_nobody_outside_says_how_a_goal_went() -> None:
    plan = on_plan()
    for who in (people.STRANGER, people.SOCIAL_COLLEAGUE):
        with acting_as(who) as viewer, pytest.raises((Refused, Goal.DoesNotExist)):
            planning.set_goal_status(
                goal_id=plan.goal_id, seen_version=1, status=GoalStatus.REACHED, why="", by=viewer
            )
    with acting_as(plan.person.citizen_id) as viewer:
        planning.set_goal_status(
            goal_id=plan.goal_id, seen_version=1, status=GoalStatus.REACHED, why="", by=viewer
        )
    assert goal_of(plan).status == "reached"


def test_what_is_reached_stands_last_and_it_is_said_whose_a_goal_is() -> None:
    plan = on_plan()
    becomes(plan, GoalStatus.REACHED)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        planning.set_goal(
            plan_id=plan.plan_id,
            life_domain="housing",
            own_words="Bo alene.",
            target="",
            by_when=None,
            whose=SetBy.TOGETHER,
            by=viewer,
        )
    first, last = page_of(plan).goals
    assert (first.own_words, first.whose) == ("Bo alene.", "together")
    assert last.goal_id == plan.goal_id


def test_a_goal_reached_is_not_something_to_reach() -> None:
    plan = on_plan()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        for topic in ("strengths", "needs"):
            planning.state(plan_id=plan.plan_id, topic=topic, text="Tekst.", by=viewer)
    filled = {row.code: row.filled for row in page_of(plan).content_checks[0].requirements}
    assert filled["goals_resources_needs"]
    becomes(plan, GoalStatus.REACHED)
    filled = {row.code: row.filled for row in page_of(plan).content_checks[0].requirements}
    assert not filled["goals_resources_needs"]


def test_nobody_outside_writes_or_reads_a_dream() -> None:
    plan = on_plan()
    said(plan, DREAM)
    for who in (people.STRANGER, people.SOCIAL_COLLEAGUE):
        with pytest.raises((Refused, Plan.DoesNotExist)):
            said(plan, "x", seen=1, who=who)
        with acting_as(who) as viewer, pytest.raises((Refused, Plan.DoesNotExist)):
            histories.of_statement(viewer, plan.plan_id, "dream")
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert len(histories.of_statement(viewer, plan.plan_id, "dream")) == 1


def test_the_table_sets_no_goal_aside_without_a_reason() -> None:
    plan = on_plan()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        newest = GoalVersion.objects.get(goal_id=plan.goal_id)
        newest.id, newest.version, newest.status = viewer.post_id, 2, "set_aside"
        with pytest.raises(Exception, match="a_goal_is_set_aside_for_a_reason"):
            newest.save(force_insert=True)
