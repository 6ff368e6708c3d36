"""The pages of rights and applications: who reaches them, and what a form keeps."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

import people
from applications.stand_ins import applied, in_status, moved
from people import acting_as, on_plan
from samvirke.applications import operations, queries
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import Purpose
from samvirke.people.national_ids import make_synthetic
from samvirke.statutes import queries as statutes

pytestmark = people.database

OF_THE_PERSON = ["/my-rights/", "/my-applications/", "/my-applications/new/", "/my-applications/{one}/"]
OF_WORKERS = ["/applications/", "/applications/{one}/"]


def visit(post: UUID) -> Client:
    """A browser that is signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session["post"], session["purpose"] = str(post), int(Purpose.COORDINATION)
    session.save()
    return client


def another_citizen() -> UUID:
    """Somebody with a plan of their own."""
    born = people.Client().birth_date
    number = make_synthetic(birth_date=born, sex=Sex.FEMALE, serial=8)
    return on_plan(people.Client(external_id="S-8", national_id=number)).person.citizen_id


def without_token(page: bytes) -> bytes:
    """The page but for the form token, which is another one each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", page)


@pytest.mark.parametrize("path", OF_THE_PERSON)
def test_the_person_reaches_the_own_pages_and_no_worker_does(path: str) -> None:
    plan = on_plan()
    address = path.format(one=applied(plan))
    assert visit(plan.person.citizen_id).get(address).status_code == 200
    assert visit(people.COORDINATOR).get(address).status_code == 404
    assert visit(people.STRANGER).get(address).status_code == 404


@pytest.mark.parametrize("path", OF_WORKERS)
def test_the_unit_reaches_its_pages_and_the_person_does_not(path: str) -> None:
    plan = on_plan()
    address = path.format(one=applied(plan))
    assert visit(people.COORDINATOR).get(address).status_code == 200
    assert visit(plan.person.citizen_id).get(address).status_code == 404


def test_others_meet_the_same_answer_as_for_what_is_not_there() -> None:
    plan = on_plan()
    one, other = applied(plan), another_citizen()
    for method in ("get", "post"):
        for post, path in (
            (other, f"/my-applications/{one}/"),
            (people.STRANGER, f"/applications/{one}/"),
            (people.SOCIAL_COLLEAGUE, f"/applications/{one}/"),
        ):
            client = visit(post)
            there = getattr(client, method)(path, {"step": "withdrawn"})
            nowhere = getattr(client, method)(
                path.replace(str(one), str(people.PARTNERSHIP)), {"step": "withdrawn"}
            )
            assert there.status_code == nowhere.status_code == 404
            asked = without_token(there.content).replace(str(one).encode(), str(people.PARTNERSHIP).encode())
            assert asked == without_token(nowhere.content)  # but for the address that was asked for


def test_a_stranger_finds_an_empty_list() -> None:
    plan = on_plan()
    applied(plan)
    assert b"Kari" in visit(people.COORDINATOR).get("/applications/").content
    assert b"Kari" not in visit(people.STRANGER).get("/applications/").content


def test_an_application_is_sent_from_the_page() -> None:
    plan = on_plan()
    client = visit(plan.person.citizen_id)
    said = {"right": "other", "title": "", "to_unit": str(people.COORDINATING), "words": "Fordi jeg flytter."}
    wrong = client.post("/my-applications/new/", said)
    assert wrong.status_code == 422
    assert "Fordi jeg flytter." in wrong.content.decode()
    assert "Write what you apply for." in wrong.content.decode()
    assert client.post("/my-applications/new/", {**said, "title": "Hjelp til flytting"}).status_code == 302
    with acting_as(plan.person.citizen_id) as viewer:
        assert [row.title for row in queries.my_applications(viewer)] == ["Hjelp til flytting"]


@pytest.mark.parametrize(
    ("reason", "appeal_by", "missing"),
    [
        ("", "2026-04-01", "Write why it is refused."),
        ("Vilkåret er ikke oppfylt.", "", "Write until which day the person can appeal."),
        ("Vilkåret er ikke oppfylt.", "2026-03-02", "Choose a day ahead."),
    ],
)
def test_a_refusal_that_lacks_something_is_not_saved_and_keeps_the_rest(
    reason: str, appeal_by: str, missing: str
) -> None:
    plan = on_plan()
    one = in_status(plan, "received")
    client = visit(people.COORDINATOR)
    said = {"step": "refused", "reason": reason, "appeal_by": appeal_by}
    answer = client.post(f"/applications/{one}/", said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert missing in text
    assert reason in text
    with acting_as(people.COORDINATOR) as viewer:
        assert queries.application(viewer, one).status == "received"


def test_the_refused_one_stands_first_with_its_reason_and_deadline() -> None:
    plan = on_plan()
    in_status(plan, "refused")
    applied(plan, right="")
    text = visit(plan.person.citizen_id).get("/my-applications/").content.decode()
    assert text.index("You can appeal until 23 March 2026.") < text.index("Hjelp til flytting")
    assert "Nei, fordi." in text


def test_one_click_from_the_plan() -> None:
    plan = on_plan()
    text = visit(plan.person.citizen_id).get("/my-plan/").content.decode()
    assert 'href="/my-rights/"' in text
    assert 'href="/my-applications/"' in text


def test_a_step_that_is_no_longer_possible_is_told() -> None:
    plan = on_plan()
    one = in_status(plan, "withdrawn")
    said = {"step": "granted", "text": "Ja."}
    answer = visit(people.COORDINATOR).post(f"/applications/{one}/", said, follow=True)
    assert "The application has moved on" in answer.content.decode()


@pytest.mark.parametrize(("age", "fits"), [(17, False), (18, True), (70, True)])
def test_an_age_line_leaves_out_whom_the_law_leaves_out(age: int, fits: bool) -> None:
    assert statutes.right("no.right_qualification_programme").fits_age(age) is fits


def test_rights_are_possible_never_promised() -> None:
    plan = on_plan()
    with acting_as(plan.person.citizen_id) as viewer:
        rows = queries.my_rights(viewer)
    assert [row.code for row in rows if row.is_in_place] == [
        "no.right_coordinator",
        "no.right_individual_plan",
    ]
    assert all(row.verified_on is None for row in rows)
    text = visit(plan.person.citizen_id).get("/my-rights/").content.decode()
    assert text.count("not yet compared with the law") == len(rows)


def test_who_coordinates_and_decides_is_said_to_both_until_it_is_answered() -> None:
    plan = on_plan()  # the leader coordinates until somebody accepts
    one = in_status(plan, "sent")

    def told() -> tuple[bool, bool]:
        worker = visit(people.COORDINATOR).get(reverse("plan", args=[plan.plan_id]))
        mine = visit(plan.person.citizen_id).get(reverse("my_plan"))
        return (
            "The coordinator also decides on what the person" in worker.content.decode(),
            "The coordinator also decides on what you" in mine.content.decode(),
        )

    assert told() == (False, False)
    with acting_as(people.COORDINATION_LEADER) as viewer:
        day = people.NOW.date() + timedelta(days=9)
        operations.receive(application_id=one, answer_due_on=day, by=viewer)
    assert told() == (True, True)
    moved(plan, one, "granted")
    assert told() == (False, False)
