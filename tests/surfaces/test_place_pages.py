"""The pages about where a person is: for the person, and for those admitted to the place."""

from __future__ import annotations

from datetime import date
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

import people
from people import Family, OnPlan, acting_as, family, on_plan
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import Purpose
from samvirke.people import places
from samvirke.people.models import Person, Whereabouts
from samvirke.statutes import queries as statutes
from samvirke.surfaces.actor import POST, PURPOSE

pytestmark = people.database
MINE = "/my-plan/place/"
ADDRESS = people.CANARIES.address


def visit(post: UUID) -> Client:
    """A browser that is signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(Purpose.COORDINATION)
    session.save()
    return client


def expires(one: Family) -> date | None:
    """By when the mother's protection is to be renewed; none without one."""
    with acting_as(one.mother.person.citizen_id) as viewer:
        found = places.whereabouts(viewer, one.mother.person.person_id)
    return found.expires_on if found else None


def test_the_person_states_a_protected_place() -> None:
    plan = on_plan()
    client = visit(plan.person.citizen_id)
    said = {"step": "state", "level": "no.confidential", "expires_on": "", "address": "Storgata 1"}
    wrong = client.post(MINE, said)
    assert wrong.status_code == 422
    assert "Storgata 1" in wrong.content.decode()
    assert "Write until which day the protection lasts." in wrong.content.decode()
    assert client.post(MINE, said | {"expires_on": "2027-01-01"}).status_code == 302
    assert "Storgata 1" in client.get(MINE).content.decode()
    assert "Coordinating unit" in visit(people.NAV_ADVISER).get(f"/plans/{plan.plan_id}/").content.decode()


def test_a_protected_place_is_not_opened_by_stating_it_anew() -> None:
    one = family()
    client = visit(one.mother.person.citizen_id)
    answer = client.post(MINE, {"step": "state", "level": "none", "address": "Storgata 1"})
    assert answer.status_code == 422
    assert expires(one) == date(2027, 3, 1)


@pytest.mark.parametrize(("day", "status"), [("2028-01-01", 302), ("2026-03-02", 422), ("", 422)])
def test_the_person_renews(day: str, status: int) -> None:
    one = family()
    answer = visit(one.mother.person.citizen_id).post(MINE, {"step": "renew", "expires_on": day})
    assert answer.status_code == status
    assert expires(one) == (date(2028, 1, 1) if status == 302 else date(2027, 3, 1))


def test_the_person_lifts_and_is_told_when_there_is_nothing_to_lift() -> None:
    one = family()
    client = visit(one.mother.person.citizen_id)
    for says in ("It is saved.", "The protection has changed since you opened the page."):
        assert says in client.post(MINE, {"step": "lift"}, follow=True).content.decode()
        assert ADDRESS not in client.get(MINE).content.decode()


def test_the_person_tells_one_who_works_with_her_and_nobody_else() -> None:
    one = family()
    client = visit(one.mother.person.citizen_id)
    outsider = client.post(MINE, {"step": "tell", "post_id": str(people.SOCIAL_COLLEAGUE)})
    assert (
        outsider.status_code,
        "The list has changed since you opened the page" in outsider.content.decode(),
    ) == (
        422,
        True,
    )
    places_of_plan = reverse("plan_places", args=[one.mother.plan_id])
    assert visit(people.SOCIAL_WORKER).get(places_of_plan).status_code == 404
    assert client.post(MINE, {"step": "tell", "post_id": str(people.SOCIAL_WORKER)}).status_code == 302
    assert ADDRESS in visit(people.SOCIAL_WORKER).get(places_of_plan).content.decode()


@pytest.mark.parametrize("plan", ["own", "family"])
def test_who_is_admitted_reads_the_place_on_a_page_of_its_own(plan: str) -> None:
    one = family()
    plan_id = one.plan_id if plan == "family" else one.mother.plan_id
    client = visit(people.COORDINATOR)
    beside = client.get(f"/plans/{plan_id}/").content.decode()
    assert f'href="/plans/{plan_id}/places/"' in beside
    assert ADDRESS not in beside
    assert ADDRESS in client.get(f"/plans/{plan_id}/places/").content.decode()
    for who in (people.SOCIAL_WORKER, people.COORDINATION_LEADER, people.NAV_ADVISER):
        other = visit(who)
        assert other.get(f"/plans/{plan_id}/places/").status_code == 404
        assert f"/plans/{plan_id}/places/" not in other.get(f"/plans/{plan_id}/").content.decode()


@pytest.mark.parametrize(
    ("step", "day", "after"), [("renew", "2028-01-01", date(2028, 1, 1)), ("lift", "", None)]
)
def test_who_is_admitted_renews_and_lifts(step: str, day: str, after: date | None) -> None:
    one = family()
    address = f"/plans/{one.plan_id}/places/"
    said = {"step": step, "person": str(one.mother.person.person_id), "expires_on": day}
    assert visit(people.SOCIAL_WORKER).post(address, said).status_code == 404
    assert expires(one) == date(2027, 3, 1)
    assert visit(people.COORDINATOR).post(address, said).status_code == 302
    assert expires(one) == after


def test_a_day_that_has_been_is_told_and_kept() -> None:
    one = family()
    said = {"step": "renew", "person": str(one.mother.person.person_id), "expires_on": "2026-01-01"}
    answer = visit(people.COORDINATOR).post(f"/plans/{one.plan_id}/places/", said)
    assert answer.status_code == 422
    assert 'value="2026-01-01"' in answer.content.decode()
    assert "Choose a day ahead." in answer.content.decode()


@pytest.mark.parametrize("day", ["2026-03-02", "2026-01-01"])
def test_a_protection_that_would_be_over_is_not_stated(day: str) -> None:
    one = on_plan()
    said = {"step": "state", "level": "no.confidential", "expires_on": day, "municipality": "Fjordvik"}
    citizen = visit(one.person.citizen_id)
    answer = citizen.post("/my-plan/place/", said)
    assert (answer.status_code, "Choose a day ahead." in answer.content.decode()) == (422, True)
    assert 'value="Fjordvik"' in answer.content.decode()
    with acting_as(one.person.citizen_id):
        assert not Whereabouts.objects.exists()
    assert citizen.post("/my-plan/place/", said | {"expires_on": "2026-03-03"}).status_code == 302


@pytest.mark.parametrize(
    ("day", "says"),
    [(date(2026, 4, 1), "should be renewed by"), (date(2026, 3, 1), "was to be renewed by"), (None, "")],
)
def test_a_reminder_stands_on_the_pages_of_those_who_know(day: date | None, says: str) -> None:
    one = family()
    if day is not None:
        with acting_as(one.mother.person.citizen_id) as viewer:
            places.state_whereabouts(
                person_id=one.mother.person.person_id,
                level="no.confidential",
                places=people.CANARIES,
                expires_on=date(2026, 12, 1),
                by=viewer,
            )
            Whereabouts.objects.update(expires_on=day)  # time has passed
    for who, address, knows in (
        (one.mother.person.citizen_id, "/my-plan/", True),
        (people.COORDINATOR, f"/plans/{one.plan_id}/", True),
        (people.SOCIAL_WORKER, f"/plans/{one.plan_id}/", False),
        (one.father.person.citizen_id, "/my-plan/", False),
    ):
        text = visit(who).get(address).content.decode()
        reminded = "should be renewed by" in text or "was to be renewed by" in text
        assert reminded is (knows and day is not None)
        assert says in text or not knows


def abroad(country: Country) -> OnPlan:
    """Somebody on a plan whose partnership is of this country."""
    plan = on_plan()
    with acting_as(people.SOCIAL_WORKER):
        Person.objects.filter(pk=plan.person.person_id).update(country=country)
    return plan


@pytest.mark.parametrize("country", Country)
def test_what_each_level_means_is_said_before_it_is_chosen_and_none_of_another_country(
    country: Country,
) -> None:
    page = unescape(visit(abroad(country).person.citizen_id).get(MINE).content.decode())
    before, _, form = page.partition('name="level"')
    for one in Country:
        for level in statutes.protection_levels(one, on=people.NOW.date()):
            assert (level.meaning in before) is (level.label in form) is (one is country), level.code


def test_a_protection_that_lasts_a_year_asks_for_no_day_and_takes_no_later_one() -> None:
    plan = abroad(Country.DENMARK)
    client = visit(plan.person.citizen_id)
    said = {"step": "state", "level": "dk.name_and_address", "address": "Storgade 1"}
    answer = client.post(MINE, said | {"expires_on": "2029-01-01"})
    assert answer.status_code == 422
    assert "This protection lasts until 2 March 2027 at most." in answer.content.decode()
    assert 'value="2029-01-01"' in answer.content.decode()
    assert client.post(MINE, said | {"expires_on": ""}).status_code == 302
    with acting_as(plan.person.citizen_id) as viewer:
        found = places.whereabouts(viewer, plan.person.person_id)
    assert found is not None
    assert found.expires_on == date(2027, 3, 2)


def test_another_country_s_level_is_not_on_the_list() -> None:
    plan = on_plan()
    said = {"step": "state", "level": "se.new_identity", "expires_on": "2027-01-01", "address": "Storgata 1"}
    answer = visit(plan.person.citizen_id).post(MINE, said)
    assert answer.status_code == 422
    assert "The list has changed since you opened the page." in answer.content.decode()


def test_who_knows_a_place_reads_whom_they_may_tell_and_who_does_not_what_to_do() -> None:
    one = family()
    knows = visit(people.COORDINATOR).get(reverse("plan_places", args=[one.mother.plan_id])).content.decode()
    assert "Only named staff of your own office may be told" in knows
    hint = "let the coordinator pass a message on"
    beside = visit(people.NAV_ADVISER)
    assert hint in beside.get(reverse("plan", args=[one.mother.plan_id])).content.decode()
    assert hint not in beside.get(reverse("plan", args=[on_plan().plan_id])).content.decode()
    assert hint not in knows
