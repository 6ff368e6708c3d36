"""The ground a proof stands on: a clone of the tests' template, of its own, in which everything commits.

Whoever imports a proof has prepared the cluster first (`cluster.prepare()`), as tests/conftest.py does.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import Any

import psycopg
from django.db import connection, connections
from django.db.models import Model
from psycopg.sql import SQL, Identifier, Placeholder

import cluster
from gate.scratch import new_lane
from samvirke.surfaces.commands import postgres
from samvirke.surfaces.running import patience


@contextmanager
def own_database() -> Iterator[str]:
    """Point all connections at a fresh clone, named here; afterwards at what they had before.

    In it nobody is made to wait for asking in vain: a visitor who is told to wait has looked at nothing.
    """
    before = str(connections["default"].settings_dict["NAME"])
    with new_lane(), nobody_waits():
        name = cluster.use_clone(f"proof_{os.getpid()}")
        try:
            yield name
        finally:
            cluster.point_at(before)
            postgres.drop_database(cluster.HOME / "db", name)


@contextmanager
def nobody_waits() -> Iterator[None]:
    """Who asks in vain may ask on at once."""
    at_once = patience.AT_ONCE
    try:
        patience.AT_ONCE = 10**9
        yield
    finally:
        patience.AT_ONCE = at_once


@contextmanager
def as_superuser(name: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection that may write what nobody may, for what a proof lays down; committed at the end."""
    place = postgres.connection("owner")
    with psycopg.connect(
        host=place.host, port=place.port, dbname=name, user="postgres", password=cluster.superuser()
    ) as link:
        yield link


def lay_down(link: psycopg.Connection[Any], rows: Iterable[Model]) -> None:
    """Write these rows as they are, whatever tables they are of."""
    for model, some in groupby(sorted(rows, key=lambda one: one._meta.label), key=type):
        fields = [one for one in model._meta.concrete_fields if not one.generated]
        statement = SQL("INSERT INTO {} ({}) VALUES ({})").format(
            Identifier(model._meta.db_table),
            SQL(", ").join(Identifier(one.column) for one in fields),
            SQL(", ").join(Placeholder() for _ in fields),
        )
        read = attrgetter(*(one.attname for one in fields))
        told = [
            [one.get_db_prep_save(value, connection) for one, value in zip(fields, read(row), strict=True)]
            for row in some
        ]
        with link.cursor() as cursor:
            cursor.executemany(statement, told)
