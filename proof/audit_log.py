"""A small access log with everything that can be attacked, and a way back to how it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import psycopg
from django.test import override_settings

import cluster
import people
from people import acting_as
from proof.channels.ground import own_database
from samvirke.coordination import queries as coordination
from samvirke.gate import audit
from samvirke.gate.lanes import COLUMNS, Entry, Lane
from samvirke.surfaces.commands import postgres
from samvirke.surfaces.commands.postgres.folder import read_state
from samvirke.surfaces.jobs import sealer

FOLDER = cluster.HOME / "db"
TABLES = ("gate_accessentry", "gate_seal", "gate_sealedhead")
READERS = (people.COORDINATOR, people.NAV_ADVISER, people.SOCIAL_WORKER, people.STRANGER)
LANES, MOST_READS = 6, 5


@dataclass(frozen=True, slots=True)
class SealedLog:
    """Six lanes, read and sealed twice; since the second seal five have moved on and a seventh was begun."""

    link: psycopg.Connection[Any]  # a superuser's, past row security and triggers
    place: postgres.Connection
    anchors: Path
    shipped: Path
    entries: Sequence[Entry]  # as it was, by lane and place
    sealed: dict[UUID, int]  # up to which line each lane is under an anchored seal

    def later(self) -> list[Entry]:
        """Lines that no anchor knows."""
        return [one for one in self.entries if one.seq > self.sealed.get(one.lane, 0)]

    def of(self, lane: UUID) -> list[Entry]:
        """The lines of one lane."""
        return [one for one in self.entries if one.lane == lane]

    def run(self, statement: str, *values: object) -> None:
        """Whatever an owner of the database can do."""
        self.link.execute(statement, values)  # type: ignore[call-overload]

    def write(self, entry: Entry) -> None:
        """One line as somebody forged it."""
        names, marks = ", ".join(COLUMNS), ", ".join(["%s"] * len(COLUMNS))
        self.run(f"INSERT INTO gate_accessentry ({names}) VALUES ({marks})", *entry)  # noqa: S608

    def copy(self, name: str) -> None:
        """Keep a copy of the whole log."""
        self.run(f"CREATE SCHEMA {name}")
        for table in TABLES:
            self.run(f"CREATE TABLE {name}.{table} AS TABLE {table}")

    def restore(self, name: str) -> None:
        """The log as it was when the copy was made."""
        self.run(f"TRUNCATE {', '.join(TABLES)}")
        for table in TABLES:
            self.run(f"INSERT INTO {table} SELECT * FROM {name}.{table}")  # noqa: S608


@contextmanager
def sealed_log(random: Random) -> Iterator[SealedLog]:
    """In a database of its own, removed afterwards."""
    with (
        TemporaryDirectory() as folder,
        override_settings(ANCHORS=Path(folder) / "anchors"),
        own_database() as name,
        _superuser(name) as link,
    ):
        yield _filled(link, name, Path(folder), random)


def _filled(link: psycopg.Connection[Any], name: str, folder: Path, random: Random) -> SealedLog:
    place = replace(postgres.connection("worker"), name=name)
    log = SealedLog(
        link,
        replace(postgres.connection("backup"), name=name),
        folder / "anchors",
        folder / "shipped",
        (),
        {},
    )
    plans = [people.on_plan().plan_id]
    kept = [audit.head()]
    for _ in range(LANES - 1):
        audit._heads.__dict__.clear()  # as another process has a lane of its own
        _read(plans, random)
        kept.append(audit.head())
    sealer.seal(place)
    log.copy("older")
    kept = [_moved(head, plans, random) for head in kept]
    sealer.seal(place)
    kept = [kept[0], *(_moved(head, plans, random) for head in kept[1:])]
    audit._heads.__dict__.clear()
    _read(plans, random)
    log.copy("whole")
    _ship(log.shipped, [*kept, audit.head()])
    query = f"SELECT {', '.join(COLUMNS)} FROM gate_accessentry ORDER BY lane, seq"  # noqa: S608
    rows = link.execute(query).fetchall()
    heads = link.execute("SELECT lane, max(seq) FROM gate_sealedhead GROUP BY lane").fetchall()
    return replace(log, entries=[Entry(*row) for row in rows], sealed=dict(heads))


def _superuser(name: str) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host="127.0.0.1",
        port=read_state(FOLDER).port,
        dbname=name,
        user="postgres",
        password=cluster.superuser(),
        autocommit=True,
        options="-c session_replication_role=replica -c row_security=off -c search_path=public",
    )


def _read(plans: Sequence[UUID], random: Random) -> None:
    for _ in range(random.randint(2, MOST_READS)):
        with acting_as(random.choice(READERS)) as viewer:
            try:
                coordination.plan_page(viewer, random.choice(plans))
            except Exception:  # whoever may not is in the log as well
                audit.note_not_shown(viewer, plans)


def _moved(head: Lane | None, plans: Sequence[UUID], random: Random) -> Lane | None:
    audit._heads.lane = head
    _read(plans, random)
    return audit.head()


def _ship(path: Path, heads: Sequence[Lane | None]) -> None:
    path.write_text("".join(f'{{"access_log": "{head}", "timestamp": "2026-03-02"}}\n' for head in heads))
