"""From which age what holds, by country and case: each line on the day before, and on the birthday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind
from samvirke.statutes import ages, policies, queries
from samvirke.statutes.kin import CaseType, Meaning
from samvirke.statutes.types import AgeLine

TODAY = date(2026, 3, 2)
A_DAY = timedelta(days=1)
ALL = DataKind(sum(DataKind))
CARE = DataKind.HEALTH | DataKind.SUBSTANCE_USE
LINES = [
    (Country.NORWAY, CaseType.GENERAL, 7, Meaning.IS_HEARD),
    (Country.NORWAY, CaseType.OWN_ROOM, 12, Meaning.CONSENTS_ALONE),
    (Country.NORWAY, CaseType.HEALTH, 16, Meaning.CONSENTS_ALONE),
    (Country.NORWAY, CaseType.GENERAL, 18, Meaning.OF_AGE),
    (Country.DENMARK, CaseType.HEALTH, 15, Meaning.CONSENTS_ALONE),
    (Country.DENMARK, CaseType.OWN_ROOM, 15, Meaning.CONSENTS_ALONE),
    (Country.DENMARK, CaseType.GENERAL, 18, Meaning.OF_AGE),
    (Country.SWEDEN, CaseType.CHILD_WELFARE, 15, Meaning.IS_PARTY),
    (Country.SWEDEN, CaseType.GENERAL, 18, Meaning.OF_AGE),
]


@pytest.mark.parametrize(("country", "case_type", "age", "meaning"), LINES)
def test_a_line_holds_from_the_birthday_and_not_the_day_before(
    country: Country, case_type: CaseType, age: int, meaning: Meaning
) -> None:
    born = date(2010, 6, 15)
    birthday = date(2010 + age, 6, 15)
    before, then = (
        ages.means(country, case_type, meaning, born, on=day) for day in (birthday - A_DAY, birthday)
    )
    assert (before, then) == (False, True)


def test_born_on_a_leap_day_the_age_is_reached_on_the_first_of_march() -> None:
    born = date(2008, 2, 29)
    assert not ages.is_of_age(Country.NORWAY, born, on=date(2026, 2, 28))
    assert ages.is_of_age(Country.NORWAY, born, on=date(2026, 3, 1))
    assert ages.reached_on(born, 16) == date(2024, 2, 29)


def test_the_next_line_ahead_is_told_with_its_day() -> None:
    born = date(2014, 3, 2)
    found = ages.next_line(Country.NORWAY, CaseType.GENERAL, born, on=TODAY)
    assert found is not None
    assert (found[0].code, found[1]) == ("no.majority", date(2032, 3, 2))
    assert ages.next_line(Country.NORWAY, CaseType.GENERAL, date(1990, 1, 1), on=TODAY) is None


@pytest.mark.parametrize("country", list(Country))
def test_whoever_is_of_age_is_heard_and_decides_in_every_case(country: Country) -> None:
    grown = date(1990, 5, 5)
    assert all(
        ages.means(country, case_type, meaning, grown, on=TODAY)
        for case_type in CaseType
        for meaning in Meaning
    )
    assert ages.decided_alone(country, ALL, grown, on=TODAY) == ALL


def test_of_their_health_alone_a_norwegian_decides_from_sixteen() -> None:
    born = date(2010, 3, 2)
    assert ages.decided_alone(Country.NORWAY, ALL, born, on=TODAY) == CARE
    assert ages.decided_alone(Country.NORWAY, ALL, born, on=TODAY - A_DAY) == DataKind(0)
    assert ages.decided_alone(Country.SWEDEN, ALL, born, on=TODAY) == DataKind(0)


def test_health_closes_to_guardians_at_sixteen_in_norway_and_stays_open_in_denmark() -> None:
    born = date(2012, 1, 10)
    assert ages.closings(Country.NORWAY, ALL, born, on=TODAY) == (
        (CARE, date(2028, 1, 10)),
        (ALL & ~CARE, date(2030, 1, 10)),
    )
    assert ages.closings(Country.DENMARK, ALL, born, on=TODAY) == ((ALL, date(2030, 1, 10)),)


def test_what_stands_from_memory_holds_for_nobody() -> None:
    listed = [line for pack in queries.packs() for line in pack.age_lines if not line.is_usable]
    assert {line.code for line in listed} >= {"dk.listed_10", "no.party_15"}
    assert not ages.reached(Country.DENMARK, CaseType.LISTED, date(2010, 1, 1), on=TODAY)


def test_no_line_is_shown_as_law_before_it_has_been_compared_with_the_law() -> None:
    for pack in queries.packs():
        for row in (*pack.age_lines, *pack.guardian_kinds):
            assert policies.citation(row) == ""
    compared = AgeLine(
        code="no.x",
        label="x",
        provision="§ 1",
        source="the law itself",
        excerpt_seen="2026-11",
        valid_from=TODAY,
        verified_on=TODAY,
        case_type=CaseType.GENERAL,
        age=18,
        means=Meaning.OF_AGE,
    )
    assert policies.citation(compared) == "§ 1"


def test_nobody_decides_alone_among_those_who_share() -> None:
    for country in Country:
        shared = [kind for kind in ages.guardian_kinds(country, on=TODAY) if kind.is_shared]
        assert [kind.answers for kind in shared] == [2]


@pytest.mark.parametrize(
    ("country", "whom", "code"),
    [
        (Country.NORWAY, "adults", "no.guardian_of_adult"),
        (Country.NORWAY, "minors", "no.guardian_of_minor"),
        (Country.DENMARK, "adults", "dk.guardian_of_adult"),
        (Country.SWEDEN, "adults", "se.god_man"),
        (Country.SWEDEN, "adults", "se.forvaltare"),
        (Country.SWEDEN, "minors", "se.god_man_minor"),
    ],
)
def test_somebody_appointed_can_answer_in_each_country(country: Country, whom: str, code: str) -> None:
    """A verge, a værge, a god man, a förvaltare: none of them is a parent."""
    found = {kind.code: kind for kind in ages.guardian_kinds(country, on=TODAY)}
    assert whom in found[code].for_whom
    assert not found[code].is_parent


def test_nobody_is_appointed_for_a_danish_child_before_the_law_on_it_was_read() -> None:
    minors = [one for one in ages.guardian_kinds(Country.DENMARK, on=TODAY) if "minors" in one.for_whom]
    assert all(kind.is_parent for kind in minors)
