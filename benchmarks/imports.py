"""What taking in a list costs: read, checked, written, logged and committed; then once more, unchanged.

Each size has a process of its own, so that one's memory is not the other's. Beside it the same columns are
written by a bare COPY. By the page, a list is received, looked through and taken in by the functions that a
worker calls.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

import click
from django.db import connection, transaction
from openpyxl import Workbook

import cluster
import people
from benchmarks.table import Line, at_least, at_most
from people import acting_as
from samvirke.exchange.inbox import mappings
from samvirke.exchange.inbox.operations import import_file
from samvirke.exchange.inbox.types import Mode
from samvirke.exchange.systems import follow_up
from samvirke.exchange.uploads import operations as uploads
from samvirke.exchange.uploads import progress, queries, sealed
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind, Sex
from samvirke.people.merge import Merged
from samvirke.people.national_ids import make_synthetic

HEADER = ("saksnr", "fødselsnummer", "fornavn", "etternavn", "kjønn", "kommune", "eneforsørger", "versjon")
RAW = """
CREATE TEMP TABLE raw (external_id text, national_id text, given_name text, family_name text, sex text,
  municipality text, is_single_provider text, version text)
"""


def lines(few: int, many: int) -> list[Line]:
    """Rows a second, beside a bare COPY, and how memory grows."""
    small, large = in_own_process(few), in_own_process(many)
    grown = large["peak"] / small["peak"]
    return [
        at_least(f"import of {many:,} new rows, end to end", 10_000, many / large["took"], " rows/s"),
        at_most("the same by a bare COPY of its columns", 12, large["took"] / large["copied"], " ×"),
        at_most(f"its largest memory by that of {few:,} rows", 1.2, grown, " ×"),
        at_most("the same file once more", round(large["took"]), large["again"], " s"),
    ]


def page_lines(size: int) -> list[Line]:
    """From a file that was sent to its records, by the functions of the worker's jobs."""
    found = []
    for kind in (".csv", ".xlsx"):
        seen = in_own_process(size, kind)
        both = seen["check"] + seen["take_in"]
        found += [
            at_most(f"a list of {size:,} rows as {kind}: looked through and taken in", 60, both, " s"),
            at_most(f"{kind}: its columns, and its first page of differences", 1, seen["pages"], " s"),
            Line(f"{kind}: largest memory; how often its progress was told", "", _told(seen)),
        ]
    return found


def _told(seen: dict[str, float]) -> str:
    return f"{seen['peak']:.0f} MB; {seen['told']:.0f} times"


def in_own_process(size: int, kind: str = "") -> dict[str, float]:
    """One size, measured by a process that does nothing else."""
    words = [sys.executable, "-m", "benchmarks.imports", str(size), *filter(None, [kind])]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure_page(size: int, kind: str) -> dict[str, float]:
    """One list by the page, in this process: seconds, megabytes, and how often progress was told."""
    cluster.use_clone("bench_upload")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        write_list(path, size)
        if kind == ".xlsx":
            path = as_workbook(path)
        accept_columns(path)
        with acting_as(people.FOLLOW_UP_LEADER) as viewer, path.open("rb") as stream:
            pieces = iter(lambda: stream.read(sealed.PIECE), b"")
            size = path.stat().st_size
            upload_id = uploads.receive(name=path.name, size=size, content=pieces, by=viewer)
            uploads.ask_for_check(upload_id=upload_id, by=viewer)
    told: list[datetime] = []
    with told_each_time(told):
        check = seconds(lambda: _as_leader(lambda by: uploads.check(upload_id=upload_id, by=by)))
        pages = seconds(lambda: _as_leader(lambda by: look(upload_id, by)))
        _as_leader(lambda by: uploads.ask_to_take_in(upload_id=upload_id, mode=Mode.ALL_OR_NOTHING, by=by))
        take_in = seconds(lambda: _as_leader(lambda by: uploads.take_in(upload_id=upload_id, by=by)))
    return {"check": check, "take_in": take_in, "pages": pages, "peak": peak(), "told": len(told)}


def _as_leader(act: Callable[[Viewer], object]) -> None:
    with acting_as(people.FOLLOW_UP_LEADER) as viewer:
        act(viewer)


def look(upload_id: UUID, by: Viewer) -> None:
    """What two pages read: the columns', and the first of the differences."""
    row = queries.upload(by, upload_id)
    headings, _, _ = queries.columns(row)
    shown, _ = queries.differs(by, row, after=0)
    assert (len(headings), len(shown)) == (len(HEADER), queries.SHOWN)


@contextmanager
def told_each_time(told: list[datetime]) -> Iterator[None]:
    """Remembers when progress was told."""
    real = progress._write

    def write(*said: Any) -> None:
        told.append(datetime.now(UTC))
        real(*said)

    progress._write = write
    try:
        yield
    finally:
        progress._write = real


def as_workbook(path: Path) -> Path:
    """The same list as XLSX."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    with path.open(encoding="utf-8") as stream:
        for row in csv.reader(stream, delimiter=";"):
            sheet.append(row)
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


def measure(size: int) -> dict[str, float]:
    """One size, in this process: seconds, and megabytes."""
    cluster.use_clone("bench_import")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        write_list(path, size)
        accept_columns(path)
        took = seconds(lambda: take_in(path, Merged(new=size)))
        most = peak()
        again = seconds(lambda: take_in(path, Merged(same=size)))
        copied = seconds(lambda: copy_raw(path))
    return {"took": took, "peak": most, "again": again, "copied": copied}


def take_in(path: Path, expected: Merged) -> None:
    """The list, as the follow-up service; committed."""
    with acting_as(people.FOLLOW_UP_ADVISER) as viewer:
        found = import_file(system=AgencyKind.FOLLOW_UP_SERVICE, path=path, dry_run=False, by=viewer)
    assert found.merged == expected


def accept_columns(path: Path) -> None:
    """Columns as they are proposed."""
    headings, rows = follow_up.headings(path)
    with acting_as(people.FOLLOW_UP_ADVISER) as viewer:
        mappings.save_columns(columns=follow_up.propose(headings, rows), headings=headings, by=viewer)


def copy_raw(path: Path) -> None:
    """The same columns by a bare COPY, row by row as the import stages them."""
    with transaction.atomic(), connection.cursor() as cursor, path.open(encoding="utf-8") as stream:
        cursor.execute(RAW)
        with cursor.copy("COPY raw FROM STDIN") as copy:
            for row in csv.reader(stream, delimiter=";"):
                copy.write_row(row)


def write_list(path: Path, size: int) -> None:
    """A list of as many clients, each with a synthetic national id of their own."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(HEADER)
        for row, number in zip(range(size), numbers(), strict=False):
            writer.writerow(
                [f"O-{row}", number, f"Fornavn {row}", f"Etternavn {row}", "K", people.FJORDVIK, "nei", 1]
            )


def numbers() -> Iterator[str]:
    """National ids without end."""
    day = date(1960, 1, 1)
    while True:
        yield from (make_synthetic(birth_date=day, sex=Sex.FEMALE, serial=serial) for serial in range(10))
        day += timedelta(days=1)


def seconds(act: Callable[[], None]) -> float:
    """How long it takes."""
    started = perf_counter()
    act()
    return perf_counter() - started


def peak() -> float:
    """The largest memory this program has had, in megabytes.

    Not `getrusage`: that also counts the process it was forked from, before this program was loaded.
    """
    (said,) = re.findall(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(encoding="ascii"), re.M)
    return int(said) / 1024


if __name__ == "__main__":
    rows, kinds = int(sys.argv[1]), sys.argv[2:]
    click.echo(json.dumps(measure_page(rows, kinds[0]) if kinds else measure(rows)))
