"""Lanes: the chains in which the lines of the access log stand, and whether they hold.

Each line is sealed with an HMAC over the one before it in its lane, under a key outside the database. So a
line that was changed, inserted or removed inside a lane is found by the lane alone; lines cut from its end
are found by what something else knows of it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

START = bytes(32)
BETWEEN = "\x1f"  # the values of a line, where it is sealed
FORMAT = 2
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Entry(NamedTuple):
    """A line as it is stored."""

    id: UUID
    lane: UUID
    seq: int
    request_id: UUID
    at: datetime
    post_id: UUID
    purpose: int
    subject_id: UUID
    verb: str
    kinds: int
    basis: str
    outcome: str
    reaches_back_to: date | None
    mac: bytes
    refused_kinds: int
    format: int


COLUMNS = Entry._fields


@dataclass(frozen=True, slots=True)
class Lane:
    """The head of one chain."""

    id: UUID
    seq: int
    mac: bytes

    def __str__(self) -> str:
        return f"{self.id}:{self.seq}:{self.mac.hex()}"


@dataclass(frozen=True, slots=True)
class Known:
    """A lane's head as something outside the lane knows it."""

    head: Lane
    by: object  # as it is told: a seal, the shipped log


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a lane does not hold."""

    lane: UUID
    seq: int
    problem: str

    def __str__(self) -> str:
        return f"lane {self.lane}, line {self.seq}: {self.problem}"


@dataclass(slots=True)
class Read:
    """How much was gone through."""

    lanes: int = 0
    lines: int = 0


def verify(
    lines: Iterable[Sequence[Any]],
    known: Mapping[UUID, Sequence[Known]] | None = None,
    read: Read | None = None,
) -> Iterator[Broken]:
    """Where the lanes do not hold, by themselves and by what is known of them elsewhere.

    `lines` hold COLUMNS, ordered by lane and seq; one at a time is kept. `known` are all lanes that must be
    among them.
    """
    read = read or Read()
    lanes = _Lanes(known or {}, read)
    for line in lines:
        read.lines += 1
        yield from lanes.next(Entry(*line))
    yield from lanes.end()


def told_of_all(
    lane: UUID, request_id: UUID, at: datetime, post_id: UUID, purpose: int, *, version: int = FORMAT
) -> tuple[str, str]:
    """What all lines of a request have in common, as it stands before and after a line's place."""
    moment = microseconds(at) if version == FORMAT else int(at.timestamp() * 1_000_000)
    return str(lane), f"{request_id}{BETWEEN}{moment}{BETWEEN}{post_id}{BETWEEN}{purpose}"


def microseconds(at: datetime) -> int:
    """A moment as a whole number; two moments never share one."""
    return (at - EPOCH) // timedelta(microseconds=1)


def mac_of(
    previous: bytes,
    version: int,
    entry_id: UUID,
    seq: int,
    of_all: tuple[str, str],
    of_line: Iterable[object],
) -> bytes:
    """The seal of a line. of_line: what it says of its subject, in the order of its format."""
    lane, request = of_all
    first = () if version == 1 else (str(version),)  # the first format did not name itself
    row = BETWEEN.join((*first, str(entry_id), lane, str(seq), request, *map(str, of_line)))
    return hmac.digest(settings.KEYS.access_log, previous + row.encode(), "sha256")


class _Lanes:
    """The lane that is gone through, and those that are still to be seen."""

    def __init__(self, known: Mapping[UUID, Sequence[Known]], read: Read) -> None:
        self.head: Lane | None = None
        self.known = known
        self.unseen = dict.fromkeys(known)  # in their order
        self.read = read

    def next(self, entry: Entry) -> Iterator[Broken]:
        head = self.head
        if head is None or head.id != entry.lane:
            yield from self._ended()
            head = self._begun(entry.lane)
        if entry.seq != head.seq + 1:
            yield Broken(entry.lane, entry.seq, "a line is missing before this one")
        elif not _holds(entry, head.mac):
            yield Broken(entry.lane, entry.seq, "the line was changed")
        self.head = Lane(entry.lane, entry.seq, bytes(entry.mac))
        yield from self._compared(self.head)

    def end(self) -> Iterator[Broken]:
        """Also the lanes that should have been there."""
        yield from self._ended()
        for lane in self.unseen:
            for one in self.known[lane]:
                yield Broken(lane, one.head.seq, f"the whole lane is gone; {one.by} knows it up to this line")

    def _begun(self, lane: UUID) -> Lane:
        self.unseen.pop(lane, None)
        self.read.lanes += 1
        return Lane(lane, 0, START)

    def _compared(self, head: Lane) -> Iterator[Broken]:
        for one in self.known.get(head.id, ()):
            if one.head.seq == head.seq and one.head.mac != head.mac:
                yield Broken(head.id, head.seq, f"{one.by} knows another line here")

    def _ended(self) -> Iterator[Broken]:
        head = self.head
        for one in self.known.get(head.id, ()) if head else ():
            if head and one.head.seq > head.seq:
                gone = f"the lane ends here; {one.by} knows it up to line {one.head.seq}"
                yield Broken(head.id, head.seq, gone)


def _holds(entry: Entry, previous: bytes) -> bool:
    """Whether the line is as it was sealed. The first format's seal knows no refused kinds: it had none."""
    of_line: tuple[object, ...]
    if entry.format == FORMAT:
        of_line = (entry.subject_id, entry.verb, entry.kinds, entry.refused_kinds, *_rest(entry))
    elif entry.format == 1 and not entry.refused_kinds:
        of_line = (entry.subject_id, entry.verb, entry.kinds, *_rest(entry))
    else:
        return False
    request = (entry.request_id, entry.at, entry.post_id, entry.purpose)
    of_all = told_of_all(entry.lane, *request, version=entry.format)
    made = mac_of(previous, entry.format, entry.id, entry.seq, of_all, of_line)
    return hmac.compare_digest(made, bytes(entry.mac))


def _rest(entry: Entry) -> tuple[object, ...]:
    return entry.basis, entry.outcome, entry.reaches_back_to
