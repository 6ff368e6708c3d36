"""The demonstration's neighbours are small, invented, and each of one country's law."""

from __future__ import annotations

from datetime import date

import pytest

from samvirke.kernel.codes import AgencyKind, Country
from samvirke.people import nordic_ids
from samvirke.statutes import policies
from samvirke.statutes import queries as statutes
from samvirke.statutes.types import STATEMENT
from samvirke.surfaces.commands.demo import denmark, neighbours, sweden
from samvirke.surfaces.commands.demo.neighbours import Neighbour

TODAY = date(2026, 11, 22)
BOTH = pytest.mark.parametrize("here", [denmark.neighbour(), sweden.neighbour()], ids=lambda one: one.country)


@BOTH
def test_about_twenty_persons_and_six_plans(here: Neighbour) -> None:
    assert 18 <= len(here.guests) <= 22
    assert len([guest for guest in here.guests if guest.plan is not None]) == 6


@BOTH
def test_every_plan_is_of_the_country_s_law_and_says_what_its_plans_can(here: Neighbour) -> None:
    known = policies.content_keys(here.country, statutes.packs())
    for guest in here.guests:
        if guest.plan is not None:
            assert {statutes.country_of(kind) for kind in guest.plan.kinds} == {here.country}
            assert {STATEMENT + topic for topic, _ in guest.plan.statements} <= known


@BOTH
def test_nobody_in_here_exists(here: Neighbour) -> None:
    rows = [
        neighbours._row(here, f"X-{number}", guest, here.municipality[0], TODAY)
        for number, guest in enumerate(here.guests, start=1)
    ]
    assert all(nordic_ids.parse(row.national_id, country=here.country).is_synthetic for row in rows)
    assert len({row.national_id for row in rows}) == len(rows)


def test_a_youth_plan_is_for_those_of_sixteen_and_seventeen() -> None:
    young = [
        guest for guest in denmark.neighbour().guests if guest.plan and guest.plan.kinds == ("dk.youth_plan",)
    ]
    assert sorted(guest.age for guest in young) == [16, 17]


def test_three_plans_in_one() -> None:
    kinds = {guest.plan.kinds for guest in denmark.neighbour().guests if guest.plan}
    assert ("dk.whole_plan", "dk.my_plan", "dk.action_plan") in kinds


def test_the_association_s_parties_are_all_there() -> None:
    here = sweden.neighbour()
    kinds = {agency.kind for agency in here.agencies}
    assert here.country is Country.SWEDEN
    assert kinds >= {
        AgencyKind.INSURANCE,
        AgencyKind.EMPLOYMENT_SERVICE,
        AgencyKind.HEALTH_SERVICE,
        AgencyKind.SOCIAL_SERVICE,
        AgencyKind.ASSOCIATION,
    }
    assert sum(sweden.SHARES.values()) == 1
