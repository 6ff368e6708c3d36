"""The keys that live outside the database: signing, national ids, access log, pseudonyms of studies.

They are made once, in a file only its owner can read, or come from the environment where a key store
hands them over. Losing them makes stored national ids unreadable and the access log unverifiable.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

NAMES = ("session", "national_id_secret", "national_id_hash", "access_log", "pseudonyms")


class UnreadableKeys(Exception):
    """The keys file is there but cannot be used."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"The keys file {path} cannot be used: {problem}. Restore it from your backup; "
            "a new file would make stored national ids unreadable."
        )


@dataclass(frozen=True, slots=True)
class Keys:
    """Five independent keys of 32 bytes."""

    session: bytes
    national_id_secret: bytes
    national_id_hash: bytes
    access_log: bytes
    pseudonyms: bytes


def read_or_make(path: Path) -> Keys:
    """The keys in the file; the file is made, readable by its owner alone, when it is absent."""
    if not path.exists():
        _make(path)
    return read(path)


def read(path: Path) -> Keys:
    """The keys in the file, which must be there. Raises UnreadableKeys."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Keys(**{name: base64.b64decode(raw[name]) for name in NAMES})
    except (OSError, ValueError, KeyError) as problem:
        raise UnreadableKeys(path, str(problem)) from problem


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({name: base64.b64encode(secrets.token_bytes(32)).decode() for name in NAMES})
    draft = path.with_suffix(f".{os.getpid()}.draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    try:
        os.link(draft, path)  # the first of two processes wins; the other reads what it made
    except FileExistsError:
        pass
    finally:
        draft.unlink()
