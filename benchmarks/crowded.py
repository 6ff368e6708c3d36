"""Copies of the tests' database with so many persons, five grants to each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from uuid import UUID

import psycopg
from django.db import connections

import cluster
from architecture import crowd
from gate.scratch import new_lane
from samvirke.surfaces.commands import postgres
from samvirke.surfaces.commands.postgres.folder import read_passwords, read_state

FOLDER = cluster.HOME / "db"
MORE_GRANTS = """
INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
SELECT pg_temp.id('more{i}.', n), pg_temp.id('person', n), pg_temp.id('post', (n * 7 + {i}) %% 2000), 15, 1,
  '2026-01-01', '9999-01-01', 'own_record' FROM generate_series(1, %(persons)s) n
"""
UNITS = 25  # half a million records: 20 000 to each
CASES = 300  # plans of the follow-up adviser and of the social worker, however large the crowd is
CASELOAD = """
INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis, consent_id)
SELECT pg_temp.id('case of {who}', n), pg_temp.id('person', n), %({who})s, %(all)s, %(casework)s,
  '2026-01-01', '9999-01-01', 'consent', pg_temp.id('consent', n) FROM {of}
"""
OF = "(SELECT generate_series(1, {}) UNION SELECT %(mine)s) AS cases (n)"
TEAM = """
INSERT INTO plan_teammember (id, plan_id, subject_id, post_id, consent_id, joined_on)
SELECT pg_temp.id('case of {who}', n), pg_temp.id('plan', n), pg_temp.id('person', n), %({who})s,
  pg_temp.id('consent', n), '2026-01-01' FROM {of}
"""
# While rows are written: no checkpoint and no vacuum in between, room to sort.
SERVER = {"max_wal_size": "16GB", "checkpoint_timeout": "1h", "autovacuum": "off"}
SESSION = {
    "synchronous_commit": "off",
    "maintenance_work_mem": "512MB",
    "max_parallel_maintenance_workers": "0",
}
OTHERS_AT_WORK = """
SELECT count(*) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND (state = 'active' OR backend_type = 'autovacuum worker')
"""
CALM, PATIENCE = 0.15, 60.0  # of the processors' time; seconds


@dataclass(frozen=True, slots=True)
class Crowd:
    """A filled database."""

    persons: int
    name: str
    seconds: float  # it took to fill

    def enter(self) -> None:
        """From now on all connections are to this one."""
        cluster.point_at(self.name)


@contextmanager
def crowds(sizes: Sequence[int]) -> Iterator[list[Crowd]]:
    """One database of each size; removed afterwards."""
    with new_lane(), ExitStack() as stack:
        stack.callback(connections.close_all)
        yield [stack.enter_context(_crowd(persons)) for persons in sizes]


@contextmanager
def _crowd(persons: int) -> Iterator[Crowd]:
    name = cluster.use_clone(f"bench_{persons}")
    try:
        started = monotonic()
        _fill(name, persons)
        yield Crowd(persons, name, monotonic() - started)
    finally:
        postgres.drop_database(FOLDER, name)


def _fill(name: str, persons: int) -> None:
    size = crowd.Size(persons, plans=persons // 5, records=persons // 2, lines=persons // 2, units=UNITS)
    with ExitStack() as stack:
        links = [stack.enter_context(_superuser(name)) for _ in range(2)]
        stack.enter_context(_server_set(links[0]))
        for link in links:
            for name, value in SESSION.items():
                link.execute("SELECT set_config(%s, %s, false)", [name, value])
        more = [MORE_GRANTS.format(i=i) for i in range(1, 5)]
        more += [
            one.format(who=who, of=OF.format(CASES - 1))
            for who in ("follower", "worker")
            for one in (CASELOAD, TEAM)
        ]
        crowd.fill(links, size, also=more)


@contextmanager
def _server_set(link: crowd.Link) -> Iterator[None]:
    """Settings of the whole server, taken back afterwards."""
    for name, value in SERVER.items():
        link.execute(psycopg.sql.SQL("ALTER SYSTEM SET {} = {}").format(psycopg.sql.Identifier(name), value))
    link.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        for name in SERVER:
            link.execute(psycopg.sql.SQL("ALTER SYSTEM RESET {}").format(psycopg.sql.Identifier(name)))
        link.execute("SELECT pg_reload_conf()")


def calm(one: Crowd) -> bool:
    """What was filled is on disk, and nobody works any more; False where that did not come within minutes."""
    with _superuser(one.name) as link:
        link.execute("CHECKPOINT")
        until = monotonic() + PATIENCE
        while monotonic() < until:
            (at_work,) = link.execute(OTHERS_AT_WORK).fetchone() or (0,)
            if not at_work and _busy(seconds=2) < CALM:
                return True
    return False


def _busy(*, seconds: float) -> float:
    """How much of the processors' time somebody uses; 0 on a system that does not tell."""
    (busy, total), _, (busy_then, total_then) = _ticks(), sleep(seconds), _ticks()
    return (busy_then - busy) / max(1, total_then - total)


def _ticks() -> tuple[int, int]:
    """Busy, and all, since the machine started."""
    told = Path("/proc/stat")
    if not told.exists():
        return 0, 0
    user, nice, system, idle, waiting, *rest = map(int, told.read_text().splitlines()[0].split()[1:9])
    busy = user + nice + system + sum(rest)
    return busy, busy + idle + waiting


def coordinator_returns(one: Crowd) -> None:
    """The crowd's coordinator is away, which is the longer way through the page."""
    with _superuser(one.name) as link:
        link.execute("DELETE FROM coordination_absence")


def _superuser(name: str) -> crowd.Link:
    return psycopg.connect(
        host="127.0.0.1",
        port=read_state(FOLDER).port,
        dbname=name,
        user="postgres",
        password=read_passwords(FOLDER)["postgres"],
        autocommit=True,
    )


def crowd_id(what: str, number: int) -> UUID:
    """An id of the crowd."""
    return UUID(hashlib.md5(f"{what}{number}".encode(), usedforsecurity=False).hexdigest())


PLAN = crowd_id("plan", crowd.MINE)  # of the Nav adviser's, and of those with many cases
