"""Every read stands in the access log: exactly one line for each request and subject, no more and no fewer.

Everybody asks for every page that takes nothing; then chance asks for any page, sends forms, and writes and
reads by the rooms' operations, as chance's post, about chance's person or about nobody. An observer who knows
nothing of the gate looks at each answer alone: every person has a name of their own, so what the answer holds
says whom it showed. A failure is a person who was shown without a line, a line about somebody who was not
shown, two lines where there should be one, an attempt without a line, or any line in the log that no request
explains. Where something was tried and not done, the line says so, and on which basis there was something to
see beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from proof import log_world
from proof.channels.ground import own_database
from proof.log_requests import Asked, at_random, every_page
from proof.log_world import World
from proof.outcome import Outcome
from samvirke.gate import audit
from samvirke.surfaces.commands import postgres

SMALL, FULL = 1000, 100_000
AT_ONCE = 200  # requests between two looks at the log
REFUSED = 400  # statuses from here on say that nothing was done
FEW = 200  # requests that every page as everybody would fill alone
ROWS = """
SELECT lane, seq, request_id, post_id, subject_id, outcome, basis FROM gate_accessentry
WHERE lane = %s AND seq > %s ORDER BY seq
"""


def run(size: int, seed: int) -> Outcome:
    """Send so many requests, and compare the log with what was observed."""
    random, failures = Random(seed), []
    with own_database() as name, _watching(name) as link:
        world = log_world.world()
        head, lines = audit.head(), _count(link)
        requests = chain(every_page(world) if size > FEW else (), at_random(world, random))
        asked = islice(requests, size)
        while some := list(islice(asked, AT_ONCE)):
            failures += _compared(link, world, some, head)
            head = some[-1].head
        explained = 0 if head is None else head.seq
        if _count(link) != explained:
            failures.append(f"{_count(link)} lines in the log, of which requests explain {explained}")
        note = f"{_count(link) - lines} lines"
    return Outcome(size, tuple(failures), note)


def _compared(
    link: psycopg.Connection[Any], world: World, asked: Sequence[Asked], head: audit.Lane | None
) -> Iterator[str]:
    requests: set[UUID] = set()
    of_lanes = _lines_of_lanes(link, head, asked)
    for one in asked:
        rows = _between(of_lanes, head, one.head)
        for wrong in _wrong(world, one, rows):
            yield f"{one.what} as {one.post} ({one.status}): {wrong}"
        if {row[2] for row in rows} & requests:
            yield f"{one.what}: a line of another request"
        requests |= {row[2] for row in rows}
        head = one.head


def _lines_of_lanes(
    link: psycopg.Connection[Any], before: audit.Lane | None, asked: Sequence[Asked]
) -> dict[UUID, list[Any]]:
    """What was written since, by lane, in one look: a lane is whole, so that a place in it is a number."""
    found: dict[UUID, list[Any]] = {one.head.id: [] for one in asked if one.head is not None}
    first = {before.id: before.seq} if before is not None else {}
    for lane in found:
        found[lane] = link.execute(ROWS, [lane, first.get(lane, 0)]).fetchall()
    return found


def _between(
    of_lanes: dict[UUID, list[Any]], before: audit.Lane | None, after: audit.Lane | None
) -> list[Any]:
    if after is None or after == before:
        return []
    first = before.seq if before is not None and before.id == after.id else 0
    return [row for row in of_lanes[after.id] if first < row[1] <= after.seq]


def _wrong(world: World, one: Asked, rows: Sequence[Any]) -> Iterator[str]:
    """What the lines of one request are, against what the observer saw."""
    subjects = [row[4] for row in rows]
    if len(subjects) != len(set(subjects)):
        yield "two lines about one subject"
    if len({row[2] for row in rows}) > 1 or {row[3] for row in rows} - {one.post}:
        yield "lines of several requests or posts"
    tried = {row[4] for row in rows if row[5] == audit.NOT_DONE}
    allowed = {row[4] for row in rows if row[5] == audit.ALLOWED or (row[4] in tried and row[6])}
    stopped = set(subjects) - allowed
    shown = frozenset().union(*(world.by_name[name].ids for name in one.shown))
    for name in one.shown:
        if not allowed & world.by_name[name].ids:
            yield f"{name} was shown, and no line says so"
    if allowed - shown:
        yield f"{len(allowed - shown)} lines say that somebody was shown who was not"
    if one.shown and stopped:
        yield "a line of an attempt where something was shown"
    if not one.shown and one.asked | one.about:
        told = bool(one.asked) and one.asked <= stopped
        if not told and len(stopped & one.about) != 1:
            yield "an attempt without its line"
    if tried and one.status < REFUSED:
        yield "a line says that nothing was done, and something was"
    if stopped - one.asked - one.about - one.own:
        yield "a line of an attempt that nobody made"


@contextmanager
def _watching(name: str) -> Iterator[psycopg.Connection[Any]]:
    place = replace(postgres.connection("backup"), name=name)
    with psycopg.connect(place.url, autocommit=True) as link:
        yield link


def _count(link: psycopg.Connection[Any]) -> int:
    (number,) = link.execute("SELECT count(*) FROM gate_accessentry").fetchall()[0]
    return int(number)
