"""The comparison with the oracle finds nothing, and would find something."""

from __future__ import annotations

from random import Random
from uuid import uuid4

from proof import oracle_rows
from proof.oracle import acts, apply, words
from proof.oracle.random_world import NOW
from proof.oracle_rows import Tally, compare, world_of
from proof.replayed import Replayed
from proof.scratch import Scratch


def test_the_database_shows_what_the_document_says(databases: None) -> None:
    seen = oracle_rows.run(oracle_rows.SMALL, 1)
    assert seen.failures == ()
    assert seen.checked >= oracle_rows.SMALL
    assert "0 leaks, 0 false refusals" in seen.note


def test_leaks_and_false_refusals_are_found_and_told_apart(place: Scratch) -> None:
    """What the oracle's world does not know is a leak there, what it knows more is a false refusal."""
    replayed = world_of(place, 2, small=True)
    world = replayed.world
    worker = next(post for post in world.post_units if world.of_post[post][0].role == "social_worker")
    tally = Tally()
    compare(replayed, tally, 1, Random(1))
    assert (tally.leaks, tally.refusals, tally.told) == (0, 0, [])
    record = uuid4()
    replayed.do(acts.OpenRecords(NOW, world.post_units[worker], (record,)))
    oracle_rows.fill(replayed, Random(2))
    apply(world, acts.TakeRecordsBack(NOW, world.post_units[worker], (record,)))
    apply(world, acts.OpenPerson(NOW, record, worker, worker))
    compare(replayed, tally, 1, Random(1))
    assert tally.leaks
    assert tally.refusals
    assert tally.told


def test_codes_are_compared_too(place: Scratch) -> None:
    replayed = world_of(place, 3, small=True)
    for post in replayed.world.post_units:
        for subject in replayed.world.persons:
            bar = acts.BarHolder(NOW, post, subject, words.BAR_REASONS[1])
            apply(replayed.world, bar)  # the database has heard of no such bar
    tally = Tally()
    oracle_rows.in_python(replayed, tally, 60, Random(1))
    assert any("require said" in told for told in tally.told)


def test_what_nobody_may_do_is_done_in_neither(place: Scratch) -> None:
    replayed = Replayed(place)
    unit, post = uuid4(), uuid4()
    replayed.replay([acts.AddUnit(NOW, unit, unit), acts.AddPost(NOW, post, unit)])
    opened = acts.OpenRecords(NOW, unit, (uuid4(),))
    assert not replayed.do(opened)
    assert replayed.not_done == [opened]
    assert replayed.world.records == {}
