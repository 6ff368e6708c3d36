"""Reading a CSV file row by row, each field checked: UTF-8, comma, a first line with exactly the columns."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

SHOWN_PROBLEMS = 10
Check = Callable[[str], str | None]
Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One field that cannot be used: file row (the heading is row 1), field, why, what to do."""

    file: str
    row: int
    field: str
    reason: str
    what_next: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, {self.field}: {self.reason} {self.what_next}"


class ExtractRefused(ValueError):
    """A file has rows that cannot be used; nothing was estimated."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in problems[:SHOWN_PROBLEMS]]
        more = len(problems) - SHOWN_PROBLEMS
        lines += [f"... and {more} more."] if more > 0 else []
        super().__init__("The extract was refused, and nothing was estimated.\n" + "\n".join(lines))


def one_of(*codes: str) -> Check:
    """The value is one of the codes."""
    words = ", ".join(code or "(empty)" for code in codes)
    return lambda value: None if value in codes else f"is {value!r}, not one of: {words}."


def is_key(value: str) -> str | None:
    """The value is there."""
    return None if value.strip() else "is empty."


def is_score(value: str) -> str | None:
    """The value is a number from 0 to 10."""
    fine = re.fullmatch(r"[0-9]+(\.[0-9]+)?", value) and 0 <= float(value) <= 10
    return None if fine else f"is {value!r}, not a number from 0 to 10 with a decimal point."


def is_number(value: str) -> str | None:
    """The value is a finite number with a decimal point."""
    try:
        fine = math.isfinite(float(value)) and "_" not in value
    except ValueError:
        fine = False
    return None if fine else f"is {value!r}, not a number with a decimal point."


def is_whole(value: str) -> str | None:
    """The value is a whole number."""
    return None if re.fullmatch(r"-?[0-9]{1,15}", value) else f"is {value!r}, not a whole number."


def at_least(least: int) -> Check:
    """The value is a whole number of at least `least`."""
    return lambda value: (
        is_whole(value)
        or (None if int(value) >= least else f"is {value}, and fewer than {least} can give a person away.")
    )


def is_day(value: str) -> str | None:
    """The value is a date."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return f"is {value!r}, not a date like 2026-01-31."
    return None


def a_site_of(sites: set[str]) -> Check:
    """The value is the number of one of the protocol's municipalities."""

    def check(value: str) -> str | None:
        if not re.fullmatch("[0-9]{3,5}", value):
            return f"is {value!r}, not a municipality number."
        return None if value in sites else f"is {value}, not a site of the protocol."

    return check


def read_rows(
    path: Path, checks: Mapping[str, Check], *, key: tuple[str, ...]
) -> tuple[Rows, list[RowProblem]]:
    """The rows and every fault found in them; `key` names the fields that together occur once."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns, rows = list(reader.fieldnames or ()), list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return [], [RowProblem(path.name, 1, "-", f"cannot be read ({error}).", "Save it as CSV in UTF-8.")]
    if sorted(columns) != sorted(checks):
        wanted = ", ".join(checks)
        return [], [RowProblem(path.name, 1, "-", f"has the columns {columns}.", f"Give exactly: {wanted}.")]
    problems = [
        fault for number, row in enumerate(rows, start=2) for fault in _row(path, number, row, checks)
    ]
    return rows, problems + list(_repeated(path, rows, key))


def _row(path: Path, number: int, row: dict[str, str], checks: Mapping[str, Check]) -> Iterator[RowProblem]:
    if None in row or None in row.values():
        yield RowProblem(path.name, number, "-", "has another number of fields.", "Quote fields with commas.")
        return
    for field, check in checks.items():
        reason = check(row[field])
        if reason:
            yield RowProblem(path.name, number, field, reason, "Correct the value or leave the row out.")


def _repeated(path: Path, rows: Rows, key: tuple[str, ...]) -> Iterator[RowProblem]:
    seen: dict[tuple[str | None, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        first = seen.setdefault(tuple(row.get(field) for field in key), number)
        if first != number:
            reason = (
                f"occurs with the same {key[-1]} in row {first}." if key[1:] else f"occurs in row {first}."
            )
            yield RowProblem(path.name, number, key[0], reason, "Keep one row for each.")
