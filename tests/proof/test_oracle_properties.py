"""What holds in every world: taking away never opens, asking changes nothing, fast and plain say the same."""

from copy import deepcopy
from datetime import datetime
from itertools import product
from random import Random
from uuid import UUID

import pytest

from proof.oracle import (
    Question,
    World,
    acts,
    answer,
    apply,
    decide_many,
    replay,
    rows_seen,
    rows_seen_by,
    words,
)  # fmt: skip
from proof.oracle.random_world import NOW, TICK, make

SEEDS = range(4)
READ_AND_WRITE = (False, True)


def world_of(seed: int) -> World:
    return make(seed, posts=20, persons=12, records=16, families=6)


def opened(world: World) -> set[tuple[int, UUID, UUID, int, bool]]:
    """Every yes just after now."""
    posts, subjects = list(world.of_post), world.subjects
    found = set()
    for purpose in words.PURPOSES:
        asked = product(posts, subjects, words.KINDS, READ_AND_WRITE)
        said = decide_many(world, purpose, NOW + TICK, posts, subjects, words.KINDS, READ_AND_WRITE)
        found |= {(purpose, *one) for one, told in zip(asked, said, strict=True) if told.yes}
    return found


def never_opens(world: World, *done: acts.Act) -> None:
    before = opened(world)
    for act in done:
        after = deepcopy(world)
        apply(after, act)
        assert opened(after) <= before, act


@pytest.mark.parametrize("seed", SEEDS)
def test_withdrawing_never_opens(seed: int) -> None:
    world = world_of(seed)
    chosen = Random(seed).sample(list(world.consents), 4)
    never_opens(world, *(acts.WithdrawConsent(NOW, consent) for consent in chosen))


@pytest.mark.parametrize("seed", SEEDS)
def test_ending_a_membership_never_opens(seed: int) -> None:
    world = world_of(seed)
    chosen = Random(seed).sample(list(world.memberships), 6)
    never_opens(world, *(acts.EndMembership(NOW, membership) for membership in chosen))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bar_never_opens(seed: int) -> None:
    world, rng = world_of(seed), Random(seed)
    for reason in words.BAR_REASONS:
        holder = rng.choice([*world.post_units, *world.units])
        subject = rng.choice([*world.records, *world.persons])
        never_opens(world, acts.BarHolder(NOW, holder, subject, reason))


@pytest.mark.parametrize("seed", SEEDS)
def test_neither_dismissal_nor_misuse_nor_protection_opens(seed: int) -> None:
    world, rng = world_of(seed), Random(seed)
    person, post = rng.choice(list(world.persons)), rng.choice(list(world.post_units))
    never_opens(world, acts.DismissPosts(NOW, person, (post,)))
    never_opens(world, acts.ProtectPlace(NOW, person, post))
    never_opens(world, *(acts.FindMisuse(NOW, lift, post) for lift in list(world.lifts)[:3]))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_is_pure(seed: int) -> None:
    world = world_of(seed)
    before = deepcopy(world)
    assert opened(world) == opened(world)
    assert world == before


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("at", [NOW - TICK, NOW, NOW + TICK])
def test_fast_and_plain_say_the_same(seed: int, at: datetime) -> None:
    world, rng = world_of(seed), Random(seed)
    posts = [*rng.sample(list(world.post_units), 8), *rng.sample(sorted(world.citizens), 3)]
    for purpose in (1, 2, 16):
        said = decide_many(world, purpose, at, posts, world.subjects, words.KINDS, READ_AND_WRITE)
        for one, fast in zip(product(posts, world.subjects, words.KINDS, READ_AND_WRITE), said, strict=True):
            post, subject, kind, write = one
            assert answer(world, Question(post, purpose, subject, kind, write, at)) == fast, one


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_are_the_same_by_the_million(seed: int) -> None:
    world = world_of(seed)
    posts = [*list(world.post_units)[:8], *sorted(world.citizens)[:4]]
    for purpose in (1, 2, 16):
        said = rows_seen_by(world, purpose, NOW, posts, world.rows)
        for post, places in zip(posts, said, strict=True):
            assert {world.rows[place].row for place in places} == set(rows_seen(world, post, purpose, NOW))


def test_same_seed_and_same_history_make_the_same_world() -> None:
    world = world_of(3)
    assert world == world_of(3)
    history = [act for act in world.history if isinstance(act, acts.Act)]
    assert world == replay(history)
    assert [act.at for act in history] == sorted(act.at for act in history)


def test_worlds_hold_every_act_and_meet_every_code() -> None:
    worlds = [world_of(seed) for seed in SEEDS]
    done = {type(act).__name__ for world in worlds for act in world.history}
    assert done == {act.__name__ for act in acts.Act.__subclasses__()} - {acts.ActOfTheRooms.__name__}
    said = set()
    for world, purpose in product(worlds, words.PURPOSES):
        posts, everything = list(world.of_post), world.subjects
        answers = decide_many(world, purpose, NOW, posts, everything, words.KINDS, READ_AND_WRITE)
        said |= {told.basis or told.code for told in answers}
    assert said == {*words.BASES, *words.RULES} - {"sealed"}
