"""The same answers by the million: what does not change between questions is worked out once a post.

A post meets most subjects with nothing recorded, so one row of answers serves them all. Each other subject
is summed up as a standing, and what stands alike is answered alike. Nothing is kept between two calls.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import NamedTuple
from uuid import UUID

from proof.oracle import words
from proof.oracle.answer import NO, YES, Answer, Question, acting, barred, knows_place
from proof.oracle.world import Access, Row, World

Holders = frozenset[UUID]
Cells = Sequence[tuple[int, bool]]
Answers = tuple[Answer, ...]


class Standing(NamedTuple):
    """All about a post's holders and a subject, for one purpose at one moment, that any rule asks for."""

    bar: str = ""
    shielded: bool = False
    protected: bool = False
    knows: bool = False
    recorded: bool = False
    ever_read: int = 0
    ever_write: int = 0
    now: tuple[int, ...] = (0,) * len(words.BASES)

    def answer(self, kind: int, write: bool) -> Answer:
        """Rules four to eleven for one kind, read or written."""
        if self.bar:
            return NO[self.bar, self.bar]
        if self.shielded:
            return NO["shielded", "shielded"]
        for place, basis in enumerate(words.BASES):
            if self.now[place] & kind and not (write and basis == words.LIFT):
                return YES[basis]
        rest = self._rest(kind, write)
        if self.protected and kind == words.PROTECTED_LOCATION:
            return NO["protected", "protected" if self.knows else rest]
        return NO[rest, rest]

    def _rest(self, kind: int, write: bool) -> str:
        if not self.recorded:
            return "not_on_team"
        ever = self.ever_write if write else self.ever_read
        return "outside_period" if ever & kind else "no_basis"


class Table:
    """One world for one purpose at one moment, with what is shared by many posts."""

    def __init__(self, world: World, purpose: int, at: datetime, cells: Cells, verb_purposes: int) -> None:
        """Nothing is worked out before it is asked for."""
        self.world, self.purpose, self.at, self.cells = world, purpose, at, cells
        self.verb_purposes = verb_purposes
        self._circles: dict[UUID, dict[UUID, list[Access]]] = {}
        self._answers: dict[tuple[tuple[int, ...], tuple[Standing, ...]], Answers] = {}
        self._hidden = self._with_families(world.protected)
        self._shielded = {one for shielded in world.shielded for one in world.same(shielded)}

    def row(self, post: UUID, subjects: Sequence[UUID], places: dict[UUID, list[int]]) -> list[Answers]:
        """A post's answers about each subject in turn."""
        groups, cell_groups = self._groups(post)
        if isinstance(cell_groups, str):
            return [(NO[cell_groups, cell_groups],) * len(self.cells)] * len(subjects)
        plain = tuple(Standing() for _ in groups)
        row = [self._answered(cell_groups, plain)] * len(subjects)
        for subject in self._met(post, groups):
            if subject in places:
                met = tuple(self._standing(post, holders, subject) for holders in groups)
                answers = self._answered(cell_groups, met)
                for place in places[subject]:
                    row[place] = answers
        return row

    def _groups(self, post: UUID) -> tuple[list[Holders], tuple[int, ...] | str]:
        """For each cell which group of holders carries it, or -1; or the rule that refuses every cell."""
        groups: list[Holders] = []
        of_cell = []
        nobody = UUID(int=0)
        for kind, write in self.cells:
            asked = Question(post, self.purpose, nobody, kind, write, self.at, self.verb_purposes)
            able = acting(self.world, asked)
            if isinstance(able, str):
                if able != "role_may_not":
                    return [], able
                of_cell.append(-1)
                continue
            holders = frozenset(m.holder for m in able)
            if holders not in groups:
                groups.append(holders)
            of_cell.append(groups.index(holders))
        return groups, tuple(of_cell)

    def _answered(self, cell_groups: tuple[int, ...], standings: tuple[Standing, ...]) -> Answers:
        key = cell_groups, standings
        if key not in self._answers:
            self._answers[key] = tuple(
                NO["role_may_not", "role_may_not"] if group < 0 else standings[group].answer(kind, write)
                for group, (kind, write) in zip(cell_groups, self.cells, strict=True)
            )
        return self._answers[key]

    def _with_families(self, subjects: Iterable[UUID]) -> set[UUID]:
        found = set(subjects)
        return found.union(*(self.world.families_of.get(one, ()) for one in found))

    def _met(self, post: UUID, groups: list[Holders]) -> set[UUID]:
        """The subjects about which anything at all may be said beside "nothing is recorded"."""
        holders = frozenset[UUID]().union(*groups)
        every = holders | {post} | {m.holder for m in self.world.of_post.get(post, ())}
        met = self._hidden | self._shielded
        for holder in holders:
            met |= self.world.by_holder.get(holder, {}).keys() | self._circle(holder).keys()
        for holder in every:
            met = met.union(*(self.world.covered(one) for one in self.world.bars.get(holder, ())))
        return met

    def _circle(self, holder: UUID) -> dict[UUID, list[Access]]:
        if holder not in self._circles:
            families = self._with_families(self.world.by_holder.get(holder, ())) & self.world.families.keys()
            families |= {family for family, citizen in self.world.shares if citizen == holder}
            found = {family: self.world.circle(family, holder) for family in families}
            self._circles[holder] = {family: accesses for family, accesses in found.items() if accesses}
        return self._circles[holder]

    def _standing(self, post: UUID, holders: Holders, subject: UUID) -> Standing:
        world = self.world
        recorded = [
            access
            for holder in holders
            for source in (world.by_holder.get(holder, {}), self._circle(holder))
            for access in source.get(subject, ())
        ]
        ever_read = ever_write = 0
        now = [0] * len(words.BASES)
        something = False
        for access in recorded:
            kinds = access.kinds if access.purposes & self.purpose else 0
            lift = access.basis == words.LIFT
            ever_read |= kinds
            ever_write |= 0 if lift else kinds
            if access.holds(self.at):
                something = something or not lift
                now[words.BASES.index(access.basis)] |= kinds
        hidden = subject in self._hidden
        return Standing(
            bar=barred(world, post, subject),
            shielded=subject in self._shielded and not something,
            protected=hidden,
            knows=hidden and knows_place(world, subject, set(holders), self.at),
            recorded=bool(recorded),
            ever_read=ever_read,
            ever_write=ever_write,
            now=tuple(now),
        )


def decide_many(
    world: World,
    purpose: int,
    at: datetime,
    posts: Sequence[UUID],
    subjects: Sequence[UUID],
    kinds: Sequence[int],
    writes: Sequence[bool],
    verb_purposes: int = words.FOUR,
) -> Iterator[Answer]:
    """The answer to each post about each subject, for each kind, for each of reading and writing.

    The order is that of four loops inside each other: posts outermost, then subjects, kinds, writes.
    """
    cells = [(kind, write) for kind in kinds for write in writes]
    table = Table(world, purpose, at, cells, verb_purposes)
    places: dict[UUID, list[int]] = {}
    for place, subject in enumerate(subjects):
        places.setdefault(subject, []).append(place)
    for post in posts:
        yield from chain.from_iterable(table.row(post, subjects, places))


def rows_seen_by(
    world: World, purpose: int, at: datetime, posts: Sequence[UUID], rows: Sequence[Row]
) -> Iterator[set[int]]:
    """For each post the places of the rows it sees: what `rows_seen` says, by the million."""
    subjects = list(dict.fromkeys(row.subject for row in rows))
    kinds = list(dict.fromkeys(row.kind for row in rows))
    cell = {(s, k): i * len(kinds) + j for i, s in enumerate(subjects) for j, k in enumerate(kinds)}
    cells = [cell[row.subject, row.kind] for row in rows]
    answers = decide_many(world, purpose, at, posts, subjects, kinds, [False])
    for post in posts:
        said = list(islice(answers, len(cell)))
        yield {
            place
            for place, (row, number) in enumerate(zip(rows, cells, strict=True))
            if said[number].yes and _unsealed(world, post, purpose, at, row, said[number])
        }


def _unsealed(world: World, post: UUID, purpose: int, at: datetime, row: Row, said: Answer) -> bool:
    if row.sealed_to is None or said.basis == words.SELF:
        return True
    able = acting(world, Question(post, purpose, row.subject, row.kind, False, at))
    return any(m.holder == row.sealed_to for m in able if not isinstance(m, str))
