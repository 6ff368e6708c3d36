"""A walk finds nothing, and where the lock has a hole it tells the shortest way there."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import pytest

from proof import room_acts as rooms
from proof import stateful
from proof.defects import DEFECTS, Changed
from proof.oracle import random_acts as propose
from proof.oracle import random_around as around
from proof.oracle.random_build import Proposal
from proof.scratch import Scratch, scratch
from proof.seeded_defects import seeded
from samvirke.people import duplicates, own_cases
from samvirke.statutes import ages

STEPS = 100  # of a walk that does little else
SEEDS = range(3, 8)  # walks that are tried until one fails: what a single one meets is chance


def test_a_walk_agrees_at_each_step(databases: None) -> None:
    seen = stateful.run(stateful.SMALL, 3)
    assert seen.failures == ()
    assert seen.checked == stateful.SMALL


def test_a_walk_over_a_hole_ends_there(databases: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Withdrawing forgets the accesses: the shortest way there ends in a withdrawal."""
    hole = next(one for one in DEFECTS if one.name == "withdrawing forgets the accesses")
    assert isinstance(hole, Changed)
    monkeypatch.setattr(stateful, "scratch", lambda: _With(hole))
    monkeypatch.setattr(stateful, "WALK", 60)
    (told,) = stateful.run(600, 1).failures
    assert "WithdrawConsent" in told.rsplit(";", 1)[-1]


@pytest.mark.usefixtures("databases")
class TestTheRooms:
    """Acts that go through the rooms are done, agree, and are found out where a room does another thing."""

    def walked(self, monkeypatch: pytest.MonkeyPatch, *more: Proposal) -> tuple[str, ...]:
        monkeypatch.setattr(stateful, "CHANGES", tuple((1.0, one) for one in (*more, around.admit_more)))
        monkeypatch.setattr(stateful, "_shortened", lambda walk: [str(walk.wrong)] if walk.wrong else [])
        walks = (stateful.run(STEPS, seed).failures for seed in SEEDS)
        return next((found for found in walks if found), ())

    def test_a_birthday_that_comes_a_day_late(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.walked(monkeypatch, rooms.reach_an_age) == ()
        on = ages.reached_on
        monkeypatch.setattr(ages, "reached_on", lambda born, age: on(born, age) + timedelta(days=1))
        assert self.walked(monkeypatch, rooms.reach_an_age)

    def test_a_post_that_moves_without_its_own_case(self, monkeypatch: pytest.MonkeyPatch) -> None:
        changes = (rooms.take_post, rooms.move_post, around.give_and_admit, propose.tie)
        assert self.walked(monkeypatch, *changes) == ()
        monkeypatch.setattr(own_cases, "move", lambda **_: None)
        assert self.walked(monkeypatch, *changes)

    def test_records_that_are_folded_for_the_lists_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        changes = (propose.open_record, propose.bar, rooms.fold, rooms.take_apart, propose.tie)
        assert self.walked(monkeypatch, *changes) == ()
        monkeypatch.setattr(duplicates, "fold", lambda **_: uuid4())
        monkeypatch.setattr(duplicates, "end", lambda **_: True)
        assert self.walked(monkeypatch, *changes)


class _With:
    """A database with a hole."""

    def __init__(self, hole: Changed) -> None:
        self._hole = hole
        self._entered: list[AbstractContextManager[object]] = []

    def __enter__(self) -> Scratch:
        made = scratch()
        place = made.__enter__()
        hole = seeded(place, self._hole)
        hole.__enter__()
        self._entered = [hole, made]
        return place

    def __exit__(self, *raised: object) -> None:
        for one in self._entered:
            one.__exit__(None, None, None)
