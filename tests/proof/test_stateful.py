"""A walk finds nothing, and where the lock has a hole it tells the shortest way there."""

from __future__ import annotations

from contextlib import AbstractContextManager

import pytest

from proof import stateful
from proof.defects import DEFECTS, Changed
from proof.scratch import Scratch, scratch
from proof.seeded_defects import seeded


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
