"""The numbers of one tertial report as one record, and the JSON file of it that pages and reports read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from samvirke.statistics import record_file
from samvirke.statistics.disclosure import ProtectedTable, rate
from samvirke.statistics.expected import OwnGoal, Stated
from samvirke.statistics.hierarchy import Level, Levels, Part
from samvirke.statistics.indicators import Cell, Indicator, Unit
from samvirke.statistics.sites import Sites

FORMAT = "samvirke tertial 1"


class UnreadableTertialRecord(ValueError):
    """The file is not a tertial record of this version."""

    def __init__(self, path: Path, *, reason: str) -> None:
        super().__init__(
            f"{path} was not read as a tertial record: {reason} Make it again with `samvirke tertial`."
        )


class Sign(StrEnum):
    """Why there is no number, in the signs of official statistics."""

    HIDDEN = ":"
    NOT_DELIVERED = ".."
    NOT_POSSIBLE = "."


@dataclass(frozen=True, slots=True)
class Returned:
    """One delivery that is in. `until`: the last day that counts; `is_whole`: made after the period's end."""

    source: str
    study: str
    made_at: str
    schema_version: str
    fingerprint: str
    municipalities: tuple[str, ...]
    county_unknown: tuple[str, ...]
    until: str
    is_whole: bool
    not_delivered: tuple[str, ...]  # measures


@dataclass(frozen=True, slots=True)
class WaitOf:
    """Median days until a place, at one level; None where too few lie beyond."""

    level: Level
    name: str
    median: int | None


@dataclass(frozen=True, slots=True)
class SitesOf:
    """Offices and what they have, at one level."""

    level: Level
    name: str
    sites: Sites


@dataclass(frozen=True, slots=True)
class Value:
    """An indicator at one level: a number, or the sign for none. A share is `part` of `whole`."""

    number: float | None
    sign: Sign | None = None
    part: int | None = None
    whole: int | None = None


@dataclass(frozen=True)
class TertialRecord:
    """Everything a tertial report says, after disclosure control."""

    period: str
    parts: tuple[Part, ...]
    counties: Mapping[str, str]  # names by code; a code without a name is unknown
    counties_source: str
    returned: tuple[Returned, ...]
    expected: tuple[str, ...]  # sources; empty where the receiver handed in no list
    missing: tuple[str, ...]
    tables: tuple[ProtectedTable, ...]
    waits: tuple[WaitOf, ...]
    sites: tuple[SitesOf, ...]
    stated: tuple[Stated, ...]
    own_goals: tuple[OwnGoal, ...]

    @cached_property
    def levels(self) -> Levels:
        """The parts, and what they are parts of."""
        return Levels(self.parts)

    @cached_property
    def _tables(self) -> dict[str, dict[tuple[str, str], int | None]]:
        return {table.name: table.numbers() for table in self.tables}

    def columns(self, measure: str) -> tuple[str, ...]:
        """The columns of a measure, those folded together as one."""
        name = f"{self.period}/{measure}"
        return next((table.columns for table in self.tables if table.name == name), ())

    def delivered_by(self, measure: str, level: Level, name: str) -> tuple[int, int]:
        """How many partnerships of a level delivered a measure, and how many there are."""
        here = {part.partnership for part in self.levels.members(level, name)}
        without = {one.source for one in self.returned if measure in one.not_delivered}
        return len(here - without), len(here)

    def number(self, cell: Cell, level: Level, name: str = "", *, period: str = "") -> int | Sign:
        """A count at one level, or the sign for none."""
        if not self.delivered_by(cell.measure, level, name)[0]:
            return Sign.NOT_DELIVERED
        ref = self.levels.ref(f"{period or self.period}/{cell.measure}", cell.column, level, name)
        found = self._tables[ref.table][ref.row, ref.column]
        return Sign.HIDDEN if found is None else found

    def value(self, indicator: Indicator, level: Level, name: str = "", *, period: str = "") -> Value:
        """An indicator at one level."""
        if indicator.unit is Unit.DAYS:
            return self._wait(level, name)
        if indicator.unit is Unit.OFFICES:
            return self._offices(indicator, level, name)
        assert indicator.numerator is not None
        part = self.number(indicator.numerator, level, name, period=period)
        if indicator.denominator is None:
            return Value(None, part) if isinstance(part, Sign) else Value(part, part=part)
        whole = self.number(indicator.denominator, level, name, period=period)
        if isinstance(part, Sign) or isinstance(whole, Sign):
            sign = part if isinstance(part, Sign) else whole
            assert isinstance(sign, Sign)
            return Value(None, sign)
        return Value(rate(part, whole), part=part, whole=whole)

    def stated_beside(self, stated: Stated, indicator: Indicator) -> Value:
        """What was counted of what a partnership stated. Where it is hidden, the stated must be too."""
        return self.value(indicator, Level.PARTNERSHIP, stated.source)

    def _wait(self, level: Level, name: str) -> Value:
        if not self.delivered_by("needs_out", level, name)[0]:
            return Value(None, Sign.NOT_DELIVERED)
        found = next(one.median for one in self.waits if (one.level, one.name) == (level, name))
        return Value(None, Sign.HIDDEN) if found is None else Value(found)

    def _offices(self, indicator: Indicator, level: Level, name: str) -> Value:
        found = next((one.sites for one in self.sites if (one.level, one.name) == (level, name)), None)
        if found is None:
            return Value(None, Sign.NOT_DELIVERED)
        if not found.offices:
            return Value(None, Sign.NOT_POSSIBLE)
        part = getattr(found, indicator.code)
        return Value(part / found.offices, part=part, whole=found.offices)


def save_tertial(record: TertialRecord, path: Path) -> None:
    """Write the record; the same record gives the same bytes."""
    fields = {name: getattr(record, name) for name in TertialRecord.__dataclass_fields__}
    content = {"format": FORMAT, **{name: _plain(value) for name, value in fields.items()}}
    record_file.save(content, path)


def load_tertial(path: Path) -> TertialRecord:
    """The record in the file. Raises UnreadableTertialRecord when it is something else."""
    return record_file.load(path, form=FORMAT, record=_record, unreadable=UnreadableTertialRecord)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, OwnGoal):
        return value.model_dump(mode="json")
    if isinstance(value, str | Mapping):
        return value
    return asdict(value)


def _record(content: dict[str, Any]) -> TertialRecord:
    return TertialRecord(
        period=content["period"],
        parts=tuple(Part(**one) for one in content["parts"]),
        counties=content["counties"],
        counties_source=content["counties_source"],
        returned=tuple(Returned(**_frozen(one)) for one in content["returned"]),
        expected=tuple(content["expected"]),
        missing=tuple(content["missing"]),
        tables=tuple(ProtectedTable(**_frozen(one)) for one in content["tables"]),
        waits=tuple(WaitOf(Level(one["level"]), one["name"], one["median"]) for one in content["waits"]),
        sites=tuple(
            SitesOf(Level(one["level"]), one["name"], Sites(**one["sites"])) for one in content["sites"]
        ),
        stated=tuple(Stated(**one) for one in content["stated"]),
        own_goals=tuple(OwnGoal(**one) for one in content["own_goals"]),
    )


def _frozen(fields: dict[str, Any]) -> dict[str, Any]:
    """Lists as tuples, those of the second level too."""
    return {
        name: tuple(tuple(one) if isinstance(one, list) else one for one in value)
        if isinstance(value, list)
        else value
        for name, value in fields.items()
    }
