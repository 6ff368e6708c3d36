"""What the published views tell of contacts, turns, promises and needs, and of whom they tell nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

import people
from gate.scratch import connect, later
from people import CANARY_WORDS, OnPlan, acting_as, family, on_plan
from samvirke.coordination import meetings
from samvirke.coordination import operations as coordination
from samvirke.interventions import operations as interventions
from samvirke.kernel.codes import InterventionKind, Side, UnmetReason
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import actions
from samvirke.plan import operations as plan
from samvirke.plan.action_types import Agreed, OwnSide

TODAY = people.NOW.date()
VIEWS = ("v1_contacts", "v1_turns", "v1_promises", "v1_needs")


def rows(database: str, view: str) -> list[dict[str, Any]]:
    """A view's rows, as the insight role reads them."""
    with connect("insight", database) as link:
        cursor = link.cursor(row_factory=psycopg.rows.dict_row)
        statement = psycopg.sql.SQL("SELECT * FROM published.{}").format(psycopg.sql.Identifier(view))
        return list(cursor.execute(statement).fetchall())


def lived(one: OnPlan) -> UUID:
    """A note, a meeting with the person, a promise, a coordinator, a need. Returns the action."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        plan.write_note(plan_id=one.plan_id, kind=DataKind.PLAN, text="Ringt.", by=viewer)
        action = actions.add(
            plan_id=one.plan_id,
            goal_id=one.goal_id,
            kind=DataKind.PLAN,
            agreed=Agreed(what="Ringe banken", due_on=TODAY + timedelta(days=5)),
            accountable=people.SOCIAL_WORKER,
            decision_reference="",
            by=viewer,
        )
        interventions.note_need(
            person_id=one.person.person_id,
            intervention_kind=InterventionKind.WORK_PRACTICE,
            words="",
            by=viewer,
        )
        meeting = meetings.call_meeting(plan_id=one.plan_id, day=TODAY, agenda="Neste steg", by=viewer)
        meetings.write_minutes(
            meeting_id=meeting, agreed="Vi ringer.", there=[], person_was_there=True, by=viewer
        )
    return action


def handed_over(one: OnPlan, to: UUID, deputy: UUID) -> None:
    """The duty is offered and accepted today."""
    with acting_as(people.COORDINATION_LEADER) as viewer:
        offer = coordination.offer_duty(
            plan_id=one.plan_id,
            to_post=to,
            deputy=deputy,
            consent_id=one.person.consent_id,
            by=viewer,
        )
    with acting_as(to) as viewer:
        coordination.accept_handover(handover_id=offer, by=viewer)


def test_what_happened_around_a_plan(committed: str) -> None:
    one = on_plan()
    action = lived(one)
    with later(3), acting_as(people.SOCIAL_WORKER) as viewer:
        actions.set_status(action_id=action, status="in_progress", by=viewer)
        actions.set_status(action_id=action, status="done", by=viewer)
    plan_id = str(one.plan_id)
    contacts = rows(committed, "v1_contacts")
    assert sorted((row["way"], row["on_day"]) for row in contacts) == [("meeting", TODAY), ("note", TODAY)]
    assert {row["plan_id"] for row in contacts} == {plan_id}
    (promise,) = rows(committed, "v1_promises")
    assert (promise["action_id"], promise["plan_id"]) == (str(action), plan_id)
    assert (promise["due_on"], promise["done_on"]) == (TODAY + timedelta(days=5), TODAY + timedelta(days=3))
    (need,) = rows(committed, "v1_needs")
    assert (need["municipality"], need["outcome"], need["noted_on"]) == (people.FJORDVIK, "waiting", TODAY)


@pytest.mark.parametrize("status", ["dropped", "refused"])
def test_what_comes_to_nothing_is_no_promise_that_is_late(committed: str, status: str) -> None:
    action = lived(on_plan())
    with later(2), acting_as(people.SOCIAL_WORKER) as viewer:
        actions.set_status(action_id=action, status=status, why="Banken er stengt.", by=viewer)
    (promise,) = rows(committed, "v1_promises")
    assert (promise["done_on"], promise["dropped_on"]) == (None, TODAY + timedelta(days=2))


def test_what_the_person_does_is_no_promise_of_an_agency(committed: str) -> None:
    one = on_plan()
    lived(one)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        for who in (OwnSide(Side.PERSON, one.person.person_id), OwnSide(Side.RELATIVE, called="Mormor")):
            actions.add(
                plan_id=one.plan_id,
                goal_id=one.goal_id,
                kind=DataKind.PLAN,
                agreed=Agreed(what="Ringe skolen", due_on=TODAY + timedelta(days=5)),
                accountable=who,
                decision_reference="",
                by=viewer,
            )
    assert len(rows(committed, "v1_promises")) == 1


def test_the_first_hand_over_is_no_change_and_the_second_is(committed: str) -> None:
    one = on_plan()
    with later(1):
        handed_over(one, people.COORDINATOR, people.OTHER_COORDINATOR)
    with later(2):
        handed_over(one, people.OTHER_COORDINATOR, people.COORDINATOR)
    turns = sorted(rows(committed, "v1_turns"), key=lambda row: row["starts_on"])
    assert [row["change"] for row in turns] == ["opening", "first_coordinator", "other_coordinator"]
    assert "post_id" not in turns[0]


def test_a_need_that_nobody_can_meet(committed: str) -> None:
    one = on_plan()
    with acting_as(people.COORDINATOR) as viewer:
        need = interventions.note_need(
            person_id=one.person.person_id,
            intervention_kind=InterventionKind.SUPPORTED_EMPLOYMENT,
            words="",
            by=viewer,
        )
    with later(9), acting_as(people.COORDINATOR) as viewer:
        interventions.say_unmet(need_id=need, reason=UnmetReason.NO_SUCH_OFFER, by=viewer)
    (row,) = rows(committed, "v1_needs")
    told = (row["outcome"], row["unmet_because"], row["days_waited"], row["settled_on"])
    assert told == ("unmet", "no_such_offer", 9, date(2026, 3, 11))


def test_of_whom_is_protected_nothing_is_told(committed: str) -> None:
    one = family()
    for parent in (one.father, one.mother):
        lived(parent)
    father, mother = one.father, one.mother
    for view in VIEWS:
        found = rows(committed, view)
        key = "person_id" if view == "v1_needs" else "plan_id"
        told = {str(row[key]) for row in found}
        whose = {
            person: str(person.person.person_id if key == "person_id" else person.plan_id)
            for person in (father, mother)
        }
        assert whose[father] in told, view
        assert whose[mother] not in told, view
        assert str(one.plan_id) not in told, view
        assert not any(word in repr(found) for word in CANARY_WORDS), view
