"""The pages of needs and places: who reaches them, what a form keeps, and what the person reads."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

import people
from interventions.stand_ins import OFFERED_AS, TODAY, end, free, in_status, noted, placed, seen, somebody
from people import CANARY_WORDS, OnPlan, acting_as, family, on_plan
from samvirke.interventions import operations, queries
from samvirke.interventions.models import Need
from samvirke.kernel.codes import InterventionKind, UnmetReason
from samvirke.kernel.gate_words import Purpose
from samvirke.people import places

pytestmark = people.database


def visit(post: UUID) -> Client:
    """A browser that is signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session["post"], session["purpose"] = str(post), int(Purpose.COORDINATION)
    session.save()
    return client


def read(post: UUID, address: str) -> str:
    """A page that is there."""
    answer = visit(post).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def new_need(plan: OnPlan) -> str:
    """Where a need is noted."""
    return f"/plans/{plan.plan_id}/needs/new/"


def test_who_reaches_which_page() -> None:
    plan = on_plan()
    one = noted(plan)
    workers_on_the_plan = {"/places/": 200, new_need(plan): 200, f"/needs/{one}/": 200}
    for post, expected in (
        (people.NAV_ADVISER, workers_on_the_plan),
        (people.COORDINATOR, workers_on_the_plan),
        (people.STRANGER, workers_on_the_plan | {new_need(plan): 404, f"/needs/{one}/": 404}),
        # the leader is on the plan, and writes nothing about work
        (people.COORDINATION_LEADER, workers_on_the_plan | {new_need(plan): 404, f"/needs/{one}/": 404}),
        (plan.person.citizen_id, dict.fromkeys(workers_on_the_plan, 404)),
    ):
        client = visit(post)
        assert {address: client.get(address).status_code for address in expected} == expected
    for method in ("get", "post"):
        answers = [
            getattr(visit(people.STRANGER), method)(f"/needs/{need}/", {"step": "withdrawn"}).status_code
            for need in (one, people.PARTNERSHIP)
        ]
        assert answers == [404, 404]
    assert seen(plan, one).status == "waiting"


def test_a_need_is_noted_on_the_plan_and_everybody_reads_how_long_it_waits() -> None:
    plan = on_plan()
    client = visit(people.COORDINATOR)
    assert f'href="{new_need(plan)}"' in read(people.COORDINATOR, f"/plans/{plan.plan_id}/")
    wrong = client.post(new_need(plan), {"intervention_kind": "", "words": "Jeg er klar nå."})
    assert wrong.status_code == 422
    assert "Choose what the person is ready for." in wrong.content.decode()
    assert "Jeg er klar nå." in wrong.content.decode()
    said = {"intervention_kind": "work_practice", "words": "Jeg er klar nå."}
    assert client.post(new_need(plan), said).status_code == 302
    again = client.post(new_need(plan), said)
    assert again.status_code == 422
    assert "The person waits for this already." in again.content.decode()
    text = read(people.COORDINATOR, f"/plans/{plan.plan_id}/")
    assert "Work practice" in text
    assert "0 days" in text


def test_only_kinds_the_worker_may_write_can_be_noted() -> None:
    plan = on_plan()
    text = read(people.NAV_ADVISER, new_need(plan))
    assert 'value="training"' in text
    assert 'value="social_support"' not in text  # neither the consent nor the role opens everyday life
    refused = visit(people.NAV_ADVISER).post(new_need(plan), {"intervention_kind": "social_support"})
    assert refused.status_code == 422


def test_the_person_reads_how_long_they_have_waited_in_plain_words() -> None:
    plan = on_plan()
    one = noted(plan)
    with acting_as(people.COORDINATOR):
        Need.objects.filter(pk=one).update(noted_on="2026-01-27")
    text = read(plan.person.citizen_id, "/my-plan/")
    assert "You have been waiting for 34 days for a place in work practice." in text
    client = visit(plan.person.citizen_id)
    assert client.post(f"/my-plan/needs/{one}/withdraw/").status_code == 302
    assert "You have not waited for it since 2 March 2026." in read(plan.person.citizen_id, "/my-plan/")
    told = client.post(f"/my-plan/needs/{one}/withdraw/", follow=True).content.decode()
    assert "You do not wait for this any more." in told


def test_only_the_person_withdraws_on_the_own_page() -> None:
    plan, other = on_plan(), somebody(4)
    one = noted(plan)
    for post in (other.person.citizen_id, people.COORDINATOR):
        assert visit(post).post(f"/my-plan/needs/{one}/withdraw/").status_code == 404
    assert seen(plan, one).status == "waiting"


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("placed", "You have a place: Arbeidspraksis, Arbeidspraksis AS."),
        ("ended", "Completed as planned."),
        ("unmet", "You did not get a place. The reason from 2 March 2026: None of the offers suits."),
    ],
)
def test_the_person_reads_what_has_come_of_it(status: str, sentence: str) -> None:
    plan = on_plan()
    in_status(plan, status)
    assert sentence in read(plan.person.citizen_id, "/my-plan/")


def test_who_waits_for_nothing_reads_what_to_do() -> None:
    plan = on_plan()
    assert "You wait for no place." in read(plan.person.citizen_id, "/my-plan/")
    assert "Nobody has noted that the person is ready" in read(people.COORDINATOR, f"/plans/{plan.plan_id}/")
    assert "There is nothing here that you may see." in read(
        people.COORDINATION_LEADER, f"/plans/{plan.plan_id}/"
    )


def test_the_deciding_unit_gives_a_place_from_the_page() -> None:
    plan = on_plan()
    one = noted(plan)
    address = f"/needs/{one}/"
    assert "Give the place" not in read(people.COORDINATOR, address)
    assert "Give the place" in read(people.NAV_ADVISER, address)
    client = visit(people.NAV_ADVISER)
    said = {"step": "placed", "intervention_id": str(people.WORK_PRACTICE), "starts_on": "2026-03-01"}
    wrong = client.post(address, said)
    assert wrong.status_code == 422
    assert "Choose today or a day ahead." in wrong.content.decode()
    assert 'value="2026-03-01"' in wrong.content.decode()
    assert client.post(address, said | {"starts_on": "2026-03-09"}).status_code == 302
    row = seen(plan, one)
    assert row.placement is not None
    assert row.placement.starts_on.isoformat() == "2026-03-09"
    assert "Somebody has answered" in client.post(address, said, follow=True).content.decode()
    assert client.post(address, {"step": "ended", "reason": "completed"}).status_code == 302
    assert not seen(plan, one).is_held


def test_the_coordinator_cannot_give_what_nav_decides_on() -> None:
    plan = on_plan()
    one = noted(plan)
    said = {
        "step": "placed",
        "intervention_id": str(people.WORK_PRACTICE),
        "starts_on": TODAY.isoformat(),
    }
    visit(people.COORDINATOR).post(f"/needs/{one}/", said)
    assert seen(plan, one).status == "waiting"


def test_when_every_place_is_taken_the_page_says_so_and_the_reason_can_be_given() -> None:
    first, second = on_plan(), somebody(4)
    held = placed(first, people.COURSE)
    one = noted(second, InterventionKind.TRAINING)
    address = f"/needs/{one}/"
    text = read(people.NAV_ADVISER, address)
    assert "Every place of your unit is taken." in text
    assert "0 of 1 free" in text
    stale = {"step": "placed", "intervention_id": str(people.COURSE), "starts_on": TODAY.isoformat()}
    assert visit(people.NAV_ADVISER).post(address, stale).status_code == 422
    answer = visit(people.NAV_ADVISER).post(address, {"step": "unmet", "reason": "no_place"})
    assert answer.status_code == 302
    assert seen(second, one).unmet_because is UnmetReason.NO_PLACE
    end(first, held)
    assert free(people.COURSE) == 1


def test_a_unit_reads_its_places_and_its_queue() -> None:
    plan = on_plan()
    placed(somebody(4))
    noted(plan)
    text = read(people.NAV_ADVISER, "/places/")
    assert "Kari Eksempel" in text
    assert "Arbeidspraksis AS" in text
    assert "Person4" not in text  # has a place, waits for none
    assert "Aktivitetssenter" not in text  # another unit decides on it
    assert "Kari" not in read(people.SOCIAL_COLLEAGUE, "/places/")
    assert "Your unit decides on no places" in read(people.COORDINATOR, "/places/")


def test_no_page_tells_where_the_protected_has_a_place() -> None:
    """The plan page, the need and the unit's page, for everybody around but those who may know."""
    one = family()
    mother = one.mother.person
    with acting_as(mother.citizen_id) as viewer:
        places.let_know_place(
            person_id=mother.person_id,
            post_ids=[people.STRANGER],
            terms=people.terms(units=(*people.UNITS, people.SOCIAL_NORDENG)),
            by=viewer,
        )
    need = noted(one.mother, OFFERED_AS[people.COURSE_IN_NORDENG])
    with acting_as(people.STRANGER) as viewer:
        operations.give_place(
            need_id=need, intervention_id=people.COURSE_IN_NORDENG, starts_on=TODAY, by=viewer
        )
    pages = [f"/plans/{one.mother.plan_id}/", f"/needs/{need}/"]
    for post in (people.NAV_ADVISER, people.SOCIAL_WORKER):
        text = "".join(read(post, page) for page in [*pages, "/places/"])
        assert "Has a place" in text
        assert [word for word in CANARY_WORDS if word in text] == []
    assert "Nordkurset" in "".join(read(people.COORDINATOR, page) for page in pages)
    assert "Nordkurset" in read(mother.citizen_id, "/my-plan/")


def test_a_familys_plan_has_no_needs_of_its_own() -> None:
    one = family()
    text = read(people.COORDINATOR, f"/plans/{one.plan_id}/")
    assert "Interventions and places" not in text
    assert visit(people.COORDINATOR).get(f"/plans/{one.plan_id}/needs/new/").status_code == 404


def test_who_answers_reads_the_same_need_the_person_reads() -> None:
    plan = on_plan()
    one = placed(plan)
    with acting_as(people.NAV_ADVISER) as viewer:
        of_nav = queries.need(viewer, one)
    of_person = seen(plan, one)
    assert (of_nav.placement, of_nav.days_waited) == (of_person.placement, of_person.days_waited)
