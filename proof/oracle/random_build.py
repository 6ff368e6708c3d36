"""What every proposal uses: chance, ids and times from the seed, and the world as it is so far."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from proof.oracle import acts, words
from proof.oracle.answer import Question, answer, barred
from proof.oracle.applying import apply
from proof.oracle.world import Access, World

NOW = datetime(2031, 3, 14, 11, 30, 15, 123456, tzinfo=UTC)
"""The moment about which everything is spread."""
TICK = timedelta(microseconds=1)
EDGES = (NOW - TICK, NOW, NOW + TICK)
TRIES = 6
T = TypeVar("T")


class Builder:
    """A world under way: proposals ask it for somebody to be about, and it does what they propose."""

    def __init__(self, rng: Random) -> None:
        """Nothing is there yet."""
        self.rng = rng
        self.world = World()

    def do(self, act: acts.Act) -> None:
        """An act is done."""
        apply(self.world, act)

    def attempt(self, proposal: "Proposal", at: datetime) -> None:
        """A proposal is tried a few times, until it finds something that is allowed."""
        for _ in range(TRIES):
            proposed = proposal(self, at)
            for act in proposed:
                self.do(act)
            if proposed:
                return

    def uuid(self) -> UUID:
        """The next id."""
        return UUID(int=self.rng.getrandbits(128), version=4)

    def chance(self, share: float) -> bool:
        """Yes, so often."""
        return self.rng.random() < share

    def pick(self, options: Sequence[T]) -> T:
        """One of these."""
        return self.rng.choice(options)

    def any_of(self, options: Sequence[T]) -> list[T]:
        """One of these or nobody: a proposal goes on with what it gets."""
        return [self.rng.choice(options)] if options else []

    def some_of(self, mask: int) -> int:
        """A part of a mask, never nothing where there is something."""
        bits = [1 << place for place in range(mask.bit_length()) if mask >> place & 1]
        return sum(self.rng.sample(bits, self.rng.randint(1, len(bits)))) if bits else 0

    def early(self) -> datetime:
        """Mostly long ago."""
        return self.moment() if self.chance(0.05) else NOW - timedelta(days=self.rng.uniform(300, 400))

    def moment(self) -> datetime:
        """Some time before now, rather lately; some exactly now, and some where a lift just ends."""
        kind = self.rng.random()
        if kind < 0.5:
            return NOW - timedelta(days=self.rng.uniform(4, 300))
        if kind < 0.85:
            return NOW - timedelta(hours=self.rng.uniform(0, 80))
        hours = timedelta(hours=self.rng.choice([0, 0, 1, 8, 24, 72]))
        return self.rng.choice(EDGES) - hours

    def end(self, at: datetime) -> datetime:
        """An end after this moment: about now, lately or in a long time."""
        ends = [*EDGES, *EDGES, NOW - timedelta(days=2), NOW + timedelta(days=self.rng.uniform(1, 300))]
        ends += [
            at + timedelta(days=self.rng.uniform(1, 300)),
            NOW + timedelta(days=self.rng.randint(1, 300)),
        ]
        return self.rng.choice([end for end in ends if end > at])

    def sees(self, post: UUID, subject: UUID, kind: int, at: datetime, write: bool = False) -> int:
        """The first purpose for which a post may do this now, or none."""
        for purpose in words.PURPOSES[:4]:
            if answer(self.world, Question(post, purpose, subject, kind, write, at)).yes:
                return purpose
        return 0

    def active(self, post: UUID, at: datetime, *holders: UUID) -> bool:
        """Whether a post acts through itself, and through each of these, for something persons know of."""
        acting = {m.holder for m in self.world.of_post[post] if m.holds(at) and m.purposes & words.FOUR}
        return acting.issuperset((post, *holders))

    def workers(self, at: datetime, unit: UUID | None = None) -> list[UUID]:
        """The posts at work now, of a unit or of all, whose role reads something and is nobody's machine."""
        return [
            post
            for post, own in self.world.post_units.items()
            if (unit is None or own == unit)
            and self.active(post, at, own)
            and self.role(post) not in ("partnership_leader", "evaluator", "integration")
        ]

    def admissible(self, subject: UUID, at: datetime, unit: UUID | None = None) -> list[UUID]:
        """Of these posts those whom no bar keeps from the subject: nobody is let in where a bar stands."""
        return [post for post in self.workers(at, unit) if not barred(self.world, post, subject)]

    def role(self, post: UUID) -> str:
        """The one role of a post."""
        return self.world.of_post[post][0].role

    def knowing(self, subject: UUID, at: datetime, kind: int = words.IDENTITY) -> list[UUID]:
        """The staff posts that may read a kind about a subject now, for some purpose."""
        holders = self.world.by_subject.get(subject, {})
        own = self.world.post_units.items()
        posts = [post for post, unit in own if post in holders or unit in holders]
        return [post for post in posts if self.active(post, at) and self.sees(post, subject, kind, at)]

    def open_now(self, subject: UUID, basis: str, at: datetime) -> list[Access]:
        """The accesses on a basis that are open now and were so before: those that can be ended."""
        return [a for a in self.world.about(subject, basis) if a.holds(at) and a.start < at]


Proposal = Callable[[Builder, datetime], Sequence[acts.Act]]
