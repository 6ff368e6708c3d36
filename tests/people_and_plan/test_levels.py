"""Levels of protection: whose law they are, how long they last, and whom each lets be told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connections

import people
from people import Family, OnPlan, acting_as, family, on_plan, terms
from samvirke.agencies import queries as agencies
from samvirke.gate import queries as ask
from samvirke.kernel.codes import AgencyKind, Country, Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import bases, consents, duplicates, levels, places
from samvirke.people import operations as people_operations
from samvirke.people.guardian_refusals import NotByGuardian
from samvirke.people.guardian_types import View
from samvirke.people.models import Person
from samvirke.people.national_ids import make_synthetic
from samvirke.people.types import Places, WhereaboutsRow
from samvirke.plan import consents as plan_consents
from samvirke.statutes import queries as statutes
from samvirke.statutes import telling
from samvirke.statutes.telling import Bar, Telling, ToldTo

TODAY = people.NOW.date()
HERE = Places(address="Storgata 1")


def living_in(country: Country, plan: OnPlan | None = None) -> OnPlan:
    """Somebody whose partnership is of this country."""
    plan = plan or on_plan()
    with acting_as(people.SOCIAL_WORKER):
        Person.objects.filter(pk=plan.person.person_id).update(country=country)
    return plan


def protect(plan: OnPlan, level: str, *, until: date | None = date(2026, 9, 1)) -> None:
    """The person states it."""
    with acting_as(plan.person.citizen_id) as viewer:
        places.state_whereabouts(
            person_id=plan.person.person_id, level=level, places=HERE, expires_on=until, by=viewer
        )


def found(plan: OnPlan) -> WhereaboutsRow | None:
    """What is written, as the person reads it."""
    with acting_as(plan.person.citizen_id) as viewer:
        return places.whereabouts(viewer, plan.person.person_id)


def told(plan: OnPlan, post: UUID, *, by: UUID, is_assessed: bool = False) -> None:
    """Let a post know, in writing where it is of another agency."""
    unit = agencies.post(post).unit_id
    own = (people.COORDINATING,) if by == people.COORDINATOR else (unit,)
    with acting_as(by) as viewer:
        places.let_know_place(
            person_id=plan.person.person_id,
            post_ids=[post],
            terms=terms(units=(*own, unit)),
            is_assessed=is_assessed,
            by=viewer,
        )


@people.database
@pytest.mark.parametrize("country", Country)
def test_the_levels_are_those_of_the_persons_country(country: Country) -> None:
    plan = living_in(country)
    with acting_as(plan.person.citizen_id):
        mine = [level.code for level in levels.of_person(plan.person.person_id, on=TODAY)]
    assert mine
    everyone = [level.code for one in Country for level in statutes.protection_levels(one, on=TODAY)]
    for code in everyone:
        if code in mine:
            protect(plan, code)
            row = found(plan)
            assert row is not None
            assert row.level == code
        else:
            with pytest.raises(levels.UnknownLevel, match=f"{mine[0]}"):
                protect(plan, code)


@people.database
def test_a_person_is_of_the_country_of_who_asked() -> None:
    plan = on_plan()
    with acting_as(people.SOCIAL_WORKER):
        assert Person.objects.get(pk=plan.person.person_id).country == Country.NORWAY


@people.database
def test_a_level_with_months_lasts_them_and_no_longer() -> None:
    plan = living_in(Country.DENMARK)
    protect(plan, "dk.name_and_address", until=None)
    row = found(plan)
    assert row is not None
    assert row.expires_on == date(2027, 3, 2)
    with pytest.raises(levels.LastsTooLong, match="no later than 2027-03-02"):
        protect(plan, "dk.name_and_address", until=date(2027, 3, 3))
    with acting_as(plan.person.citizen_id) as viewer, pytest.raises(levels.LastsTooLong):
        places.renew_protection(person_id=plan.person.person_id, expires_on=date(2027, 3, 3), by=viewer)
    protect(plan, "dk.without_fixed_abode", until=date(2030, 1, 1))


@pytest.mark.parametrize(
    ("today", "until"),
    [(date(2026, 3, 2), date(2027, 3, 2)), (date(2028, 2, 29), date(2029, 2, 28)), (TODAY, date(2027, 3, 2))],
)
def test_a_year_ends_on_its_day_or_the_last_of_its_month(today: date, until: date) -> None:
    level = statutes.protection_level("dk.name_and_address", on=today)
    assert levels.lasts_until(level, today=today) == until


@people.database
@pytest.mark.parametrize(
    ("country", "level", "receiver", "assessed", "bar"),
    [
        (Country.NORWAY, "no.confidential", people.OTHER_COORDINATOR, False, None),
        (Country.NORWAY, "no.confidential", people.SOCIAL_WORKER, False, None),
        (Country.NORWAY, "no.strictly_confidential", people.OTHER_COORDINATOR, False, None),
        (Country.NORWAY, "no.strictly_confidential", people.SOCIAL_WORKER, False, Bar.OWN_UNIT_ALONE),
        (Country.NORWAY, "no.strictly_confidential_abroad", people.SOCIAL_WORKER, True, Bar.OWN_UNIT_ALONE),
        (Country.SWEDEN, "se.confidentiality_marking", people.SOCIAL_WORKER, False, Bar.NOT_ASSESSED),
        (Country.SWEDEN, "se.confidentiality_marking", people.SOCIAL_WORKER, True, None),
        (Country.SWEDEN, "se.protected_registration", people.SOCIAL_WORKER, True, Bar.OWN_UNIT_ALONE),
        (Country.DENMARK, "dk.name_and_address", people.SOCIAL_WORKER, False, None),
        (Country.DENMARK, "dk.without_fixed_abode", people.SOCIAL_WORKER, False, Bar.OWN_UNIT_ALONE),
    ],
)
def test_whom_a_worker_who_knows_may_tell(
    country: Country, level: str, receiver: UUID, assessed: bool, bar: Bar | None
) -> None:
    plan = living_in(country)
    protect(plan, level)
    told(plan, people.COORDINATOR, by=plan.person.citizen_id)
    if bar is None:
        told(plan, receiver, by=people.COORDINATOR, is_assessed=assessed)
    else:
        with pytest.raises(levels.NotToBeTold) as problem:
            told(plan, receiver, by=people.COORDINATOR, is_assessed=assessed)
        assert problem.value.why is bar
        told(plan, receiver, by=plan.person.citizen_id)  # the person names whom they choose
    with acting_as(receiver) as viewer:
        row = places.whereabouts(viewer, plan.person.person_id)
    assert row is not None
    assert row.places == HERE


@pytest.mark.parametrize("told_to", ToldTo)
@pytest.mark.parametrize("by_person", [True, False])
def test_who_decides_on_nobody_is_told_nothing(told_to: ToldTo, by_person: bool) -> None:
    asked = Telling(by_person, in_own_unit=True, receiver=AgencyKind.ASSOCIATION, is_assessed=True)
    assert telling.bar(told_to, asked) is Bar.NO_AUTHORITY


@people.database
def test_a_place_is_told_with_nothing_else() -> None:
    plan = on_plan()
    with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(bases.PlaceIsToldByName):
        people_operations.consent_anew(
            person_id=plan.person.person_id,
            terms=terms(kinds=DataKind.HOUSING | DataKind.PROTECTED_LOCATION),
            by=viewer,
        )


def protected_child(one: Family, level: str) -> None:
    """The mother, with whom the child lives, states the child's place."""
    with acting_as(one.mother.person.citizen_id) as viewer:
        places.state_whereabouts(
            person_id=one.child.person_id, level=level, places=HERE, expires_on=date(2026, 9, 1), by=viewer
        )


@people.database
def test_no_guardian_acts_for_a_child_whose_level_bars_it() -> None:
    one = family()
    people.mother_answers_alone(one)
    people.father_answers_alone(one)
    for guardian in (one.mother, one.father):
        people.guardian_says_yes(one.child.person_id, guardian.person.citizen_id)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        asked = consents.draft(person_id=one.child.person_id, terms=terms(), by=viewer, view=View.AGREES)
    protected_child(one, "no.strictly_confidential")
    for guardian in (one.mother, one.father):
        with (
            acting_as(guardian.person.citizen_id) as viewer,
            pytest.raises(NotByGuardian) as problem,
        ):
            plan_consents.say_for_child(draft_id=asked[0], says_yes=True, by=viewer)
        assert not any(word in str(problem.value).lower() for word in ("protect", "hidden", "address"))
    living_in(Country.DENMARK, OnPlan(one.child, one.plan_id, one.plan_id))
    protected_child(one, "dk.name_and_address")
    with acting_as(one.father.person.citizen_id) as viewer:
        assert plan_consents.say_for_child(draft_id=asked[0], says_yes=True, by=viewer)


@people.database
def test_a_new_identity_is_never_held_to_be_the_old_one() -> None:
    born = date(1994, 5, 4)
    old = people.record(
        people.Client("S-9", make_synthetic(birth_date=born, sex=Sex.FEMALE, serial=7), "Kari", "Eksempel")
    )
    plan = living_in(Country.SWEDEN)
    with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
        (alike,) = duplicates.alike(viewer).rows
        new = next(one.record_id for one in (alike.one, alike.other) if one.record_id != old)
    protect(plan, "se.protected_registration")
    with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
        assert len(duplicates.alike(viewer).rows) == 1
    protect(plan, "se.new_identity")
    with acting_as(people.NAV_ADVISER):
        assert ask.parted_records([new, old]) == frozenset()  # another unit's cases
    with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
        assert ask.parted_records([new, old]) == {new}
        assert duplicates.alike(viewer).rows == ()
        for record_id, into in ((old, new), (new, old)):
            with pytest.raises(duplicates.NotOfOneAgency):
                duplicates.fold(record_id=record_id, into=into, by=viewer)


def test_what_was_protected_before_there_were_levels_has_one(committed: str) -> None:
    one = family()
    for connection in ("default", "owner"):
        connections[connection].close()
    for target in ("0010", None):
        where = ["people", target] if target else []
        call_command("migrate", *where, database="owner", interactive=False, verbosity=0)
    row = found(one.mother)
    assert row is not None
    assert (row.level, row.places) == ("no.strictly_confidential", people.CANARIES)
    with acting_as(people.SOCIAL_WORKER):
        assert Person.objects.get(pk=one.mother.person.person_id).country == Country.NORWAY
