"""The state that decides: who belongs where, what is recorded as open, and what stands against it.

Accesses are recorded by the acts alone. What a family opens is not among them: it follows from the members'
accesses and is worked out whenever somebody asks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from proof.oracle import words

SHARE = "share"
"""What a share counts as while a family's accesses are worked out; it is no basis by itself."""


@dataclass(slots=True)
class Period:
    """It holds from its first moment, and at its last moment no more."""

    start: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Whether it holds at this moment, to the microsecond."""
        return self.start <= at < self.until

    def end(self, at: datetime) -> None:
        """It ends now, if it has not ended before."""
        self.until = max(self.start, min(self.until, at))


@dataclass(slots=True)
class Membership(Period):
    """A post belongs to a holder for a time, in a role, for some purposes."""

    post: UUID
    holder: UUID
    role: str
    purposes: int


@dataclass(slots=True)
class Access(Period):
    """One holder may see some kinds about one subject for some purposes, because of one basis."""

    subject: UUID
    holder: UUID
    kinds: int
    purposes: int
    basis: str
    ground: UUID | None = None
    provision: str = ""


@dataclass(slots=True)
class Consent(Period):
    """What a person has agreed may be shared, with which units, why, until when."""

    person: UUID
    kinds: int
    purposes: int
    units: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A fixed group of persons, from the moment it was opened."""

    members: tuple[UUID, ...]
    opened: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """A row about a subject holds one kind, and may be sealed to one unit."""

    row: UUID
    subject: UUID
    kind: int
    sealed_to: UUID | None


Index = dict[UUID, dict[UUID, list[Access]]]


@dataclass(slots=True)
class World:
    """Everything the question is answered from, and the acts that made it, in order."""

    units: dict[UUID, UUID] = field(default_factory=dict)
    post_units: dict[UUID, UUID] = field(default_factory=dict)
    citizens: set[UUID] = field(default_factory=set)
    memberships: dict[UUID, Membership] = field(default_factory=dict)
    of_post: dict[UUID, list[Membership]] = field(default_factory=dict)
    records: dict[UUID, UUID] = field(default_factory=dict)
    tied_to: dict[UUID, UUID] = field(default_factory=dict)
    tied: dict[UUID, set[UUID]] = field(default_factory=dict)
    folded: dict[UUID, tuple[UUID, UUID]] = field(default_factory=dict)
    taken: dict[UUID, UUID] = field(default_factory=dict)
    persons: dict[UUID, UUID] = field(default_factory=dict)
    families: dict[UUID, Family] = field(default_factory=dict)
    families_of: dict[UUID, list[UUID]] = field(default_factory=dict)
    consents: dict[UUID, Consent] = field(default_factory=dict)
    shares: dict[tuple[UUID, UUID], list[Access]] = field(default_factory=dict)
    shielded: set[UUID] = field(default_factory=set)
    protected: set[UUID] = field(default_factory=set)
    bars: dict[UUID, dict[UUID, set[str]]] = field(default_factory=dict)
    lifts: dict[UUID, Access] = field(default_factory=dict)
    misused: set[UUID] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)
    by_holder: Index = field(default_factory=dict)
    by_subject: Index = field(default_factory=dict)
    history: list[object] = field(default_factory=list)

    @property
    def subjects(self) -> list[UUID]:
        """Everybody and everything that can be asked about: records, persons, families."""
        return [*self.records, *self.persons, *self.families]

    def record(self, access: Access) -> None:
        """An access is written down, cut to what its basis opens at most."""
        access.kinds &= words.BASIS_KINDS[access.basis]
        access.purposes &= words.BASIS_PURPOSES[access.basis]
        self.by_holder.setdefault(access.holder, {}).setdefault(access.subject, []).append(access)
        self.by_subject.setdefault(access.subject, {}).setdefault(access.holder, []).append(access)

    def about(self, subject: UUID, basis: str, holders: Iterable[UUID] | None = None) -> Iterator[Access]:
        """The accesses about a subject on a basis, of these holders or of all."""
        there = self.by_subject.get(subject, {})
        for holder in list(there) if holders is None else holders:
            yield from (access for access in there.get(holder, ()) if access.basis == basis)

    def members(self, subject: UUID) -> tuple[UUID, ...]:
        """The members of a family; nobody for a record or a person."""
        family = self.families.get(subject)
        return family.members if family else ()

    def same(self, subject: UUID) -> set[UUID]:
        """The subject itself, and where it is a person or a record, all that are the same person's.

        A record is a person's by a tie, and another record's by a finding, however many lead there.
        """
        found, waiting = {subject}, [subject]
        while waiting:
            one = waiting.pop()
            near = {self.tied_to.get(one, one), *self.tied.get(one, ()), *self._folded_with(one)} - found
            found |= near
            waiting += near
        return found

    def _folded_with(self, record: UUID) -> Iterator[UUID]:
        return (one for pair in self.folded.values() if record in pair for one in pair)

    def covered(self, subject: UUID) -> set[UUID]:
        """All that a bar from this subject is a bar from: see the rule `own_case`."""
        persons = {one for whole in (subject, *self.members(subject)) for one in self.same(whole)}
        return persons.union(*(self.families_of.get(one, ()) for one in persons))

    def is_shielded(self, subject: UUID) -> bool:
        """Whether the subject, or the same person's record, is shielded."""
        return not self.shielded.isdisjoint(self.same(subject))

    def recorded(self, subject: UUID, holder: UUID) -> list[Access]:
        """All that is recorded as open to a holder about a subject, a family's worked out afresh."""
        written = self.by_holder.get(holder, {}).get(subject, [])
        return [*written, *self.circle(subject, holder)] if subject in self.families else written

    def circle(self, subject: UUID, holder: UUID) -> list[Access]:
        """What a holder sees of a family: what one access to each member has in common, for each choice."""
        family = self.families[subject]
        common = {(words.ALL_KINDS, words.FOUR, family.opened, words.FOREVER)}
        for member in family.members:
            choices = self._choices(subject, member, holder)
            common = set(_meet(common, choices))
            if not common:
                return []
        return [
            Access(start, until, subject, holder, kinds, purposes, words.CIRCLE)
            for kinds, purposes, start, until in sorted(common)
        ]

    def _choices(self, family: UUID, member: UUID, holder: UUID) -> list[Access]:
        written = self.by_holder.get(holder, {}).get(member, ())
        shared = (s for s in self.shares.get((family, holder), ()) if s.subject == member)
        return [*(access for access in written if access.basis != words.LIFT), *shared]


Common = tuple[int, int, datetime, datetime]


def _meet(common: set[Common], choices: list[Access]) -> Iterator[Common]:
    """What each so far has in common with each choice, where that is something."""
    for kinds, purposes, start, until in common:
        for access in choices:
            both = kinds & access.kinds, purposes & access.purposes
            first, last = max(start, access.start), min(until, access.until)
            if both[0] and both[1] and first < last:
                yield *both, first, last
