"""What a database says about itself: its clock, and whether its roles are as harmless as they must be."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import psycopg

from samvirke.surfaces.commands.postgres.connections import Connection
from samvirke.surfaces.commands.postgres.errors import PostgresError

# Read where `init` wrote it: a session could set the same word for itself.
_SIMULATED = """
    SELECT EXISTS (
        SELECT FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
        WHERE d.datname = current_database() AND s.setrole = 0
            AND 'samvirke.simulated=on' = ANY (s.setconfig))
"""
_ROLES = """
    SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb
    FROM pg_roles WHERE rolname = ANY (%s)
"""
_HARMLESS = ("owner", "app", "accounts", "worker", "insight", "gatekeeper", "publisher")
_POWERS = ("is a superuser", "bypasses row security", "may make roles", "may make databases")


Link = psycopg.Connection[tuple[Any, ...]]


def is_simulated(place: Connection | Link) -> bool:
    """Whether the database runs by a demo clock. Raises PostgresError when it does not answer."""
    with _linked(place) as link:
        row = link.execute(_SIMULATED).fetchone()
    return bool(row and row[0])


def role_faults(place: Connection | Link) -> list[str]:
    """What is wrong with the roles, a sentence each; empty when nothing is."""
    wanted = {f"samvirke_{role}" for role in _HARMLESS}
    with _linked(place) as link:
        found = {row[0]: row[1:] for row in link.execute(_ROLES, [sorted(wanted)])}
    faults = [f"{role} is missing" for role in sorted(wanted - found.keys())]
    for role, powers in sorted(found.items()):
        faults += [f"{role} {words}" for words, has in zip(_POWERS, powers, strict=True) if has]
    return faults


def _linked(place: Connection | Link) -> AbstractContextManager[Link]:
    """A connection for these questions, or the one that is open already and stays open."""
    return _connect(place) if isinstance(place, Connection) else nullcontext(place)


def _connect(place: Connection) -> Link:
    try:
        return psycopg.connect(place.url, connect_timeout=5)
    except psycopg.OperationalError as problem:
        raise PostgresError(
            f"The database at {place.host}:{place.port} does not answer {place.user}: "
            f"{str(problem).strip()}. Start it with `samvirke db start`, or check SAMVIRKE_DATABASE_URL."
        ) from problem
