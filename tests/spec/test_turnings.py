"""The birthdays at which help changes hands."""

from __future__ import annotations

from datetime import date

import pytest

from samvirke.kernel.codes import Country
from samvirke.statutes import turnings

LONG_AGO = date(2000, 1, 1)


def _near(country: Country, born: date, today: date, since: date = LONG_AGO) -> list[tuple[str, date]]:
    return [(one.line, one.on) for one in turnings.of_person(country, born, since=since, today=today)]


def test_somebody_is_asked_a_year_ahead_and_no_earlier() -> None:
    born = date(2010, 3, 5)
    assert _near(Country.NORWAY, born, date(2025, 3, 4)) == []
    assert _near(Country.NORWAY, born, date(2025, 3, 5)) == [("no.health_16", date(2026, 3, 5))]


def test_what_has_been_stays_unless_it_was_before_the_plan() -> None:
    born, today = date(2008, 1, 10), date(2026, 2, 1)
    both = [("no.health_16", date(2024, 1, 10)), ("no.majority", date(2026, 1, 10))]
    assert _near(Country.NORWAY, born, today) == both
    assert _near(Country.NORWAY, born, today, since=date(2024, 1, 10)) == both[1:]


def test_whoever_is_born_on_a_leap_day_is_asked_on_the_last_of_february() -> None:
    (one,) = turnings.of_person(Country.SWEDEN, date(2008, 2, 29), since=LONG_AGO, today=date(2025, 3, 1))
    assert (one.on, one.ask_from, one.age) == (date(2026, 3, 1), date(2025, 3, 1), 18)
    assert one.citation == ""  # nobody has compared it with the law


@pytest.mark.parametrize(
    ("country", "asked_at"),
    [(Country.NORWAY, [16, 18, 20, 25]), (Country.DENMARK, [15, 16, 18, 25]), (Country.SWEDEN, [18])],
)
def test_the_ages_of_each_country(country: Country, asked_at: list[int]) -> None:
    found = turnings.of_person(country, date(1990, 1, 1), since=LONG_AGO, today=date(2026, 1, 1))
    assert [one.age for one in found] == asked_at
