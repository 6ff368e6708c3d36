"""Writing in a plan from the pages: what is kept, what is refused, and for whom the pages exist."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

import people
from people import OnPlan, acting_as, on_plan
from samvirke.coordination import queries as coordination
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import POST, PURPOSE

pytestmark = people.database
FORMS = ["plan_new_goal", "plan_review", "plan_end", "plan_join", "offer_duty"]
GOAL = {"own_words": "Jeg vil bo alene.", "life_domain": "housing", "target": "", "by_when": ""}
ENDING = {"reason": "job", "support": "wages", "occupation": "ordinary_job"}


def visit(post: UUID) -> Client:
    """A browser that is signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(Purpose.COORDINATION)
    session.save()
    return client


def page_of(one: OnPlan, post: UUID = people.SOCIAL_WORKER) -> PlanPage:
    """The plan as the post sees it."""
    with acting_as(post) as viewer:
        return coordination.plan_page(viewer, one.plan_id)


def action(page: PlanPage, **other: Any) -> dict[str, Any]:
    """A filled form for an action that the viewer's colleague at Nav answers for."""
    nav = next(row for row in page.team if row.agency_kind == "nav_state")
    filled = {
        "goal_id": str(page.goals[0].goal_id),
        "what": "Prøve arbeid i butikk",
        "how": "",
        "extent": "to dager i uka",
        "priority": "normal",
        "kind": str(int(DataKind.EMPLOYMENT)),
        "member_id": str(nav.member_id),
        "decision_reference": "",
        "starts_on": "2026-03-09",
        "due_on": "2026-04-09",
    }
    return filled | other


@pytest.mark.parametrize("name", [*FORMS, "plan_new_action"])
def test_the_team_reaches_the_form_and_nobody_else(name: str) -> None:
    one = on_plan()
    address = reverse(name, args=[one.plan_id])
    assert visit(people.SOCIAL_WORKER).get(address).status_code == 200
    assert visit(people.COORDINATOR).get(address).status_code == 200
    for other in (people.STRANGER, people.SOCIAL_COLLEAGUE, one.person.citizen_id, people.NAV_LEADER):
        assert visit(other).get(address).status_code == 404
        assert visit(other).post(address, GOAL | ENDING).status_code == 404
    assert len(page_of(one).goals) == 1
    assert page_of(one).status == "active"


@pytest.mark.parametrize("name", [*FORMS, "plan_new_action"])
def test_an_empty_form_says_what_is_missing_and_writes_nothing(name: str) -> None:
    one = on_plan()
    before = page_of(one)
    answer = visit(people.SOCIAL_WORKER).post(reverse(name, args=[one.plan_id]), {"own_words": ""})
    assert answer.status_code == 422
    assert "Something is missing" in answer.content.decode()
    assert page_of(one) == before


def test_a_goal_in_own_words_stands_in_the_plan() -> None:
    one = on_plan()
    answer = visit(people.SOCIAL_WORKER).post(reverse("plan_new_goal", args=[one.plan_id]), GOAL, follow=True)
    assert "Jeg vil bo alene." in answer.content.decode()
    assert [goal.life_domain for goal in page_of(one).goals if "alene" in goal.own_words] == ["housing"]


def test_the_person_writes_a_goal_too() -> None:
    one = on_plan()
    client = visit(one.person.citizen_id)
    assert client.get(reverse("my_new_goal")).status_code == 200
    assert client.post(reverse("my_new_goal"), GOAL).status_code == 302
    assert any("alene" in goal.own_words for goal in page_of(one).goals)
    assert visit(people.COORDINATOR).get(reverse("my_new_goal")).status_code == 404


def test_an_action_has_the_one_who_was_chosen_and_moves_on() -> None:
    one = on_plan()
    client = visit(people.SOCIAL_WORKER)
    client.post(reverse("plan_new_action", args=[one.plan_id]), action(page_of(one)))
    (row,) = page_of(one).actions
    assert (row.what, row.accountable, row.standing) == ("Prøve arbeid i butikk", "Veileder 1", "wish")
    moved = reverse("action_status", args=[one.plan_id, row.action_id])
    assert visit(people.STRANGER).post(moved, {"status": "in_progress"}).status_code == 404
    assert client.post(moved, {"status": "in_progress"}).status_code == 302
    assert page_of(one).actions[0].status == "in_progress"
    page = client.post(moved, {"status": "planned"}, follow=True)
    assert "The plan has changed since you opened the page" in page.content.decode()
    assert page_of(one).actions[0].status == "in_progress"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"due_on": "2026-03-01"}, "It ends before it begins"),
        ({"member_id": str(uuid4())}, "The list has changed since you opened the page"),
        ({"kind": str(int(DataKind.CHILD_WELFARE))}, "The list has changed since you opened the page"),
    ],
)
def test_a_wrong_action_is_shown_again_with_what_was_typed(wrong: dict[str, str], said: str) -> None:
    one = on_plan()
    filled = action(page_of(one), **wrong)
    answer = visit(people.SOCIAL_WORKER).post(reverse("plan_new_action", args=[one.plan_id]), filled)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Prøve arbeid i butikk" in answer.content.decode()
    assert page_of(one).actions == ()


def test_what_the_plan_builds_on_fills_what_the_law_asks_for() -> None:
    one = on_plan()
    missing = {row.code for row in page_of(one).content_checks[0].missing}
    client = visit(people.SOCIAL_WORKER)
    for topic in ("strengths", "needs"):
        address = reverse("plan_statement", args=[one.plan_id, topic])
        client.post(address, {"seen_version": "0", "text": "Er god med folk."})
    left = {row.code for row in page_of(one).content_checks[0].missing}
    assert missing - left == {"goals_resources_needs"}


def test_a_review_needs_a_day_ahead() -> None:
    one = on_plan()
    client, address = visit(people.SOCIAL_WORKER), reverse("plan_review", args=[one.plan_id])
    answer = client.post(address, {"next_review": "2026-03-02"})
    assert answer.status_code == 422
    assert "Choose a day ahead" in answer.content.decode()
    assert client.post(address, {"next_review": "2026-09-01"}).status_code == 302
    assert str(page_of(one).next_review) == "2026-09-01"


def test_an_ended_plan_is_read_and_not_written() -> None:
    one = on_plan()
    client = visit(people.SOCIAL_WORKER)
    answer = client.post(reverse("plan_end", args=[one.plan_id]), ENDING, follow=True)
    assert "The plan has ended." in answer.content.decode()
    assert page_of(one).status == "closed"
    for name in FORMS:
        assert client.get(reverse(name, args=[one.plan_id])).status_code == 404


def test_whoever_the_consent_names_can_join_and_nobody_else_is_on_the_list() -> None:
    one = on_plan()
    client, address = visit(people.SOCIAL_WORKER), reverse("plan_join", args=[one.plan_id])
    listed = client.get(address).content.decode()
    assert "Sosialkonsulent 2" in listed
    assert "Sosialkonsulent i Nordeng" not in listed
    assert client.post(address, {"post": str(people.STRANGER)}).status_code == 422
    assert visit(people.SOCIAL_COLLEAGUE).get(reverse("plan", args=[one.plan_id])).status_code == 404
    assert client.post(address, {"post": str(people.SOCIAL_COLLEAGUE)}).status_code == 302
    assert visit(people.SOCIAL_COLLEAGUE).get(reverse("plan", args=[one.plan_id])).status_code == 200


def test_the_duty_is_offered_and_changes_hands_when_it_is_accepted() -> None:
    one = on_plan()
    address = reverse("offer_duty", args=[one.plan_id])
    to, other = str(people.COORDINATOR), str(people.OTHER_COORDINATOR)
    client = visit(people.SOCIAL_WORKER)
    assert client.post(address, {"to_post": to, "deputy": to}).status_code == 422
    assert client.post(address, {"to_post": to, "deputy": other}).status_code == 302
    assert page_of(one).coordinator.post_title == "Leder for koordinerende enhet"
    assert page_of(one).coordinator.waiting_for == "Koordinator 1"
    assert "Accept" in visit(people.COORDINATOR).get(reverse("worklist")).content.decode()


def test_no_form_of_a_family_team_rests_on_one_consent() -> None:
    family = people.family()
    client = visit(people.COORDINATOR)
    assert client.get(reverse("plan", args=[family.plan_id])).status_code == 200
    for name in ("plan_join", "offer_duty"):
        assert client.get(reverse(name, args=[family.plan_id])).status_code == 404


def test_those_near_a_protected_place_are_not_on_the_list_of_who_can_join() -> None:
    family = people.family()
    address = reverse("plan_join", args=[family.mother.plan_id])
    listed = visit(people.SOCIAL_WORKER).get(address).content.decode()
    assert "Nordeng" not in listed
    assert "Nordeng" in visit(people.COORDINATOR).get(address).content.decode()
