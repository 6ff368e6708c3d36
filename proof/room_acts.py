"""Proposals of acts through the rooms: a post is taken and moved, records are folded, an age is reached.

The oracle is told ages and birth dates as plain values; which ages there are the law packs say.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from proof.oracle import acts, words
from proof.oracle import random_around as around
from proof.oracle.random_build import Builder
from samvirke.kernel.codes import Country
from samvirke.statutes import ages

Acts = Sequence[acts.Act]
SOON = 20  # days
MARCH, LEAP_DAY = 3, 29


def take_post(build: Builder, at: datetime) -> Acts:
    """Requires a record of a unit, and a post at work there that is nobody's own case yet."""
    for record, unit in build.any_of(list(build.world.records.items())):
        free = [post for post in build.workers(at, unit) if not _own_cases(build, post)]
        return [acts.TakePost(at, post, record) for post in build.any_of(free)]
    return []


def move_post(build: Builder, at: datetime) -> Acts:
    """Requires a post at work that is taken, and one of another unit that is nobody's.

    Whatever bar of rule `own_case` the first has is from having been taken: a declared one is of the post.
    """
    world, workers = build.world, build.workers(at)
    moving = [post for post in workers if _own_cases(build, post) == {world.taken.get(post)}]
    for post in build.any_of(moving):
        elsewhere = [one for one in workers if world.post_units[one] != world.post_units[post]]
        free = [one for one in elsewhere if not _own_cases(build, one)]
        return [acts.MovePost(at, post, to) for to in build.any_of(free)]
    return []


def _own_cases(build: Builder, post: UUID) -> set[UUID]:
    return {one for one, why in build.world.bars.get(post, {}).items() if "own_case" in why}


def fold(build: Builder, at: datetime) -> Acts:
    """Requires a record in no finding, another of the unit that is not folded, and who writes both."""
    records, pairs = build.world.records, build.world.folded.values()
    folded, standing = {one for one, _ in pairs}, {into for _, into in pairs}
    for by in build.any_of(build.workers(at)):
        own = [one for one in records if one not in folded and _writes(build, by, one, at)]
        for record in build.any_of([one for one in own if one not in standing]):
            others = [one for one in own if one != record]
            return [acts.FoldRecord(at, build.uuid(), record, into) for into in build.any_of(others)]
    return []


def take_apart(build: Builder, at: datetime) -> Acts:
    """Requires a finding, and a post that writes both."""
    for by in build.any_of(build.workers(at)):
        found = build.world.folded.items()
        own = [finding for finding, pair in found if all(_writes(build, by, one, at) for one in pair)]
        return [acts.TakeApart(at, finding) for finding in build.any_of(own)]
    return []


def _writes(build: Builder, post: UUID, record: UUID, at: datetime) -> bool:
    own = build.world.records[record] == build.world.post_units[post]
    return own and bool(build.sees(post, record, words.IDENTITY, at, write=True))


def reach_an_age(build: Builder, at: datetime) -> Acts:
    """Requires what a guardian requires; the person acted for is soon of an age at which something closes."""
    proposed = around.record_guardian(build, at)
    if not proposed:
        return []
    *made, recorded = proposed
    assert isinstance(recorded, acts.RecordGuardian)
    drawn = [line for line in ages.lines(Country.NORWAY, on=at.date()) if line.closes]
    lines = tuple((line.age, int(line.kinds) or words.ALL_KINDS) for line in drawn)
    kinds = build.some_of(words.BASIS_KINDS[words.GUARDIAN]) | words.IDENTITY
    age, _ = build.pick(lines)
    born = _born(build, at.date() + timedelta(days=build.rng.randint(2, SOON)), age)
    child, guardian, by = recorded.child, recorded.guardian, recorded.by
    return [
        *made, acts.RecordGuardianOfMinor(at, child, guardian, kinds, born, lines, recorded.lives_with, by)
    ]  # fmt: skip


def _born(build: Builder, reaches: date, age: int) -> date:
    """Who reaches an age on a day, or the day after; a day before March is now and then made a leap day."""
    year = reaches.year - age
    if isleap(year) and reaches.month < MARCH and build.chance(0.5):
        return date(year, 2, LEAP_DAY)
    is_nowhere = reaches.day == LEAP_DAY and reaches.month < MARCH and not isleap(year)
    return date(year, MARCH, 1) if is_nowhere else reaches.replace(year=year)
