"""What taking in a list costs, as ratios of one run. Times of two runs or machines are not to be compared.

    PYTHONPATH=tests .venv/bin/python benchmarks/import.py 10000 100000

A list of new clients is read, checked, written, logged and committed, in a copy of the tests' database; then
the same again, which changes nothing; and beside it the same columns are written by a bare COPY. Each size
has a process of its own, whose largest memory is told, before the import and after it.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import click

import cluster

cluster.prepare()

from django.db import connection, transaction  # noqa: E402

import people  # noqa: E402
from people import acting_as  # noqa: E402
from samvirke.exchange.inbox import mappings  # noqa: E402
from samvirke.exchange.inbox.operations import import_file  # noqa: E402
from samvirke.exchange.systems import follow_up  # noqa: E402
from samvirke.kernel.codes import AgencyKind, Sex  # noqa: E402
from samvirke.people.merge import Merged  # noqa: E402
from samvirke.people.national_ids import make_synthetic  # noqa: E402

IN_OWN_PROCESS = "--one"
HEADER = ("saksnr", "fødselsnummer", "fornavn", "etternavn", "kjønn", "kommune", "eneforsørger", "versjon")
RAW = """
CREATE TEMP TABLE raw (external_id text, national_id text, given_name text, family_name text, sex text,
  municipality text, is_single_provider text, version text)
"""


def main(sizes: list[str]) -> None:
    """Measure each size in a process of its own, so that one's memory is not the other's."""
    click.echo(
        f"{'rows':>9}{'seconds':>9}{'rows/s':>9}{'x COPY':>8}{'again s':>9}{'MB before':>11}{'MB peak':>9}"
    )
    for size in sizes:
        subprocess.run([sys.executable, __file__, IN_OWN_PROCESS, size], check=True)


def measure(size: int) -> None:
    """One size, in this process."""
    cluster.use_clone("bench_import")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        write_list(path, size)
        accept_columns(path)
        before = peak()
        took = seconds(lambda: take_in(path, Merged(new=size)))
        most = peak()
        again = seconds(lambda: take_in(path, Merged(same=size)))
        copied = seconds(lambda: copy_raw(path))
    click.echo(
        f"{size:9}{took:9.1f}{size / took:9.0f}{took / copied:8.1f}{again:9.1f}{before:11.0f}{most:9.0f}"
    )


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
    if sys.argv[1:2] == [IN_OWN_PROCESS]:
        measure(int(sys.argv[2]))
    else:
        main(sys.argv[1:] or ["10000", "100000"])
