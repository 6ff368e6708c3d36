"""The access log, in lanes.

Each connection of each process writes a lane of its own: a chain of lines, each sealed with an HMAC over
the one before it, under a key outside the database. A head moves on only after commit; after a failed or
uncertain commit the lane is closed and a new one opened. What an attacker with the database alone cannot
do is change, insert or remove a line inside a lane unnoticed. What is not yet detected: lines cut from the
end of a lane, since no head is anchored outside.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from samvirke.gate.models import AccessEntry
from samvirke.gate.types import Line, Verb, Viewer
from samvirke.kernel.columns import array
from samvirke.kernel.gate_words import DataKind

ALLOWED = "allowed"
START = bytes(32)
BETWEEN = "\x1f"  # the values of a line, where it is sealed
INSERT = """
INSERT INTO gate_accessentry (lane, request_id, at, post_id, purpose, id, seq, subject_id, verb, kinds, basis,
  outcome, reaches_back_to, mac)
SELECT %s, %s, %s, %s, %s, line.* FROM unnest(%s::uuid[], %s::bigint[], %s::uuid[], %s::text[], %s::int[],
  %s::text[], %s::text[], %s::date[], %s::bytea[]) AS line
"""
COLUMNS = tuple(field.attname for field in AccessEntry._meta.concrete_fields)


@dataclass(frozen=True, slots=True)
class Lane:
    """The head of one chain."""

    id: UUID
    seq: int
    mac: bytes

    def __str__(self) -> str:
        return f"{self.id}:{self.seq}:{self.mac.hex()}"


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a lane does not hold."""

    lane: UUID
    seq: int
    problem: str


_heads = threading.local()


def note(
    viewer: Viewer,
    verb: Verb,
    *,
    subject_ids: Iterable[UUID],
    basis: str,
    kinds: DataKind | None = None,
    outcome: str = ALLOWED,
    reaches_back_to: date | None = None,
) -> None:
    """Remember that this viewer did this about these subjects; `write` puts it in the log.

    One line per request, subject, verb and outcome. kinds: what was shown, where it is more than the
    verb's own kind.
    """
    shown = int(verb.kind if kinds is None else kinds)
    for subject_id in subject_ids:
        key = (subject_id, verb.code, outcome)
        line = viewer.lines.get(key)
        if line is None:
            viewer.lines[key] = Line(subject_id, verb.code, shown, basis, outcome, reaches_back_to)
        else:
            line.kinds |= shown


def write(viewer: Viewer) -> int:
    """Write what was noted, in the transaction of the read. Returns how many lines."""
    lines = list(viewer.lines.values())
    viewer.lines.clear()
    if not lines:
        return 0
    lane = _take_lane()
    of_all = (viewer.request_id, viewer.now, viewer.post_id, int(viewer.purpose))
    told = _told_of_all(lane.id, *of_all)
    entries = []
    for line in lines:
        entry_id, seq = uuid4(), lane.seq + 1
        of_line = (line.subject_id, line.verb, line.kinds, line.basis, line.outcome, line.reaches_back_to)
        lane = Lane(lane.id, seq, _mac(lane.mac, entry_id, seq, told, of_line))
        entries.append((entry_id, seq, *of_line, lane.mac))
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [lane.id, *of_all, *map(array, zip(*entries, strict=True))])
    transaction.on_commit(lambda: _put_back(lane))
    return len(entries)


def head() -> Lane | None:
    """Where this thread's lane stands since its last commit; a log outside the database remembers it."""
    lane: Lane | None = getattr(_heads, "lane", None)
    return lane


def verify(lines: Iterable[Sequence[Any]]) -> Iterator[Broken]:
    """Where the lanes do not hold. `lines` hold COLUMNS, ordered by lane and seq."""
    head: Lane | None = None
    for line in lines:
        entry = AccessEntry(**dict(zip(COLUMNS, line, strict=True)))
        if head is None or head.id != entry.lane:
            head = Lane(entry.lane, 0, START)
        if entry.seq != head.seq + 1:
            yield Broken(entry.lane, entry.seq, "a line is missing before this one")
        elif not hmac.compare_digest(_mac_of(entry, head.mac), bytes(entry.mac)):
            yield Broken(entry.lane, entry.seq, "the line was changed")
        head = Lane(entry.lane, entry.seq, bytes(entry.mac))


def _take_lane() -> Lane:
    """The thread's head, taken away until its transaction has committed."""
    lane: Lane = getattr(_heads, "lane", None) or Lane(uuid4(), 0, START)
    _heads.lane = None
    return lane


def _put_back(lane: Lane) -> None:
    _heads.lane = lane


def _told_of_all(lane: UUID, request_id: UUID, at: datetime, post_id: UUID, purpose: int) -> tuple[str, str]:
    """What all lines of a request have in common, as it stands before and after a line's place."""
    microseconds = int(at.timestamp() * 1_000_000)
    return str(lane), f"{request_id}{BETWEEN}{microseconds}{BETWEEN}{post_id}{BETWEEN}{purpose}"


def _mac(
    previous: bytes, entry_id: UUID, seq: int, of_all: tuple[str, str], of_line: Iterable[object]
) -> bytes:
    lane, request = of_all
    row = BETWEEN.join((str(entry_id), lane, str(seq), request, *map(str, of_line)))
    return hmac.digest(settings.KEYS.access_log, previous + row.encode(), "sha256")


def _mac_of(entry: AccessEntry, previous: bytes) -> bytes:
    of_all = _told_of_all(entry.lane, entry.request_id, entry.at, entry.post_id, entry.purpose)
    of_line = (
        entry.subject_id,
        entry.verb,
        entry.kinds,
        entry.basis,
        entry.outcome,
        entry.reaches_back_to,
    )
    return _mac(previous, entry.id, entry.seq, of_all, of_line)
