"""What a delay moves in a long chain of actions, worked out anew."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from benchmarks.table import Line, at_most, times
from samvirke.plan import chains
from spec.test_chains import START, Link

ACTIONS, GOAL = 200, 50  # milliseconds


def lines(rounds: int) -> list[Line]:
    """Each comes after the one before it, and each comes after all that are before it."""
    ways = {"each after the one before": 1, "each after all before": ACTIONS}
    return [
        _line(f"recomputing a chain of {ACTIONS} actions, {way}: p95", n, rounds) for way, n in ways.items()
    ]


def _line(what: str, before: int, rounds: int) -> Line:
    ids = [uuid4() for _ in range(ACTIONS)]
    found = {
        one: Link(day := START + timedelta(days=place), day, frozenset(ids[max(0, place - before) : place]))
        for place, one in enumerate(ids)
    }
    late = START + timedelta(days=10)
    assert len(chains.delayed(found, ids[0], late)) == ACTIONS - 1
    return at_most(what, GOAL, times(lambda: chains.delayed(found, ids[0], late), rounds).p95, " ms")
