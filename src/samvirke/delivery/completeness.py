"""How complete a delivered table is, column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samvirke.delivery.schema import Published


@dataclass(frozen=True, slots=True)
class ColumnCompleteness:
    """Rows in the table, rows without a value, rows with a value outside the column's code list."""

    table: str
    column: str
    rows: int
    missing: int
    out_of_code: int


def completeness(
    table: type[Published], rows: Sequence[Mapping[str, object]]
) -> tuple[ColumnCompleteness, ...]:
    """One entry per column, in the order of the schema."""
    return tuple(_column(table, name, [row.get(name) for row in rows]) for name in table.columns)


def _column(table: type[Published], name: str, values: Sequence[object]) -> ColumnCompleteness:
    codes = table.columns[name].codes
    missing = sum(value is None for value in values)
    out_of_code = sum(value is not None and value not in codes for value in values) if codes else 0
    return ColumnCompleteness(table.name, name, len(values), missing, out_of_code)
