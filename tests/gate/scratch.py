"""A database of a test module's own, in which transactions really commit and the clock can be moved.

A test inside one rolled-back transaction cannot show what the next request on the same connection sees, nor
move the clock, which only another connection may set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Barrier

import psycopg
from django.db import connections
from pytest_django import DjangoDbBlocker

import cluster
from people import NOW
from samvirke.gate import audit, clock
from samvirke.surfaces.commands import postgres


@contextmanager
def own_database(worker_id: str, blocker: DjangoDbBlocker) -> Iterator[str]:
    """Point all connections at a fresh clone; afterwards at the worker's own database again."""
    before = str(connections["default"].settings_dict["NAME"])
    with blocker.unblock(), new_lane():
        cluster.use_clone(f"{worker_id}_scratch")
        try:
            yield str(connections["default"].settings_dict["NAME"])
        finally:
            cluster.point_at(before)


@contextmanager
def new_lane() -> Iterator[None]:
    """The head of the access log's lane belongs to one database; another begins with a lane of its own."""
    audit._heads.__dict__.clear()
    try:
        yield
    finally:
        audit._heads.__dict__.clear()


@contextmanager
def later(days: float) -> Iterator[datetime]:
    """Move the clock on by some days, and back. Only in a database of the module's own."""
    now = NOW + timedelta(days=days)
    clock.set_to(now)
    try:
        yield now
    finally:
        clock.set_to(NOW)


def connect(role: str, name: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection of one role to a database of the tests' cluster, outside Django."""
    place = postgres.connection(role)
    return psycopg.connect(
        host=place.host, port=place.port, dbname=name, user=place.user, password=place.password
    )


def at_once(acts: list[Callable[[], object]]) -> Counter[str]:
    """All start together, each on a connection of its own; how often each ended how."""
    start = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        start.wait(timeout=20)
        try:
            act()
        except Exception as problem:
            return type(problem).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(one, acts))
