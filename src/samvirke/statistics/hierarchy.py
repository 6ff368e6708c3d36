"""Partnership, county, nation: the same counts at three levels, and the sums an outsider knows between them.

The smallest part is a partnership's share in one county; most partnerships lie in one. A table has a row per
part, so that its column totals are the nation's. Where a partnership or a county has several parts, a further
table holds their sums, tied to the parts cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from samvirke.statistics.counts import TOTAL, CountTable, Link, Ref


class Level(StrEnum):
    """Whom a number is about."""

    PARTNERSHIP = "partnership"
    COUNTY = "county"
    NATION = "nation"


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A partnership's share in one county."""

    partnership: str
    county: str

    @property
    def code(self) -> str:
        """Its row in a table."""
        return f"{self.partnership} / {self.county}"


@dataclass(frozen=True, slots=True)
class Levels:
    """The parts, and what they are parts of."""

    parts: tuple[Part, ...]

    def members(self, level: Level, name: str = "") -> tuple[Part, ...]:
        """The parts of a partnership, of a county, or all."""
        if level is Level.NATION:
            return self.parts
        return tuple(part for part in self.parts if getattr(part, level.value) == name)

    def names(self, level: Level) -> tuple[str, ...]:
        """Partnerships or counties, each once; the nation has no name."""
        if level is Level.NATION:
            return ("",)
        return tuple(sorted({getattr(part, level.value) for part in self.parts}))

    def has_sums(self, level: Level) -> bool:
        """Whether some partnership (or county) has several parts, so that it needs a table of sums."""
        return level is not Level.NATION and len(self.names(level)) < len(self.parts)

    def ref(self, table: str, column: str, level: Level, name: str = "") -> Ref:
        """Where the number of a level stands."""
        if level is Level.NATION:
            return Ref(table, TOTAL, column)
        if self.has_sums(level):
            return Ref(_sums_name(table, level), name, column)
        (part,) = self.members(level, name)
        return Ref(table, part.code, column)


def of_parts(
    name: str, columns: Sequence[str], parts: Sequence[Part], counts: Mapping[tuple[Part, str], int]
) -> CountTable:
    """One row per part."""
    table = [[counts.get((part, column), 0) for column in columns] for part in parts]
    shape = (len(parts), len(columns))
    return CountTable(
        name,
        tuple(part.code for part in parts),
        tuple(columns),
        np.array(table, dtype=np.int64).reshape(shape),
    )


def with_sums(table: CountTable, levels: Levels) -> tuple[list[CountTable], list[Link]]:
    """The table of parts, the tables of sums beside it, and the links between them."""
    here = Levels(tuple(part for part in levels.parts if part.code in table.rows))
    tables, links = [table], []
    for level in (Level.PARTNERSHIP, Level.COUNTY):
        if levels.has_sums(level):
            sums, tied = _sums(table, here, level)
            tables.append(sums)
            links += tied
    return tables, links


def _sums(table: CountTable, levels: Levels, level: Level) -> tuple[CountTable, list[Link]]:
    name = _sums_name(table.name, level)
    members = {one: [part.code for part in levels.members(level, one)] for one in levels.names(level)}
    at = {row: number for number, row in enumerate(table.rows)}
    counts = np.array(
        [table.counts[[at[code] for code in codes]].sum(axis=0) for codes in members.values()], dtype=np.int64
    )
    links = [
        Link(Ref(name, one, column), tuple(Ref(table.name, code, column) for code in codes))
        for one, codes in members.items()
        for column in _with_total(table)
    ]
    shape = (len(members), len(table.columns))
    return CountTable(name, tuple(members), table.columns, counts.reshape(shape)), links


def _with_total(table: CountTable) -> Iterable[str]:
    return (*table.columns, TOTAL) if len(table.columns) > 1 else table.columns


def _sums_name(table: str, level: Level) -> str:
    return f"{table}/{level.value}"
