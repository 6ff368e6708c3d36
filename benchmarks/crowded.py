"""A copy of the tests' database with so many persons, five grants to each."""

from __future__ import annotations

import hashlib
from typing import LiteralString
from uuid import UUID

import psycopg

import cluster
from architecture import crowd
from samvirke.surfaces.commands.postgres.folder import read_passwords, read_state

MORE_GRANTS: LiteralString = """
INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
SELECT md5('more' || n || '.' || i)::uuid, md5('person' || n)::uuid, md5('post' || (n * 7 + i) % 2000)::uuid,
  15, 1, '2026-01-01', '9999-01-01', 'own_record'
FROM generate_series(1, {persons}) n, generate_series(1, 4) i
"""


def make(persons: int) -> None:
    """Point all connections at it."""
    cluster.use_clone("bench")
    with _superuser() as link:
        crowd.fill(link, crowd.Size(persons, plans=persons // 5, records=persons // 2, lines=persons // 2))
        link.execute(psycopg.sql.SQL(MORE_GRANTS).format(persons=persons))
        link.execute("VACUUM ANALYZE")


def coordinator_returns() -> None:
    """The crowd's coordinator is away, which costs the page some statements more."""
    with _superuser() as link:
        link.execute("DELETE FROM coordination_absence")


def _superuser() -> psycopg.Connection[tuple[object, ...]]:
    folder = cluster.HOME / "db"
    return psycopg.connect(
        host="127.0.0.1",
        port=read_state(folder).port,
        dbname="test_bench",
        user="postgres",
        password=read_passwords(folder)["postgres"],
        autocommit=True,
    )


def crowd_id(what: str, number: int) -> UUID:
    """An id of the crowd."""
    return UUID(hashlib.md5(f"{what}{number}".encode(), usedforsecurity=False).hexdigest())


PLAN = crowd_id("plan", crowd.MINE)  # the Nav adviser is in its team
