"""Tables of counts before disclosure control, and the sums an outsider knows to hold between their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

Ints = npt.NDArray[np.int64]
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts of persons or episodes: `counts` has shape (rows, columns).

    `rows_add`: whether the columns of a row are parts of a whole, so that a row has a total.
    """

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Ints
    rows_add: bool = True


@dataclass(frozen=True, slots=True)
class Ref:
    """One cell of a table by its codes; TOTAL stands for the margin."""

    table: str
    row: str = TOTAL
    column: str = TOTAL


@dataclass(frozen=True, slots=True)
class Link:
    """A cell known to be the sum of other cells, usually of other tables."""

    whole: Ref
    parts: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """Every published number of linked tables as one vector.

    values:    shape (k,), the true counts, margins included.
    relations: shape (r, k); relations @ values == 0 is what an outsider knows.
    weight:    shape (k,), how much is lost by hiding the number: margins more than inner cells.
    places:    per table positions in `values`, shape (rows + 1, columns + 1); -1 where none is published.
    """

    values: Ints
    relations: Any  # scipy.sparse.csr_array, whose types do not know shapes of two
    weight: npt.NDArray[np.float64]
    places: dict[str, Ints]


def cells_of(tables: Sequence[CountTable], links: Sequence[Link] = ()) -> Cells:
    """The tables laid out as one vector with its relations."""
    values: list[int] = []
    margins: list[int] = []
    equations: list[dict[int, int]] = []
    places = {table.name: _place(table, values, margins) for table in tables}
    for table in tables:
        equations += _margin_equations(table, places[table.name])
    equations += [_link_equation(link, {table.name: table for table in tables}, places) for link in links]
    counts = np.array(values, dtype=np.int64)
    weight = (1.0 + np.log1p(counts)) * np.array([1.0, 8.0, 40.0])[margins]
    return _without_twins(Cells(counts, _matrix([], len(values)), weight, places), equations)


def _without_twins(cells: Cells, equations: Sequence[dict[int, int]]) -> Cells:
    """The same with one number for all that are known to be equal: hidden together, or shown."""
    equal = [list(equation) for equation in equations if len(equation) == 2]
    k = len(cells.values)
    ends: Any = tuple(zip(*equal, strict=True)) if equal else ((), ())
    joined = sparse.coo_array((np.ones(len(equal)), ends), shape=(k, k))
    n, at = csgraph.connected_components(joined, directed=False)
    values, weight = np.zeros(n, dtype=np.int64), np.zeros(n)
    values[at] = cells.values
    np.maximum.at(weight, at, cells.weight)
    sums = {
        tuple(sorted((int(at[place]), sign) for place, sign in equation.items()))
        for equation in equations
        if len(equation) > 2
    }
    places = {name: np.where(table < 0, -1, at[table]) for name, table in cells.places.items()}
    return Cells(values, _matrix([dict(line) for line in sorted(sums)], n), weight, places)


def _place(table: CountTable, values: list[int], margins: list[int]) -> Ints:
    """Positions of the table's numbers; new numbers are appended to `values`, how marginal to `margins`."""
    n, m = table.counts.shape
    places = np.full((n + 1, m + 1), -1, dtype=np.int64)
    full = np.zeros((n + 1, m + 1), dtype=np.int64)
    full[:n, :m] = table.counts
    full[n, :] = full[:n, :].sum(axis=0)
    full[:, m] = full[:, :m].sum(axis=1)
    width = m + 1 if table.rows_add and m > 1 else m
    for i in range(n + 1):
        for j in range(width):
            places[i, j] = len(values)
            values.append(int(full[i, j]))
            margins.append(int(i == n) + int(j == m))
    if table.rows_add and m == 1:
        places[:, 1] = places[:, 0]  # one column: a row's total is the cell itself
    return places


def _margin_equations(table: CountTable, places: Ints) -> list[dict[int, int]]:
    n, m = table.counts.shape
    width = m + 1 if table.rows_add and m > 1 else m
    down = [_equation(places[n, j], places[:n, j]) for j in range(width)]
    across = [_equation(places[i, m], places[i, :m]) for i in range(n + 1)] if width > m else []
    return down + across


def _equation(whole: int, parts: Sequence[int] | Ints) -> dict[int, int]:
    return {int(whole): -1, **{int(part): 1 for part in parts}}


def _link_equation(link: Link, tables: dict[str, CountTable], places: dict[str, Ints]) -> dict[int, int]:
    def position(ref: Ref) -> int:
        table = tables[ref.table]
        row = len(table.rows) if ref.row == TOTAL else table.rows.index(ref.row)
        column = len(table.columns) if ref.column == TOTAL else table.columns.index(ref.column)
        return int(places[ref.table][row, column])

    return _equation(position(link.whole), [position(part) for part in link.parts])


def _matrix(equations: Sequence[dict[int, int]], width: int) -> Any:
    rows = [number for number, equation in enumerate(equations) for _ in equation]
    columns = [place for equation in equations for place in equation]
    signs = [sign for equation in equations for sign in equation.values()]
    shape: Any = (len(equations), width)
    entries: Any = (signs, (rows, columns))
    return sparse.csr_array(entries, shape=shape, dtype=np.float64)
