"""How alike two records are. What they are is a worker's to find."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from uuid import UUID

from samvirke.people.types import Likeness

ALIKE = 0.85  # of the letters of two names, in their order
WRITTEN_AS = str.maketrans(
    {"ø": "o", "æ": "ae", "ß": "ss", "ð": "d", "þ": "th", "đ": "d", "ŧ": "t", "ŋ": "n"}
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells one client of an agency from another."""

    record_id: UUID
    number: bytes  # keyed hash of the national id
    given_name: str
    family_name: str
    birth_date: date
    name: str = field(init=False)  # without case, accents and order of its parts

    def __post_init__(self) -> None:
        parts = plain(f"{self.given_name} {self.family_name}").split()
        object.__setattr__(self, "name", " ".join(sorted(parts)))


def plain(name: str) -> str:
    """A name without case, accents and hyphens."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("å", "aa").translate(WRITTEN_AS))
    return "".join(
        " " if letter == "-" else letter for letter in letters if not unicodedata.combining(letter)
    )


def likeness(one: Traits, other: Traits) -> Likeness | None:
    """Why two records of one agency may be the same person; None where nothing says so.

    A record without a name is like another by its number alone.
    """
    if one.number == other.number:
        return Likeness.SAME_NUMBER
    if not one.name or not other.name:
        return None
    if one.birth_date == other.birth_date:
        if one.name == other.name:
            return Likeness.SAME_DAY_AND_NAME
        return Likeness.SAME_DAY_LIKE_NAME if _alike(one, other) else None
    if one.name == other.name and _one_slip(one.birth_date, other.birth_date):
        return Likeness.SAME_NAME_LIKE_DAY
    return None


def alike(records: Sequence[Traits]) -> Iterator[tuple[Traits, Traits, Likeness]]:
    """Every two of an agency's records that are alike, once. Only those that share something are compared."""
    seen: set[tuple[UUID, UUID]] = set()
    shared: tuple[Callable[[Traits], Hashable], ...] = (
        lambda one: one.number,
        lambda one: one.birth_date,
        lambda one: one.name,
    )
    for trait in shared:
        for one, other in _sharing(records, trait):
            found = likeness(one, other)
            if found and (one.record_id, other.record_id) not in seen:
                seen.add((one.record_id, other.record_id))
                yield one, other, found


def _sharing(
    records: Iterable[Traits], trait: Callable[[Traits], Hashable]
) -> Iterator[tuple[Traits, Traits]]:
    groups: defaultdict[Hashable, list[Traits]] = defaultdict(list)
    for record in records:
        groups[trait(record)].append(record)
    for group in groups.values():
        yield from combinations(group, 2)


def _alike(one: Traits, other: Traits) -> bool:
    """Whether the names are almost the same, also where given and family name stand in each other's place."""
    said = plain(f"{one.given_name} {one.family_name}")
    return any(
        _almost(said, plain(f"{first} {last}"))
        for first, last in (
            (other.given_name, other.family_name),
            (other.family_name, other.given_name),
        )
    )


def _almost(one: str, other: str) -> bool:
    compared = SequenceMatcher(None, one, other, autojunk=False)
    bounds = (compared.real_quick_ratio, compared.quick_ratio, compared.ratio)  # the cheapest first
    return all(bound() >= ALIKE for bound in bounds)


def _one_slip(one: date, other: date) -> bool:
    """Whether one date is the other with day and month changed over, two neighbours, or one digit wrong."""
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    pairs = list(zip(f"{one:%d%m%Y}", f"{other:%d%m%Y}", strict=True))
    wrong = [place for place, (a, b) in enumerate(pairs) if a != b]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
        return pairs[wrong[0]] == pairs[wrong[1]][::-1]
    return len(wrong) == 1
