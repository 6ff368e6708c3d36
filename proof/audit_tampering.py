"""The access log cannot be altered unseen, by whoever owns the database and not the key.

Each case attacks one place of a small log with row security and triggers off: a column is changed, lines
are deleted, put in another order, inserted or made anew, a tail or a lane is cut, seals are altered, an
older copy is restored. A failure is an attack after which `samvirke audit verify` holds, or names another
lane and line. What it says would go unseen is tried as well: lines cut after the newest anchor must be in
the window that it states, and be found when the shipped log is asked.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from proof.audit_log import SealedLog, sealed_log
from proof.outcome import Outcome
from samvirke.gate.lanes import COLUMNS, START, Broken
from samvirke.gate.seals import BrokenSeal
from samvirke.surfaces.commands import access_log

SMALL, FULL = 60, 2000

Named = set[tuple[UUID, int]]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: lines of which one must be named, or seals; and whether the window states it."""

    what: str
    lines: frozenset[tuple[UUID, int]] = frozenset()
    seals: frozenset[int] = frozenset()
    in_window: bool = False


Attack = Callable[[SealedLog, Random], Done]


def run(size: int, seed: int) -> Outcome:
    """Try so many attacks, of every kind in turn."""
    random, failures, found, stated = Random(seed), [], 0, 0
    with sealed_log(random) as log:
        failures += [f"untouched: {one}" for one in verified(log, shipped=True).broken]
        for number in range(size):
            done = ATTACKS[number % len(ATTACKS)](log, random)
            wrong = _wrong(log, done)
            failures += [f"case {number}, {done.what}: {wrong}"] if wrong else []
            found, stated = found + (not done.in_window), stated + done.in_window
            log.restore("whole")
    note = (
        f"{found} found by lanes, seals and anchors; {stated} in the stated window, found by the shipped log"
    )
    return Outcome(size, tuple(failures), note)


def verified(log: SealedLog, *, shipped: bool) -> access_log.Verified:
    """What the command would say."""
    return access_log.verified(log.place, anchored=log.anchors, log=log.shipped if shipped else None)


def _wrong(log: SealedLog, done: Done) -> str:
    """What is wrong with what was found; nothing if all is right."""
    found = verified(log, shipped=False)
    if done.in_window:
        if found.broken:
            return f"it is in the window and was found: {found.broken[0]}"
        if "would go unseen" not in found.window or "written later" not in found.window:
            return f"the window does not state it: {found.window}"
        found = verified(log, shipped=True)
    lines = {(one.lane, one.seq) for one in found.broken if isinstance(one, Broken)}
    seals = {one.number for one in found.broken if isinstance(one, BrokenSeal)}
    if not lines & done.lines and not seals & done.seals:
        named = "; ".join(map(str, found.broken[:3])) or "nothing"
        return f"found was {named}"
    return ""


def _change(log: SealedLog, random: Random) -> Done:
    entry = random.choice(log.entries)
    column = random.choice(COLUMNS)
    old = getattr(entry, column)
    new = another(old, column, random)
    log.run(f"UPDATE gate_accessentry SET {column} = %s WHERE id = %s", new, entry.id)  # noqa: S608
    lane = new if column == "lane" else entry.lane
    seq = new if column == "seq" else entry.seq
    near = {(entry.lane, entry.seq + 1), (entry.lane, entry.seq - 1)}
    return Done(f"{column} of line {entry.seq} from {old} to {new}", frozenset({(lane, seq), *near}))


def another(old: Any, column: str, random: Random) -> object:
    """Another value of the same type."""
    if column == "seq":
        return old + random.choice((100, 10_000))
    if column == "format":
        return 3 - old
    if column == "reaches_back_to":
        return date(2020, 1, random.randint(1, 28)) if old is None or random.random() < 0.5 else None
    if isinstance(old, datetime):
        return old + timedelta(microseconds=random.choice((1, -1, 10**6, 86_400 * 10**6)))
    if isinstance(old, UUID):
        return UUID(int=random.getrandbits(128))
    if isinstance(old, int):
        return old ^ (1 << random.randint(0, 14))
    if isinstance(old, bytes):
        place = random.randrange(len(old))
        return old[:place] + bytes([old[place] ^ 1]) + old[place + 1 :]
    return random.choice([f"{old} ", f"{old}x", old[:-1] or "x"])


def _delete(log: SealedLog, random: Random) -> Done:
    """Some lines inside a lane, or at its sealed end."""
    entry = random.choice([one for one in log.entries if one.seq < len(log.of(one.lane))])
    count = random.randint(1, 2)
    log.run(
        "DELETE FROM gate_accessentry WHERE lane = %s AND seq >= %s AND seq < %s",
        entry.lane, entry.seq, min(entry.seq + count, len(log.of(entry.lane))),
    )  # fmt: skip
    named = {(entry.lane, seq) for seq in range(entry.seq, entry.seq + 3)}
    return Done(f"{count} lines deleted from line {entry.seq}", frozenset(named))


def _reorder(log: SealedLog, random: Random) -> Done:
    first = random.choice([one for one in log.entries if one.seq < len(log.of(one.lane))])
    other = random.choice(log.of(first.lane)[first.seq :])
    log.run("UPDATE gate_accessentry SET seq = 0 WHERE id = %s", first.id)
    log.run("UPDATE gate_accessentry SET seq = %s WHERE id = %s", first.seq, other.id)
    log.run("UPDATE gate_accessentry SET seq = %s WHERE id = %s", other.seq, first.id)
    named = frozenset({(first.lane, first.seq), (first.lane, other.seq)})
    return Done(f"lines {first.seq} and {other.seq} in each other's place", named)


def _insert(log: SealedLog, random: Random) -> Done:
    """A line of another lane, or a copy, with all later ones moved on; at the end as well."""
    copied, lane = random.choice(log.entries), random.choice(log.entries).lane
    place = random.randint(1, len(log.of(lane)) + 1)
    for one in reversed(log.of(lane)[place - 1 :]):
        log.run("UPDATE gate_accessentry SET seq = seq + 1 WHERE id = %s", one.id)
    log.write(copied._replace(id=UUID(int=random.getrandbits(128)), lane=lane, seq=place))
    return Done(f"a line inserted at {place}", frozenset({(lane, place)}))


def _new_lane(log: SealedLog, random: Random) -> Done:
    """Lines that never were, under a lane of their own."""
    lane = UUID(int=random.getrandbits(128))
    for entry in log.of(random.choice(log.entries).lane):
        log.write(entry._replace(id=UUID(int=random.getrandbits(128)), lane=lane))
    return Done("a lane copied under another name", frozenset({(lane, 1)}))


def _cut_sealed(log: SealedLog, random: Random) -> Done:
    lane, sealed = random.choice(list(log.sealed.items()))
    keep = random.randint(1, sealed - 1)
    log.run("DELETE FROM gate_accessentry WHERE lane = %s AND seq > %s", lane, keep)
    return Done(f"the tail after line {keep} of {sealed} that are sealed", frozenset({(lane, keep)}))


def _cut_with_seals(log: SealedLog, random: Random) -> Done:
    """The tail, and from the database every seal that knew of it."""
    lane = random.choice(list(log.sealed))
    log.run("DELETE FROM gate_sealedhead WHERE seal_id = 2")
    log.run("DELETE FROM gate_seal WHERE number = 2")
    keep = "(SELECT max(seq) FROM gate_sealedhead WHERE lane = %s)"
    log.run(f"DELETE FROM gate_accessentry WHERE lane = %s AND seq > {keep}", lane, lane)  # noqa: S608
    return Done("a tail with the seals over it", seals=frozenset({2}))


def _cut_later(log: SealedLog, random: Random) -> Done:
    """What no anchor knows yet: in the window."""
    entry = random.choice(log.later())
    log.run("DELETE FROM gate_accessentry WHERE lane = %s AND seq >= %s", entry.lane, entry.seq)
    last = len(log.of(entry.lane)) if entry.seq == 1 else entry.seq - 1
    named = frozenset({(entry.lane, last)})
    return Done(f"the tail from line {entry.seq}, after the newest anchor", named, in_window=True)


def _lane_gone(log: SealedLog, random: Random) -> Done:
    lane, sealed = random.choice(list(log.sealed.items()))
    log.run("DELETE FROM gate_accessentry WHERE lane = %s", lane)
    return Done("a whole lane", frozenset({(lane, sealed)}))


def _older_copy(log: SealedLog, random: Random) -> Done:
    log.restore("older")
    return Done("an older copy restored", seals=frozenset({2}))


def _older_copy_with_newer_seals(log: SealedLog, random: Random) -> Done:
    """The lines of the older copy under the seals of today."""
    log.run("DELETE FROM gate_accessentry a WHERE NOT EXISTS (SELECT FROM older.gate_accessentry o "
            "WHERE o.id = a.id)")  # fmt: skip
    first = {lane: len([1 for one in log.of(lane) if one.seq <= seq]) for lane, seq in log.sealed.items()}
    named = {(lane, seq) for lane in first for seq in range(1, first[lane] + 1)}
    return Done("lines of an older copy under today's seals", frozenset(named))


def _made_anew(log: SealedLog, random: Random) -> Done:
    """A lane's lines from a place on, chained anew by somebody who guesses the key."""
    entry = random.choice(log.entries)
    before = START if entry.seq == 1 else log.of(entry.lane)[entry.seq - 2].mac
    for one in log.of(entry.lane)[entry.seq - 1 :]:
        told = "\x1f".join(map(str, one._replace(kinds=0, mac=b"")))
        before = hmac.digest(random.randbytes(32), before + told.encode(), "sha256")
        log.run("UPDATE gate_accessentry SET kinds = 0, mac = %s WHERE id = %s", before, one.id)
    return Done(f"made anew from line {entry.seq}", frozenset({(entry.lane, entry.seq)}))


def _seal_changed(log: SealedLog, random: Random) -> Done:
    number = random.choice((1, 2))
    column, value = random.choice(
        [
            ("at", "at + interval '1 microsecond'"), ("root", "sha256(root)"), ("mac", "sha256(mac)"),
            ("previous", "sha256(previous)"), ("lanes", "lanes + 1"), ("lines", "lines - 1"),
            ("number", "number + 7"),
        ]
    )  # fmt: skip
    log.run(f"UPDATE gate_seal SET {column} = {value} WHERE number = %s", number)  # noqa: S608
    return Done(f"{column} of seal {number}", seals=frozenset({number, number + 7}))


def _head_changed(log: SealedLog, random: Random) -> Done:
    number, lane = random.choice((1, 2)), random.choice(list(log.sealed))
    what = random.choice(("seq = seq - 1", "mac = sha256(mac)", "lane = gen_random_uuid()", ""))
    where = "WHERE seal_id = %s AND lane = %s"
    change = f"UPDATE gate_sealedhead SET {what}" if what else "DELETE FROM gate_sealedhead"  # noqa: S608
    log.run(f"{change} {where}", number, lane)
    return Done(f"a head of seal {number}: {what or 'deleted'}", seals=frozenset({number}))


ATTACKS: tuple[Attack, ...] = (
    _change, _delete, _change, _reorder, _change, _insert, _change, _new_lane, _cut_sealed, _cut_with_seals,
    _cut_later, _lane_gone, _older_copy, _older_copy_with_newer_seals, _made_anew, _seal_changed,
    _head_changed,
)  # fmt: skip
