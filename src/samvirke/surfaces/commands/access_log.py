"""Whether the access log holds, by itself and by what is known of it elsewhere.

Read as the role `backup`, which sees all of it, in parts side by side and a line at a time: what is kept in
memory is where each lane stands, however long the log is. What lies outside the database is read first, so
that it never knows more than the database may.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import groupby, islice, takewhile
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections
from psycopg import sql

from samvirke.gate import lanes, seals
from samvirke.gate.lanes import Broken, Known, Lane
from samvirke.gate.seals import BrokenSeal, Seal
from samvirke.surfaces.commands import postgres
from samvirke.surfaces.running import anchors

PARTS = 64  # by the lane's id
ALONE = 100_000  # lines: fewer are not worth further processes
MOST_TOLD = 1000  # of a part that is broken throughout
AT_ONCE = 2000  # lines of a cursor
SEALS = "SELECT number, at, root, previous, lanes, lines, mac FROM gate_seal ORDER BY number"
WITH_HEADS = """
SELECT s.number, s.at, s.root, s.previous, s.lanes, s.lines, s.mac, h.lane, h.seq, h.mac
FROM gate_seal s LEFT JOIN gate_sealedhead h ON h.seal_id = s.number ORDER BY s.number
"""
ABOUT = "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'gate_accessentry'::regclass"
LINES = sql.SQL("SELECT {} FROM gate_accessentry WHERE lane >= %s AND lane <= %s ORDER BY lane, seq").format(
    sql.SQL(", ").join(map(sql.Identifier, lanes.COLUMNS))
)

Place = Broken | BrokenSeal


@dataclass(frozen=True, slots=True)
class Shipped:
    """What a log that was sent elsewhere tells: where each lane stood last, and until when it tells."""

    heads: Mapping[UUID, Known] = field(default_factory=dict)
    until: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked, where it does not hold, and what would have gone unseen."""

    lanes: int
    lines: int
    seals: int
    broken: Sequence[Place]
    window: str


def verified(
    place: postgres.Connection | None = None,
    *,
    anchored: Path | None = None,
    log: Path | None = None,
    processes: int | None = None,
) -> Verified:
    """The access log of the database that Samvirke uses, or of the one at `place`.

    anchored: the file of anchors. log: a shipped log. Raises UnreadableAnchor, OSError.
    """
    place = place or _here()
    shipped = Shipped() if log is None else read_log(log)
    broken: list[Place] = []
    newest = None if anchored is None else anchors.last(anchored)
    sealed: dict[UUID, Known] = {}
    with psycopg.connect(place.url) as link:
        count = _count(link)
        broken += seals.checked(_with_heads(link), sealed)
        if anchored is not None and (newest or count):
            broken += seals.checked_anchors(_until(newest, anchored))
            broken += seals.contradicted(_until(newest, anchored), _seals(link))
        (about,) = link.execute(ABOUT).fetchall()[0]
    known = seals.together(sealed, shipped.heads)
    found = _of_lanes(place, known, processes or _processes(about))
    lines = sum(one.lines for one in found)
    return Verified(
        lanes=sum(one.lanes for one in found),
        lines=lines,
        seals=count,
        broken=[*broken, *(place for one in found for place in one.broken)],
        window=window(newest, shipped.until, lines),
    )


def window(anchor: Seal | None, shipped: str, lines: int) -> str:
    """The sentence that says what would have gone unseen."""
    if anchor is None and not shipped:
        return (
            "Compared with nothing outside this database: lines cut from the end of a lane, together with "
            "the seals over them, would go unseen."
        )
    if anchor is None:
        return (
            f"Compared with a shipped log until {shipped}: lines written later and cut from the end of a "
            "lane, together with the seals over them, would go unseen."
        )
    later = max(0, lines - anchor.lines)
    unless = f", unless the shipped log tells of them, which ends at {shipped}" if shipped else ""
    return (
        f"Compared with anchors until {anchor}: of the lines written later ({later} are there now), those "
        f"cut from the end of a lane would go unseen{unless}."
    )


def read_log(path: Path) -> Shipped:
    """The newest head of each lane that a shipped request log tells; lines that tell none are passed over."""
    heads: dict[UUID, Known] = {}
    until = ""
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            told = _told(line)
            if told is not None:
                head, at = told
                until = max(until, at)
                if head.id not in heads or heads[head.id].head.seq < head.seq:
                    heads[head.id] = Known(head, "the shipped log")
    return Shipped(heads, until)


@dataclass(frozen=True, slots=True)
class _Part:
    lanes: int
    lines: int
    broken: Sequence[Broken]


def _here() -> postgres.Connection:
    return replace(postgres.connection("backup"), name=connections["default"].settings_dict["NAME"])


def _until(newest: Seal | None, path: Path) -> Iterator[Seal]:
    """The anchors that were there when the check began. Raises OSError where the file is away."""
    found = anchors.read(path)
    return takewhile(lambda one: newest is not None and one.number <= newest.number, found)


def _told(line: str) -> tuple[Lane, str] | None:
    try:
        said = json.loads(line)
        lane, seq, mac = said["access_log"].split(":")
        return Lane(UUID(lane), int(seq), bytes.fromhex(mac)), str(said.get("timestamp", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _count(link: postgres.Link) -> int:
    (number,) = link.execute("SELECT count(*) FROM gate_seal").fetchall()[0]
    return int(number)


def _rows(link: postgres.Link, query: Any, values: Sequence[object] = ()) -> Iterator[Any]:
    with link.cursor(name="lines") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(query, values)
        yield from cursor


def _seals(link: postgres.Link) -> Iterator[Seal]:
    return (Seal(*row) for row in _rows(link, SEALS))


def _with_heads(link: postgres.Link) -> Iterator[tuple[Seal, list[Lane]]]:
    for of_seal, rows in groupby(_rows(link, WITH_HEADS), key=lambda row: row[:7]):
        yield Seal(*of_seal), [Lane(*row[7:]) for row in rows if row[7] is not None]


def _processes(about: int) -> int:
    return 1 if about < ALONE else os.cpu_count() or 1


def _of_lanes(
    place: postgres.Connection, known: Mapping[UUID, Sequence[Known]], processes: int
) -> list[_Part]:
    """Every lane; those of a part one after the other."""
    if processes == 1:
        return [_part(place.url, UUID(int=0), UUID(int=2**128 - 1), known)]
    step = 2**128 // PARTS
    bounds = [(UUID(int=low), UUID(int=low + step - 1)) for low in range(0, 2**128, step)]
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        asked = [
            pool.submit(_part, place.url, low, high, {one: known[one] for one in known if low <= one <= high})
            for low, high in bounds
        ]
        return [one.result() for one in asked]


def _part(url: str, low: UUID, high: UUID, known: Mapping[UUID, Sequence[Known]]) -> _Part:
    read = lanes.Read()
    with psycopg.connect(url) as link:
        lines = _rows(link, LINES, [low, high])
        broken = list(islice(lanes.verify(lines, known, read), MOST_TOLD))
    return _Part(read.lanes, read.lines, broken)
