"""Proposals about persons: who is let in around them, and who is let go.

What each requires is told as its first words; all requires that the moment is after what it ends began.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from proof.oracle import acts, words
from proof.oracle.random_build import Builder
from proof.oracle.world import Consent

Acts = Sequence[acts.Act]


def open_person(build: Builder, at: datetime) -> Acts:
    """Requires a worker at work. The person's own citizen is there from the same moment."""
    citizen = build.uuid()
    for worker in build.any_of(build.workers(at)):
        own = acts.BeginMembership(at, build.uuid(), citizen, citizen, "citizen", words.FOUR, at, None)
        return [acts.AddCitizen(at, citizen), own, acts.OpenPerson(at, build.uuid(), citizen, worker)]
    return []


def give_and_admit(build: Builder, at: datetime) -> Acts:
    """Requires a person. Posts at work in its units, not barred, are admitted at once, or nobody."""
    for person in build.any_of(list(build.world.persons)):
        units = tuple(build.rng.sample(list(build.world.units), build.rng.randint(1, 3)))
        given = _consent(build, at, person, units)
        posts = [post for unit in units for post in build.admissible(person, at, unit)]
        chosen = tuple(build.rng.sample(posts, min(len(posts), build.rng.randint(0, 3))))
        return [given, acts.AdmitPosts(at, given.consent, chosen)] if chosen else [given]
    return []


def _consent(build: Builder, at: datetime, person: UUID, units: tuple[UUID, ...]) -> acts.GiveConsent:
    kinds = build.some_of(words.BASIS_KINDS[words.BY_CONSENT])
    purposes = words.FOUR if build.chance(0.4) else build.some_of(words.FOUR)
    return acts.GiveConsent(at, build.uuid(), person, kinds, purposes, units, build.end(at))


def _in_force(build: Builder, at: datetime) -> list[tuple[UUID, Consent]]:
    return [(key, consent) for key, consent in build.world.consents.items() if consent.holds(at)]


def admit_more(build: Builder, at: datetime) -> Acts:
    """Requires a consent in force and a post at work in a unit of it, not barred, not admitted on it now."""
    for key, consent in build.any_of(_in_force(build, at)):
        open_to = {
            access.holder
            for access in build.world.about(consent.person, words.BY_CONSENT)
            if access.ground == key and access.holds(at)
        }
        near = [post for unit in consent.units for post in build.admissible(consent.person, at, unit)]
        posts = [post for post in near if post not in open_to]
        return [acts.AdmitPosts(at, key, (post,)) for post in build.any_of(posts)]
    return []


def dismiss(build: Builder, at: datetime) -> Acts:
    """Requires a post admitted before now, and none of whose admissions began this moment."""
    for person in build.any_of(list(build.world.persons)):
        for access in build.any_of(build.open_now(person, words.BY_CONSENT, at)):
            theirs = build.world.about(person, words.BY_CONSENT, [access.holder])
            if all(one.start < at for one in theirs):
                return [acts.DismissPosts(at, person, (access.holder,))]
    return []


def withdraw(build: Builder, at: datetime) -> Acts:
    """Requires a consent in force, given before now, on which nothing began this moment."""
    for key, consent in build.any_of(_in_force(build, at)):
        admitted = build.world.about(consent.person, words.BY_CONSENT)
        shared = [share for shares in build.world.shares.values() for share in shares]
        made = [access.start for access in [*admitted, *shared] if access.ground == key]
        return [acts.WithdrawConsent(at, key)] if max([consent.start, *made]) < at else []
    return []


def _gather(build: Builder, at: datetime, persons: Sequence[UUID]) -> tuple[UUID | None, list[acts.Act]]:
    """A worker around all these persons, and the consents that bring them there where they are not yet."""
    free = set(build.workers(at)).intersection(*(build.admissible(person, at) for person in persons))
    for post in build.any_of(sorted(free)):
        made: list[acts.Act] = []
        for person in persons:
            if not build.sees(post, person, words.IDENTITY, at, write=True):
                some = _consent(build, at, person, (build.world.post_units[post],))
                given = replace(some, purposes=words.FOUR)
                made += [given, acts.AdmitPosts(at, given.consent, (post,))]
        return post, made
    return None, []


def record_guardian(build: Builder, at: datetime) -> Acts:
    """Requires two persons with somebody around both; a guardian of now may get another scope."""
    persons = list(build.world.persons)
    if len(persons) < 2:
        return []
    child, adult = build.rng.sample(persons, 2)
    citizen = build.world.persons[adult]
    worker, made = _gather(build, at, (child, adult))
    lives_with = int(build.chance(0.6))
    let_in = {act.person for act in made if isinstance(act, acts.GiveConsent)}
    if worker is None or (child not in let_in and not _works_with(build, worker, child, at)):
        return []
    return [*made, acts.RecordGuardian(at, child, citizen, _parts(build, at), lives_with, worker)]


def _parts(build: Builder, at: datetime) -> tuple[tuple[int, datetime], ...]:
    """Everything until one day, or some of it until another."""
    some = words.kinds("health economy")
    if build.chance(0.5):
        return ((words.ALL_KINDS, build.end(at)),)
    return (some, build.end(at)), (words.ALL_KINDS & ~some, build.end(at))


def _works_with(build: Builder, post: UUID, person: UUID, at: datetime) -> bool:
    """Whether a post may see the person's consents, and is neither the person nor a guardian of theirs."""
    bases = (words.SELF, words.GUARDIAN)
    is_close = any(access.holder == post for basis in bases for access in build.world.about(person, basis))
    return not is_close and bool(build.sees(post, person, words.KIND["consent"], at))


def end_guardian(build: Builder, at: datetime) -> Acts:
    """Requires an open guardianship and somebody around the child."""
    for child in build.any_of(list(build.world.persons)):
        for access in build.any_of(build.open_now(child, words.GUARDIAN, at)):
            for worker in build.any_of(build.knowing(child, at)):
                if _works_with(build, worker, child, at):
                    return [acts.EndGuardian(at, child, access.holder, worker)]
    return []


def open_family(build: Builder, at: datetime) -> Acts:
    """Requires persons with somebody around all of them; often such as already have somebody in common."""
    persons = list(build.world.persons)
    if len(persons) < 2:
        return []
    members = build.rng.sample(persons, min(len(persons), build.rng.choice([2, 2, 3, 4])))
    if build.chance(0.6):
        members = _relatives(build, members[0]) or members
    worker, made = _gather(build, at, members)
    return [*made, acts.OpenFamily(at, build.uuid(), tuple(members), worker)] if worker else []


def _relatives(build: Builder, child: UUID) -> list[UUID]:
    """A child and one guardian, of now or before."""
    guardians = {access.holder for access in build.world.about(child, words.GUARDIAN)}
    adults = [person for person, citizen in build.world.persons.items() if citizen in guardians]
    return [child, build.pick(adults)] if adults else []


def share(build: Builder, at: datetime) -> Acts:
    """Requires a family, two members of it, and no share between them. A consent is given to make it on."""
    for family, of in build.any_of(list(build.world.families.items())):
        giver, taker = build.rng.sample(of.members, 2)
        citizen = build.world.persons[taker]
        shares = build.world.shares.get((family, citizen), ())
        if any(one.subject == giver and one.until >= at for one in shares):
            return []
        given = _consent(build, at, giver, ())
        return [given, acts.ShareWithFamily(at, family, giver, citizen, given.consent)]
    return []
