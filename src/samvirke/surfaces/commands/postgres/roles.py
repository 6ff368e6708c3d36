"""Samvirke's database roles: the one script that makes them, here and on a server that stands elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from samvirke.surfaces.commands.postgres import system

ROLES = ("owner", "app", "accounts", "worker", "insight", "backup")
"""The roles that sign in, by their short names; in the database each begins with `samvirke_`."""

DATABASE = "samvirke"


def script() -> str:
    """The whole script for a database administrator, passwords as psql variables."""
    return _text("roles.sql") + _text("outside.sql") + _text("database.sql") + _GIVE_BACK


def make_roles(passwords: Mapping[str, str], *, port: int) -> None:
    """Make the roles in the launched cluster."""
    variables = {password_variable(role): passwords[role] for role in ROLES}
    password = passwords["postgres"]
    system.psql(_text("roles.sql"), port=port, database="postgres", password=password, variables=variables)


def grant_in(database: str, *, port: int, password: str) -> None:
    """Give the roles their rights in one database of the launched cluster."""
    system.psql(_text("database.sql"), port=port, database=database, password=password, variables={})


def password_variable(role: str) -> str:
    """The environment variable that holds a role's password, for the script and for the application."""
    return f"SAMVIRKE_PASSWORD_{role.upper()}"


_GIVE_BACK = """
\\if :borrow_owner
  REVOKE samvirke_owner FROM CURRENT_USER;
\\endif
"""


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
