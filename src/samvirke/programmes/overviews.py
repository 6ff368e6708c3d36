"""Programmes as their pages show them: what is stated beside what adds up, and what nobody states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import NameOfKind
from samvirke.programmes.models import (
    Allocation,
    BudgetLine,
    Participant,
    Programme,
    ProgrammeGoal,
    ProgrammeYear,
    Rate,
)

TOTAL, TRIAL = "total", "trial"


@dataclass(frozen=True, slots=True)
class Money:
    """A sum as it was stated. None: not stated."""

    ore: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a budget, by what it is tied to."""

    earmark: str
    money: Money
    source: str


@dataclass(frozen=True, slots=True)
class Budget:
    """One agency's money of a year: what is stated as the total, and what the parts add up to."""

    receiver: str
    stated: Money | None  # None: no total is stated
    parts: tuple[Part, ...]
    summed: Money | None  # None: a part is not stated, or there is none
    source: str  # of the total; empty where none is stated

    @property
    def differs(self) -> bool:
        """Whether the stated total and its parts disagree."""
        is_known = self.summed is not None and self.stated is not None and self.stated.ore is not None
        return is_known and self.summed != self.stated


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """Places for somebody. None: not stated."""

    whom: str  # empty: everybody
    places: int | None
    source: str


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """The places of one stage in a year, and what they add up to."""

    stage: str
    lines: tuple[PlaceLine, ...]
    summed: int | None


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A municipality that takes part. code: empty where no source states it."""

    name: str
    county: str
    code: str
    part: str
    source: str
    places: int | None  # of its own, in the year it entered


@dataclass(frozen=True, slots=True)
class EffortRow:
    """Municipalities that work together."""

    name: str
    participants: tuple[ParticipantRow, ...]
    places: int | None


@dataclass(frozen=True, slots=True)
class RateRow:
    """What a place of a kind costs."""

    intervention_kind: str
    money: Money
    per: str
    source: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year, with those who entered in it."""

    year: int
    source: str
    stated_newcomers: int | None
    listed_newcomers: int
    budgets: tuple[Budget, ...]
    places: tuple[PlaceCount, ...]
    efforts: tuple[EffortRow, ...]
    alone: tuple[ParticipantRow, ...]
    compared: tuple[ParticipantRow, ...]
    rates: tuple[RateRow, ...]

    @property
    def places_differ(self) -> bool:
        """Whether other places were given out than the money was for."""
        sums = {count.summed for count in self.places if count.summed is not None}
        return len(sums) > 1


@dataclass(frozen=True, slots=True)
class Target:
    """A goal as it was set. target: None where no number is stated."""

    whose: str  # empty: central
    year: int | None
    text: str
    target: Decimal | None
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class GoalsAbout:
    """The central goal about something, and the partnerships' own beside it."""

    about: str
    central: tuple[Target, ...]
    own: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme on the list."""

    programme_id: UUID
    name: str
    purpose: str
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """A whole programme."""

    name: str
    purpose: str
    source: str
    years: tuple[YearRow, ...]
    goals: tuple[GoalsAbout, ...]
    names_then: tuple[NameOfKind, ...]

    @property
    def municipalities(self) -> int:
        """How many take part, comparison municipalities left out."""
        return sum(year.listed_newcomers for year in self.years)

    @property
    def efforts(self) -> int:
        """How many joint efforts there are."""
        return sum(len(year.efforts) for year in self.years)


def programmes() -> tuple[ProgrammeRow, ...]:
    """Every programme, the newest first."""
    found = Programme.objects.prefetch_related("years")
    rows = [_programme_row(one, [year.year for year in one.years.all()]) for one in found]
    return tuple(sorted(rows, key=lambda row: (-row.first_year, row.name)))


def programme(programme_id: UUID) -> ProgrammePage:
    """One programme with all its years. Raises Programme.DoesNotExist."""
    one = Programme.objects.get(pk=programme_id)
    of_year = {"year__programme_id": programme_id}
    participants = list(
        Participant.objects.filter(entered__programme_id=programme_id)
        .select_related("partnership")
        .order_by("county", "name")
    )
    budget = list(BudgetLine.objects.filter(**of_year).order_by("receiver", "earmark"))
    allocations = list(Allocation.objects.filter(**of_year).order_by("stage", "-places"))
    rates = list(Rate.objects.filter(**of_year).order_by("intervention_kind"))
    years = list(ProgrammeYear.objects.filter(programme_id=programme_id).order_by("year"))
    return ProgrammePage(
        name=one.name,
        purpose=one.purpose,
        source=one.source,
        years=tuple(
            _year(
                year,
                [row for row in participants if row.entered_id == year.pk],
                [row for row in budget if row.year_id == year.pk],
                [row for row in allocations if row.year_id == year.pk],
                [row for row in rates if row.year_id == year.pk],
            )
            for year in years
        ),
        goals=_goals(programme_id),
        names_then=_names_in([year.year for year in years]),
    )


def _names_in(years: list[int]) -> tuple[NameOfKind, ...]:
    """What agencies were called in those years; a year that no source states leaves no name out."""
    return tuple(
        one
        for one in agencies.names_of_kinds()
        if (one.used_from is None or one.used_from <= max(years))
        and (one.used_to is None or one.used_to >= min(years))
    )


def _programme_row(one: Programme, years: list[int]) -> ProgrammeRow:
    return ProgrammeRow(one.pk, one.name, one.purpose, min(years), max(years))


def _year(
    year: ProgrammeYear,
    participants: list[Participant],
    budget: list[BudgetLine],
    allocations: list[Allocation],
    rates: list[Rate],
) -> YearRow:
    places = {row.participant_id or row.partnership_id: row.places for row in allocations}
    trial = [row for row in participants if row.part == TRIAL]
    return YearRow(
        year=year.year,
        source=year.source,
        stated_newcomers=year.stated_newcomers,
        listed_newcomers=len(trial),
        budgets=_budgets(budget),
        places=_place_counts(row for row in allocations if not (row.participant_id or row.partnership_id)),
        efforts=_efforts(trial, places),
        alone=tuple(_participant(row, places) for row in trial if row.partnership_id is None),
        compared=tuple(_participant(row, places) for row in participants if row.part != TRIAL),
        rates=tuple(
            RateRow(rate.intervention_kind, Money(rate.ore, rate.currency), rate.per, rate.source)
            for rate in rates
        ),
    )


def _participant(row: Participant, places: dict[UUID | None, int | None]) -> ParticipantRow:
    return ParticipantRow(row.name, row.county, row.code, row.part, row.source, places.get(row.pk))


def _efforts(trial: list[Participant], places: dict[UUID | None, int | None]) -> tuple[EffortRow, ...]:
    efforts: dict[UUID, list[Participant]] = {}
    for row in trial:
        if row.partnership_id is not None:
            efforts.setdefault(row.partnership_id, []).append(row)
    return tuple(
        EffortRow(
            name=rows[0].partnership.name if rows[0].partnership else "",
            participants=tuple(_participant(row, places) for row in rows),
            places=places.get(effort_id),
        )
        for effort_id, rows in efforts.items()
    )


def _budgets(lines: list[BudgetLine]) -> tuple[Budget, ...]:
    return tuple(
        _budget(receiver, list(of_one)) for receiver, of_one in groupby(lines, key=lambda line: line.receiver)
    )


def _budget(receiver: str, lines: list[BudgetLine]) -> Budget:
    total = next((line for line in lines if line.earmark == TOTAL), None)
    parts = [line for line in lines if line.earmark != TOTAL]
    return Budget(
        receiver=receiver,
        stated=Money(total.ore, total.currency) if total else None,
        parts=tuple(Part(line.earmark, Money(line.ore, line.currency), line.source) for line in parts),
        summed=_sum_of(parts),
        source=total.source if total else "",
    )


def _sum_of(parts: list[BudgetLine]) -> Money | None:
    """The parts together, in their one currency; None where one of them is not stated."""
    currencies = {part.currency for part in parts}
    amounts = [part.ore for part in parts]
    known = [amount for amount in amounts if amount is not None]
    if len(currencies) != 1 or len(known) < len(amounts):
        return None
    return Money(sum(known), currencies.pop())


def _place_counts(rows: Iterable[Allocation]) -> tuple[PlaceCount, ...]:
    return tuple(
        _place_count(stage, [PlaceLine(row.whom, row.places, row.source) for row in of_one])
        for stage, of_one in groupby(rows, key=lambda row: row.stage)
    )


def _place_count(stage: str, lines: list[PlaceLine]) -> PlaceCount:
    known = [line.places for line in lines if line.places is not None]
    return PlaceCount(stage, tuple(lines), sum(known) if len(known) == len(lines) else None)


def _goals(programme_id: UUID) -> tuple[GoalsAbout, ...]:
    found = ProgrammeGoal.objects.filter(programme_id=programme_id).select_related("partnership")
    by_topic: dict[str, list[Target]] = {}
    for row in found.order_by("about", "year"):
        whose = row.partnership.name if row.partnership else row.whose
        target = Target(whose, row.year, row.text, row.target, row.unit, row.source)
        by_topic.setdefault(row.about, []).append(target)
    return tuple(
        GoalsAbout(
            about,
            central=tuple(one for one in targets if not one.whose),
            own=tuple(one for one in targets if one.whose),
        )
        for about, targets in by_topic.items()
    )
