"""How it has gone so far: the last contact, the same coordinator, and promises that were kept."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import people
from gate.scratch import later
from people import OnPlan, acting_as, on_plan
from people_and_plan.test_actions import agreed_on, of_health
from samvirke.coordination import continuity, meetings
from samvirke.coordination import operations as coordination_operations
from samvirke.coordination import queries as coordination
from samvirke.coordination.continuity import Continuity
from samvirke.kernel.codes import Side
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import actions
from samvirke.plan import operations as planning
from samvirke.plan.action_types import OwnSide

TODAY = people.NOW.date()


def so_far(plan: OnPlan, who: UUID = people.SOCIAL_WORKER) -> Continuity:
    """What somebody's page says today."""
    with acting_as(who) as viewer:
        page = coordination.plan_page(viewer, plan.plan_id)
        return continuity.of(page, meetings.of_plan(viewer, plan.plan_id), viewer.now.date())


def done(action_id: UUID) -> None:
    """The action is done today."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        actions.set_status(action_id=action_id, status="done", by=viewer)


def test_nothing_has_happened_yet(committed: str) -> None:
    found = so_far(on_plan())
    assert (found.last_contact, found.days_since, found.promised, found.kept) == (None, None, 0, 0)
    assert found.from_the_start


def test_a_promise_is_kept_by_its_day_or_not_at_all(committed: str) -> None:
    plan = on_plan()
    in_time, late, open_still = (agreed_on(plan, due_on=TODAY + timedelta(days=5)) for _ in range(3))
    agreed_on(plan, due_on=TODAY + timedelta(days=90))
    agreed_on(plan)
    with later(3):
        done(in_time)
        assert (so_far(plan).promised, so_far(plan).kept) == (1, 1)
    with later(8):
        done(late)
        assert (so_far(plan).promised, so_far(plan).kept) == (3, 1)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            actions.set_status(action_id=open_still, status="dropped", why="Ikke aktuelt.", by=viewer)
        assert (so_far(plan).promised, so_far(plan).kept) == (2, 1)


def test_what_the_person_does_is_no_promise_of_an_agency(committed: str) -> None:
    plan = on_plan()
    me = OwnSide(Side.PERSON, plan.person.person_id)
    agreed_on(plan, accountable=me, due_on=TODAY + timedelta(days=1))
    with later(8):
        assert so_far(plan).promised == 0


def test_contact_is_a_note_or_a_meeting_with_the_person(committed: str) -> None:
    plan = on_plan()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        planning.write_note(plan_id=plan.plan_id, kind=DataKind.PLAN, text="Ringt.", by=viewer)
        meeting = meetings.call_meeting(
            plan_id=plan.plan_id, day=TODAY + timedelta(days=4), agenda="Neste steg", by=viewer
        )
    with later(10):
        assert (so_far(plan).last_contact, so_far(plan).days_since) == (TODAY, 10)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            meetings.write_minutes(
                meeting_id=meeting, agreed="Vi ringer.", there=[], person_was_there=True, by=viewer
            )
        assert so_far(plan).days_since == 6


def test_a_contact_of_a_kind_the_reader_may_not_see_is_not_told(committed: str) -> None:
    plan = on_plan()
    with acting_as(people.COORDINATOR) as viewer:
        planning.write_note(plan_id=plan.plan_id, kind=DataKind.HEALTH, text="Ringt.", by=viewer)
    of_health(plan)
    assert so_far(plan, people.COORDINATOR).days_since == 0
    assert so_far(plan, people.NAV_ADVISER).days_since is None


def test_another_coordinator_is_not_the_same(committed: str) -> None:
    plan = on_plan()
    with later(3):
        with acting_as(people.COORDINATION_LEADER) as viewer:
            offer = coordination_operations.offer_duty(
                plan_id=plan.plan_id,
                to_post=people.COORDINATOR,
                deputy=people.OTHER_COORDINATOR,
                consent_id=plan.person.consent_id,
                by=viewer,
            )
        with acting_as(people.COORDINATOR) as viewer:
            coordination_operations.accept_handover(handover_id=offer, by=viewer)
        found = so_far(plan)
    assert not found.from_the_start
    assert found.coordinator_since == TODAY + timedelta(days=3)
