"""A consent is recorded only when its bases carry what it says. Each no leaves nothing behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import people
from people import acting_as
from samvirke.gate import queries as ask
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import bases, families, operations, places
from samvirke.people.models import Person
from samvirke.people.operations import ConsentTerms
from samvirke.statutes import queries as statutes
from samvirke.statutes.queries import UnknownProvision
from samvirke.statutes.sharing import Obstacle

pytestmark = people.database
TERMS = people.terms()
LOOK_ALIKE = "no.consent_individu\N{CYRILLIC SMALL LETTER A}l_plan"

# What is wrong with the terms, and how the sentence begins that says so.
WRONG = {
    "no kind of information": (
        replace(TERMS, kinds=DataKind(0)),
        bases.NothingToShare,
        "The consent does not say what may be shared",
    ),
    "no purpose": (replace(TERMS, purposes=Purpose(0)), bases.NothingToShare, "Name at least one kind"),
    "nobody tells": (
        replace(TERMS, from_units=()),
        operations.UnitMayNotBeNamed,
        "The consent must name the unit that asks",
    ),
    "nobody is told": (
        replace(TERMS, to_units=()),
        operations.UnitMayNotBeNamed,
        "at least one unit of another agency",
    ),
    "a unit that is not there": (
        replace(TERMS, to_units=(*people.UNITS, uuid4())),
        bases.NobodyToShareWith,
        "who may tell and who may be told",
    ),
    "an end before its beginning": (
        replace(TERMS, until=people.NOW - timedelta(days=1)),
        bases.EndsBeforeItBegins,
        "Choose a day ahead",
    ),
    "an end at once": (replace(TERMS, until=people.NOW), bases.EndsBeforeItBegins, "Choose a day ahead"),
    "no basis between two agencies": (replace(TERMS, provisions=()), bases.RestsOnNothing, "Name the rule"),
    "an unknown basis": (
        replace(TERMS, provisions=("no.whatever_is_handy",)),
        UnknownProvision,
        "No law pack knows 'no.whatever_is_handy'",
    ),
    "a look-alike of a basis": (
        replace(TERMS, provisions=(LOOK_ALIKE,)),
        UnknownProvision,
        r"individu\\u0430l_plan",
    ),
    "a basis from memory": (
        replace(TERMS, provisions=("no.health_personnel_act_22",)),
        UnknownProvision,
        "No law pack knows",
    ),
    "another country's basis beside the right one": (
        replace(TERMS, provisions=(*TERMS.provisions, "se.consent")),
        bases.NotCovered,
        "cannot rest on se.consent. This is another country's law",
    ),
    "a rule that covers another purpose": (
        replace(TERMS, provisions=("no.nav_act_16",)),
        bases.NotCovered,
        "cannot rest on no.nav_act_16. The rule does not cover this purpose",
    ),
    "a duty to tell": (
        replace(TERMS, provisions=("no.social_services_act_45",)),
        bases.NotCovered,
        "not a basis for working together",
    ),
    "a purpose that no consent to a plan covers": (
        replace(TERMS, purposes=TERMS.purposes | Purpose.DECISION),
        bases.NotCovered,
        "Leave the purpose out",
    ),
    "who has seen what": (
        replace(TERMS, kinds=TERMS.kinds | DataKind.ACCESS_LOG),
        bases.NotCovered,
        "Leave out what it does not cover",
    ),
}


@contextmanager
def writes_nothing() -> Iterator[None]:
    """Nothing is written in here, nor asked of the gatekeeper, who writes for us."""
    with CaptureQueriesContext(connection) as asked:
        yield
    said = [query["sql"] for query in asked.captured_queries]
    wrote = [sql for sql in said if re.match(r"(INSERT|UPDATE|DELETE|COPY|SELECT gate\.(?!why_not))", sql)]
    assert wrote == []


@pytest.mark.parametrize("wrong", WRONG)
def test_a_yes_on_wrong_terms_is_refused_in_words_and_nothing_is_written(wrong: str) -> None:
    terms, refusal, says = WRONG[wrong]
    record_id = people.record(people.Client())
    with acting_as(people.SOCIAL_WORKER) as viewer:
        with writes_nothing(), pytest.raises(refusal, match=says):
            _yes(record_id, terms, viewer)
        assert Person.objects.count() == 0
        _yes(record_id, TERMS, viewer)
        assert Person.objects.count() == 1


def _yes(record_id: UUID, terms: ConsentTerms, viewer: Viewer) -> None:
    operations.record_yes(
        record_id=record_id,
        partnership_id=people.PARTNERSHIP,
        given_name="Kari",
        family_name="Eksempel",
        terms=terms,
        by=viewer,
    )


# On the other ways to a consent nobody asks for a unit of their own and another one.
ELSEWHERE = {
    wrong: found for wrong, found in WRONG.items() if found[1] is not operations.UnitMayNotBeNamed
} | {
    "nobody tells": (replace(TERMS, from_units=()), bases.NobodyToShareWith, "Name them and ask again"),
    "nobody is told": (replace(TERMS, to_units=()), bases.NobodyToShareWith, "Name them and ask again"),
}


@pytest.mark.parametrize("wrong", ELSEWHERE)
def test_a_further_consent_is_held_to_the_same(wrong: str) -> None:
    terms, refusal, says = ELSEWHERE[wrong]
    person = people.said_yes()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        before = len(ask.consents([person.person_id]))
        with writes_nothing(), pytest.raises(refusal, match=says):
            operations.consent_anew(person_id=person.person_id, terms=terms, by=viewer)
        assert len(ask.consents([person.person_id])) == before
        operations.consent_anew(person_id=person.person_id, terms=TERMS, by=viewer)
        assert len(ask.consents([person.person_id])) == before + 1


class TestWhoMayGiveIt:
    def test_a_unit_that_is_not_let_tell_records_nothing(self) -> None:
        person = people.said_yes()
        between_others = replace(TERMS, from_units=(people.NAV,), to_units=(people.FOLLOW_UP,))
        with acting_as(people.SOCIAL_WORKER) as viewer:
            with pytest.raises(bases.NotYoursToRecord, match="Name your own unit"):
                operations.consent_anew(person_id=person.person_id, terms=between_others, by=viewer)
            own = replace(between_others, from_units=(people.SOCIAL, people.NAV))
            assert operations.consent_anew(person_id=person.person_id, terms=own, by=viewer)

    def test_somebody_who_is_not_around_the_person_records_nothing(self) -> None:
        person = people.said_yes()
        for who, may in ((people.STRANGER, False), (people.NAV_ADVISER, False), (people.SOCIAL_WORKER, True)):
            with acting_as(who) as viewer:
                if may:
                    assert operations.consent_anew(person_id=person.person_id, terms=TERMS, by=viewer)
                    continue
                with writes_nothing(), pytest.raises(Refused, match=r"people\.consent_anew was refused"):
                    operations.consent_anew(person_id=person.person_id, terms=TERMS, by=viewer)


@pytest.mark.parametrize(
    "wrong",
    [one for one in ELSEWHERE if "kind of information" not in one and one != "who has seen what"],
)
def test_who_is_let_know_a_place_is_held_to_the_same(wrong: str) -> None:
    """Its kinds are always the same."""
    terms, refusal, says = ELSEWHERE[wrong]
    mother = people.family().mother.person
    with acting_as(mother.citizen_id) as viewer:
        with writes_nothing(), pytest.raises(refusal, match=says):
            places.let_know_place(person_id=mother.person_id, post_ids=[], terms=terms, by=viewer)
        assert places.let_know_place(person_id=mother.person_id, post_ids=[], terms=TERMS, by=viewer)


def test_sharing_within_a_family_asks_for_no_basis_between_bodies_and_for_somebody_to_share_with() -> None:
    one = people.family()
    mother, father = one.mother.person, one.father.person
    no_basis = replace(TERMS, provisions=())
    wrong = {
        bases.NobodyToShareWith: (no_basis, []),
        bases.EndsBeforeItBegins: (replace(no_basis, until=people.NOW), [father.citizen_id]),
        bases.NothingToShare: (replace(no_basis, purposes=Purpose(0)), [father.citizen_id]),
        UnknownProvision: (replace(TERMS, provisions=(LOOK_ALIKE,)), [father.citizen_id]),
    }
    with acting_as(mother.citizen_id) as viewer:
        for refusal, (terms, citizens) in wrong.items():
            with writes_nothing(), pytest.raises(refusal):
                _share(one.circle_id, mother.person_id, citizens, terms, viewer)
        assert _share(one.circle_id, mother.person_id, [father.citizen_id], no_basis, viewer)


def _share(
    circle_id: UUID, person_id: UUID, citizens: list[UUID], terms: ConsentTerms, viewer: Viewer
) -> UUID:
    return families.share_with_family(
        circle_id=circle_id, person_id=person_id, citizen_ids=citizens, terms=terms, by=viewer
    )


def test_one_agency_alone_needs_no_basis() -> None:
    """Who of one unit may know a place is no disclosure between bodies."""
    one = people.family()
    with acting_as(one.mother.person.citizen_id) as viewer:
        person_id = one.mother.person.person_id
        assert places.tell_post(person_id=person_id, post_id=people.STRANGER, by=viewer)


def test_the_refusal_names_the_obstacle_and_the_basis() -> None:
    record_id = people.record(people.Client())
    with acting_as(people.SOCIAL_WORKER) as viewer:
        with pytest.raises(bases.NotCovered) as refused:
            _yes(record_id, replace(TERMS, provisions=("no.nav_act_16",)), viewer)
        assert refused.value.code == "no.nav_act_16"
        assert refused.value.hindrance.obstacle is Obstacle.PURPOSE


def test_every_country_s_consent_carries_what_its_pages_ask_for() -> None:
    """The kinds and purposes of the form that asks a person, between every kind of agency that has one."""
    for country in Country:
        basis = statutes.consent_basis(country)
        assert not (TERMS.kinds | DataKind.NETWORK | DataKind.SUBSTANCE_USE) & ~basis.kinds
        assert not TERMS.purposes & ~basis.purposes
        assert set(basis.givers) == set(basis.receivers)
