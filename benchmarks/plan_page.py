"""The plan page as the server sends it: with row security and without, and how many statements it takes."""

from __future__ import annotations

from benchmarks import gate
from benchmarks.crowded import Crowd, coordinator_returns
from benchmarks.table import Line, Times, at_most

READ = gate.READS["one plan"]


def gate_costs(crowd: Crowd, rounds: int, as_html: Times) -> list[Line]:
    """What the second lock adds to the page as HTML, and the domain call's statements."""
    away = len(READ.statements())
    coordinator_returns(crowd)
    statements = READ.statements()
    more = gate.added(statements, READ.post_id, rounds)
    return [
        at_most(
            "the page as HTML with row security by without", 1.1, as_html.p50 / (as_html.p50 - more), " ×"
        ),
        at_most("SQL statements of the page's domain call, entering and log included", 15, len(statements)),
        at_most("the same on a day when the coordinator is away", 15, away),
    ]
