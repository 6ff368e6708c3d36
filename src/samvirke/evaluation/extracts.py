"""The files an evaluation reads, checked before they are used. Keys are pseudonyms.

survey, register: one row is one person at one time, before or after.
persons:          one row is one person, in the trial or the comparison arm.
panel:            one row is one municipality in one period: means of at least five persons.
A file holds what the protocol names and nothing more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from samvirke.evaluation.designs import Source
from samvirke.evaluation.protocol import Protocol
from samvirke.evaluation.rows import (
    Check,
    ExtractRefused,
    RowProblem,
    Rows,
    a_site_of,
    at_least,
    is_day,
    is_key,
    is_number,
    is_score,
    is_whole,
    one_of,
    read_rows,
)
from samvirke.kernel.codes import TargetGroup
from samvirke.statistics.disclosure import THRESHOLD

WAVES = one_of("before", "after")
KEYS = {
    Source.SURVEY: ("respondent_key", "wave"),
    Source.REGISTER: ("person_key", "period"),
    Source.PERSONS: ("person_key",),
    Source.PANEL: ("municipality", "period"),
}


class OtherFiles(ValueError):
    """Not the files that the protocol's outcomes are read from."""

    def __init__(self, wanted: set[Source], given: set[Source]) -> None:
        words = " ".join(f"--data {source}=FILE" for source in sorted(wanted))
        found = ", ".join(sorted(given)) or "none"
        super().__init__(
            f"The protocol reads its outcomes from {', '.join(sorted(wanted))}, and the files given are: "
            f"{found}. No outcome was read. Give exactly: {words}."
        )


@dataclass(frozen=True, slots=True)
class Extracts:
    """Checked rows by source, numbers as numbers."""

    frames: dict[Source, pd.DataFrame]


def check_files(protocol: Protocol, files: Mapping[Source, Path]) -> None:
    """Whether the files are those of the protocol, before any is opened. Raises OtherFiles."""
    wanted = {outcome.source for outcome in protocol.outcomes}
    if wanted != set(files):
        raise OtherFiles(wanted, set(files))


def hashes_of(files: Mapping[Source, Path]) -> dict[str, str]:
    """The SHA-256 of each file, by its source."""
    return {str(source): hashlib.sha256(files[source].read_bytes()).hexdigest() for source in sorted(files)}


def read_extracts(protocol: Protocol, files: Mapping[Source, Path]) -> Extracts:
    """All files, checked against the columns, the codes and the protocol's sites.

    Raises ExtractRefused with every fault that was found.
    """
    found = {
        source: read_rows(path, _columns(protocol, source), key=KEYS[source])
        for source, path in sorted(files.items())
    }
    problems = [problem for _, faults in found.values() for problem in faults]
    problems += [fault for source in found for fault in _together(source, files[source], found[source][0])]
    if problems:
        raise ExtractRefused(problems)
    return Extracts({source: _frame(protocol, source, rows) for source, (rows, _) in found.items()})


def _columns(protocol: Protocol, source: Source) -> dict[str, Check]:
    sites = {*protocol.sites.trial, *protocol.sites.comparison} if protocol.sites else set()
    measured = {one.name: is_number for one in protocol.outcomes if one.source is source}
    known = dict.fromkeys(protocol.covariates, is_number)
    groups = {group.column: is_key for group in protocol.subgroups if group.column not in known}
    columns: dict[Source, dict[str, Check]] = {
        Source.SURVEY: {
            "respondent_key": is_key,
            "municipality": a_site_of(sites),
            "wave": WAVES,
            "group": one_of("user", "staff"),
            "satisfaction": is_score,
            "experiences_need": one_of("yes", "no", ""),
            "answered_on": is_day,
        },
        Source.REGISTER: {
            "person_key": is_key,
            "municipality": a_site_of(sites),
            "period": WAVES,
            "in_work_or_education": one_of("0", "1"),
            "observed_on": is_day,
            "target_group": one_of(*TargetGroup),
        },
        Source.PERSONS: {
            "person_key": is_key,
            "arm": one_of("trial", "comparison"),
            **groups,
            **known,
            **measured,
        },
        Source.PANEL: {
            "municipality": a_site_of(sites),
            "period": is_whole,
            "persons": at_least(THRESHOLD),
            **known,
            **measured,
        },
    }
    return columns[source]


def _together(source: Source, path: Path, rows: Rows) -> Iterator[RowProblem]:
    """Faults that only several fields or rows show together."""
    if source is Source.SURVEY:
        yield from _need_fits_group(path, rows)
    if source is Source.PANEL:
        yield from _every_period(path, rows)


def _need_fits_group(path: Path, rows: Rows) -> Iterator[RowProblem]:
    for number, row in enumerate(rows, start=2):
        if row.get("group") == "staff" and row.get("experiences_need"):
            reason = "is answered by staff."
            yield RowProblem(path.name, number, "experiences_need", reason, "Leave it empty for staff.")
        if row.get("group") == "user" and row.get("experiences_need") == "":
            reason = "is empty for a user."
            yield RowProblem(path.name, number, "experiences_need", reason, "Give yes or no.")


def _every_period(path: Path, rows: Rows) -> Iterator[RowProblem]:
    """A municipality that is away in a period would come and go with its own level."""
    periods = {row.get("period") for row in rows}
    seen: dict[str | None, set[str | None]] = {}
    first: dict[str | None, int] = {}
    for number, row in enumerate(rows, start=2):
        seen.setdefault(row.get("municipality"), set()).add(row.get("period"))
        first.setdefault(row.get("municipality"), number)
    for site, found in seen.items():
        missing = sorted(str(period) for period in periods - found)
        if missing:
            reason = f"{site} has no row for: {', '.join(missing)}."
            what_next = "Give every municipality in every period, or take it out of the protocol."
            yield RowProblem(path.name, first[site], "municipality", reason, what_next)


def _frame(protocol: Protocol, source: Source, rows: Rows) -> pd.DataFrame:
    """The rows in the order of their key; an empty file keeps its columns."""
    columns = _columns(protocol, source)
    frame = pd.DataFrame(rows, dtype="object").reindex(columns=list(columns))
    for name, check in columns.items():
        if check in (is_number, is_score) or name == "in_work_or_education":
            frame[name] = frame[name].astype(float)
    if source is Source.PANEL:
        frame = frame.astype({"period": int, "persons": int})
    if source in {Source.PERSONS, Source.PANEL}:
        return frame.sort_values(list(KEYS[source]), ignore_index=True)
    frame["after"] = frame[KEYS[source][1]] == "after"
    return frame
