"""The two extracts an evaluation reads: survey answers and register rows, checked before they are used.

Both are CSV files: UTF-8, comma, a first line with exactly the columns below. One row is one person at one
time. Keys are pseudonyms.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from samvirke.evaluation.protocol import Protocol
from samvirke.kernel.codes import TargetGroup

SHOWN_PROBLEMS = 10
Check = Callable[[str], str | None]


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
    """An extract has rows that cannot be used; nothing was estimated."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in problems[:SHOWN_PROBLEMS]]
        more = len(problems) - SHOWN_PROBLEMS
        lines += [f"... and {more} more."] if more > 0 else []
        super().__init__("The extract was refused, and nothing was estimated.\n" + "\n".join(lines))


@dataclass(frozen=True, slots=True)
class Extracts:
    """Checked rows, numbers as numbers, and the SHA-256 of each file by its kind."""

    survey: pd.DataFrame
    register: pd.DataFrame
    hashes: dict[str, str]


def one_of(*codes: str) -> Check:
    """The value is one of the codes."""
    words = ", ".join(code or "(empty)" for code in codes)
    return lambda value: None if value in codes else f"is {value!r}, not one of: {words}."


def _is_key(value: str) -> str | None:
    return None if value.strip() else "is empty."


def _is_municipality(value: str) -> str | None:
    return None if re.fullmatch("[0-9]{4}", value) else f"is {value!r}, not a four-digit number."


def _is_score(value: str) -> str | None:
    fine = re.fullmatch(r"[0-9]+(\.[0-9]+)?", value) and 0 <= float(value) <= 10
    return None if fine else f"is {value!r}, not a number from 0 to 10 with a decimal point."


def _is_day(value: str) -> str | None:
    try:
        date.fromisoformat(value)
    except ValueError:
        return f"is {value!r}, not a date like 2026-01-31."
    return None


WAVES = one_of("before", "after")
SURVEY: dict[str, Check] = {
    "respondent_key": _is_key,
    "municipality": _is_municipality,
    "wave": WAVES,
    "group": one_of("user", "staff"),
    "satisfaction": _is_score,
    "experiences_need": one_of("yes", "no", ""),
    "answered_on": _is_day,
}
REGISTER: dict[str, Check] = {
    "person_key": _is_key,
    "municipality": _is_municipality,
    "period": WAVES,
    "in_work_or_education": one_of("0", "1"),
    "observed_on": _is_day,
    "target_group": one_of(*TargetGroup),
}


def read_extracts(protocol: Protocol, *, survey: Path, register: Path) -> Extracts:
    """Both files, checked against the columns, the codes and the protocol's sites.

    Raises ExtractRefused with every fault that was found.
    """
    sites = {*protocol.sites.trial, *protocol.sites.comparison}
    found = {
        "survey": _read(survey, SURVEY, key=("respondent_key", "wave"), sites=sites),
        "register": _read(register, REGISTER, key=("person_key", "period"), sites=sites),
    }
    problems = [problem for _, faults in found.values() for problem in faults]
    problems += list(_need_fits_group(survey, found["survey"][0]))
    if problems:
        raise ExtractRefused(problems)
    frames = {name: pd.DataFrame(rows, dtype="object") for name, (rows, _) in found.items()}
    return Extracts(
        survey=_numbers(frames["survey"], "satisfaction", wave="wave", columns=SURVEY),
        register=_numbers(frames["register"], "in_work_or_education", wave="period", columns=REGISTER),
        hashes={"survey": _sha256(survey), "register": _sha256(register)},
    )


def _read(
    path: Path, checks: dict[str, Check], *, key: tuple[str, str], sites: set[str]
) -> tuple[list[dict[str, str]], list[RowProblem]]:
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
        fault for number, row in enumerate(rows, start=2) for fault in _row(path, number, row, checks, sites)
    ]
    return rows, problems + list(_repeated(path, rows, key))


def _row(
    path: Path, number: int, row: dict[str, str], checks: dict[str, Check], sites: set[str]
) -> Iterator[RowProblem]:
    if None in row or None in row.values():
        yield RowProblem(path.name, number, "-", "has another number of fields.", "Quote fields with commas.")
        return
    for field, check in checks.items():
        reason = check(row[field])
        if reason:
            yield RowProblem(path.name, number, field, reason, "Correct the value or leave the row out.")
    if not _is_municipality(row["municipality"]) and row["municipality"] not in sites:
        reason = f"is {row['municipality']}, not a site of the protocol."
        yield RowProblem(
            path.name, number, "municipality", reason, "Leave out rows from other municipalities."
        )


def _repeated(path: Path, rows: list[dict[str, str]], key: tuple[str, str]) -> Iterator[RowProblem]:
    seen: dict[tuple[str | None, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        first = seen.setdefault(tuple(row.get(field) for field in key), number)
        if first != number:
            reason = f"occurs with the same {key[1]} in row {first}."
            yield RowProblem(path.name, number, key[0], reason, "Keep one row per person and time.")


def _need_fits_group(path: Path, rows: list[dict[str, str]]) -> Iterator[RowProblem]:
    for number, row in enumerate(rows, start=2):
        if row.get("group") == "staff" and row.get("experiences_need"):
            reason = "is answered by staff."
            yield RowProblem(path.name, number, "experiences_need", reason, "Leave it empty for staff.")
        if row.get("group") == "user" and row.get("experiences_need") == "":
            reason = "is empty for a user."
            yield RowProblem(path.name, number, "experiences_need", reason, "Give yes or no.")


def _numbers(frame: pd.DataFrame, outcome: str, *, wave: str, columns: dict[str, Check]) -> pd.DataFrame:
    """The outcome as a number and `after` as true or false; an empty extract keeps its columns."""
    rows = frame.reindex(columns=list(columns))
    rows[outcome] = rows[outcome].astype(float)
    rows["after"] = rows[wave] == "after"
    return rows


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
