"""Seals over the access log: by them a tail that was cut, a lane that is gone or an old copy is found.

A seal is a Merkle root over the heads of the lanes that moved since the seal before, chained to it, with a
MAC under a key derived from the log's own. Kept outside the database as well, a seal is an anchor: what the
database says later must agree with it. Nothing in here reads or writes; see `surfaces.jobs.sealer`.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.conf import settings

from samvirke.gate.lanes import BETWEEN, START, Known, Lane, microseconds

LEAF, NODE = b"\x00", b"\x01"  # so that no node can be passed off as a leaf


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal, as it is stored and as it is anchored."""

    number: int
    at: datetime
    root: bytes
    previous: bytes
    lanes: int  # all that stand under a seal by now
    lines: int
    mac: bytes = b""

    def __str__(self) -> str:
        return f"seal {self.number} of {self.at:%Y-%m-%d %H:%M:%S %Z}"


@dataclass(frozen=True, slots=True)
class Moved:
    """A lane's head now, and the line up to which an earlier seal holds it; 0 where none does."""

    head: Lane
    sealed: int


@dataclass(frozen=True, slots=True)
class BrokenSeal:
    """A seal or an anchor that does not hold."""

    number: int
    problem: str

    def __str__(self) -> str:
        return f"seal {self.number}: {self.problem}"


def sealed(last: Seal | None, moved: Sequence[Moved], at: datetime) -> Seal:
    """The next seal."""
    before = last or Seal(0, at, START, START, 0, 0, START)
    seal = Seal(
        number=before.number + 1,
        at=at,
        root=root(one.head for one in moved),
        previous=before.mac,
        lanes=before.lanes + sum(one.sealed == 0 for one in moved),
        lines=before.lines + sum(one.head.seq - one.sealed for one in moved),
    )
    return replace(seal, mac=_mac(seal))


def root(heads: Iterable[Lane]) -> bytes:
    """The Merkle root over the heads, in the order of their lanes; a node without a neighbour moves up."""
    row = [_leaf(head) for head in sorted(heads, key=lambda head: head.id)]
    while len(row) > 1:
        pairs = [row[place : place + 2] for place in range(0, len(row), 2)]
        row = [pair[0] if len(pair) == 1 else _hashed(NODE, *pair) for pair in pairs]
    return row[0] if row else START


def holds(seal: Seal) -> bool:
    """Whether the seal was made with our key, as it is."""
    return hmac.compare_digest(_mac(seal), seal.mac)


def checked(stored: Iterable[tuple[Seal, Sequence[Lane]]], newest: dict[UUID, Known]) -> Iterator[BrokenSeal]:
    """Where the stored seals do not hold, each by its own heads and by the seal before. In their order.

    `newest` is given, for each lane, the newest head under a seal.
    """
    before: Seal | None = None
    for seal, heads in stored:
        newest.update((head.id, Known(head, seal)) for head in heads)
        last = before or Seal(0, seal.at, START, START, 0, 0, START)
        if seal.number != last.number + 1:
            yield BrokenSeal(seal.number, "a seal is missing before this one")
        elif seal.previous != last.mac:
            yield BrokenSeal(seal.number, "it is not chained to the seal before")
        if not holds(seal):
            yield BrokenSeal(seal.number, "the seal was changed")
        elif root(heads) != seal.root:
            yield BrokenSeal(seal.number, "the heads it was made over were changed")
        before = seal


def checked_anchors(anchors: Iterable[Seal]) -> Iterator[BrokenSeal]:
    """Where the anchors do not hold by themselves."""
    before: Seal | None = None
    for anchor in anchors:
        if not holds(anchor):
            yield BrokenSeal(anchor.number, "its anchor was changed")
        elif before and anchor.number == before.number + 1 and anchor.previous != before.mac:
            yield BrokenSeal(anchor.number, "its anchor is not chained to the one before")
        before = anchor


def contradicted(anchors: Iterable[Seal], stored: Iterable[Seal]) -> Iterator[BrokenSeal]:
    """Anchors that the database knows nothing or something else of. Both in the order of their numbers."""
    rest = iter(stored)
    seal = next(rest, None)
    for anchor in anchors:
        while seal and seal.number < anchor.number:
            seal = next(rest, None)
        if seal is None or seal.number != anchor.number:
            yield BrokenSeal(
                anchor.number,
                f"it was anchored on {anchor.at:%Y-%m-%d %H:%M:%S %Z}, and the database does not know it: an "
                "older copy was restored, or seals were taken away",
            )
        elif seal.mac != anchor.mac:
            yield BrokenSeal(
                anchor.number,
                f"the database holds another one than was anchored on {anchor.at:%Y-%m-%d %H:%M:%S %Z}: an "
                "older copy was restored and went on, or the seals were made anew",
            )


def together(*knowing: Mapping[UUID, Known]) -> dict[UUID, tuple[Known, ...]]:
    """Everything that is known of each lane."""
    found = sorted((one for heads in knowing for one in heads.values()), key=lambda one: one.head.id)
    return {lane: tuple(of_lane) for lane, of_lane in groupby(found, key=lambda one: one.head.id)}


def _leaf(head: Lane) -> bytes:
    return _hashed(LEAF, head.id.bytes, head.seq.to_bytes(8, "big"), head.mac)


def _hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def _mac(seal: Seal) -> bytes:
    key = hmac.digest(settings.KEYS.access_log, b"seal", "sha256")
    told = (seal.number, microseconds(seal.at), seal.root.hex(), seal.previous.hex(), seal.lanes, seal.lines)
    return hmac.digest(key, BETWEEN.join(map(str, told)).encode(), "sha256")
