"""Nothing tells where a protected person is: everywhere, for every sign-in around the standing family.

Pages, refusals, titles, headers, messages after a form, the log, facts and the access log. A route that the
sweep could not reach would go unseen, so a route that it cannot fill is an error.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import get_resolver, path

import people
from people import CANARIES, CANARY_WORDS, acting_as
from samvirke.applications import queries as applications
from samvirke.coordination import queries as coordination
from samvirke.events import operations as events
from samvirke.gate import queries as ask
from samvirke.kernel.gate_words import Purpose
from samvirke.people import places
from samvirke.people import queries as people_queries
from samvirke.surfaces import safety
from samvirke.surfaces.actor import POST, PURPOSE
from samvirke.surfaces.caseworker import plan as plan_view
from surfaces.everywhere import CannotFill, Heard, World, addresses, routes, visit

pytestmark = people.database
OF_FIGURES = {"evaluator": people.EVALUATOR, "partnership leader": people.PARTNERSHIP_LEADER}
OF_THE_FAMILY = ("father", "child")
MAY_KNOW = ("coordinator", "mother")
WITHOUT = [
    *(who for who in people.EVERYBODY if who not in {"stranger", *MAY_KNOW}),
    "evaluator",
    *OF_THE_FAMILY,
    "nobody",
]
OF_OFFICES = ("/agreements/", "/units/", "/contact-persons/")  # pages about offices, whomever they work with
WRITTEN_PLACES = tuple(word for code, word in asdict(CANARIES).items() if code != "municipality")


@pytest.fixture
def here(one_world: World, db: None, tmp_path: Path) -> Iterator[World]:
    """The swept world; what a page writes to a file goes to a folder of its own."""
    with override_settings(HOME=tmp_path):
        yield one_world


def post_of(who: str, here: World) -> UUID | None:
    """The post somebody signs in to."""
    one = here.family
    citizens = {
        "father": one.father.person.citizen_id,
        "mother": one.mother.person.citizen_id,
        "child": one.child.citizen_id,
        "nobody": None,
    }
    return ({**people.EVERYBODY, **OF_FIGURES} | citizens)[who]


def heard_by(who: str, here: World, *, sends: bool = True, until: Sequence[str] = ()) -> Heard:
    """Everything somebody is told, wherever they go, or until they are told one of these words."""
    purpose = Purpose.SERVICE if who == "social system" else Purpose.COORDINATION
    purpose = Purpose.STATISTICS if who in OF_FIGURES else purpose
    return visit(post_of(who, here), here, purpose, sends=sends, until=until)


@pytest.mark.parametrize("who", WITHOUT)
def test_nobody_without_the_right_is_told(here: World, who: str) -> None:
    heard = heard_by(who, here)
    assert heard.finds(CANARY_WORDS) == {}
    assert heard.broken == []
    assert heard.pages
    assert heard.sent > 50


def test_the_team_s_own_worker_there_is_not_told_the_place(here: World) -> None:
    """Nordeng's worker may read the own unit's name, and no more than that."""
    heard = heard_by("stranger", here)
    assert heard.finds(("Kanari",)) == {}
    assert "Sosialkonsulent i Nordeng" in heard.text


def test_the_partnership_s_leader_reads_of_every_office_and_of_no_person(here: World) -> None:
    """Nordeng's office stands among all others; nothing ties the mother, or anybody, to one of them."""
    heard = heard_by("partnership leader", here)
    elsewhere = Heard([(place, text) for place, text in heard.said if not _is_of_offices(place)])
    assert elsewhere.finds(CANARY_WORDS) == {}
    of_work = Heard([(place, text) for place, text in heard.said if not _is_of_nobody(place)])
    assert of_work.finds(("Kanari", "Nordkurset", "Eksempel", "Anne", "Ola")) == {}
    assert "Sosialtjenesten i Nordeng" in heard.text
    assert heard.broken == []


def _is_of_nobody(place: str) -> bool:
    """The gallery and the register of evidence: other words that begin as a name does."""
    return "/components/" in place or "/evidence/" in place


def _is_of_offices(place: str) -> bool:
    return any(address in place for address in OF_OFFICES) or place.startswith("the log of django.request")


@pytest.mark.parametrize("who", MAY_KNOW)
def test_who_has_the_right_is_told_so_the_sweep_can_fail(here: World, who: str) -> None:
    heard = heard_by(who, here, sends=who == "mother")
    assert heard.finds((*WRITTEN_PLACES, "Sosialkonsulent i Nordeng", "Nordeng kommune")).keys() == {
        *WRITTEN_PLACES,
        "Sosialkonsulent i Nordeng",
        "Nordeng kommune",
    }
    assert heard.broken == []


def test_both_parents_read_the_family_s_plan_each_without_the_other_s_part(here: World) -> None:
    for who, mine, theirs in (
        ("father", people.OF_THE_OTHER, people.OF_THE_PROTECTED),
        ("mother", people.OF_THE_PROTECTED, people.OF_THE_OTHER),
    ):
        text = heard_by(who, here, sends=False).text
        assert people.SHARED_GOAL in text
        assert mine in text
        assert theirs not in text


def _logged(*_: Any) -> date:
    logging.getLogger("samvirke").info("Kanariveien 7")
    return people.NOW.date()


Patch = tuple[object, str, Any]
LEAKS: dict[str, tuple[str, Patch]] = {
    "posts are named": ("social worker", (people_queries, "unnamed", lambda post: post)),
    "posts are named in an application": (
        "nav adviser",
        (people_queries, "unnamed", lambda post: post),
    ),
    "an offer names the unit": (
        "nav adviser",
        (coordination, "_named_unit", lambda viewer, offer, near: offer.duty.unit.name),
    ),
    "an application names its receiver": (
        "social worker",
        (applications, "_near", lambda found: frozenset()),
    ),
    "the own list tells the municipality": (
        "social colleague",
        (ask, "hidden_records", lambda ids: frozenset()),
    ),
    "Nav's own list tells the municipality": (
        "nav leader",
        (ask, "hidden_records", lambda ids: frozenset()),
    ),
    "a header": ("nobody", (safety, "HEADERS", {"Content-Disposition": 'inline; filename="Kanarivik.pdf"'})),
    "a message after a form": ("nav adviser", (plan_view, "_", lambda text: "Kanariveien 7")),
    "the log": ("nav adviser", (plan_view, "local_day", _logged)),
    "a fact": ("nav adviser", (events, "_plain", lambda value: "Kanaritunet")),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_seeded_leak_is_found(here: World, monkeypatch: pytest.MonkeyPatch, leak: str) -> None:
    who, patch = LEAKS[leak]
    monkeypatch.setattr(*patch)
    assert heard_by(who, here, sends=leak in AFTER_A_FORM, until=CANARY_WORDS).finds(CANARY_WORDS)


AFTER_A_FORM = {"a message after a form", "a fact"}


def _nothing(request: HttpRequest, **_: UUID) -> HttpResponse:
    return HttpResponse()


def test_a_route_that_cannot_be_filled_is_an_error(here: World) -> None:
    made_up = [*routes([path("letters/<uuid:letter_id>/", _nothing, name="letter")])]
    with pytest.raises(CannotFill, match="letter_id"):
        list(addresses(here.ids, made_up))


def test_lifted_names_return_and_the_written_place_does_not(here: World) -> None:
    mother = here.family.mother.person
    with acting_as(mother.citizen_id) as viewer:
        places.lift_protection(person_id=mother.person_id, by=viewer)
    for who in ("nav adviser", "coordinator", "mother"):
        heard = heard_by(who, here, sends=False)
        assert "Sosialkonsulent i Nordeng" in heard.text
        assert heard.finds(WRITTEN_PLACES) == {}


def test_a_stranger_meets_the_same_404_wherever_an_id_is_asked_for(here: World) -> None:
    """Signed in, and around nobody. A route that only takes a form says so (405) before it looks."""
    client = Client()
    session = client.session
    session[POST], session[PURPOSE] = str(people.FOLLOW_UP_LEADER), int(Purpose.COORDINATION)
    session.save()
    of_nobody = {"programme_id", "evidence_id", "instrument"}  # told to every leader
    taking_ids = [route for route in routes(get_resolver().url_patterns) if set(route[1]) - of_nobody]
    asked = {"kind": "4"}  # what the list of readers is asked about; other pages take no notice
    told = {address: client.get(address, asked).status_code for address in addresses(here.ids, taking_ids)}
    assert set(told.values()) == {404, 405}
    only_forms = [address for address, status in told.items() if status == 405]
    assert {client.post(address).status_code for address in only_forms} == {404}
