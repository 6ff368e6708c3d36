"""Disclosure control: the last step before a count leaves. It is always on.

1. A number under THRESHOLD is hidden, zero too: a shown zero says something about everybody in the group
   (nobody there got a job), and a zero hidden among ones and twos makes those harder to guess.
2. Further numbers are hidden until nobody who knows every shown number, every total and these rules can
   tell more about a small number than that it lies somewhere from 0 to THRESHOLD: neither that it is zero,
   nor that it is not, nor that it is small. Linear programmes prove it (`suppression`); a table that is not
   proven is not made.
3. Both kinds look the same on the page; which number was hidden for itself is not written anywhere.
4. Rates are computed from what is shown, never from what is hidden.

Before this, categories so small that even their total is hidden may be folded into one (`fold`).
Not covered: what a person in a cell of two knows about the other one; comparison with an earlier
publication that was not handed in (`earlier`), or whose numbers were corrected since; differences between the
steps of the flow figures.
Sources: Hundepool et al., Statistical Disclosure Control (2012), ch. 4; Fischetti and Salazar (2000).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from samvirke.statistics.counts import TOTAL, Cells, CountTable, Ints, Link, cells_of
from samvirke.statistics.suppression import Bools, hide

THRESHOLD = 5
OTHER = "other"
REASON = f"fewer than {THRESHOLD}, or hidden so that such a number cannot be computed"


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A table that may be shown. A hidden number is None; `rows` and `columns` are codes, not labels.

    `row_totals` is empty where the columns are not parts of a whole; `total` is then None as well.
    """

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    hidden: int
    reason: str
    source: str
    date: str
    note: str

    def numbers(self) -> dict[tuple[str, str], int | None]:
        """Every number by row and column; TOTAL stands for the margins."""
        found: dict[tuple[str, str], int | None] = {}
        for row, cells in zip(self.rows, self.cells, strict=True):
            found |= {(row, column): cell for column, cell in zip(self.columns, cells, strict=True)}
        found |= {(row, TOTAL): total for row, total in zip(self.rows, self.row_totals, strict=False)}
        found |= {(TOTAL, column): n for column, n in zip(self.columns, self.column_totals, strict=True)}
        return found | {(TOTAL, TOTAL): self.total}


def protect(
    tables: Sequence[CountTable],
    *,
    links: Sequence[Link] = (),
    source: str,
    date: str,
    note: str = "",
    earlier: Sequence[ProtectedTable] = (),
) -> tuple[ProtectedTable, ...]:
    """The tables with every number hidden that must be. Linked tables must be protected in one call.

    earlier: tables of the same names that are out already; a number that stands in them unchanged stays
    shown. Raises NotProtected when the proof fails, and then nothing is shown.
    """
    cells = cells_of(tables, links)
    hidden = hide(cells, threshold=THRESHOLD, known=_out_already(tables, cells, earlier))
    return tuple(
        _shown(table, cells.places[table.name], cells.values, hidden, about=(source, date, note))
        for table in tables
    )


def fold_columns(table: CountTable) -> CountTable:
    """The table with columns that have a total under THRESHOLD put together as OTHER; its rows stay."""
    columns, turned = _folded(table.columns, table.counts.T, table.counts.sum(axis=0))
    return CountTable(table.name, table.rows, columns, turned.T, table.rows_add)


def rate(part: int | None, whole: int | None) -> float | None:
    """The share of two shown numbers; None when either is hidden."""
    return None if part is None or not whole else part / whole


def fold(table: CountTable) -> CountTable:
    """The table with rows, and columns, that have a total under THRESHOLD put together as OTHER.

    Two at least are put together, or none: one alone would only change its name.
    """
    rows, by_row = _folded(table.rows, table.counts, table.counts.sum(axis=1))
    columns, turned = _folded(table.columns, by_row.T, by_row.sum(axis=0))
    return CountTable(table.name, rows, columns, turned.T, table.rows_add)


def _folded(codes: tuple[str, ...], counts: Ints, totals: Ints) -> tuple[tuple[str, ...], Ints]:
    small = totals < THRESHOLD
    if small.sum() < 2:
        return codes, counts
    kept = tuple(code for code, fold_it in zip(codes, small, strict=True) if not fold_it)
    return (*kept, OTHER), np.vstack([counts[~small], counts[small].sum(axis=0)])


def _out_already(tables: Sequence[CountTable], cells: Cells, earlier: Sequence[ProtectedTable]) -> Bools:
    """Which numbers an earlier publication shows, shape (k,). A corrected one is another number."""
    known = np.zeros(len(cells.values), dtype=bool)
    before = {table.name: table.numbers() for table in earlier}
    for table in tables:
        shown = before.get(table.name, {})
        places = cells.places[table.name]
        for i, row in enumerate((*table.rows, TOTAL)):
            for j, column in enumerate((*table.columns, TOTAL)):
                place, value = places[i, j], shown.get((row, column))
                if place >= 0 and value is not None:
                    known[place] |= value == cells.values[place]
    return known


def _shown(
    table: CountTable, places: Ints, values: Ints, hidden: Bools, *, about: tuple[str, str, str]
) -> ProtectedTable:
    def number(place: Any) -> int | None:
        return None if place < 0 or hidden[place] else int(values[place])

    n, m = table.counts.shape
    margins = tuple(number(place) for place in places[:n, m]) if table.rows_add else ()
    source, date, note = about
    return ProtectedTable(
        name=table.name,
        rows=table.rows,
        columns=table.columns,
        cells=tuple(tuple(number(place) for place in line) for line in places[:n, :m]),
        row_totals=margins,
        column_totals=tuple(number(place) for place in places[n, :m]),
        total=number(places[n, m]),
        hidden=int(hidden[np.unique(places[places >= 0])].sum()),
        reason=REASON,
        source=source,
        date=date,
        note=note,
    )
