"""The microsecond before, at and after everything that begins or ends; the database's clock alone decides.

Beside the ends of random worlds: accesses that begin and end when the hour is set forward and back, on leap
day, and at midnight of a birthday. Now and then the reader's connection lives in another time zone, and the
program's own clock is five minutes wrong.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle, pairwise
from random import Random
from unittest import mock
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from proof.oracle import acts, rows_seen_by, words
from proof.oracle.random_world import NOW, TICK, make
from proof.oracle_rows import fill
from proof.outcome import Outcome
from proof.replayed import Replayed
from proof.scratch import rows_read, scratch
from samvirke.gate import session
from samvirke.kernel.gate_words import Purpose

SMALL, FULL = 40, 2_000
SHIFTS = (timedelta(0), timedelta(minutes=5), timedelta(minutes=-5))
ZONES = ("UTC", "Europe/Oslo", "Pacific/Chatham")
OSLO = ZoneInfo("Europe/Oslo")
CALENDAR = tuple(
    moment.astimezone(UTC)
    for moment in (
        datetime(2031, 3, 30, 2, 0, tzinfo=OSLO),  # the hour from two to three is left out
        datetime(2031, 5, 17, 0, 0, tzinfo=OSLO),  # somebody turns eighteen
        datetime(2031, 10, 26, 2, 30, tzinfo=OSLO),  # the hour from two to three, the first time
        datetime(2031, 10, 26, 2, 30, tzinfo=OSLO, fold=1),  # and the second
        datetime(2032, 2, 29, 0, 0, tzinfo=OSLO),  # leap day begins
        datetime(2032, 2, 29, 12, 0, tzinfo=UTC),
        datetime(2032, 3, 1, 0, 0, tzinfo=OSLO),  # a birthday of who was born on leap day
        datetime(2032, 3, 28, 2, 0, tzinfo=OSLO),
    )
)


def run(size: int, seed: int) -> Outcome:
    """Stand before, at and after so many edges."""
    edges, failures, number, compared = 0, list[str](), 0, 0
    while edges < size and len(failures) < 20:
        with scratch() as place:
            world = _world(Replayed(place), seed + number, small=size < FULL // 10)
            for edge, about in _edges(world)[: size - edges]:
                wrong, read = _stand(world, edge, about, Random(seed + edges))
                edges, compared = edges + 1, compared + read
                failures += wrong
        number += 1
    return Outcome(edges, tuple(failures), f"{number} worlds, {compared} row sets compared")


def _world(replayed: Replayed, seed: int, *, small: bool) -> Replayed:
    """A random world, and in it accesses that begin and end at moments of the calendar."""
    posts, persons, records, families = (8, 5, 5, 2) if small else (20, 16, 16, 6)
    replayed.replay(make(seed, posts=posts, persons=persons, records=records, families=families).history)
    rng = Random(f"calendar {seed}")  # its ids are others than the world's
    for act in list(_by_the_calendar(replayed, rng)):
        replayed.do(act)
    replayed.set_clock(NOW + 2 * TICK)
    fill(replayed, rng)
    return replayed


def _by_the_calendar(replayed: Replayed, rng: Random) -> Iterator[acts.Act]:
    """Memberships and consents from one moment to the next, given ahead and ended by the clock alone."""
    at, world = NOW + 2 * TICK, replayed.world
    moments = cycle(pairwise(CALENDAR))
    for post, unit in world.post_units.items():
        start, until = next(moments)
        role = world.of_post[post][0].role
        for holder in (post, unit):
            key, purposes = UUID(int=rng.getrandbits(128)), words.ROLE_PURPOSES[role]
            yield acts.BeginMembership(at, key, post, holder, role, purposes, start, until)
    near = [post for post, own in world.post_units.items() if any(m.holds(at) for m in world.of_post[post])]
    for person in world.persons:
        post, until = rng.choice(near), rng.choice(CALENDAR)
        consent = UUID(int=rng.getrandbits(128))
        units = (world.post_units[post],)
        yield acts.GiveConsent(at, consent, person, words.ALL_KINDS, words.FOUR, units, until)
        yield acts.AdmitPosts(at, consent, (post,))


def _edges(replayed: Replayed) -> list[tuple[datetime, UUID]]:
    """Each moment to come at which something of a holder begins or ends, in order."""
    world, found = replayed.world, set[tuple[datetime, UUID]]()
    for there in world.by_subject.values():
        for holder, accesses in there.items():
            for access in accesses:
                found |= {(edge, holder) for edge in (access.start, access.until)}
    for m in world.memberships.values():
        found |= {(edge, m.post) for edge in (m.start, m.until)}
    for (_, citizen), shares in world.shares.items():
        found |= {(share.until, citizen) for share in shares}
    first = replayed.moment + TICK
    return sorted(edge for edge in found if first < edge[0] < words.FOREVER)


def _stand(replayed: Replayed, edge: datetime, about: UUID, rng: Random) -> tuple[list[str], int]:
    """Compare what those concerned see at the three moments."""
    world, wrong, read = replayed.world, list[str](), 0
    own = [post for post, unit in world.post_units.items() if about in (post, unit)] or [about]
    posts = [*rng.sample(own, min(2, len(own))), rng.choice(list(world.of_post))]
    for at in (edge - TICK, edge, edge + TICK):
        replayed.set_clock(at)
        purpose, shift, zone = rng.choice(words.PURPOSES[:4]), rng.choice(SHIFTS), rng.choice(ZONES)
        with shifted(shift):
            for post, wanted in zip(posts, rows_seen_by(world, purpose, at, posts, world.rows), strict=True):
                read += 1
                if _seen(post, purpose, zone) != wanted:
                    wrong.append(
                        f"post {post} for purpose {purpose} at {at} ({zone}, {shift}): the edge is {edge}"
                    )
    return wrong, read


def _seen(post: UUID, purpose: int, zone: str) -> set[int]:
    try:
        with session.enter(post, Purpose(purpose)), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])
            return rows_read()
    except session.NoMembership:
        return set()


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """The program's own clock is wrong by this much."""
    real, seconds = time.time, by.total_seconds()

    def wrong() -> float:
        return real() + seconds

    def wrong_now() -> datetime:
        return datetime.fromtimestamp(wrong(), UTC)

    with mock.patch.object(time, "time", wrong), mock.patch.object(timezone, "now", wrong_now):
        yield
