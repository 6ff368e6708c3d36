"""Opening by law on the pages: opened and refused in words, told to person and post, ended."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

import people
from people import on_plan
from people_and_plan.test_by_law import WHY, opened
from samvirke.kernel.gate_words import DataKind, Purpose
from surfaces.test_consent_pages import read, sent
from surfaces.test_writing_pages import visit

pytestmark = people.database
RULE = "no.nav_act_16"


@pytest.fixture(autouse=True)
def invented(settings: Any) -> None:
    """With invented people a rule may be tried before anybody has compared it."""
    settings.DEMO_SIGN_IN = True


def filled(**other: Any) -> dict[str, Any]:
    """Housing, to the leader of Nav, for a service."""
    form = {
        "post": str(people.NAV_LEADER),
        "kinds": [str(int(DataKind.HOUSING))],
        "purposes": [str(int(Purpose.SERVICE))],
        "until": "2026-04-01",
        "met_needed_in_office": WHY,
    }
    return form | other


def test_a_worker_opens_it_and_the_office_ends_it() -> None:
    one = on_plan()
    worker = visit(people.SOCIAL_WORKER)
    assert "Open by this rule" in read(worker, reverse("by_law", args=[one.plan_id]))
    form = reverse("open_by_law", args=[one.plan_id]) + f"?rule={RULE}"
    page = sent(worker, form, **filled())
    assert "It is open." in page
    assert WHY in page
    assert "Leder for Nav Fjordvik" in read(visit(people.SOCIAL_COLLEAGUE), reverse("openings"))
    opening_id = page.split("/end/")[0].rsplit("/", 1)[1]
    page = sent(visit(people.SOCIAL_COLLEAGUE), reverse("end_by_law", args=[opening_id]))
    assert "It is closed" in page
    assert "Ended by the office that opened it" in page
    page = sent(worker, reverse("end_by_law", args=[opening_id]))
    assert "Only the office that opened it ends it" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"post": str(people.COORDINATOR)}, "does not let this kind of agency be told"),
        ({"met_needed_in_office": "Ja"}, "at least 10 characters"),
        ({"met_needed_in_office": ""}, "Write why it is so."),
        ({"until": "2026-03-02"}, "Choose a day ahead"),
        ({"kinds": []}, "Choose at least one thing."),
        ({"kinds": [str(int(DataKind.ECONOMY))]}, "The list has changed"),
    ],
)
def test_what_the_rule_does_not_carry_keeps_what_was_typed(wrong: dict[str, Any], words: str) -> None:
    one = on_plan()
    form = reverse("open_by_law", args=[one.plan_id]) + f"?rule={RULE}"
    answer = visit(people.SOCIAL_WORKER).post(form, filled(**wrong))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert wrong.get("met_needed_in_office", WHY) in page


def test_who_sees_it_by_consent_alone_is_told_so_and_has_no_form() -> None:
    one = on_plan()
    form = reverse("open_by_law", args=[one.plan_id]) + f"?rule={RULE}"
    for post, may in ((people.NAV_ADVISER, False), (people.SOCIAL_WORKER, True)):
        page = read(visit(post), reverse("by_law", args=[one.plan_id]))
        assert ("only because the person said yes" in page) is not may
        assert ("Open by this rule" in page) is may
        assert visit(post).get(form).status_code == (200 if may else 404)


def test_one_of_two_conditions_is_enough_and_none_is_not() -> None:
    one = on_plan()
    form = reverse("open_by_law", args=[one.plan_id]) + "?rule=no.social_services_act_44"
    said = filled(met_serious_danger=WHY)
    assert visit(people.SOCIAL_WORKER).post(form, filled()).status_code == 422
    assert "It is open." in sent(visit(people.SOCIAL_WORKER), form, **said)


def test_a_rule_that_is_no_law_here_has_no_form(settings: Any) -> None:
    one = on_plan()
    settings.DEMO_SIGN_IN = False
    page = read(visit(people.SOCIAL_WORKER), reverse("by_law", args=[one.plan_id]))
    assert "Nothing can be opened on it before somebody has compared it" in page
    assert "Open by this rule" not in page
    for rule in (RULE, "no.consent_individual_plan", "", "x"):
        address = reverse("open_by_law", args=[one.plan_id]) + f"?rule={rule}"
        assert visit(people.SOCIAL_WORKER).get(address).status_code == 404


def test_the_person_is_told_what_to_whom_why_and_what_to_do() -> None:
    one = on_plan()
    citizen = visit(one.person.citizen_id)
    assert "is open by law" not in read(citizen, reverse("my_plan"))
    opened(one)
    assert "Something about you is open by law" in read(citizen, reverse("my_plan"))
    page = read(citizen, reverse("my_openings"))
    for told in (
        "Leder for Nav Fjordvik",
        "housing",
        WHY,
        "Sosialkonsulent 1",
        "complain",
        "Not yet compared with the law’s own text.",
        "Staff in the joint local office",
    ):
        assert told in page, told


def test_the_post_is_told_and_reads_it_when_it_is_here_for_that() -> None:
    one = on_plan()
    opened(one)
    post = visit(people.NAV_LEADER)
    page = read(post, reverse("worklist"))
    assert "Opened to you by law" in page
    assert "Kari Eksempel" not in page
    assert post.get(reverse("plan", args=[one.plan_id])).status_code == 404
    page = sent(post, reverse("change_purpose"), purpose=str(int(Purpose.SERVICE)))
    assert "Kari Eksempel" in page
    assert "You are here for: " in page
    assert "Kari Eksempel" in read(post, reverse("plan", args=[one.plan_id]))
    assert "Kari Eksempel" not in sent(post, reverse("change_purpose"), purpose="1")


@pytest.mark.parametrize("purpose", ["", "x", "3", str(int(Purpose.EVALUATION)), "4096"])
def test_nobody_comes_to_be_here_for_what_the_role_is_not(purpose: str) -> None:
    answer = visit(people.NAV_LEADER).post(reverse("change_purpose"), {"purpose": purpose})
    assert answer.status_code == 404


def test_a_stranger_meets_nothing() -> None:
    one = on_plan()
    opening_id = opened(one)
    stranger = visit(people.STRANGER)
    assert stranger.get(reverse("by_law", args=[one.plan_id])).status_code == 404
    assert stranger.post(reverse("end_by_law", args=[opening_id])).status_code == 404
    assert "Kari" not in read(stranger, reverse("openings"))
