"""The comparison with the oracle finds nothing, and would find something."""

from __future__ import annotations

from random import Random
from uuid import uuid4

from proof import oracle_rows
from proof.oracle import acts, apply, words
from proof.oracle.random_world import NOW, TICK
from proof.oracle_rows import MOMENTS, Tally, compare, world_of
from proof.replayed import Replayed
from proof.scratch import Scratch


def test_the_database_shows_what_the_document_says(databases: None) -> None:
    seen = oracle_rows.run(oracle_rows.SMALL, 1)
    assert seen.failures == ()
    assert seen.checked >= oracle_rows.SMALL
    assert "0 leaks, 0 false refusals" in seen.note


def test_leaks_and_false_refusals_are_found_and_told_apart(place: Scratch) -> None:
    """What the oracle's world has ended is a leak there, and what it has opened is a false refusal."""
    replayed = world_of(place, 2, small=True)
    world, at = replayed.world, MOMENTS[0]
    tally = Tally()
    compare(replayed, tally, 1, Random(1))
    assert (tally.leaks, tally.refusals, tally.told) == (0, 0, [])
    before = len(world.persons)
    citizen, other = list(world.persons.values())[:2]
    for membership in world.memberships.values():
        if membership.post == citizen:
            membership.end(NOW - TICK)
    for person, own in world.persons.items():
        if own == citizen:
            apply(world, acts.OpenPerson(NOW, person, other, other))
    assert len(world.persons) == before
    compare(replayed, tally, 1, Random(1))
    assert replayed.moment == at
    assert tally.leaks
    assert tally.refusals
    assert {told.split(":")[0] for told in tally.told} == {"leak", "false refusal"}


def test_codes_are_compared_too(place: Scratch) -> None:
    replayed = world_of(place, 3, small=True)
    for post in replayed.world.post_units:
        for subject in replayed.world.persons:
            bar = acts.BarHolder(NOW, post, subject, words.BAR_REASONS[1])
            apply(replayed.world, bar)  # the database has heard of no such bar
    tally = Tally()
    oracle_rows.in_python(replayed, tally, 600, Random(1))
    assert any("require said" in told for told in tally.told)


def test_what_nobody_may_do_is_done_in_neither(place: Scratch) -> None:
    replayed = Replayed(place)
    unit, post = uuid4(), uuid4()
    replayed.replay([acts.AddUnit(NOW, unit, unit), acts.AddPost(NOW, post, unit)])
    opened = acts.OpenRecords(NOW, unit, (uuid4(),))
    assert not replayed.do(opened)
    assert replayed.not_done == [opened]
    assert replayed.world.records == {}
