"""A family's plan: what its page costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import people
from people import OnPlan, acting_as
from people_and_plan.stand_ins import another
from samvirke.coordination import operations as coordinating
from samvirke.coordination import queries as coordination
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people.types import NewFamilyMember
from samvirke.plan import actions
from samvirke.plan import operations as planning
from samvirke.plan.action_types import Agreed

pytestmark = people.database
MOST_STATEMENTS = 15


@dataclass(frozen=True, slots=True)
class OfMany:
    """Persons on plans of their own, in one family that has a plan too; all have shared with the first."""

    members: list[OnPlan]
    plan_id: UUID
    goal_id: UUID


def family_of(size: int, *, from_serial: int) -> OfMany:
    """So many grown-ups in one family."""
    members = [people.on_plan(another(serial)) for serial in range(from_serial, from_serial + size)]
    persons = [one.person for one in members]
    with acting_as(people.SOCIAL_WORKER) as viewer:
        named = [NewFamilyMember(one.person_id, f"Nr {at}", "parent") for at, one in enumerate(persons)]
        circle_id = families.open_family(members=named, by=viewer)
    for giver in persons[1:]:
        with acting_as(giver.citizen_id) as viewer:
            families.share_with_family(
                circle_id=circle_id,
                person_id=giver.person_id,
                citizen_ids=[persons[0].citizen_id],
                terms=people.terms(),
                by=viewer,
            )
    consents = [one.consent_id for one in persons]
    with acting_as(people.SOCIAL_WORKER) as viewer:
        plan_id = coordinating.start_family_plan(
            circle_id=circle_id,
            partnership_id=people.PARTNERSHIP,
            consent_ids=consents,
            unit_id=people.COORDINATING,
            deputy=people.OTHER_COORDINATOR,
            next_review=date(2026, 6, 1),
            by=viewer,
        )
        planning.add_family_members(
            plan_id=plan_id, post_ids=[people.COORDINATOR], consent_ids=consents, by=viewer
        )
        goal_id = planning.set_goal(
            plan_id=plan_id, life_domain="network", own_words="Sammen.", target="", by_when=None, by=viewer
        )
    return OfMany(members, plan_id, goal_id)


def agree(one: OfMany, count: int) -> None:
    """So many actions, about each of the family in turn and about all of them."""
    about = [None, *(member.person.person_id for member in one.members)]
    with acting_as(people.SOCIAL_WORKER) as viewer:
        for at in range(count):
            actions.add(
                plan_id=one.plan_id,
                goal_id=one.goal_id,
                kind=DataKind.PLAN,
                agreed=Agreed(what=f"Tiltak {at}"),
                accountable=people.SOCIAL_WORKER,
                decision_reference="",
                about=about[at % len(about)],
                by=viewer,
            )


def cost(who: UUID, plan_id: UUID, *, shown: int) -> int:
    """Statements of the plan page's reading, log included, without the savepoints of the test."""
    with CaptureQueriesContext(connection) as found, acting_as(who) as viewer:
        page = coordination.plan_page(viewer, plan_id)
    assert len(page.actions) == shown
    return sum("SAVEPOINT" not in query["sql"] for query in found.captured_queries)


@pytest.mark.parametrize("who", ["worker", "member"])
def test_a_page_of_five_and_sixty_actions_costs_what_one_of_two_and_three_does(who: str) -> None:
    small, large = family_of(2, from_serial=4), family_of(5, from_serial=6)
    agree(small, 3)
    agree(large, 60)
    costs = []
    for one, all_shown, own_shown in ((small, 3, 2), (large, 60, 20)):
        reader = people.COORDINATOR if who == "worker" else one.members[0].person.citizen_id
        costs.append(cost(reader, one.plan_id, shown=all_shown if who == "worker" else own_shown))
    assert costs[0] == costs[1] <= MOST_STATEMENTS
