"""Anchors: the seals of the access log in a file outside the database, one JSON line for each.

Lines are appended and never changed. Best is a file that nobody can do more with: on another machine, on a
medium that writes once, or at least one that its folder's owner has made append-only.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from samvirke.gate.seals import Seal

LAST = 64 * 1024  # bytes that surely hold the last line


class UnreadableAnchor(Exception):
    """A line of the file is not what a sealer wrote."""

    def __init__(self, path: Path, number: int) -> None:
        super().__init__(
            f"Line {number} of {path} is not an anchor. Keep the file as it is, find out who wrote there, "
            "and verify against another copy of it."
        )


class AnotherDatabase(Exception):
    """The file's last anchor is of a seal that the database does not have."""

    def __init__(self, path: Path, last: Seal) -> None:
        super().__init__(
            f"{path} ends with {last}, which this database does not have, so nothing is appended to it. If "
            "an older copy was restored on purpose, keep the file and name a new one in SAMVIRKE_ANCHORS."
        )


def read(path: Path) -> Iterator[Seal]:
    """The anchors in their order, one at a time. Raises UnreadableAnchor, OSError."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            anchor = _anchor(line)
            if anchor is None:
                raise UnreadableAnchor(path, number)
            yield anchor


def last(path: Path) -> Seal | None:
    """The newest anchor; None before there is one. Raises UnreadableAnchor, OSError."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - LAST))
        lines = file.read().splitlines()
    if not lines:
        return None
    anchor = _anchor(lines[-1])
    if anchor is None:
        raise UnreadableAnchor(path, _count(path))
    return anchor


def append(path: Path, seals: Iterable[Seal]) -> None:
    """Add those that are newer than the last; several workers may do so at once. Raises OSError."""
    link = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(link, "ab", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        newest, size = last(path), path.stat().st_size
        text = b"".join(_line(seal) for seal in seals if newest is None or seal.number > newest.number)
        if file.write(text) != len(text):  # the disk is full: no half line stays
            file.truncate(size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        os.fsync(file.fileno())


def _line(seal: Seal) -> bytes:
    told = {
        "number": seal.number,
        "at": seal.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "root": seal.root.hex(),
        "previous": seal.previous.hex(),
        "lanes": seal.lanes,
        "lines": seal.lines,
        "mac": seal.mac.hex(),
    }
    return json.dumps(told).encode() + b"\n"


def _anchor(line: bytes) -> Seal | None:
    try:
        told = json.loads(line)
        return Seal(
            number=int(told["number"]),
            at=datetime.fromisoformat(told["at"]),
            root=bytes.fromhex(told["root"]),
            previous=bytes.fromhex(told["previous"]),
            lanes=int(told["lanes"]),
            lines=int(told["lines"]),
            mac=bytes.fromhex(told["mac"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _count(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)
