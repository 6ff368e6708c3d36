"""What may be shown as law, what a disclosure may rest on, and what a set of law packs must keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from samvirke.kernel.codes import Country, PlanContent, Topic
from samvirke.kernel.gate_words import DataKind
from samvirke.statutes.provisions import Provision
from samvirke.statutes.sharing import (
    Agreed,
    Body,
    Effect,
    Hindrance,
    Named,
    Obstacle,
    Sharing,
    Within,
)
from samvirke.statutes.types import STATEMENT, DisclosureBasis, Pack
from samvirke.statutes.words import CONDITION_SENTENCES, SENTENCES

OPENS_NOTHING = {
    Effect.DUTY_TO_TELL: Obstacle.DUTY_TO_TELL,
    Effect.NEVER_COORDINATION: Obstacle.NEVER_COORDINATION,
}
ASKED_APART = DataKind.PROTECTED_LOCATION  # where somebody is has a page and a yes of its own


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


def needs_basis(giver: Body, receiver: Body) -> bool:
    """Whether telling is between two bodies. Two agencies of one municipality are two."""
    return giver.agency_id != receiver.agency_id


def hindrance(basis: DisclosureBasis, sharing: Sharing, agreed: Agreed | None) -> Hindrance | None:
    """What stands in the way of sharing this on the basis; None where the basis carries it.

    agreed: the consent that is to carry it, where there is one. The first thing in the way is told.
    """
    countries = {sharing.giver.country, sharing.receiver.country}
    if any(not basis.code.startswith(f"{country}.") for country in countries):
        return _told(Obstacle.ANOTHER_COUNTRY)
    return (
        _not_covered(basis, sharing)
        or _wrong_bodies(basis, sharing)
        or _not_found(basis, sharing)
        or (_not_agreed(basis, sharing, agreed) if basis.needs_consent else None)
    )


def _told(obstacle: Obstacle) -> Hindrance:
    return Hindrance(obstacle, SENTENCES[obstacle])


def _first(found: Iterable[tuple[bool, Obstacle]]) -> Hindrance | None:
    return next((_told(obstacle) for stands, obstacle in found if stands), None)


def _not_covered(basis: DisclosureBasis, sharing: Sharing) -> Hindrance | None:
    opens_nothing = basis.effect in OPENS_NOTHING
    return _first(
        [
            (not basis.is_usable, Obstacle.FROM_MEMORY),
            (opens_nothing, OPENS_NOTHING.get(basis.effect, Obstacle.NOT_READ)),
            (not basis.is_described, Obstacle.NOT_READ),
            (not basis.holds_on(sharing.day), Obstacle.NOT_IN_FORCE),
            (not sharing.purposes or bool(sharing.purposes & ~basis.purposes), Obstacle.PURPOSE),
            (not sharing.kinds or bool(sharing.kinds & ~basis.kinds), Obstacle.KINDS),
        ]
    )


def _wrong_bodies(basis: DisclosureBasis, sharing: Sharing) -> Hindrance | None:
    giver, receiver = sharing.giver, sharing.receiver
    two_parts = needs_basis(giver, receiver) and giver.kind is not receiver.kind
    one_office = two_parts and giver.office == receiver.office != ""
    return _first(
        [
            (giver.kind not in basis.givers, Obstacle.GIVER),
            (receiver.kind not in basis.receivers, Obstacle.RECEIVER),
            (basis.only_within is Within.JOINT_OFFICE and not one_office, Obstacle.NOT_ONE_OFFICE),
        ]
    )


def _not_found(basis: DisclosureBasis, sharing: Sharing) -> Hindrance | None:
    for group in basis.conditions:
        if not sharing.found & set(group):
            return Hindrance(Obstacle.CONDITION, CONDITION_SENTENCES[group[0]])
    return _first([(basis.may_object and sharing.objected, Obstacle.OBJECTED)])


def _not_agreed(basis: DisclosureBasis, sharing: Sharing, agreed: Agreed | None) -> Hindrance | None:
    if agreed is None:
        return _told(Obstacle.NO_CONSENT)
    return _first(
        [
            (basis.in_writing and not agreed.in_writing, Obstacle.NOT_IN_WRITING),
            (agreed.until < sharing.day, Obstacle.CONSENT_OVER),
            (_is_too_general(basis, agreed), Obstacle.TOO_GENERAL),
            (sharing.giver.agency_id not in agreed.sources, Obstacle.ANOTHER_SOURCE),
            (sharing.receiver.agency_id not in agreed.receivers, Obstacle.ANOTHER_RECEIVER),
            (bool(agreed.case) and agreed.case != sharing.case, Obstacle.ANOTHER_CASE),
            (bool(sharing.kinds & ~agreed.kinds), Obstacle.KINDS_NOT_AGREED),
            (bool(sharing.purposes & ~agreed.purposes), Obstacle.PURPOSE_NOT_AGREED),
        ]
    )


def _is_too_general(basis: DisclosureBasis, agreed: Agreed) -> bool:
    """Everything that can be asked for at once names nothing."""
    says = {
        Named.KINDS: bool(agreed.kinds) and bool(basis.kinds & ~ASKED_APART & ~agreed.kinds),
        Named.SOURCES: bool(agreed.sources),
        Named.CASE: bool(agreed.case),
    }
    return not all(says[named] for named in basis.consent_names)


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
