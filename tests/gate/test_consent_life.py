"""A consent in committed transactions: what was open when it is taken back, and what the days bring."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

import people
from gate.scratch import later
from jobs.queue import work_off
from jobs.test_jobs import TASK, ends, read_plan
from jobs.test_jobs import ask as ask_for_a_job
from people import OnPlan, acting_as, on_plan
from people_and_plan.test_consents import asked, own_recalls, says_yes, status
from samvirke.coordination import queries as plans
from samvirke.people import consents, queries, reminders
from samvirke.people.consents import LAPSES_AFTER, NotWaiting
from samvirke.plan import consents as plan_consents
from surfaces.test_writing_pages import GOAL, visit

OF_WORK = GOAL | {"life_domain": "employment"}


def goals_of(plan: OnPlan) -> int:
    """How many goals the person reads."""
    with acting_as(plan.person.citizen_id) as viewer:
        page = plans.my_plan(viewer)
    assert page is not None
    return len(page.goals)


def test_whatever_was_open_when_it_is_taken_back_gives_nothing(committed: str) -> None:
    """A worker holds a page, a form, a download's address and a queued job; then the person takes it back."""
    plan = on_plan()
    nav, person = visit(people.NAV_ADVISER), visit(plan.person.citizen_id)
    names = ("plan", "plan_new_goal", "plan_document", "plan_easy", "plan_easy_document")
    ways = {name: reverse(name, args=[plan.plan_id]) for name in names}
    assert {name: nav.get(address).status_code for name, address in ways.items()} == dict.fromkeys(ways, 200)
    assert _named_on_the_worklist(nav)
    ask_for_a_job(people.NAV_ADVISER, plan.plan_id)
    work_off(committed, {TASK: read_plan})
    ask_for_a_job(people.NAV_ADVISER, plan.plan_id)
    before = goals_of(plan)
    assert nav.post(ways["plan_new_goal"], OF_WORK).status_code == 302
    assert goals_of(plan) == before + 1

    person.post(reverse("withdraw_consent", args=[plan.person.consent_id]))

    assert {name: nav.get(address).status_code for name, address in ways.items()} == dict.fromkeys(ways, 404)
    assert nav.post(ways["plan_new_goal"], OF_WORK).status_code == 404
    assert goals_of(plan) == before + 1
    assert not _named_on_the_worklist(nav)
    work_off(committed, {TASK: read_plan})
    assert [outcome for outcome, _ in ends()] == ["done", "refused"]
    assert [row.external_id for row in own_recalls(people.NAV_ADVISER)] == [""]


def _named_on_the_worklist(client: Client) -> bool:
    return "Kari Eksempel" in client.get(reverse("worklist")).content.decode()


def test_a_question_lapses_and_opens_nothing_afterwards(committed: str) -> None:
    plan = on_plan()
    draft_id, other = asked(plan), asked(plan)
    with later(LAPSES_AFTER.days - 0.01):
        assert status(plan, draft_id) == "waiting"
        says_yes(plan, other)
    with later(LAPSES_AFTER.days):
        assert status(plan, draft_id) == "lapsed"
        with pytest.raises(NotWaiting):
            says_yes(plan, draft_id)
        assert status(plan, other) == "yes"


def due(plan: OnPlan) -> list[tuple[UUID, str]]:
    """What the person is reminded of."""
    with acting_as(plan.person.citizen_id) as viewer:
        return [(row.consent_id, row.moment) for row in reminders.due(viewer)]


def ends_soon(plan: OnPlan) -> set[UUID]:
    """Of which plans the Nav adviser is told that the consent ends."""
    with acting_as(people.NAV_ADVISER) as viewer:
        return set(plan_consents.ends_soon(viewer, [plan.plan_id]))


def test_it_is_recalled_half_way_and_before_its_end_and_then_it_has_ended(committed: str) -> None:
    plan = on_plan(consent=people.terms(days=360))
    consent_id = plan.person.consent_id
    with later(179.9):
        assert due(plan) == []
    with later(180):
        assert due(plan) == [(consent_id, "half_way")]
        with acting_as(plan.person.citizen_id) as viewer:
            reminders.hold(consent_id=consent_id, by=viewer)
            reminders.hold(consent_id=consent_id, by=viewer)
        assert due(plan) == []
    with later(299.9):
        assert due(plan) == []
        assert ends_soon(plan) == set()
    with later(300):
        assert due(plan) == [(consent_id, "ends_soon")]
        assert ends_soon(plan) == {plan.plan_id}
        nav, person = visit(people.NAV_ADVISER), visit(plan.person.citizen_id)
        for page in (nav.get(reverse("worklist")), nav.get(reverse("plan", args=[plan.plan_id]))):
            assert "ends on 25 February 2027" in page.content.decode()
        assert "Is this still as you want it?" in person.get("/my-plan/").content.decode()
    with later(360):
        assert due(plan) == []
        assert nav.get(reverse("plan", args=[plan.plan_id])).status_code == 404
        assert "It has ended by itself" in person.get("/my-plan/consents/").content.decode()
        with acting_as(plan.person.citizen_id) as viewer:
            assert [row.status for row in queries.my_consents(viewer)] == ["expired"]


def test_what_has_ended_is_said_again_by_the_person_and_the_team_sees_the_plan(committed: str) -> None:
    plan = on_plan(consent=people.terms(days=90))
    with later(100):
        with acting_as(plan.person.citizen_id) as viewer:
            drafts = consents.draft_again(consent_id=plan.person.consent_id, by=viewer)
        with acting_as(people.NAV_ADVISER) as viewer:
            assert plans.worklist(viewer) == []
        says_yes(plan, drafts[0])
        with acting_as(people.NAV_ADVISER) as viewer:
            assert [row.plan_id for row in plans.worklist(viewer)] == [plan.plan_id]
