"""The birthdays at which somebody's help changes hands, as the law packs list them.

They are age lines that say how early somebody is asked to take over, and ages at which other services are
for a person than before.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from samvirke.kernel.codes import Country
from samvirke.statutes import ages, policies
from samvirke.statutes.queries import packs
from samvirke.statutes.types import AgeLine, ServiceAge


@dataclass(frozen=True, slots=True)
class Turning:
    """One such birthday of one person."""

    line: str  # code in the packs
    label: str  # message id: what changes
    citation: str  # the law, once it has been compared with it
    age: int
    on: date
    ask_from: date  # from then on somebody is asked to take over


def of_person(country: Country, birth_date: date, *, since: date, today: date) -> tuple[Turning, ...]:
    """The birthdays after `since` that are near enough to ask somebody, or have been; the first first."""
    found = [_turning(line, months, birth_date) for line, months in _lines(country, today)]
    near = [one for one in found if one.on > since and one.ask_from <= today]
    return tuple(sorted(near, key=lambda one: (one.on, one.line)))


def _lines(country: Country, today: date) -> Iterator[tuple[AgeLine | ServiceAge, int]]:
    """What a country's packs list on a day, and how many months ahead somebody is asked."""
    for pack in (pack for pack in packs() if pack.country is country):
        listed: tuple[AgeLine | ServiceAge, ...] = (*pack.age_lines, *pack.service_ages)
        for one in listed:
            if one.months_before is not None and one.is_usable and one.holds_on(today):
                yield one, one.months_before


def _turning(line: AgeLine | ServiceAge, months: int, birth_date: date) -> Turning:
    day = ages.reached_on(birth_date, line.age)
    return Turning(
        line=line.code,
        label=line.label,
        citation=policies.citation(line),
        age=line.age,
        on=day,
        ask_from=_months_earlier(day, months),
    )


def _months_earlier(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
