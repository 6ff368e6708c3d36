"""Proposals about records, law, lifts, bars, places, memberships and rows.

What each requires is told as its first words; all requires that the moment is after what it ends began.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from proof.oracle import acts, words
from proof.oracle.answer import Question, lift_refused
from proof.oracle.random_build import NOW, TICK, Builder
from proof.oracle.world import World

Acts = Sequence[acts.Act]
PROVISIONS = ("law-1", "law-2", "law-3", "law-4")
REASONS = ("Acute danger", "Nobody on duty knows them", "x" * 255)


def _known(world: World) -> list[UUID]:
    """Records and persons."""
    return [*world.records, *world.persons]


def open_record(build: Builder, at: datetime) -> Acts:
    """Requires somebody at work in the unit. It takes a new record in."""
    at_work = sorted({build.world.post_units[post] for post in build.workers(at)})
    return [acts.OpenRecords(at, unit, (build.uuid(),)) for unit in build.any_of(at_work)]


def open_again(build: Builder, at: datetime) -> Acts:
    """Requires a record that was taken back before now and is not shielded."""
    for record in build.any_of(list(build.world.records)):
        ended = all(access.until < at for access in build.world.about(record, words.OWN_RECORD))
        if ended and record not in build.world.shielded:
            return [acts.OpenRecords(at, build.world.records[record], (record,))]
    return []


def take_back(build: Builder, at: datetime) -> Acts:
    """Requires a record open to its unit, not shielded and nobody's."""
    for record in build.any_of([one for one in build.world.records if one not in build.world.tied_to]):
        if record not in build.world.shielded and build.open_now(record, words.OWN_RECORD, at):
            return [acts.TakeRecordsBack(at, build.world.records[record], (record,))]
    return []


def shield(build: Builder, at: datetime) -> Acts:
    """Requires a record open to its unit, not shielded, and a leader; the posts are its own, not barred."""
    for record in build.any_of(list(build.world.records)):
        unit = build.world.records[record]
        posts = build.admissible(record, at, unit)
        leaders = [post for post in build.workers(at, unit) if build.role(post) == "unit_leader"]
        free = record not in build.world.shielded and build.open_now(record, words.OWN_RECORD, at)
        if posts and leaders and free:
            named = build.rng.sample(posts, min(len(posts), build.rng.randint(1, 2)))
            return [acts.ShieldRecord(at, record, tuple(named), build.pick(leaders))]
    return []


def end_shield(build: Builder, at: datetime) -> Acts:
    """Requires a shielded record that is not taken back, and a leader of its unit at work."""
    for record in build.any_of(sorted(build.world.shielded)):
        workers = build.workers(at, build.world.records[record])
        leaders = [post for post in workers if build.role(post) == "unit_leader"]
        for leader in build.any_of(leaders if build.open_now(record, words.OWN_RECORD, at) else []):
            return [acts.EndShield(at, record, leader)]
    return []


def tie(build: Builder, at: datetime) -> Acts:
    """Requires a record that is nobody's yet, and a person."""
    free = [record for record in build.world.records if record not in build.world.tied_to]
    for record in build.any_of(free):
        return [acts.TieRecord(at, record, one) for one in build.any_of(list(build.world.persons))]
    return []


def end_tie(build: Builder, at: datetime) -> Acts:
    """Requires a record that is tied."""
    return [acts.EndTie(at, record) for record in build.any_of(sorted(build.world.tied_to))]


def open_by_law(build: Builder, at: datetime) -> Acts:
    """Requires a person, a post that reads the kinds now, and a provision not another unit's about them.

    The post has the kinds on its own record of the person or on a law as well: a consent alone is not enough.
    Those it opens to are at work and not barred; what they have on that provision is of the same unit.
    """
    for subject in build.any_of(list(build.world.persons)):
        for by in build.any_of(build.knowing(subject, at)):
            kinds = build.some_of(_readable_by_law(build, by, subject, at))
            unit, provision = build.world.post_units[by], build.pick(PROVISIONS)
            before = [a for a in build.world.about(subject, words.STATUTE) if a.provision == provision]
            free = [post for post in build.admissible(subject, at) if post != by]
            if kinds and free and all(access.ground == unit for access in before):
                posts = tuple(build.rng.sample(free, min(len(free), build.rng.randint(1, 2))))
                purposes, until = build.some_of(words.BASIS_PURPOSES[words.STATUTE]), build.end(at)
                return [acts.OpenByLaw(at, subject, unit, provision, posts, kinds, purposes, until, by)]
    return []


def _readable_by_law(build: Builder, post: UUID, subject: UUID, at: datetime) -> int:
    holders = [membership.holder for membership in build.world.of_post[post] if membership.holds(at)]
    mask = 0
    for one in build.world.same(subject):
        for basis in (words.OWN_RECORD, words.STATUTE):
            for access in build.world.about(one, basis, holders):
                mask |= access.kinds if access.holds(at) else 0
    lawful = [kind for kind in words.KINDS if kind & mask & words.BASIS_KINDS[words.STATUTE]]
    return sum(kind for kind in lawful if build.sees(post, subject, kind, at))


def end_by_law(build: Builder, at: datetime) -> Acts:
    """Requires something the law opened before now, ended by the unit that opened it."""
    for subject in build.any_of(
        [one for one in build.world.persons if build.open_now(one, words.STATUTE, at)]
    ):
        access = build.pick(build.open_now(subject, words.STATUTE, at))
        if access.ground is not None:
            return [acts.EndByLaw(at, subject, access.ground, access.provision, (access.holder,))]
    return []


def break_glass(build: Builder, at: datetime) -> Acts:
    """Requires a person, each kind asked refused by a rule that can be lifted, and a lift allowed."""
    staff = build.workers(at)
    subjects = list(build.world.persons)
    if not staff or not subjects:
        return []
    post, subject, purpose = build.pick(staff), build.pick(subjects), build.pick(words.PURPOSES[:4])
    hours, reason = build.pick([1, 8, 24, 72]), build.pick(REASONS)
    asked = (
        Question(post, purpose, subject, kind, False, at)
        for kind in words.KINDS
        if kind & words.READS[build.role(post)]
    )
    may = sum(ask.kind for ask in asked if not lift_refused(build.world, ask, hours, reason))
    kinds = build.some_of(may)
    lift = acts.BreakGlass(at, build.uuid(), post, subject, kinds, purpose, hours, reason)
    return [lift] if kinds else []


def find_misuse(build: Builder, at: datetime) -> Acts:
    """Requires a lift begun before now and not found a misuse yet, and somebody else."""
    known = build.world.lifts.items()
    lifts = [(key, lift) for key, lift in known if lift.start < at and key not in build.world.misused]
    for key, lift in build.any_of(lifts):
        others = [post for post in build.workers(at) if post != lift.holder]
        return [acts.FindMisuse(at, key, by) for by in build.any_of(others)]
    return []


def bar(build: Builder, at: datetime) -> Acts:
    """Requires a subject, and a post or unit not barred for that reason; rather one that sees it."""
    families = list(build.world.families) if build.chance(0.1) else []
    for subject in build.any_of(families or _known(build.world)):
        near = [one for one in build.world.by_subject.get(subject, {}) if one not in build.world.citizens]
        near += [build.world.post_units[one] for one in near if one in build.world.post_units]
        anybody = [*build.world.post_units, *build.world.units]
        holder = build.pick(near) if near and build.chance(0.6) else build.pick(anybody)
        reason = build.pick(words.BAR_REASONS)
        if reason not in build.world.bars.get(holder, {}).get(subject, ()):
            return [acts.BarHolder(at, holder, subject, reason)]
    return []


def _may_protect(build: Builder, subject: UUID, at: datetime) -> list[UUID]:
    own = [build.world.persons[subject]] if subject in build.world.persons else []
    near = [*own, *build.knowing(subject, at, words.PROTECTED_LOCATION)]
    return [post for post in near if build.sees(post, subject, words.PROTECTED_LOCATION, at, write=True)]


def protect(build: Builder, at: datetime) -> Acts:
    """Requires a place not protected, and somebody who may write where they are: mostly the person."""
    for subject in build.any_of([one for one in _known(build.world) if one not in build.world.protected]):
        for by in build.any_of(_may_protect(build, subject, at)):
            return [acts.ProtectPlace(at, subject, by)]
    return []


def lift_protection(build: Builder, at: datetime) -> Acts:
    """Requires a protected place, and somebody who may write it."""
    for subject in build.any_of(sorted(build.world.protected)):
        for by in build.any_of(_may_protect(build, subject, at)):
            return [acts.LiftProtection(at, subject, by)]
    return []


def _holding(build: Builder, at: datetime) -> list[UUID]:
    """The staff's memberships that hold now and did before."""
    theirs = build.world.memberships.items()
    staff = build.world.post_units
    return [key for key, m in theirs if m.post in staff and m.holds(at) and m.start < at]


def end_membership(build: Builder, at: datetime) -> Acts:
    """Requires a membership that holds."""
    return [acts.EndMembership(at, key) for key in build.any_of(_holding(build, at))]


def suspend_membership(build: Builder, at: datetime) -> Acts:
    """Requires a membership that holds, and is to hold when it resumes."""
    for key in build.any_of(_holding(build, at)):
        days = timedelta(days=build.rng.randint(1, 60))
        resumes = build.pick([NOW - TICK, NOW, NOW + TICK, NOW + days, at + days])
        if at < resumes < build.world.memberships[key].until:
            return [acts.SuspendMembership(at, key, build.uuid(), resumes)]
    return []


def write_row(build: Builder, at: datetime) -> Acts:
    """Requires a record or person. A seal is to a unit, rather one that sees the subject."""
    return [_row(build, at, subject) for subject in build.any_of(_known(build.world))]


def write_family_row(build: Builder, at: datetime) -> Acts:
    """Requires a family."""
    return [_row(build, at, family) for family in build.any_of(list(build.world.families))]


def _row(build: Builder, at: datetime, subject: UUID) -> acts.Act:
    world = build.world
    holders = {h for one in (subject, *world.members(subject)) for h in world.by_subject.get(one, {})}
    near = sorted({world.post_units.get(h, h) for h in holders} & world.units.keys())
    unit = build.pick(near) if near and build.chance(0.7) else build.pick(list(world.units))
    return acts.WriteRow(
        at, build.uuid(), subject, build.pick(words.KINDS), unit if build.chance(0.3) else None
    )
