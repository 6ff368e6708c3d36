"""A worker looks for somebody: who is found, what nobody finds, and that no name stands in an address."""

from __future__ import annotations

import re
from uuid import UUID

from django.test import Client
from django.urls import reverse

import people
from samvirke.gate.models import AccessEntry
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.actor import POST, PURPOSE
from surfaces.test_writing_pages import visit

pytestmark = people.database

FIND = "/find/"


def found(text: str, who: UUID = people.SOCIAL_WORKER) -> str:
    """The page after somebody was looked for."""
    answer = visit(who).post(FIND, {"text": text})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_client_who_has_a_plan_is_one_line_with_both_ways() -> None:
    plan = people.on_plan(people.Client(given_name="Káre", family_name="Fjellstad"))
    page = found("kare fjelstad")
    assert page.count("Káre Fjellstad</h3>") == 1
    assert reverse("plan", args=[plan.plan_id]) in page
    assert re.search(r'href="/records/[0-9a-f-]{36}/"', page)


def test_who_is_on_the_team_finds_the_plan_and_no_case_of_another_agency() -> None:
    plan = people.on_plan(people.Client(given_name="Kari", family_name="Fjellstad"))
    page = found("fjellstad", people.NAV_ADVISER)
    assert reverse("plan", args=[plan.plan_id]) in page
    assert "/records/" not in page.partition("<main")[2]
    assert "Nobody of yours fits that" in found("fjellstad", people.STRANGER)


def test_a_person_who_was_asked_and_has_no_plan_is_found_as_a_case() -> None:
    people.said_yes(people.Client(given_name="Kari", family_name="Fjellstad"))
    assert "Our own case" in found("fjellstad")


def test_nothing_and_too_much_are_said_in_words() -> None:
    worker = visit(people.SOCIAL_WORKER)
    for text, says in (
        ("", "Write whom you are looking for"),
        ("x" * 101, "Write less"),
        ("a\0b", "signs in it"),
    ):
        answer = worker.post(FIND, {"text": text})
        assert answer.status_code == 422
        assert says in answer.content.decode()


def test_many_who_fit_are_cut_and_the_page_says_so() -> None:
    for number in range(21):
        people.record(people.Client(external_id=f"S-{number}", given_name="Kari", family_name="Fjellstad"))
    page = found("kari fjellstad")
    assert page.count("</h3>") == 20
    assert "There may be more" in page


def test_a_name_stands_in_no_address_and_is_not_kept() -> None:
    people.on_plan(people.Client(given_name="Kari", family_name="Fjellstad"))
    worker = visit(people.SOCIAL_WORKER)
    asked = worker.get(FIND, {"text": "fjellstad"}).content.decode()
    assert "Fjellstad" not in asked
    assert 'method="post"' in asked
    assert worker.post(FIND, {"text": "fjellstad"})["Cache-Control"].startswith("no-store")


def test_the_person_reads_who_found_them() -> None:
    plan = people.on_plan(people.Client(given_name="Kari", family_name="Fjellstad"))
    found("fjellstad")
    with people.acting_as(plan.person.citizen_id):
        lines = AccessEntry.objects.filter(subject_id=plan.person.person_id, verb__contains="people.find")
        assert [line.post_id for line in lines] == [people.SOCIAL_WORKER]


def test_who_does_not_work_with_persons_has_no_such_page() -> None:
    leader = Client()
    session = leader.session
    session[POST], session[PURPOSE] = str(people.PARTNERSHIP_LEADER), int(Purpose.STATISTICS)
    session.save()
    assert leader.get(FIND).status_code == leader.post(FIND, {"text": "kari"}).status_code == 404
    assert visit(people.SOCIAL_WORKER).get(FIND).status_code == 200
