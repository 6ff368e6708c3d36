"""Around a protected person: what would tell where they are, and who may be told of it.

An office beside a person tells a place. Around a hidden place every office but the asker's own does; beside
somebody whose family has one, those do that are open to that person too.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from proof.channels.asking import Asker, Decided
from proof.channels.inhabited import Inhabited, PlanTexts
from proof.oracle import acts, words


def near(asker: Asker, person: UUID) -> list[UUID]:
    """Whose place is kept from the asker: the person's, or that of somebody in a family of theirs."""
    world = asker.here.world
    families = world.families_of.get(person, ())
    return asker.hidden({person, *(one for family in families for one in world.members(family))})


def _own(asker: Asker) -> frozenset[UUID]:
    return asker.holders | {asker.post, asker.here.world.post_units.get(asker.post, asker.post)}


def hidden_offices(asker: Asker, subject: UUID) -> frozenset[str]:
    """Around a hidden place every office but the own; near one, those to whom that person is open now."""
    here, world = asker.here, asker.here.world
    others = {token: holder for token, holder in here.offices.items() if holder not in _own(asker)}
    if asker.hidden([subject, *world.members(subject)]):
        return frozenset(others)
    kept = near(asker, subject) if subject in world.persons else []
    around = {
        holder
        for person in kept
        for holder, some in world.by_subject.get(person, {}).items()
        if any(access.holds(asker.at) for access in some)
    }
    return frozenset(token for token, holder in others.items() if holder in around)


def offices(asker: Asker, subject: UUID, found: PlanTexts) -> Iterator[str]:
    """The team by its titles, but for those that would tell a place now, or would have another day."""
    here, world = asker.here, asker.here.world
    hidden = hidden_offices(asker, subject)
    kept = near(asker, subject) if subject in world.persons else []
    once = {holder for person in kept for holder in world.by_subject.get(person, {})}
    for token, holder in here.offices.items():
        is_own = holder in asker.holders
        if holder in found.team and token not in hidden and (is_own or holder not in once):
            yield token


def places_decided(asker: Asker, subject: UUID) -> Decided:
    """The places that an answer about somebody is careful of, or need not be."""
    world = asker.here.world
    persons = [one for one in (subject, *world.members(subject)) if one in world.protected]
    return frozenset((one, words.PROTECTED_LOCATION) for one in persons)


def held_to_be(here: Inhabited, record: UUID) -> set[UUID]:
    """The persons that a record is or was tied to."""
    ties = (act for act in here.world.history if isinstance(act, acts.TieRecord))
    return {act.person for act in ties if act.record == record}
