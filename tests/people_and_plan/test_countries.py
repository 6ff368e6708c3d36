"""Each country has its own part of the directory, and nothing crosses."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction

import people
from samvirke.agencies import operations as directory
from samvirke.agencies import policies as rules
from samvirke.agencies import queries as agencies
from samvirke.agencies.models import Municipality
from samvirke.agencies.types import NewAgency, NewPost, NewUnit, Place
from samvirke.gate.access import ACCESS, Role
from samvirke.kernel.codes import AgencyKind, Country
from samvirke.kernel.gate_words import DataKind
from samvirke.plan.models import Plan
from samvirke.programmes import operations as programmes
from samvirke.programmes import policies as of_partnerships
from samvirke.programmes import queries as partnerships

CODES = [
    ("9907", Country.NORWAY, True),
    ("se-9907", Country.SWEDEN, True),
    ("dk-990", Country.DENMARK, True),
    ("9908", Country.SWEDEN, False),
    ("se-9908", Country.DENMARK, False),
    ("dk-991", Country.NORWAY, False),
]


def test_a_code_is_of_its_country(committed: str) -> None:
    for code, country, holds in CODES:
        said = ""
        try:
            with transaction.atomic(using="owner"):
                Municipality.objects.using("owner").create(code=code, country=country, name="Et sted")
        except IntegrityError as problem:
            said = str(problem)
        assert ("a_code_of_its_country" not in said) is holds, (code, country)


def test_an_agency_serves_no_municipality_of_another_country(committed: str) -> None:
    chief = NewPost(uuid4(), "Chef", Role.UNIT_LEADER, True)
    unit = NewUnit(uuid4(), "Kontor", people.FJORDVIK, (chief,))
    agency = NewAgency(uuid4(), AgencyKind.SOCIAL_SERVICE, "Kommun", "0000000099", (unit,))
    with pytest.raises(rules.OfAnotherCountry, match=people.FJORDVIK):
        directory.set_up(country=Country.SWEDEN, municipalities={}, agencies=[agency], now=people.NOW)
    directory.set_up(country=Country.NORWAY, municipalities={}, agencies=[agency], now=people.NOW)


@people.database
def test_a_partnership_is_of_one_country(monkeypatch: pytest.MonkeyPatch) -> None:
    assert partnerships.country_of(people.PARTNERSHIP) is Country.NORWAY
    for countries in (set(), {Country.NORWAY, Country.SWEDEN}):
        monkeypatch.setattr(agencies, "countries_of", lambda _codes, found=countries: found)
        with pytest.raises(of_partnerships.SeveralCountries):
            programmes.set_up_partnership(
                partnership_id=uuid4(), name="Over grensen", municipalities=["9901"], rules_code=""
            )
    assert of_partnerships.only_country({Country.SWEDEN}) is Country.SWEDEN


@people.database
def test_offices_of_another_country_are_not_offered() -> None:
    assert agencies.units_serving(Place("", "", Country.NORWAY))
    assert agencies.units_serving(Place("", "", Country.SWEDEN)) == []


def test_a_database_from_before_countries_is_brought_along(committed: str) -> None:
    plan = people.on_plan()
    connections["default"].close()
    for target in ("0002", None):
        where = ["agencies", target] if target else []
        call_command("migrate", *where, database="owner", interactive=False, verbosity=0)
    with people.acting_as(people.COORDINATOR):
        assert Plan.objects.get(pk=plan.plan_id).country == Country.NORWAY
    assert agencies.country_of_post(people.COORDINATOR) is Country.NORWAY
    assert partnerships.country_of(people.PARTNERSHIP) is Country.NORWAY


def test_health_is_for_the_health_service_and_work_for_those_who_help_to_it() -> None:
    health, work = ACCESS[Role.HEALTH_WORKER], ACCESS[Role.EMPLOYMENT_ADVISER]
    assert DataKind.HEALTH in health.reads
    assert DataKind.EMPLOYMENT not in health.reads
    assert DataKind.HEALTH not in work.reads
    assert DataKind.EMPLOYMENT in work.reads
    assert all(cell.writes & ~cell.reads == 0 for cell in (health, work))
