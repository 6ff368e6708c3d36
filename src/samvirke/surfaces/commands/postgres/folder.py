"""What is remembered in a cluster's folder: its state, the roles' passwords, and a lock."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from samvirke.surfaces.commands.postgres.errors import NoDatabaseError, PostgresError


@dataclass(frozen=True, slots=True)
class State:
    """`home` is where data and log lie: the folder itself, or as root a place the system user can reach.

    Each cluster has a data folder of a new `name`: an interrupted `initdb` that still cleans up after itself
    then cannot take the next one's.
    """

    home: str
    name: str
    port: int
    simulated: bool
    version: str

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return Path(self.home) / self.name

    @property
    def log(self) -> Path:
        """The server's log."""
        return Path(self.home) / "postgres.log"


def short_name(folder: Path) -> str:
    """A name for the folder that is the same each time and safe as a file name."""
    return hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def read_state(folder: Path) -> State:
    """What `init` wrote. Raises NoDatabaseError when nothing is there, PostgresError when unreadable."""
    path = folder / "state.json"
    try:
        return State(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise NoDatabaseError(folder) from None
    except (OSError, ValueError, TypeError) as problem:
        raise _unreadable(path, problem) from problem


def write_state(folder: Path, state: State) -> None:
    """Remember the state, whole or not at all."""
    _write(folder / "state.json", json.dumps(asdict(state), indent=1))


def read_passwords(folder: Path) -> dict[str, str]:
    """Password by role, `postgres` included. Raises NoDatabaseError or PostgresError like `read_state`."""
    path = folder / "passwords.json"
    try:
        return {str(role): str(word) for role, word in json.loads(path.read_text(encoding="utf-8")).items()}
    except FileNotFoundError:
        raise NoDatabaseError(folder) from None
    except (OSError, ValueError, AttributeError) as problem:
        raise _unreadable(path, problem) from problem


def write_passwords(folder: Path, passwords: Mapping[str, str]) -> None:
    """Keep the passwords where only the folder's owner can read them."""
    _write(folder / "passwords.json", json.dumps(passwords, indent=1))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time starts, stops or makes the cluster of a folder; the others wait."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise PostgresError(
            f"The database folder {folder} cannot be written: {problem.strerror}. Run this as the user who "
            "made it, or set SAMVIRKE_HOME to a folder of your own."
        ) from problem
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(path: Path, text: str) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    owner = path.parent.stat()
    if os.geteuid() == 0:  # root may tend a folder that belongs to somebody else, who must still read it
        os.chown(draft, owner.st_uid, owner.st_gid)
    draft.replace(path)


def _unreadable(path: Path, problem: Exception) -> PostgresError:
    return PostgresError(
        f"{path} cannot be read: {problem}. Run this as the user who made the database; "
        "if the file is damaged, delete the folder and make a new and empty database with `samvirke db init`."
    )
