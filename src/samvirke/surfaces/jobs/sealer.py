"""The sealer: every ten seconds the lanes of the access log that have moved go under a seal.

It connects as the worker, who reaches where lanes stand and nothing that stands in them. What is sealed is
committed before it is anchored, so that no anchor tells of a seal that was never there; what could not be
anchored, for a full disk or a file that is away, is anchored with the next one.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from psycopg.rows import TupleRow

from samvirke.gate import seals
from samvirke.gate.lanes import Lane
from samvirke.gate.seals import Moved, Seal
from samvirke.surfaces.commands import postgres
from samvirke.surfaces.running import anchors, logs

EVERY = 10.0  # seconds
NEWEST = "SELECT number, at, root, previous, lanes, lines, mac FROM gate.newest_seal()"
AFTER = "SELECT number, at, root, previous, lanes, lines, mac FROM gate.seals_after(%s)"
TO_SEAL = "SELECT lane, seq, mac, sealed FROM gate.lanes_to_seal()"
ADD = "SELECT gate.add_seal(%s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s::bigint[], %s::bytea[])"

log = logs.get("samvirke.seal")


def seal(place: postgres.Connection) -> Seal | None:
    """Put under a seal what has moved; None where nothing has. Appends to the anchors, where there are any.

    Raises psycopg.Error, OSError, UnreadableAnchor, AnotherDatabase.
    """
    with psycopg.connect(place.url, connect_timeout=10) as link:
        made = _sealed(link)
        link.commit()
        if settings.ANCHORS is not None:
            _anchor(link, settings.ANCHORS)
    return made


async def watch(place: postgres.Connection) -> None:
    """Seal until stopped. What goes wrong is logged, and tried again."""
    while True:
        await asyncio.to_thread(_try, place)
        await asyncio.sleep(EVERY)


def _try(place: postgres.Connection) -> None:
    try:
        seal(place)
    except (psycopg.Error, OSError, anchors.UnreadableAnchor, anchors.AnotherDatabase) as problem:
        log.error("not sealed", **logs.told_of(problem))


def _sealed(link: psycopg.Connection[TupleRow]) -> Seal | None:
    (at,) = _one(link, "SELECT gate.begin_seal()")
    newest = link.execute(NEWEST).fetchone()
    rows = link.execute(TO_SEAL).fetchall()
    found = [Moved(Lane(lane, seq, mac), sealed) for lane, seq, mac, sealed in rows]
    moved = [one for one in found if one.head.seq > one.sealed]
    for one in found:
        if one.head.seq < one.sealed:  # verify tells where
            log.error("shorter than sealed", lane=str(one.head.id), line=one.head.seq, sealed=one.sealed)
    if not moved:
        return None
    made = seals.sealed(Seal(*newest) if newest else None, moved, at)
    heads = [one.head for one in moved]
    columns = [[one.id for one in heads], [one.seq for one in heads], [one.mac for one in heads]]
    told = (made.number, made.at, made.root, made.previous, made.lanes, made.lines, made.mac)
    link.execute(ADD, [*told, *columns])
    return made


def _anchor(link: psycopg.Connection[TupleRow], path: Path) -> None:
    last = anchors.last(path)
    if last is not None and not _has(link, last):
        raise anchors.AnotherDatabase(path, last)
    number = 0 if last is None else last.number
    while newer := [Seal(*row) for row in link.execute(AFTER, [number]).fetchall()]:
        anchors.append(path, newer)
        number = newer[-1].number


def _has(link: psycopg.Connection[TupleRow], anchor: Seal) -> bool:
    found = link.execute(f"{AFTER} LIMIT 1", [anchor.number - 1]).fetchone()
    return found is not None and Seal(*found).mac == anchor.mac


def _one(link: psycopg.Connection[TupleRow], statement: str) -> Any:
    row = link.execute(statement).fetchone()
    assert row is not None
    return row
