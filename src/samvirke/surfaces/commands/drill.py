"""`samvirke db backup` and `samvirke db drill`: a backup, and the proof that it can be restored.

A backup is PostgreSQL's own archive, made by the role `backup`, which alone sees every row. The drill
restores it into a cluster of its own, made for this and removed: the backup must suffice without
anything of the database it was made of. The keys are not in it; they are backed up apart.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import psycopg
from django.db import connections
from psycopg import sql

from samvirke.surfaces.commands import postgres
from samvirke.surfaces.commands.access_log import verified

SCRATCH = "drill"
SAME_WORDS = "-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c extra_float_digits=1"
TABLES = """
SELECT schemaname, tablename FROM pg_tables
WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema' ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Content:
    """How many rows a table has, and a sum over all that stands in them."""

    rows: int
    sum: str


Measured = Mapping[str, Content]


@click.command()
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder.")
def backup(*, out: Path) -> None:
    """Write a backup of the database to the folder OUT, readable by you alone. The keys are not in it."""
    path, measured = taken(out)
    rows = sum(content.rows for content in measured.values())
    click.echo(f"{path}: {len(measured)} tables, {rows} rows. Back up keys.json apart from it.")


@click.command()
def drill() -> None:
    """Back up, restore into a cluster made for this, compare every table, verify the access log there."""
    with TemporaryDirectory(prefix="samvirke-drill-") as folder:
        path, before = taken(Path(folder) / "backup")
        with restored(path, Path(folder) / "cluster") as place:
            problems = compared(before, measured_at(place))
            log = verified(place)  # without anchors: those of today know more than the backup can
    for name, content in before.items():
        click.echo(f"{content.rows:>10}  {name}")
    problems += [f"access log, {one}" for one in log.broken]
    click.echo(f"{len(before)} tables restored, {log.lines} lines of the access log verified.")
    for problem in problems:
        click.echo(f"DIFFERS  {problem}", err=True)
    if problems:
        raise click.exceptions.Exit(1)


def taken(folder: Path) -> tuple[Path, Measured]:
    """A backup in the folder, and what the database held at that very moment."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = here()
    target = folder / f"samvirke-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.dump"
    with _connect(place) as link:
        link.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = link.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        words = ["--format=custom", "--no-sync", f"--snapshot={row[0]}", f"--file={target}"]
        _run("pg_dump", words, place)
        target.chmod(0o600)
        return target, _measured(link)


@contextmanager
def restored(archive: Path, folder: Path) -> Iterator[postgres.Connection]:
    """The archive in a cluster of its own; yields where the role `backup` finds it, and removes it."""
    postgres.init(folder, simulated=False)
    try:
        place = postgres.bare_database(folder, SCRATCH)
        _run("pg_restore", ["--exit-on-error", f"--dbname={SCRATCH}", str(archive)], place)
        yield postgres.at(folder, "backup", SCRATCH)
    finally:
        postgres.remove(folder)


def measured_at(place: postgres.Connection) -> Measured:
    """What a database holds, table by table."""
    with _connect(place) as link:
        return _measured(link)


def compared(before: Measured, after: Measured) -> list[str]:
    """A sentence for each table that is not the same in both."""
    problems = []
    for name in sorted(before.keys() | after.keys()):
        had, has = before.get(name), after.get(name)
        if had is None or has is None:
            problems.append(f"{name}: {'was not there' if had is None else 'is missing'}")
        elif had.rows != has.rows:
            problems.append(f"{name}: had {had.rows} rows and has {has.rows}")
        elif had != has:
            problems.append(f"{name}: has as many rows, but what stands in them is another")
    return problems


def here() -> postgres.Connection:
    """Where the role `backup` finds the database that Samvirke uses."""
    place = postgres.connection("backup")
    name = connections["default"].settings_dict["NAME"]
    return postgres.Connection(place.host, place.port, name, place.user, place.password)


def _measured(link: postgres.Link) -> Measured:
    found: dict[str, Content] = {}
    for schema, table in link.execute(TABLES).fetchall():
        query = sql.SQL(
            "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text "
            "FROM {} t"
        ).format(sql.Identifier(schema, table))
        row = link.execute(query).fetchone()
        assert row is not None
        found[table if schema == "public" else f"{schema}.{table}"] = Content(*row)
    return found


def _connect(place: postgres.Connection) -> postgres.Link:
    return psycopg.connect(place.url, options=SAME_WORDS, connect_timeout=10)


def _run(program: str, words: list[str], place: postgres.Connection) -> None:
    whereto = {
        "PGHOST": place.host,
        "PGPORT": str(place.port),
        "PGDATABASE": place.name,
        "PGUSER": place.user,
        "PGPASSWORD": place.password,
        "PGCONNECT_TIMEOUT": "10",
    }
    kept = {
        name: value for name, value in os.environ.items() if name in {"PATH", "PGSSLMODE", "PGSSLROOTCERT"}
    }
    done = subprocess.run(
        [str(postgres.programs() / program), *words],
        env={**kept, "LC_ALL": "C", **{name: value for name, value in whereto.items() if value}},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise click.ClickException(
            f"{program} failed at {place.host}:{place.port} as {place.user}: {done.stderr.strip()[:1000]}"
        )
