"""What may be shown as law, and what a set of law packs must keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from samvirke.kernel.codes import Country, PlanContent, Topic
from samvirke.statutes.types import STATEMENT, Pack, Provision


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a pack: in which file, at which row, what, and what to do."""

    file: str
    row: str
    problem: str


@dataclass(frozen=True, slots=True)
class _Row:
    file: str
    place: str  # the list it stands in
    provision: Provision

    @property
    def name(self) -> str:
        return f"{self.place}, {self.provision.code}"


def citation(provision: Provision) -> str:
    """The law as a reader may see it cited; nothing until it has been compared with the law itself."""
    return provision.provision if provision.verified_on is not None else ""


def faults(packs: Mapping[str, Pack]) -> Iterator[Fault]:
    """What is wrong with packs by the names of their files, taken together."""
    rows = [
        _Row(file, place, provision)
        for file, pack in packs.items()
        for place, provisions in pack.lists.items()
        for provision in provisions
    ]
    for file, pack in packs.items():
        yield from _of_the_country(file, pack)
        yield from _content_nobody_can_write(file, pack, packs.values())
    yield from _same_topic(packs)
    yield from _same_code(rows)
    yield from _overlaps(rows)


def _of_the_country(file: str, pack: Pack) -> Iterator[Fault]:
    """A code begins with its country: tables that hold the code alone then still know whose law it is."""
    if not file.startswith(pack.country):
        yield Fault(file, "country", f"the file is about {pack.country!r}; begin its name with that")
    for place, provisions in pack.lists.items():
        for provision in provisions:
            if not provision.code.startswith(f"{pack.country}."):
                problem = f"the code does not begin with the pack's country; call it {pack.country}.something"
                yield Fault(file, f"{place}, {provision.code}", problem)


def _content_nobody_can_write(file: str, pack: Pack, packs: Iterable[Pack]) -> Iterator[Fault]:
    known = content_keys(pack.country, packs)
    for kind in pack.plan_kinds:
        codes = [requirement.code for requirement in kind.requirements]
        for twice in sorted({code for code in codes if codes.count(code) > 1}):
            yield Fault(file, f"plan_kinds, {kind.code}, {twice}", "the requirement stands twice; remove one")
        for requirement in kind.requirements:
            for key in sorted(set(requirement.needs) - known):
                problem = (
                    f"it needs {key!r}, which no plan can hold, so it could never be filled; use one of "
                    f"{', '.join(sorted(known))}, or add a topic to the pack"
                )
                yield Fault(file, f"plan_kinds, {kind.code}, {requirement.code}", problem)


def content_keys(country: Country, packs: Iterable[Pack]) -> frozenset[str]:
    """The keys of all that a plan of the country can hold."""
    own = (topic.code for pack in packs if pack.country is country for topic in pack.topics)
    return frozenset({*PlanContent, *(STATEMENT + topic for topic in (*Topic, *own))})


def _same_topic(packs: Mapping[str, Pack]) -> Iterator[Fault]:
    """Plans keep a topic's code without its country, so that it has one meaning everywhere."""
    places: dict[str, str] = dict.fromkeys(Topic, "every plan")
    for file, pack in packs.items():
        for topic in pack.topics:
            if topic.code in places:
                problem = f"the topic is known from {places[topic.code]} already; use that, or another code"
                yield Fault(file, f"topics, {topic.code}", problem)
            places[topic.code] = file


def _same_code(rows: Iterable[_Row]) -> Iterator[Fault]:
    """A code may have several rows of one list, one period after another; it is never two things."""
    places: dict[str, _Row] = {}
    for row in rows:
        first = places.setdefault(row.provision.code, row)
        if first.place != row.place:
            problem = f"the code stands in {first.place} too; give one of them another code"
            yield Fault(row.file, row.name, problem)


def _overlaps(rows: Iterable[_Row]) -> Iterator[Fault]:
    by_code: defaultdict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        by_code[row.place, row.provision.code].append(row)
    for found in by_code.values():
        for one, other in pairwise(sorted(found, key=lambda row: row.provision.valid_from)):
            ends, begins = one.provision.valid_to, other.provision.valid_from
            if ends is None or ends > begins:
                until = f"until {ends}" if ends else "without an end"
                problem = (
                    f"two rows hold on {begins}: one from {one.provision.valid_from} {until}, the next from "
                    f"{begins}; end the first one on {begins}, or remove one of them"
                )
                yield Fault(other.file, other.name, problem)
