"""What holds for somebody of an age, and who may act for whom, as the law packs say it.

An age is reached at the beginning of the birthday; whoever was born on 29 February reaches it on 1 March in
years without that day.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind, kinds_in, mask_of
from samvirke.statutes.kin import DECIDES, CaseType, Meaning
from samvirke.statutes.queries import UnknownProvision, packs
from samvirke.statutes.types import AgeLine, GuardianKind

MEANINGS = tuple(Meaning)


class NoAgeLine(LookupError):
    """The packs of a country do not say when somebody is of age, so nothing can rest on it."""

    def __init__(self, country: Country) -> None:
        super().__init__(
            f"The law packs of {country} do not say from which age somebody is of age. Add the line, with "
            "its source, and try again."
        )


def reached_on(birth_date: date, age: int) -> date:
    """The day somebody reaches an age."""
    year = birth_date.year + age
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return date(year, 2, 28) + timedelta(days=1)


def lines(country: Country, *, on: date) -> tuple[AgeLine, ...]:
    """The age lines that a country's packs know on a day, the youngest first."""
    found = (line for pack in packs() if pack.country is country for line in pack.age_lines)
    return tuple(sorted((line for line in found if line.is_usable and line.holds_on(on)), key=_by_age))


def reached(country: Country, case_type: CaseType, birth_date: date, *, on: date) -> tuple[AgeLine, ...]:
    """The lines of a case type that somebody has reached, the youngest first."""
    return tuple(line for line in _of(country, case_type, on) if reached_on(birth_date, line.age) <= on)


def next_line(
    country: Country, case_type: CaseType, birth_date: date, *, on: date
) -> tuple[AgeLine, date] | None:
    """The next line of a case type ahead of somebody, and the day it is reached."""
    for line in _of(country, case_type, on):
        day = reached_on(birth_date, line.age)
        if day > on:
            return line, day
    return None


def means(country: Country, case_type: CaseType, meaning: Meaning, birth_date: date, *, on: date) -> bool:
    """Whether at least this holds for somebody in a case; a line that no pack draws is never reached."""
    least = MEANINGS.index(meaning)
    return any(
        MEANINGS.index(line.means) >= least
        for line in reached(country, case_type, birth_date, on=on) + _of_age(country, birth_date, on)
    )


def is_of_age(country: Country, birth_date: date, *, on: date) -> bool:
    """Whether somebody is of age. Raises NoAgeLine."""
    return of_age_on(country, birth_date, on=on) <= on


def of_age_on(country: Country, birth_date: date, *, on: date) -> date:
    """The day somebody comes of age, by the lines of a day. Raises NoAgeLine."""
    for line in _of(country, CaseType.GENERAL, on):
        if line.means is Meaning.OF_AGE:
            return reached_on(birth_date, line.age)
    raise NoAgeLine(country)


def decides_on(country: Country, kind: DataKind, birth_date: date, *, on: date) -> date:
    """The day from which somebody answers alone for what is told of a kind. Raises NoAgeLine."""
    days = [of_age_on(country, birth_date, on=on)]
    days += [
        reached_on(birth_date, line.age)
        for line in lines(country, on=on)
        if line.means in DECIDES and line.kinds and line.is_about(kind)
    ]
    return min(days)


def decided_alone(country: Country, kinds: DataKind, birth_date: date, *, on: date) -> DataKind:
    """Those of the kinds for which somebody answers alone. Raises NoAgeLine."""
    return mask_of(kind for kind in kinds_in(kinds) if decides_on(country, kind, birth_date, on=on) <= on)


def closings(
    country: Country, kinds: DataKind, birth_date: date, *, on: date
) -> tuple[tuple[DataKind, date], ...]:
    """Until which day these kinds are open to those who act for a minor, the nearest first.

    Raises NoAgeLine.
    """
    of_age, until = of_age_on(country, birth_date, on=on), defaultdict[date, DataKind](lambda: DataKind(0))
    for kind in kinds_in(kinds):
        closed = [
            reached_on(birth_date, line.age)
            for line in lines(country, on=on)
            if line.closes and line.is_about(kind)
        ]
        until[min([of_age, *closed])] |= kind
    return tuple((until[day], day) for day in sorted(until))


def signature(country: Country, *, on: date) -> str:
    """What closings rest on, in one word: it is another when a line that closes something is another."""
    drawn = (f"{line.code}={line.age}" for line in lines(country, on=on) if line.closes)
    return " ".join(drawn)


def guardian_kinds(country: Country, *, on: date) -> tuple[GuardianKind, ...]:
    """On what footing somebody may act for another in a country, in the order of its packs."""
    found = (kind for pack in packs() if pack.country is country for kind in pack.guardian_kinds)
    return tuple(kind for kind in found if kind.is_usable and kind.holds_on(on))


def guardian_kind(code: str) -> GuardianKind:
    """One of them by its code. Raises UnknownProvision."""
    for pack in packs():
        for kind in pack.guardian_kinds:
            if kind.code == code and kind.is_usable:
                return kind
    raise UnknownProvision(code)


def _of(country: Country, case_type: CaseType, on: date) -> tuple[AgeLine, ...]:
    return tuple(line for line in lines(country, on=on) if line.case_type is case_type)


def _of_age(country: Country, birth_date: date, on: date) -> tuple[AgeLine, ...]:
    held = reached(country, CaseType.GENERAL, birth_date, on=on)
    return tuple(line for line in held if line.means is Meaning.OF_AGE)


def _by_age(line: AgeLine) -> tuple[int, int]:
    return line.age, MEANINGS.index(line.means)
