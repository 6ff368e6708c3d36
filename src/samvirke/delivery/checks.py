"""What a row must satisfy before it is delivered, and the words for a row that does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from samvirke.delivery.schema import Column, Episodes, Kind, Published

Row = Mapping[str, object]
SHOWN_PROBLEMS = 10


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: which table and row (from 1), which field, why, and what to do."""

    table: str
    row: int
    field: str
    reason: str
    what_next: str

    def __str__(self) -> str:
        return f"{self.table}, row {self.row}, {self.field}: {self.reason} {self.what_next}"


class DeliveryRefused(ValueError):
    """Rows break the published schema, so nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        more = len(problems) - SHOWN_PROBLEMS
        lines = [str(problem) for problem in problems[:SHOWN_PROBLEMS]]
        lines += [f"... and {more} more."] if more > 0 else []
        super().__init__("The delivery was not written.\n" + "\n".join(lines))


def problems_of(table: type[Published], rows: Sequence[Row]) -> list[Problem]:
    """Everything in the rows that the schema does not allow. Values outside a code list are allowed."""
    found = [problem for number, row in enumerate(rows, start=1) for problem in _row(table, number, row)]
    return found + list(_repeated_keys(table, rows))


def _row(table: type[Published], number: int, row: Row) -> Iterator[Problem]:
    for field in row.keys() - table.columns.keys():
        yield Problem(table.name, number, field, "is not in the schema.", "Leave the column out.")
    fine = True
    for field, column in table.columns.items():
        for reason, what_next in _value(column, row.get(field)):
            fine = False
            yield Problem(table.name, number, field, reason, what_next)
    if fine and table is Episodes:
        yield from _episode(number, row)


def _value(column: Column, value: object) -> Iterator[tuple[str, str]]:
    if value is None:
        if column.never_null:
            yield "is missing.", "Give a value."
        return
    if not _has_kind(column.kind, value):
        yield f"is {value!r}, not of type {column.kind}.", f"Give a value of type {column.kind}."
    elif column.pattern and not re.fullmatch(column.pattern, str(value)):
        yield f"is {value!r}.", f"Give a value of the form {column.pattern}."
    elif not _within(column, value):
        yield f"is {value!r}.", f"Give a number from {column.least} to {column.most or 'any size'}."


def _has_kind(kind: Kind, value: object) -> bool:
    if kind is Kind.WHOLE:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is Kind.DAY:
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, str) and value != ""


def _within(column: Column, value: object) -> bool:
    if not isinstance(value, int):
        return True
    return (column.least is None or value >= column.least) and (column.most is None or value <= column.most)


def _episode(number: int, row: Row) -> Iterator[Problem]:
    asked, entered, ended = row["asked_on"], row["entered_on"], row.get("ended_on")
    if isinstance(asked, date) and isinstance(entered, date) and entered < asked:
        yield Problem(
            "episodes", number, "entered_on", f"is before asked_on ({asked}).", "Correct the dates."
        )
    if isinstance(ended, date) and isinstance(entered, date) and ended < entered:
        yield Problem(
            "episodes", number, "ended_on", f"is before entered_on ({entered}).", "Correct the dates."
        )
    for field in ("end_reason", "support_after", "occupation_after"):
        if (row.get(field) is None) != (ended is None):
            state = "missing although the plan has ended." if ended else "given although the plan is open."
            yield Problem(
                "episodes", number, field, f"is {state}", "Give both this and ended_on, or neither."
            )


def _repeated_keys(table: type[Published], rows: Sequence[Row]) -> Iterable[Problem]:
    times = Counter(row.get(table.key) for row in rows)
    for number, row in enumerate(rows, start=1):
        if times[row.get(table.key)] > 1:
            yield Problem(
                table.name,
                number,
                table.key,
                f"occurs {times[row.get(table.key)]} times.",
                "Give each row once.",
            )
