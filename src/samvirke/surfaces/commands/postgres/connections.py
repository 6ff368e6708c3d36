"""Where each role connects: the launched cluster, or the PostgreSQL that SAMVIRKE_DATABASE_URL names.

    SAMVIRKE_DATABASE_URL=postgresql://db.example.no:5432/samvirke
    SAMVIRKE_PASSWORD_APP=...        likewise _ACCOUNTS, _OWNER, _WORKER, _INSIGHT, _BACKUP

The URL names no user: the roles' names are fixed, since the rights in the database are given to them by name.
SAMVIRKE_PASSWORD_APP_FILE names a file with the password instead. A role without either leaves it to libpq's
own means (a password file, a certificate); so the server that shows pages need not hold the owner's.
Encryption is set by libpq's PGSSLMODE and PGSSLROOTCERT.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import SplitResult, quote, urlsplit

from samvirke.surfaces.commands.postgres.errors import PostgresError
from samvirke.surfaces.commands.postgres.folder import read_passwords, read_state
from samvirke.surfaces.commands.postgres.roles import DATABASE, ROLES, password_variable

VARIABLE = "SAMVIRKE_DATABASE_URL"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True)
class Connection:
    """What a client needs to connect as one role. The password may be empty outside the launched cluster."""

    host: str
    port: int
    name: str
    user: str
    password: str

    @property
    def loopback(self) -> bool:
        """Whether the server is on this machine."""
        return self.host in LOOPBACK

    @property
    def url(self) -> str:
        """The same as one address, for psql and other clients."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        secret = f":{quote(self.password, safe='')}" if self.password else ""
        return f"postgresql://{self.user}{secret}@{host}:{self.port}/{quote(self.name, safe='')}"


def connection(role: str) -> Connection:
    """Where a role connects, by the environment or else the default folder.

    Raises NoDatabaseError when neither is there, PostgresError when SAMVIRKE_DATABASE_URL cannot be meant.
    """
    _known(role)
    if stands_elsewhere():
        return _elsewhere(role)
    return _launched(default_folder(), role)


def url(folder: Path, role: str) -> str:
    """The address of a role in the folder's cluster, password included."""
    return _launched(folder, _known(role)).url


def at(folder: Path, role: str, name: str) -> Connection:
    """Where a role finds a database of the folder's cluster."""
    return replace(_launched(folder, _known(role)), name=name)


def default_folder() -> Path:
    """`db` in SAMVIRKE_HOME, which is `var` in the current folder unless set."""
    return Path(os.environ.get("SAMVIRKE_HOME") or "var").resolve() / "db"


def stands_elsewhere() -> bool:
    """Whether SAMVIRKE_DATABASE_URL takes the launched cluster's place."""
    return VARIABLE in os.environ


def demonstrates() -> bool:
    """Whether the launched cluster runs by a clock that can be set: a demonstration or a test, on loopback.

    Raises NoDatabaseError when there is neither a cluster nor SAMVIRKE_DATABASE_URL.
    """
    return not stands_elsewhere() and read_state(default_folder()).simulated


def _launched(folder: Path, role: str) -> Connection:
    return Connection(
        host="127.0.0.1",
        port=read_state(folder).port,
        name=DATABASE,
        user=f"samvirke_{role}",
        password=read_passwords(folder)[role],
    )


def _elsewhere(role: str) -> Connection:
    parts = _parts(os.environ[VARIABLE])
    return Connection(
        host=parts.hostname or "",
        port=parts.port or 5432,
        name=parts.path.removeprefix("/"),
        user=f"samvirke_{role}",
        password=_secret(password_variable(role)),
    )


def _secret(name: str) -> str:
    """A password from the environment, or from the file that the variable with _FILE names."""
    file = os.environ.get(f"{name}_FILE")
    if file is None:
        return os.environ.get(name, "")
    if name in os.environ:
        raise PostgresError(f"Both {name} and {name}_FILE are set. Keep one of them.")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise PostgresError(f"{name}_FILE names {file}, which cannot be read: {problem.strerror}.") from None


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port_is_odd = parts.port == 0
    except ValueError:
        raise _odd("its port or host cannot be read") from None
    if parts.scheme not in {"postgresql", "postgres"}:
        raise _odd("it does not begin with postgresql://")
    if parts.username is not None or parts.password is not None:
        raise _odd(
            "it names a user or password; the roles' passwords go into SAMVIRKE_PASSWORD_APP and so on"
        )
    if not parts.hostname or port_is_odd:
        raise _odd("it names no host that can be reached")
    if parts.path.count("/") != 1 or parts.path == "/":
        raise _odd("it names no database")
    if parts.query or parts.fragment:
        raise _odd("it carries options; set PGSSLMODE and the like in the environment")
    return parts


def _odd(why: str) -> PostgresError:
    # The value itself is not repeated: somebody may have put a password into it.
    return PostgresError(
        f"{VARIABLE} cannot be used: {why}. Write it as postgresql://host:5432/samvirke, "
        "or unset it to use the database that comes with Samvirke."
    )


def _known(role: str) -> str:
    if role not in ROLES:
        raise PostgresError(f"There is no role {role!r} that signs in. The roles are: {', '.join(ROLES)}.")
    return role
