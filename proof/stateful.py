"""A random walk of acts and of time; after each step the database shows what the oracle says.

Consents are given, withdrawn and run out, posts are admitted, dismissed and moved, records are tied and
untied, guardians begin and end, places, bars, shields, families, laws and broken glass come and go, and the
clock moves on, often to the very moment at which something ends. Whoever has a post moves to one of another
unit, with what is their own case, and those acted for pass the ages that the law packs draw. Records are
folded and taken apart: nothing begins or ends by it, but what the rules say of the same person holds of them.
Worlds are small, and fresh ones follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from proof import room_acts as rooms
from proof.in_rooms import InRooms
from proof.oracle import World, acts, rows_seen_by, words
from proof.oracle import random_acts as propose
from proof.oracle import random_around as around
from proof.oracle.random_build import NOW, TICK, Builder, Proposal
from proof.oracle.random_world import make
from proof.oracle.world import Row
from proof.oracle_rows import seen_by, seen_by_each
from proof.outcome import Outcome
from proof.scratch import Scratch, scratch

SMALL, FULL = 250, 100_000
WALK = 1000
VIEWERS = 3
SEALED = 1 / 3  # of the rows have a twin under a seal
GROWN = 40  # subjects; then nobody new comes
NEW: tuple[tuple[float, Proposal], ...] = (
    (0.3, propose.open_record),
    (0.3, around.open_person),
    (0.4, around.open_family),
)
CHANGES: tuple[tuple[float, Proposal], ...] = (
    (3, around.give_and_admit),
    (2, around.admit_more),
    (2, around.dismiss),
    (2, around.withdraw),
    (1, around.record_guardian),
    (1, around.end_guardian),
    (1.5, around.share),
    (1.5, propose.open_by_law),
    (1, propose.end_by_law),
    (2, propose.break_glass),
    (1, propose.find_misuse),
    (0.7, propose.bar),
    (1.5, propose.protect),
    (1, propose.lift_protection),
    (1, propose.tie),
    (1, propose.end_tie),
    (1, propose.shield),
    (1, propose.end_shield),
    (0.3, propose.take_back),
    (0.5, propose.end_membership),
    (1, propose.suspend_membership),
    (1, rooms.take_post),
    (1, rooms.move_post),
    (3, rooms.fold),
    (0.5, rooms.take_apart),
    (2, rooms.reach_an_age),
)
STEPS = (timedelta(0), TICK, timedelta(minutes=3), timedelta(hours=5), timedelta(days=3), timedelta(days=30))


def run(size: int, seed: int) -> Outcome:
    """Walk so many steps, a fresh world every WALK of them."""
    walked, failures, compared, number = 0, list[str](), 0, 0
    while walked < size and not failures:
        with scratch() as place:
            walk = Walk(place, seed + number)
            walked += walk.go(min(WALK, size - walked))
        failures += _shortened(walk)
        compared, number = compared + walk.compared, number + 1
    return Outcome(walked, tuple(failures), f"{number} walks, {compared} row sets compared")


class Walk:
    """One walk in one database."""

    def __init__(self, place: Scratch, seed: int) -> None:
        """A small world is there, done again in the database."""
        self.rng = Random(f"walk {seed}")  # its ids are others than the world's
        made = make(seed, posts=9, persons=5, records=6, families=2)
        self.replayed = InRooms(place)
        self.replayed.replay(made.history)
        self.build = Builder(self.rng)
        self.build.world = self.replayed.world
        self.at = NOW + TICK
        self.compared = 0
        self.wrong: tuple[UUID, int, datetime] | None = None
        self.replayed.world.rows.clear()
        self._fill()

    def go(self, steps: int) -> int:
        """Take so many steps, or as many as go well. Returns how many."""
        for step in range(steps):
            touched = self._step()
            self._fill()
            if self.wrong is None and not self._agrees(touched):
                return step + 1
        return steps

    def _step(self) -> set[UUID]:
        """Time passes, or something is done. Returns whom it may be about."""
        self._time_passes()
        grown = len(self.replayed.world.subjects) >= GROWN
        weighted = CHANGES if grown else (*NEW, *CHANGES)
        (proposal,) = self.rng.choices([one for _, one in weighted], [weight for weight, _ in weighted])
        done = [act for act in proposal(self.build, self.at) if self.replayed.do(act)]
        self.replayed.set_clock(self.at)
        touched = {value for act in done for value in _values(act) if isinstance(value, UUID)}
        return touched | {post for one in touched for post in self._posts_of(one)}

    def _time_passes(self) -> None:
        edges = [edge for edge in ends(self.replayed.world) if self.at < edge < words.FOREVER]
        if edges and self.rng.random() < 0.25:
            self.at = min(edges) + self.rng.choice([-TICK, timedelta(0), TICK])
            self.at = max(self.at, self.replayed.moment)
        else:
            self.at += self.rng.choices(STEPS, [4, 2, 3, 3, 1, 0.3])[0]

    def _posts_of(self, unit: UUID) -> Iterator[UUID]:
        return (post for post, own in self.replayed.world.post_units.items() if own == unit)

    def _fill(self) -> None:
        """Rows of every kind about whoever is new."""
        world = self.replayed.world
        known = {row.subject for row in world.rows}
        for subject in [one for one in world.subjects if one not in known]:
            rows = [
                Row(UUID(int=len(world.rows)), subject, kind, seal)
                for kind in words.KINDS
                for seal in [
                    None,
                    *([self.rng.choice(list(world.units))] if self.rng.random() < SEALED else []),
                ]
            ]
            told = [
                (len(world.rows) + place, self.replayed.subject(subject), row.kind, row.sealed_to)
                for place, row in enumerate(rows)
            ]
            self.replayed.scratch.add(told)
            world.rows += rows

    def _agrees(self, touched: set[UUID]) -> bool:
        world = self.replayed.world
        near = sorted(touched & world.of_post.keys())
        posts = self.rng.sample(near, min(len(near), VIEWERS - 1))
        posts += [self.rng.choice(list(world.of_post)) for _ in range(VIEWERS - len(posts))]
        purpose, moment = self.rng.choice(words.PURPOSES[:4]), self.replayed.moment
        self.compared += len(posts)
        wanted = rows_seen_by(world, purpose, moment, posts, world.rows)
        for post, seen, said in zip(posts, seen_by_each(posts, purpose), wanted, strict=True):
            if seen != said:
                self.wrong = post, purpose, moment
                return False
        return True


def ends(world: World) -> Iterator[datetime]:
    """Every moment at which something begins or ends."""
    for there in world.by_subject.values():
        for accesses in there.values():
            for access in accesses:
                yield from (access.start, access.until)
    for membership in world.memberships.values():
        yield from (membership.start, membership.until)


def _values(act: acts.Act) -> Iterator[object]:
    for name in act.__dataclass_fields__:
        value = getattr(act, name)
        yield from value if isinstance(value, tuple) else (value,)


def _same(replayed: InRooms, post: UUID, purpose: int) -> bool:
    rows = replayed.world.rows
    (wanted,) = rows_seen_by(replayed.world, purpose, replayed.moment, [post], rows)
    return seen_by(post, purpose) == wanted


# Where a walk went wrong: the shortest beginning of it that does


def _shortened(walk: Walk) -> list[str]:
    if walk.wrong is None:
        return []
    post, purpose, moment = walk.wrong
    history = list(walk.replayed.world.history)
    enough, too_few = len(history), 0
    while enough - too_few > 1:
        half = (enough + too_few) // 2
        at = moment if half == len(history) else max(act.at for act in history[:half])
        if _goes_wrong(history[:half], post, purpose, at):
            enough = half
        else:
            too_few = half
    last = "; ".join(str(act) for act in history[max(0, enough - 3) : enough])
    after = f"after {enough} of {len(history)} acts, the last: {last}"
    return [f"post {post} for purpose {purpose} at {moment} {after}"]


def _goes_wrong(history: Sequence[acts.Act], post: UUID, purpose: int, at: datetime) -> bool:
    with scratch() as place:
        replayed = InRooms(place)
        replayed.replay(history)
        if post not in replayed.world.of_post:
            return False
        world = replayed.world
        world.rows[:] = [Row(UUID(int=0), one, kind, None) for one in world.subjects for kind in words.KINDS]
        place.fill(
            (number, replayed.subject(row.subject), row.kind, None) for number, row in enumerate(world.rows)
        )
        replayed.set_clock(at)
        return not _same(replayed, post, purpose)
