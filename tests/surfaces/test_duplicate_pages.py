"""A worker looks at cases that may be one person, decides, and takes it back; a wrong tie is ended."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

import people
from people import acting_as, record
from people_and_plan.stand_ins import another
from people_and_plan.test_ties import tied
from samvirke.gate import queries as ask
from samvirke.people.models import IdentityLink, RecordPair
from surfaces.test_asking_pages import said
from surfaces.test_writing_pages import visit

pytestmark = people.database

DUPLICATES = "/records/duplicates/"


def pair() -> tuple[UUID, UUID]:
    """Two cases with one name and day of birth."""
    return record(people.Client()), record(
        replace(another(4), given_name="Kari", municipality=people.NORDENG)
    )


def read(client: Client, address: str) -> str:
    """A page."""
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_two_cases_become_one_and_two_again() -> None:
    one, other = pair()
    worker = visit(people.SOCIAL_WORKER)
    shown = read(worker, DUPLICATES)
    assert "The same name and day of birth, but another national identity number" in shown
    assert shown.count("differs") == 1  # the municipality
    assert "Same person: S-4 stands" in shown
    after = said(worker, DUPLICATES, {"one": str(one), "other": str(other), "stands": str(one)})
    assert "It is noted that they are the same person" in after
    assert "No two of your cases look like the same person" in after
    assert "S-4" not in read(worker, reverse("records"))
    on_the_other = worker.get(reverse("record", args=[other]))
    assert on_the_other.url == reverse("record", args=[one])
    shown = read(worker, on_the_other.url)
    assert "Other cases of the same person" in shown
    assert "S-4" in shown
    with acting_as(people.SOCIAL_WORKER):
        finding = RecordPair.objects.get().id
    assert "Both cases stand in the list again" in said(worker, reverse("end_pair", args=[finding]), {})
    assert "already" in said(worker, reverse("end_pair", args=[finding]), {})
    assert "S-4" in read(worker, reverse("records"))


def test_two_persons_are_kept_apart_until_looked_at_again() -> None:
    one, other = pair()
    worker = visit(people.SOCIAL_WORKER)
    form = {"one": str(one), "other": str(other), "stands": ""}
    assert "They are not shown again" in said(worker, DUPLICATES, form)
    shown = said(worker, DUPLICATES, form)
    assert "part of another finding already" in shown
    assert "Found to be two persons" in shown
    with acting_as(people.SOCIAL_WORKER):
        finding = RecordPair.objects.get().id
    shown = said(worker, reverse("end_pair", args=[finding]), {})
    assert "The two cases are among those that may be the same person." in shown
    assert "Same person: S-1 stands" in shown


def test_what_no_page_sends_is_answered_as_what_is_not_there() -> None:
    one, other = pair()
    worker, stranger = visit(people.SOCIAL_WORKER), visit(people.STRANGER)
    for form in (
        {"one": str(one), "other": str(other), "stands": str(uuid4())},
        {"one": str(one), "other": "S-4", "stands": ""},
        {"one": str(one), "other": str(uuid4()), "stands": ""},
        {},
    ):
        assert worker.post(DUPLICATES, form).status_code == 404
    assert worker.get(f"{DUPLICATES}?page=2").status_code == 404
    assert stranger.post(DUPLICATES, {"one": str(one), "other": str(other), "stands": ""}).status_code == 404
    assert "S-1" not in read(stranger, DUPLICATES)
    with acting_as(people.SOCIAL_WORKER):
        assert not RecordPair.objects.exists()


def test_a_wrong_tie_is_ended_and_made_again() -> None:
    _, own, link = tied()
    adviser, one = visit(people.NAV_ADVISER), reverse("record", args=[own])
    page = reverse("untie", args=[own, link])
    assert page in read(adviser, one)
    assert "goes on until it is withdrawn" in read(adviser, page)
    nothing = adviser.post(page, {"mistake": ""})
    assert (nothing.status_code, "Choose what was wrong." in nothing.content.decode()) == (422, True)
    after = said(adviser, page, {"mistake": "somebody_else"})
    assert "tied to the person no more" in after
    assert "The case is about somebody else" in after
    assert "Ask the person" in after  # nobody has said yes on this case
    assert adviser.get(page).status_code == 404
    again = reverse("tie_again", args=[own, link])
    assert "tied to the person again" in said(adviser, again, {})
    assert "changed this already" in said(adviser, again, {})


def test_the_first_tie_has_no_such_page_and_others_learn_of_none() -> None:
    people.said_yes()
    with acting_as(people.SOCIAL_WORKER):
        first = IdentityLink.objects.get()
    page = reverse("untie", args=[first.record_id, first.id])
    worker = visit(people.SOCIAL_WORKER)
    shown = read(worker, reverse("record", args=[first.record_id]))
    assert "The person was entered from this case." in shown
    assert page not in shown
    assert worker.get(page).status_code == 404
    colleague = visit(people.SOCIAL_COLLEAGUE)
    assert "Whose case this is" not in read(colleague, reverse("record", args=[first.record_id]))
    assert colleague.get(page).status_code == 404


def test_cases_that_must_stay_apart_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = pair()
    monkeypatch.setattr(ask, "parted_records", lambda record_ids: frozenset({one}))
    worker = visit(people.SOCIAL_WORKER)
    form = {"one": str(one), "other": str(other), "stands": str(one)}
    assert "These two cases cannot be made one." in said(worker, DUPLICATES, form)
    with acting_as(people.SOCIAL_WORKER):
        assert not RecordPair.objects.exists()
