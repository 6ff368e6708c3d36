"""The access log, in lanes: exactly one line for each request and subject.

Each connection of each process writes a lane of its own: a chain of lines, each sealed with an HMAC over
the one before it, under a key outside the database. A head moves on only after commit; after a failed or
uncertain commit the lane is closed and a new one opened. What an attacker with the database alone cannot
do is change, insert or remove a line inside a lane unnoticed. Lines cut from a lane's end are found by what
was known of it elsewhere: `seals`, and the heads that the request log tells.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from samvirke.gate.types import Line, Verb, Viewer
from samvirke.gate.verbs import OPEN_ADDRESS
from samvirke.kernel.columns import array
from samvirke.kernel.gate_words import DataKind

ALLOWED = "allowed"
NOT_SHOWN = "not_shown"  # asked for by its address; whether anything is there was not told, not here either
NOBODY = UUID(int=0)  # stands for an address that can be nobody's
START = bytes(32)
BETWEEN = "\x1f"  # the values of a line, where it is sealed
FORMAT = 2
INSERT = """
INSERT INTO gate_accessentry (lane, request_id, at, post_id, purpose, format, id, seq, subject_id, verb, kinds,
  refused_kinds, basis, outcome, reaches_back_to, mac)
SELECT %s, %s, %s, %s, %s, %s, line.* FROM unnest(%s::uuid[], %s::bigint[], %s::uuid[], %s::text[], %s::int[],
  %s::int[], %s::text[], %s::text[], %s::date[], %s::bytea[]) AS line
"""


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
    by: str  # as it is told: a seal, the shipped log


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
    """What was gone through, and how much of it nothing outside its lane knows yet."""

    lanes: int = 0
    lines: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class _PutBack:
    """Run after commit; while the transaction lasts, Django keeps it, and drops it with its savepoint."""

    lane: Lane

    def __call__(self) -> None:
        _heads.lane = self.lane


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
    """Remember that this viewer asked this about these subjects; `write` puts it in the log.

    kinds: what was shown or refused, where it is more than the verb's own kind. reaches_back_to: the oldest
    day of what was shown with its day.
    """
    told = int(verb.kind if kinds is None else kinds)
    for subject_id in subject_ids:
        line = viewer.lines.setdefault(subject_id, Line(subject_id))
        if verb.code not in line.verbs:
            line.verbs.append(verb.code)
        if outcome == ALLOWED:
            line.kinds |= told
            line.basis = line.basis or basis
            line.outcome = ALLOWED
            line.reaches_back_to = _older(line.reaches_back_to, reaches_back_to)
        else:
            line.refused_kinds |= told
            line.outcome = line.outcome or outcome


def note_not_shown(viewer: Viewer, asked: Iterable[UUID]) -> None:
    """Remember that these ids were asked for and nothing was shown.

    Where the gate has refused already, it knew whom it was about, and that line tells more.
    """
    if any(line.refused_kinds for line in viewer.lines.values()):
        return
    note(viewer, OPEN_ADDRESS, subject_ids=asked, basis="", kinds=DataKind(0), outcome=NOT_SHOWN)


def write(viewer: Viewer) -> int:
    """Write what was noted, in the transaction of the read. Returns how many lines.

    A long import writes as it goes on; each subject stands in one of its pieces alone.
    """
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
        of_line = _of_line(line)
        lane = Lane(lane.id, seq, _mac(lane.mac, FORMAT, entry_id, seq, told, of_line))
        entries.append((entry_id, seq, *of_line, lane.mac))
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [lane.id, *of_all, FORMAT, *map(array, zip(*entries, strict=True))])
    transaction.on_commit(_PutBack(lane))
    return len(entries)


def head() -> Lane | None:
    """Where this thread's lane stands since its last commit; a log outside the database remembers it."""
    lane: Lane | None = getattr(_heads, "lane", None)
    return lane


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
        known = self.known.get(head.id, ())
        for one in known:
            if one.head.seq == head.seq and one.head.mac != head.mac:
                yield Broken(head.id, head.seq, f"{one.by} knows another line here")
        if all(head.seq > one.head.seq for one in known):
            self.read.unknown += 1

    def _ended(self) -> Iterator[Broken]:
        head = self.head
        for one in self.known.get(head.id, ()) if head else ():
            if head and one.head.seq > head.seq:
                gone = f"the lane ends here; {one.by} knows it up to line {one.head.seq}"
                yield Broken(head.id, head.seq, gone)


def _take_lane() -> Lane:
    """The thread's head, taken away until its transaction has committed; then where this one has come."""
    begun = [hook.lane for _, hook, *_ in connection.run_on_commit if isinstance(hook, _PutBack)]
    lane: Lane = begun[-1] if begun else getattr(_heads, "lane", None) or Lane(uuid4(), 0, START)
    _heads.lane = None
    return lane


def _older(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _of_line(line: Line) -> tuple[object, ...]:
    """What a line says of its subject, in the order in which it is stored and sealed."""
    return (
        line.subject_id,
        " ".join(line.verbs),
        line.kinds,
        line.refused_kinds,
        line.basis,
        line.outcome,
        line.reaches_back_to,
    )


def _told_of_all(lane: UUID, request_id: UUID, at: datetime, post_id: UUID, purpose: int) -> tuple[str, str]:
    """What all lines of a request have in common, as it stands before and after a line's place."""
    microseconds = int(at.timestamp() * 1_000_000)
    return str(lane), f"{request_id}{BETWEEN}{microseconds}{BETWEEN}{post_id}{BETWEEN}{purpose}"


def _mac(
    previous: bytes,
    version: int,
    entry_id: UUID,
    seq: int,
    of_all: tuple[str, str],
    of_line: Iterable[object],
) -> bytes:
    lane, request = of_all
    first = () if version == 1 else (str(version),)  # the first format did not name itself
    row = BETWEEN.join((*first, str(entry_id), lane, str(seq), request, *map(str, of_line)))
    return hmac.digest(settings.KEYS.access_log, previous + row.encode(), "sha256")


def _holds(entry: Entry, previous: bytes) -> bool:
    """Whether the line is as it was sealed. The first format's seal knows no refused kinds: it had none."""
    of_line: tuple[object, ...]
    if entry.format == FORMAT:
        of_line = (entry.subject_id, entry.verb, entry.kinds, entry.refused_kinds, *_rest(entry))
    elif entry.format == 1 and not entry.refused_kinds:
        of_line = (entry.subject_id, entry.verb, entry.kinds, *_rest(entry))
    else:
        return False
    of_all = _told_of_all(entry.lane, entry.request_id, entry.at, entry.post_id, entry.purpose)
    mac = _mac(previous, entry.format, entry.id, entry.seq, of_all, of_line)
    return hmac.compare_digest(mac, bytes(entry.mac))


def _rest(entry: Entry) -> tuple[object, ...]:
    return entry.basis, entry.outcome, entry.reaches_back_to
