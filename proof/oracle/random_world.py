"""A random but plausible world: every access in it was made by an act that was allowed at its moment.

What an act requires stands at its proposal in `random_acts` and `random_around`; a proposal that finds
nobody to be about is left out. The same seed makes the same world, ids and all.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from proof.oracle import acts, words
from proof.oracle import random_acts as propose
from proof.oracle import random_around as around
from proof.oracle.random_build import NOW, TICK, Builder, Proposal
from proof.oracle.world import World

__all__ = ["NOW", "TICK", "make"]

SETUP = NOW - timedelta(days=420)
STAFF_WEIGHTS = {
    "social_worker": 8,
    "nav_adviser": 6,
    "employment_adviser": 3,
    "health_worker": 6,
    "coordinator": 5,
    "follow_up_adviser": 3,
    "unit_leader": 6,
    "partnership_leader": 1,
    "evaluator": 1,
    "integration": 1,
}
SHARE_OF_PERSONS: tuple[tuple[float, Proposal], ...] = (
    (2.0, around.give_and_admit),
    (0.7, around.admit_more),
    (0.4, around.dismiss),
    (0.4, around.withdraw),
    (0.4, around.record_guardian),
    (0.15, around.end_guardian),
    (0.5, propose.open_by_law),
    (0.15, propose.end_by_law),
    (1.2, propose.break_glass),
    (0.3, propose.find_misuse),
    (0.5, propose.bar),
    (0.4, propose.protect),
    (0.1, propose.lift_protection),
    (4.0, propose.write_row),
)
SHARE_OF_RECORDS: tuple[tuple[float, Proposal], ...] = (
    (0.5, propose.tie),
    (0.1, propose.end_tie),
    (0.15, propose.shield),
    (0.05, propose.end_shield),
    (0.08, propose.take_back),
    (0.04, propose.open_again),
    (0.15, propose.bar),
    (0.08, propose.protect),
    (1.5, propose.write_row),
)
SHARE_OF_POSTS: tuple[tuple[float, Proposal], ...] = (
    (0.2, propose.end_membership),
    (0.3, propose.suspend_membership),
)
SHARE_OF_FAMILIES: tuple[tuple[float, Proposal], ...] = (
    (2.0, around.share),
    (3.0, propose.write_family_row),
)


def make(seed: int, *, posts: int, persons: int, records: int, families: int) -> World:
    """A world of so many staff posts, persons (each with a citizen who acts), records and families."""
    build = Builder(Random(seed))
    _units(build, posts)
    for _ in range(posts):
        _post(build)
    plan: list[tuple[datetime, int, Proposal]] = []

    def schedule(count: float, proposal: Proposal, when: Callable[[], datetime]) -> None:
        plan.extend((when(), len(plan) + step, proposal) for step in range(round(count)))

    schedule(records, propose.open_record, build.early)
    schedule(persons, around.open_person, build.early)
    schedule(families, around.open_family, build.moment)
    for shares, of in (
        (SHARE_OF_PERSONS, persons),
        (SHARE_OF_RECORDS, records),
        (SHARE_OF_POSTS, posts),
        (SHARE_OF_FAMILIES, families),
    ):
        for share, proposal in shares:
            schedule(share * of, proposal, build.moment)
    for at, _, proposal in sorted(plan, key=lambda step: step[:2]):
        build.attempt(proposal, at)
    _complete(build, families)
    return build.world


def _complete(build: Builder, families: int) -> None:
    """Families that found nobody in their turn are opened at the end, where there are persons at all."""
    for _ in range(4 * families):
        if len(build.world.families) < families:
            build.attempt(around.open_family, NOW + TICK)


def _units(build: Builder, posts: int) -> None:
    agencies = [build.uuid() for _ in range(max(2, posts // 20))]
    for place in range(max(3, posts // 8)):
        build.do(acts.AddUnit(SETUP, build.uuid(), agencies[place % len(agencies)]))


def _post(build: Builder) -> None:
    """A post belongs to itself and to its unit, in one role, mostly for as long and for the same purposes."""
    post = build.uuid()
    unit = build.pick(list(build.world.units))
    (role,) = build.rng.choices(list(STAFF_WEIGHTS), list(STAFF_WEIGHTS.values()))
    build.do(acts.AddPost(SETUP, post, unit))
    period = _period(build)
    purposes = _purposes(build, role)
    for holder in (post, unit):
        differs = build.chance(0.1)
        start, until = _period(build) if differs else period
        serves = _purposes(build, role) if build.chance(0.1) else purposes
        build.do(acts.BeginMembership(SETUP, build.uuid(), post, holder, role, serves, start, until))


def _purposes(build: Builder, role: str) -> int:
    full = words.ROLE_PURPOSES[role]
    return full if build.chance(0.8) else build.some_of(full)


def _period(build: Builder) -> tuple[datetime, datetime | None]:
    """Most hold all the time; some are over, some not begun, some begin or end about now."""
    if build.chance(0.8):
        return SETUP, None
    edge = build.pick([NOW - TICK, NOW, NOW + TICK])
    over = NOW - timedelta(days=build.rng.randint(1, 90))
    later = NOW + timedelta(days=build.rng.randint(1, 90))
    return build.pick([(SETUP, edge), (edge, None), (SETUP, over), (later, None), (SETUP, later)])
