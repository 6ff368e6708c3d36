"""What taking in a list costs: read, checked, written, logged and committed; then once more, unchanged.

Each size has a process of its own, so that one's memory is not the other's. Beside it the same columns are
written by a bare COPY.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import click
from django.db import connection, transaction

import cluster
import people
from benchmarks.table import Line, at_least, at_most
from people import acting_as
from samvirke.exchange.inbox import mappings
from samvirke.exchange.inbox.operations import import_file
from samvirke.exchange.systems import follow_up
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
        at_most("the same file once more", large["took"], large["again"], " s"),
    ]


def in_own_process(size: int) -> dict[str, float]:
    """One size, measured by a process that does nothing else."""
    words = [sys.executable, "-m", "benchmarks.imports", str(size)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


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
    """The largest memory this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    click.echo(json.dumps(measure(int(sys.argv[1]))))
