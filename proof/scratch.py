"""A database of a proof's own: the tests' template, and a probe table under the policy that all tables carry.

The probe holds rows of every kind about every subject, some sealed. It is filled as the superuser, who alone
is not under the policy; it is read as the pages' role.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, connections

import cluster
from gate.scratch import new_lane
from samvirke.gate import protection
from samvirke.surfaces.commands import postgres

PROBE = "proof_row"
ROWS_READ = "SELECT coalesce(array_agg(id), '{}') FROM proof_row"
MADE = f"""
CREATE TABLE {PROBE} (id int PRIMARY KEY, subject_id uuid NOT NULL REFERENCES gate_subject (id),
  kind int NOT NULL, sealed_to_id uuid REFERENCES gate_holder (id));
ALTER TABLE {PROBE} OWNER TO samvirke_owner;
"""
ATTACHED = (
    protection.about_persons(PROBE, kind="kind", privileges="SELECT, INSERT"),
    protection.anew(PROBE, kind="kind", sealed_to="sealed_to_id"),
)


@dataclass(frozen=True, slots=True)
class Scratch:
    """The database, and the superuser's own way into it."""

    name: str
    link: psycopg.Connection[Any]

    def fill(self, rows: Iterable[tuple[int, UUID, int, UUID | None]]) -> None:
        """These rows are in the probe, and no others."""
        self.link.execute("TRUNCATE proof_row")
        self.add(rows)
        self.link.execute("ANALYZE")

    def add(self, rows: Iterable[tuple[int, UUID, int, UUID | None]]) -> None:
        """These rows are in the probe beside the others."""
        with self.link.cursor() as cursor:
            cursor.executemany("INSERT INTO proof_row VALUES (%s, %s, %s, %s)", list(rows))


@contextmanager
def scratch() -> Iterator[Scratch]:
    """All connections are to a fresh database with the probe; afterwards to where they were before."""
    before = str(connections["default"].settings_dict["NAME"])
    name = cluster.use_clone(f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_proof")
    try:
        with new_lane(), superuser(name) as link:
            link.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')  # it is dropped in the end
            link.execute(MADE)
            for operation in ATTACHED:
                link.execute(str(operation.sql))
            yield Scratch(name, link)
    finally:
        cluster.point_at(before)
        postgres.drop_database(cluster.HOME / "db", name)


@contextmanager
def superuser(name: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection that is under no policy; each statement is kept at once."""
    place = postgres.connection("owner")
    with psycopg.connect(
        host=place.host, port=place.port, dbname=name, user="postgres", password=cluster.superuser(),
        autocommit=True,
    ) as link:  # fmt: skip
        yield link


def rows_read() -> set[int]:
    """The rows of the probe that whoever has entered reads."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS_READ)
        (places,) = cursor.fetchone()
        return set(places)
