"""A programme as its papers tell of it: the file an administrator loads, each figure with its source.

What the papers do not say is left out of the file, and stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from samvirke.kernel.codes import AgencyKind, Country, InterventionKind
from samvirke.programmes.files import BadFile, FilePart, Lines, Problem, Where, line_of, read

SUM = re.compile(r"\d+(\.\d{2})?")


def _in_ore(value: Any) -> int | None:
    """Whole kroner, or kroner and øre in quotes, as øre. A fraction outside quotes is not exact."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | str) or not SUM.fullmatch(str(value)):
        raise PydanticCustomError("money", "no sum of money")
    return int(Decimal(str(value)) * 100)


Ore = Annotated[int | None, BeforeValidator(_in_ore)]


class AgencyNameThen(FilePart):
    """What an agency of a kind was called, and in which years the papers call it so."""

    kind: AgencyKind
    name: str
    used_from: int | None = None
    used_to: int | None = None
    source: str


class Budgeted(FilePart):
    """One line of a budget."""

    receiver: str
    earmark: Literal["total", "places", "personnel"]
    amount: Ore
    currency: str = Field(pattern="^[A-Z]{3}$")
    source: str


class Places(FilePart):
    """Places the money was for, or that were given out: to everybody, an effort or a municipality."""

    stage: Literal["budgeted", "given_out"]
    whom: str = ""
    effort: str | None = None
    municipality: str | None = None
    places: int | None = Field(ge=0)
    source: str


class PlaceRate(FilePart):
    """What a place of a kind costs."""

    kind: InterventionKind
    amount: Ore
    currency: str = Field(pattern="^[A-Z]{3}$")
    per: Literal["month", "year"]
    source: str


class Effort(FilePart):
    """Municipalities that work together. partnership: the name of one that is set up here already."""

    name: str
    partnership: str | None = None


class TakesPart(FilePart):
    """A municipality that enters in the year it stands under."""

    name: str
    county: str = ""
    effort: str | None = None
    code: str = Field(default="", pattern=r"^(\d{4})?$")
    code_from: date | None = None
    code_to: date | None = None
    part: Literal["trial", "comparison"] = "trial"
    source: str = ""  # empty: the year's


class Year(FilePart):
    """One year of a programme."""

    year: int = Field(ge=1900, le=2200)
    source: str
    newcomers: int | None = None  # as the papers state the number
    budget: tuple[Budgeted, ...] = ()
    places: tuple[Places, ...] = ()
    rates: tuple[PlaceRate, ...] = ()
    efforts: tuple[Effort, ...] = ()
    municipalities: tuple[TakesPart, ...] = ()


class Aim(FilePart):
    """A goal: central, or an effort's own; `whose` where the papers tell of own goals and name nobody."""

    about: str
    text: str
    effort: str | None = None
    whose: str = ""
    year: int | None = None
    target: Decimal | None = None
    unit: str = ""
    source: str


class Papers(FilePart):
    """The whole file."""

    code: str
    country: Country
    name: str
    purpose: str
    source: str
    agency_names: tuple[AgencyNameThen, ...] = ()
    years: tuple[Year, ...] = Field(min_length=1)
    goals: tuple[Aim, ...] = ()


def read_papers(text: str) -> tuple[Papers, Lines]:
    """The file, checked, and the line of each part. Raises BadFile."""
    papers, lines = read(text, Papers)
    problems = [*_named_once(papers, lines), *_references(papers, lines)]
    if problems:
        raise BadFile(problems)
    return papers, lines


def _named_once(papers: Papers, lines: Lines) -> Iterator[Problem]:
    """Nothing that a row of its own is made of stands twice."""
    seen: set[tuple[object, ...]] = set()
    for where, key, name in _keys(papers):
        if key in seen:
            yield Problem(line_of(lines, where), "same_name", {"what": name})
        seen.add(key)


def _keys(papers: Papers) -> Iterator[tuple[Where, tuple[object, ...], object]]:
    for number, year in enumerate(papers.years):
        at: Where = ("years", number)
        yield (*at, "year"), ("year", year.year), year.year
        for place, effort in enumerate(year.efforts):
            yield (*at, "efforts", place), ("effort", effort.name), effort.name
        for place, one in enumerate(year.municipalities):
            yield (*at, "municipalities", place), ("municipality", one.name), one.name
        for place, line in enumerate(year.budget):
            yield (*at, "budget", place), (year.year, line.receiver, line.earmark), line.earmark
        for place, rate in enumerate(year.rates):
            yield (*at, "rates", place), (year.year, rate.kind), rate.kind


def _references(papers: Papers, lines: Lines) -> Iterator[Problem]:
    """Efforts, municipalities and years that are named are in the file."""
    efforts = {effort.name for year in papers.years for effort in year.efforts}
    names = {one.name for year in papers.years for one in year.municipalities}
    for number, year in enumerate(papers.years):
        for part in ("municipalities", "places"):
            for place, one in enumerate(getattr(year, part)):
                yield from _known(
                    one.effort, efforts, ("years", number, part, place), lines, "unknown_effort"
                )
        for place, given in enumerate(year.places):
            yield from _known(
                given.municipality, names, ("years", number, "places", place), lines, "unknown_place"
            )
    for place, aim in enumerate(papers.goals):
        yield from _known(aim.effort, efforts, ("goals", place), lines, "unknown_effort")
        yield from _known(
            aim.year, {year.year for year in papers.years}, ("goals", place), lines, "unknown_year"
        )


def _known(what: object, among: set[Any], where: Where, lines: Lines, code: str) -> Iterator[Problem]:
    if what is not None and what not in among:
        yield Problem(line_of(lines, where), code, {"what": what})
