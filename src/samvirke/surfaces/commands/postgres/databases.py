"""Databases inside the launched cluster: Samvirke's own, and copies of it for tests."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
from psycopg import sql

from samvirke.surfaces.commands.postgres.connections import Connection
from samvirke.surfaces.commands.postgres.errors import PostgresError
from samvirke.surfaces.commands.postgres.folder import State, read_passwords, read_state
from samvirke.surfaces.commands.postgres.roles import grant_in

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_OURS_TO_KEEP = {"postgres", "template0", "template1"}


def create_database(folder: Path, name: str, template: str | None = None) -> None:
    """Make a database with the same rights and the same clock as Samvirke's own.

    With a template, its tables and rows come along; nobody may be connected to the template meanwhile.
    Raises PostgresError when the name is odd or taken.
    """
    state, password = read_state(folder), read_passwords(folder)["postgres"]
    make(_checked(name), state=state, password=password, template=template)


def bare_database(folder: Path, name: str) -> Connection:
    """Make a database without anything in it, for a backup to be restored into.

    Returns where the superuser finds it: whoever restores must give each object to its owner.
    """
    state, password = read_state(folder), read_passwords(folder)["postgres"]
    _run(
        sql.SQL("CREATE DATABASE {} OWNER samvirke_owner TEMPLATE template0").format(
            sql.Identifier(_checked(name))
        ),
        state=state,
        password=password,
    )
    return Connection("127.0.0.1", state.port, name, "postgres", password)


def drop_database(folder: Path, name: str) -> None:
    """Remove a database, whoever is connected to it. It is no error when it is not there."""
    state, password = read_state(folder), read_passwords(folder)["postgres"]
    _run(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_checked(name))),
        state=state,
        password=password,
    )


def make(name: str, *, state: State, password: str, template: str | None) -> None:
    """The work of `create_database`, for a cluster that `init` is still making."""
    parts = {
        "name": sql.Identifier(name),
        "template": sql.Identifier(_checked(template) if template else "template0"),
    }
    order = sql.SQL("CREATE DATABASE {name} OWNER samvirke_owner TEMPLATE {template}").format(**parts)
    _run(order, state=state, password=password)
    if state.simulated:  # not copied with a template
        fact = sql.SQL("ALTER DATABASE {name} SET samvirke.simulated = 'on'").format(name=parts["name"])
        _run(fact, state=state, password=password)
    grant_in(name, port=state.port, password=password)


def _run(order: sql.Composed, *, state: State, password: str) -> None:
    try:
        with psycopg.connect(
            host="127.0.0.1",
            port=state.port,
            dbname="postgres",
            user="postgres",
            password=password,
            connect_timeout=10,
            autocommit=True,
        ) as link:
            link.execute(order)
    except psycopg.Error as problem:
        raise PostgresError(f"The database server refused: {str(problem).strip()}") from problem


def _checked(name: str) -> str:
    if _NAME.fullmatch(name) is None or name in _OURS_TO_KEEP:
        raise PostgresError(
            f"{name!r} is no name for a database here. "
            "Use small letters, digits and _, beginning with a letter."
        )
    return name
