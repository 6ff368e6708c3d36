"""The access log, in lanes: exactly one line for each request and subject.

Each connection of each process writes a lane of its own. A head moves on only after commit; after a failed
or uncertain commit the lane is closed and a new one opened. `lanes` says what is found when somebody touches
the lines, `seals` what is found when they cut them off.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import connection, transaction

from samvirke.gate.lanes import FORMAT, START, Lane, mac_of, told_of_all
from samvirke.gate.types import Line, Verb, Viewer
from samvirke.gate.verbs import OPEN_ADDRESS
from samvirke.kernel.columns import array
from samvirke.kernel.gate_words import DataKind

ALLOWED = "allowed"
NOT_SHOWN = "not_shown"  # asked for by its address; whether anything is there was not told, not here either
NOT_DONE = "not_done"  # was tried, and nothing came of it; what was shown beside was shown all the same
NOBODY = UUID(int=0)  # stands for an address that can be nobody's
INSERT = """
INSERT INTO gate_accessentry (lane, request_id, at, post_id, purpose, format, id, seq, subject_id, verb,
  kinds, refused_kinds, basis, outcome, reaches_back_to, mac)
SELECT %s, %s, %s, %s, %s, %s, line.* FROM unnest(%s::uuid[], %s::bigint[], %s::uuid[], %s::text[],
  %s::int[], %s::int[], %s::text[], %s::text[], %s::date[], %s::bytea[]) AS line
"""


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
    dated: Iterable[date] = (),
) -> None:
    """Remember that this viewer asked this about these subjects; `write` puts it in the log.

    kinds: what was shown or refused, where it is more than the verb's own kind. dated: the days of what was
    shown with its day; the log keeps the oldest.
    """
    told = int(verb.kind if kinds is None else kinds)
    oldest = min(dated, default=None)
    for subject_id in subject_ids:
        line = viewer.lines.setdefault(subject_id, Line(subject_id))
        if verb.code not in line.verbs:
            line.verbs.append(verb.code)
        if outcome == ALLOWED:
            line.kinds |= told
            line.basis = line.basis or basis
            line.outcome = ALLOWED
            line.reaches_back_to = _older(line.reaches_back_to, oldest)
        else:
            line.refused_kinds |= told
            line.refusal = line.refusal or outcome
            line.outcome = line.outcome or outcome


def note_not_shown(viewer: Viewer, asked: Iterable[UUID]) -> None:
    """Remember that these ids were asked for and nothing was shown.

    Where the gate has refused already, it knew whom it was about, and that line tells more.
    """
    if not any(line.refused_kinds for line in viewer.lines.values()):
        note(viewer, OPEN_ADDRESS, subject_ids=asked, basis="", kinds=DataKind(0), outcome=NOT_SHOWN)


def take_back_shown(viewer: Viewer) -> None:
    """What a request was allowed to read was not shown after all: its answer was that there is nothing."""
    for line in viewer.lines.values():
        line.refused_kinds |= line.kinds
        line.kinds, line.basis, line.reaches_back_to = 0, "", None
        line.outcome = line.refusal = line.refusal or NOT_SHOWN


def note_not_done(viewer: Viewer, verb: Verb, asked: Iterable[UUID]) -> None:
    """Remember that this was tried and not done, so that no line about it says that it was allowed.

    It is told of those of these ids that the request was about; where it was about none of them, of everybody
    it was about; and where it was about nobody yet, of the ids themselves.
    """
    named = list(asked)
    about = [one for one in named if one in viewer.lines] or list(viewer.lines) or named or [NOBODY]
    note(viewer, verb, subject_ids=about, basis="", kinds=DataKind(0), outcome=NOT_DONE)
    for subject_id in about:
        line = viewer.lines[subject_id]
        line.outcome = NOT_DONE if line.outcome == ALLOWED else line.outcome


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
    told = told_of_all(lane.id, *of_all)
    entries = []
    for line in lines:
        entry_id, seq = uuid4(), lane.seq + 1
        of_line = _of_line(line)
        lane = Lane(lane.id, seq, mac_of(lane.mac, FORMAT, entry_id, seq, told, of_line))
        entries.append((entry_id, seq, *of_line, lane.mac))
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [lane.id, *of_all, FORMAT, *map(array, zip(*entries, strict=True))])
    transaction.on_commit(_PutBack(lane))
    return len(entries)


def head() -> Lane | None:
    """Where this thread's lane stands since its last commit; a log outside the database remembers it."""
    lane: Lane | None = getattr(_heads, "lane", None)
    return lane


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
