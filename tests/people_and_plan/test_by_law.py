"""Opening by law: what the packs carry, what the gate lets, who ends it, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError

import people
from gate.scratch import later
from people import OnPlan, acting_as, on_plan
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.types import Refused
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import lawful, openings, operations, ties
from samvirke.people.law_types import Asked, MetRow
from samvirke.people.models import OpeningByLaw
from samvirke.plan.verbs import READ_PLAN

WHY = "Nav skal avgjøre søknaden om aktivitetspenger, og trenger å vite om boligen."


@pytest.fixture(autouse=True)
def invented(settings: Any) -> None:
    """Nobody has compared the packs with the law; with invented people they may be tried."""
    settings.DEMO_SIGN_IN = True


def asked(**changes: Any) -> Asked:
    """The social service opens housing to the leader of Nav in the same office."""
    said = Asked(
        to_post=people.NAV_LEADER,
        provision="no.nav_act_16",
        kinds=DataKind.HOUSING,
        purposes=Purpose.SERVICE,
        until=people.NOW + timedelta(days=30),
        met={"needed_in_office": WHY},
    )
    return replace(said, **changes)


def opened(one: OnPlan, said: Asked | None = None, *, by: UUID = people.SOCIAL_WORKER) -> UUID:
    with acting_as(by) as viewer:
        return lawful.open_by_law(person_id=one.person.person_id, asked=said or asked(), by=viewer)


def reads(one: OnPlan, post: UUID = people.NAV_LEADER, purpose: Purpose = Purpose.SERVICE) -> bool:
    with acting_as(post, purpose) as viewer:
        return bool(ask.allowed(viewer, [READ_PLAN], one.person.person_id))


def test_it_opens_for_its_purpose_to_the_post_alone(committed: str) -> None:
    one = on_plan()
    assert not reads(one)
    opened(one)
    assert reads(one)
    assert not reads(one, purpose=Purpose.COORDINATION)
    assert not reads(one, people.STRANGER)
    with later(31):
        assert not reads(one)


def test_person_team_unit_and_post_are_told(committed: str) -> None:
    one = on_plan()
    opening_id = opened(one)
    for post in (one.person.citizen_id, people.COORDINATOR):
        with acting_as(post) as viewer:
            (row,) = openings.about(viewer, one.person.person_id)
            assert (row.opening_id, row.status, row.to.title) == (
                opening_id,
                "running",
                "Leder for Nav Fjordvik",
            )
            assert row.met == (MetRow("needed_in_office", WHY),)
            assert (DataKind.HOUSING in row.kinds, row.may_end) == (True, False)
    with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
        assert [row.may_end for row in openings.by_own_unit(viewer)] == [True]
    for purpose, name in ((Purpose.COORDINATION, ""), (Purpose.SERVICE, "Kari Eksempel")):
        with acting_as(people.NAV_LEADER, purpose) as viewer:
            assert [row.person_name for row in openings.to_own_post(viewer)] == [name]
    with acting_as(people.STRANGER) as viewer:
        assert not OpeningByLaw.objects.exists()
        with pytest.raises(Refused):
            openings.about(viewer, one.person.person_id)


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"kinds": DataKind.ECONOMY}, lawful.NotYoursToTell, "what you see yourself"),
        ({"kinds": DataKind.PROTECTED_LOCATION}, lawful.NotYoursToTell, "protected address"),
        ({"kinds": DataKind(0)}, lawful.NotYoursToTell, "what you see yourself"),
        ({"purposes": Purpose.COORDINATION}, lawful.LawDoesNotCarry, "does not cover this purpose"),
        ({"purposes": Purpose(0)}, lawful.LawDoesNotCarry, "does not cover this purpose"),
        ({"to_post": people.COORDINATOR}, lawful.LawDoesNotCarry, "be told"),
        ({"to_post": people.STRANGER}, lawful.LawDoesNotCarry, "only inside one joint office"),
        ({"to_post": people.SOCIAL_COLLEAGUE}, lawful.NotOfAnotherUnit, "another office"),
        ({"to_post": people.NAV_SYSTEM}, lawful.NotOfAnotherUnit, "works with persons"),
        ({"met": {}}, lawful.LawDoesNotCarry, "nobody has found that it does"),
        ({"met": {"needed_in_office": "Trengs."}}, lawful.HowIsItMet, "10 to 1000"),
        ({"met": {"needed_in_office": "x" * 1001}}, lawful.HowIsItMet, "10 to 1000"),
        ({"until": people.NOW}, lawful.TooLongOrOver, "a day ahead"),
        ({"until": people.NOW + timedelta(days=367)}, lawful.TooLongOrOver, "at most 366"),
        ({"provision": "no.consent_individual_plan"}, lawful.AsksForConsent, "Ask the person"),
        ({"provision": "no.social_services_act_45"}, lawful.LawDoesNotCarry, "a duty to tell"),
        ({"provision": "dk.without_consent"}, lawful.LawDoesNotCarry, "another country"),
    ],
)
def test_what_does_not_carry_is_refused_in_words(
    committed: str, changes: dict[str, object], refusal: type[Exception], words: str
) -> None:
    one = on_plan()
    with pytest.raises(refusal, match=words):
        opened(one, asked(**changes))
    assert not reads(one)


def test_a_rule_nobody_has_compared_is_no_law(committed: str, settings: Any) -> None:
    one = on_plan()
    settings.DEMO_SIGN_IN = False
    with pytest.raises(lawful.NotComparedWithLaw, match="Nobody has compared"):
        opened(one)
    assert not reads(one)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        found = {rule.code: rule.is_law_here for rule in lawful.rules(Country.NORWAY, viewer)}
    assert found == {"no.nav_act_16": False, "no.social_services_act_44": False}


def test_who_is_not_around_opens_nothing(committed: str) -> None:
    one = on_plan()
    with pytest.raises(Refused):
        opened(one, asked(provision="no.social_services_act_44"), by=people.STRANGER)


def test_opened_anew_takes_the_older_ones_place(committed: str) -> None:
    one = on_plan()
    opened(one)
    opened(one, asked(until=people.NOW + timedelta(days=5), kinds=DataKind.EDUCATION))
    with acting_as(people.NAV_LEADER, Purpose.SERVICE) as viewer:
        (row,) = openings.to_own_post(viewer)
        assert {DataKind.EDUCATION, DataKind.HOUSING} & {*row.kinds} == {DataKind.EDUCATION}
    with acting_as(one.person.citizen_id) as viewer:
        found = openings.about(viewer, one.person.person_id)
        assert sorted(row.status for row in found) == ["ended", "running"]
    with later(4):
        assert reads(one)
    with later(6):
        assert not reads(one)


def test_another_unit_neither_changes_nor_ends_it(committed: str) -> None:
    one = on_plan(consent=people.terms(units=(*people.UNITS, people.SOCIAL_NORDENG)))
    said = asked(provision="no.social_services_act_44", met={"serious_danger": WHY})
    opening_id = opened(one, said)
    opened(one, replace(said, to_post=people.STRANGER))
    with acting_as(people.STRANGER, Purpose.SERVICE) as viewer:
        with pytest.raises(lawful.OpenedByAnother):
            lawful.open_by_law(person_id=one.person.person_id, asked=said, by=viewer)
        with pytest.raises((lawful.NotYoursToEnd, OpeningByLaw.DoesNotExist)):
            lawful.end_by_law(opening_id=opening_id, by=viewer)
    assert reads(one)


def test_the_unit_ends_it_at_once_and_once(committed: str) -> None:
    one = on_plan()
    opening_id = opened(one)
    with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
        lawful.end_by_law(opening_id=opening_id, by=viewer)
    assert not reads(one)
    with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(lawful.NotYoursToEnd):
        lawful.end_by_law(opening_id=opening_id, by=viewer)
    with acting_as(people.NAV_LEADER, Purpose.SERVICE) as viewer:
        assert openings.to_own_post(viewer) == []


def opened_by_nav(one: OnPlan) -> UUID:
    """The Nav adviser, who sees the person by consent, opens education to the joint office's other part."""
    said = asked(to_post=people.SOCIAL_COLLEAGUE, kinds=DataKind.EDUCATION)
    return opened(one, said, by=people.NAV_ADVISER)


def of_nav_too(one: OnPlan) -> None:
    """The person is a client of Nav's as well."""
    people.record(people.Client(external_id="N-1"), system=people.NAV_SYSTEM, unit=people.NAV)
    with acting_as(people.NAV_ADVISER) as viewer:
        found = ties.match_own_record(
            person_id=one.person.person_id, unit_id=people.NAV, consent_id=one.person.consent_id, by=viewer
        )
    assert found


def test_what_is_seen_by_consent_alone_is_not_passed_on_by_law(committed: str) -> None:
    one = on_plan()
    with pytest.raises(lawful.OwedToConsent, match="only because the person said yes"):
        opened_by_nav(one)
    with acting_as(people.NAV_ADVISER), pytest.raises(ProgrammingError, match="owe to a consent alone"):
        gate.open_by_law(
            person_id=one.person.person_id,
            post_ids=[people.SOCIAL_COLLEAGUE],
            kinds=DataKind.IDENTITY,
            purposes=Purpose.SERVICE,
            provision="no.nav_act_16",
            until=people.NOW + timedelta(days=30),
        )
    assert not reads(one, people.SOCIAL_COLLEAGUE)
    of_nav_too(one)
    opened_by_nav(one)
    assert reads(one, people.SOCIAL_COLLEAGUE)


def test_what_the_law_opened_does_not_end_with_a_consent_and_its_office_ends_it(committed: str) -> None:
    """It rests on the office's own case, so that it is not the consent that goes on."""
    one = on_plan()
    of_nav_too(one)
    opening_id = opened_by_nav(one)
    with acting_as(one.person.citizen_id) as viewer:
        operations.withdraw_consent(consent_id=one.person.consent_id, by=viewer)
    assert not reads(one, people.NAV_ADVISER)
    with acting_as(people.NAV_ADVISER) as viewer, pytest.raises(Refused):
        lawful.open_by_law(person_id=one.person.person_id, asked=asked(), by=viewer)
    assert reads(one, people.SOCIAL_COLLEAGUE)
    with acting_as(people.NAV_ADVISER) as viewer:
        lawful.end_by_law(opening_id=opening_id, by=viewer)
    assert not reads(one, people.SOCIAL_COLLEAGUE)


def test_whom_a_law_has_told_may_tell_by_law(committed: str) -> None:
    one = on_plan()
    opened(one, asked(to_post=people.NAV_ADVISER, kinds=DataKind.EDUCATION))
    said = asked(to_post=people.SOCIAL_COLLEAGUE, kinds=DataKind.EDUCATION)
    with acting_as(people.NAV_ADVISER, Purpose.SERVICE) as viewer:
        lawful.open_by_law(person_id=one.person.person_id, asked=said, by=viewer)
    assert reads(one, people.SOCIAL_COLLEAGUE)
