"""Every post and purpose, in random worlds: the rows the database shows are those of the access document.

Each world's acts are done in a database of its own. Then, at several moments, whoever can enter reads the
probe, and the row set is compared with the oracle's; leaks and false refusals are told apart. A sample is
asked of the gate's Python too: `require` with its code or basis, `visible` and `allowed`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from random import Random
from uuid import UUID

import psycopg
from django.db import connection, transaction

from proof.oracle import Answer, World, decide_many, rows_seen_by, words
from proof.oracle.random_world import NOW, TICK, make
from proof.oracle.world import Row
from proof.outcome import Outcome
from proof.replayed import Replayed
from proof.scratch import ROWS_READ, Scratch, rows_read, scratch
from samvirke.gate import queries as ask
from samvirke.gate import session
from samvirke.gate.access import CASEWORK
from samvirke.gate.models import Grant
from samvirke.gate.types import Refused, Verb, Viewer
from samvirke.kernel.gate_words import DataKind, Purpose

SMALL, FULL = 20_000, 10_000_000
ENTER = "SELECT role FROM gate.enter(%s, %s, %s)"
WORLDS = 10
MOMENTS = tuple(
    NOW + TICK + later
    for later in (
        timedelta(0), TICK, timedelta(hours=6), timedelta(days=2), timedelta(days=20), timedelta(days=60),
        timedelta(days=120), timedelta(days=200), timedelta(days=280), timedelta(days=400),
    )
)  # fmt: skip
SHOWN = 20
CIRCLES_OWN = {"not_on_team", "no_basis", "outside_period"}
"""Which of these is said of a family follows from what is stored, and is not compared."""
READ_AND_WRITE = (False, True)


@dataclass
class Tally:
    """What was tried so far, and what was found."""

    rows: int = 0
    asked: int = 0
    leaks: int = 0
    refusals: int = 0
    told: list[str] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)

    def wrong(self, said: str) -> None:
        """Something is not as it should be; the first are told."""
        self.told.append(said)


def run(size: int, seed: int) -> Outcome:
    """Decide so many rows in at least ten worlds, in one where it is small, and ask a part in Python."""
    tally, number, not_done, done = Tally(), 0, 0, 0
    worlds = 1 if size < FULL // 100 else WORLDS
    while tally.rows < size or number < worlds:
        with scratch() as place:
            replayed = world_of(place, seed + number, small=worlds == 1)
            compare(replayed, tally, -(-size // worlds), Random(seed + number))
        not_done, done = not_done + len(replayed.not_done), done + len(replayed.world.history)
        number += 1
    note = (
        f"{number} worlds of {done} acts ({not_done} more were let nobody do); {tally.leaks} leaks, "
        f"{tally.refusals} false refusals; {tally.asked} answers of require, visible and allowed, "
        f"{len(tally.codes)} codes and bases"
    )
    return Outcome(tally.rows + tally.asked, tuple(tally.told[:SHOWN]), note)


def world_of(place: Scratch, seed: int, *, small: bool) -> Replayed:
    """A random world, done in this database, its probe filled."""
    sizes = (8, 6, 8, 3) if small else (32, 28, 36, 14)
    posts, persons, records, families = sizes
    made = make(seed, posts=posts, persons=persons, records=records, families=families)
    replayed = Replayed(place)
    replayed.replay(made.history)
    fill(replayed, Random(seed))
    return replayed


def fill(replayed: Replayed, rng: Random) -> None:
    """The probe holds a row of each kind about each subject, a third of them again under a seal."""
    world = replayed.world
    units = list(world.units)
    world.rows[:] = [
        Row(UUID(int=0), subject, kind, seal)
        for subject, kind in product(world.subjects, words.KINDS)
        for seal in ([None, _seal(world, subject, units, rng)] if rng.random() < 1 / 3 else [None])
    ]
    told = (
        (place, replayed.subject(row.subject), row.kind, row.sealed_to)
        for place, row in enumerate(world.rows)
    )
    replayed.scratch.fill(told)


def _seal(world: World, subject: UUID, units: Sequence[UUID], rng: Random) -> UUID:
    """A unit, rather one that sees the subject."""
    holders = {h for one in (subject, *world.members(subject)) for h in world.by_subject.get(one, {})}
    near = sorted({world.post_units.get(holder, holder) for holder in holders} & world.units.keys())
    return rng.choice(near if near and rng.random() < 0.8 else units)


def compare(replayed: Replayed, tally: Tally, share: int, rng: Random) -> None:
    """Compare row sets at one moment after the other until the share is reached; then ask some in Python."""
    world, upto = replayed.world, tally.rows + share
    for at in MOMENTS:
        replayed.set_clock(at)
        for purpose in words.PURPOSES:
            for post, wanted in zip(
                world.of_post, rows_seen_by(world, purpose, at, list(world.of_post), world.rows), strict=True
            ):
                _row_set(replayed, tally, post, purpose, wanted)
        if tally.rows >= upto:
            break
    in_python(replayed, tally, share // 100, rng)


def _row_set(replayed: Replayed, tally: Tally, post: UUID, purpose: int, wanted: set[int]) -> None:
    seen = seen_by(post, purpose)
    tally.rows += len(replayed.world.rows)
    tally.leaks += len(seen - wanted)
    tally.refusals += len(wanted - seen)
    for what, places in (("leak", seen - wanted), ("false refusal", wanted - seen)):
        for place in sorted(places)[:3]:
            tally.wrong(f"{what}: {_about(replayed, post, purpose)}: {replayed.world.rows[place]}")


def _about(replayed: Replayed, post: UUID, purpose: int) -> str:
    return f"post {post} for {words.PURPOSE_NAMES[purpose.bit_length() - 1]} at {replayed.moment}"


def seen_by(post: UUID, purpose: int) -> set[int]:
    """The rows of the probe that a post reads here for a purpose; none where it cannot enter."""
    try:
        with session.enter(post, Purpose(purpose)):
            return rows_read()
    except session.NoMembership:
        return set()


def seen_by_each(posts: Sequence[UUID], purpose: int) -> list[set[int]]:
    """The same of several posts at one moment, in one round trip: whoever enters next has left before."""
    with transaction.atomic(), ExitStack() as open_until_read:
        link = connection.connection
        readers = [open_until_read.enter_context(psycopg.Cursor(link)) for _ in posts]
        with link.pipeline():
            for post, reader in zip(posts, readers, strict=True):
                ticket = session.ticket(link, post, Purpose(purpose))
                psycopg.Cursor(link).execute(ENTER, [post, purpose, ticket])
                reader.execute(ROWS_READ)
        return [set(reader.fetchall()[0][0]) for reader in readers]


# Python's answers


@dataclass(frozen=True, slots=True)
class Asked:
    """One subject and cell, and what the document says of it."""

    subject: UUID
    kind: int
    write: bool
    said: Answer

    @property
    def verb(self) -> Verb:
        """A verb that does just this."""
        return Verb(f"proof.{self.kind}.{self.write}", DataKind(self.kind), CASEWORK, writes=self.write)


def in_python(replayed: Replayed, tally: Tally, share: int, rng: Random) -> None:
    world, upto = replayed.world, tally.asked + 3 * share
    posts = list(world.of_post)
    enough = tally.asked + share
    while tally.asked < upto:
        replayed.set_clock(rng.choice(MOMENTS))
        post, purpose = rng.choice(posts), rng.choice(words.PURPOSES)
        cell = rng.choice(words.KINDS), rng.random() < 1 / 2
        every = list(answers(world, post, purpose, replayed.moment))
        met = [one for one in every if one.said.code != "not_on_team"]
        some = [rng.choice(every if rng.random() < 0.3 or not met else met) for _ in range(60)]
        try:
            with session.enter(post, Purpose(purpose)) as viewer:
                wrong = [*required(replayed, viewer, some if tally.asked < enough else some[:20], tally)]
                wrong += [
                    *buttons(replayed, viewer, every, rng, tally),
                    *listed(replayed, viewer, every, cell, tally),
                ]
        except session.NoMembership:
            tally.asked += len(some)
            wrong = [
                f"not entered: {one}" for one in some if one.said.code not in ("not_active", "wrong_purpose")
            ]
        for what in wrong:
            tally.wrong(f"{_about(replayed, post, purpose)}: {what}")


def answers(world: World, post: UUID, purpose: int, at: datetime) -> Iterator[Asked]:
    subjects = world.subjects
    said = decide_many(world, purpose, at, [post], subjects, words.KINDS, READ_AND_WRITE)
    for (subject, kind, write), answer in zip(
        product(subjects, words.KINDS, READ_AND_WRITE), said, strict=True
    ):
        yield Asked(subject, kind, write, answer)


def required(replayed: Replayed, viewer: Viewer, some: Sequence[Asked], tally: Tally) -> Iterator[str]:
    for one in some:
        subject = replayed.subject(one.subject)
        try:
            viewer.lines.clear()
            ask.require(viewer, one.verb, subject)
            told = viewer.lines[subject].basis
        except Refused as refused:
            told = refused.refusal.value
        except ValueError as unknown:  # no code that there is
            told = str(unknown)
        tally.asked += 1
        tally.codes[told] += 1
        wanted = one.said.basis or one.said.code
        follows = one.subject in replayed.world.families and {told, wanted} <= CIRCLES_OWN
        if told != wanted and not follows:
            yield f"require said {told}: {one}"


def buttons(
    replayed: Replayed, viewer: Viewer, every: Sequence[Asked], rng: Random, tally: Tally
) -> Iterator[str]:
    for subject in rng.sample(replayed.world.subjects, 3):
        here = [one for one in every if one.subject == subject]
        found = ask.allowed(viewer, [one.verb for one in here], replayed.subject(subject))
        tally.asked += len(here)
        yield from (f"allowed: {one}" for one in here if one.said.yes != (one.verb.code in found))


def listed(
    replayed: Replayed, viewer: Viewer, every: Sequence[Asked], cell: tuple[int, bool], tally: Tally
) -> Iterator[str]:
    """The viewer's own accesses are one row at least for each subject that anything may be done with."""
    here = [one for one in every if (one.kind, one.write) == cell]
    found = set(ask.visible(viewer, here[0].verb, Grant.objects.all()).values_list("subject_id", flat=True))
    tally.asked += len(here)
    yield from (f"visible: {one}" for one in here if one.said.yes != (replayed.subject(one.subject) in found))
