"""What who coordinates has to do, may ask for and may decide: read where each part is kept."""

from __future__ import annotations

from datetime import timedelta

import people
from agreements.test_agreements import signed
from people import acting_as, on_plan
from people_and_plan.test_meetings import visit
from samvirke.agencies import delegation
from samvirke.agreements.types import Promise
from samvirke.coordination import mandate
from samvirke.coordination import queries as coordination
from samvirke.coordination.mandate import Mandate

pytestmark = people.database
SCOPE = "Kan innvilge støttekontakt inntil fire timer i uka."


def of(plan: people.OnPlan, who: people.UUID = people.SOCIAL_WORKER) -> Mandate:
    """As somebody reads it."""
    with acting_as(who) as viewer:
        return mandate.of_plan(viewer, coordination.plan_page(viewer, plan.plan_id))


def delegated(to_post: people.UUID) -> None:
    """The leader of the coordinating unit lets a post decide something."""
    with acting_as(people.COORDINATION_LEADER) as viewer:
        delegation.delegate(
            post_id=to_post,
            right=delegation.laws(viewer)[0].code,
            scope=SCOPE,
            valid_from=people.NOW.date(),
            last_day=people.NOW.date() + timedelta(days=90),
            by=viewer,
        )


def test_the_tasks_are_those_of_the_role_and_come_from_the_pack() -> None:
    found = of(on_plan())
    assert found.duty is not None
    assert (found.duty.role, found.citation) == ("coordinator", "")
    assert "Gets the services to work together" in found.duty.tasks


def test_only_what_is_delegated_to_the_coordinator_itself_stands_there() -> None:
    plan = on_plan()
    delegated(people.OTHER_COORDINATOR)
    assert of(plan).authority == ()
    delegated(people.COORDINATION_LEADER)
    (row,) = of(plan).authority
    assert (row.post_id, row.scope) == (people.COORDINATION_LEADER, SCOPE)


def test_the_person_and_the_team_read_it_and_nobody_else_does() -> None:
    plan = on_plan()
    place = f"/plans/{plan.plan_id}/mandate/"
    text = visit(people.NAV_ADVISER).get(place).content.decode()
    assert "No agreement in force says within how many days" in text
    assert "Nothing is delegated to the coordinator" in text
    signed(response_times={Promise.MEET: 5})
    delegated(people.COORDINATION_LEADER)
    for who, path in ((people.NAV_ADVISER, place), (plan.person.citizen_id, "/my-plan/mandate/")):
        text = visit(who).get(path).content.decode()
        assert SCOPE in text
        assert "within 5 days" in text
    for stranger in (people.STRANGER, people.SOCIAL_COLLEAGUE, plan.person.citizen_id):
        assert visit(stranger).get(place).status_code == 404
