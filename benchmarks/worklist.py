"""The worklist of somebody with many plans."""

from __future__ import annotations

import people
from architecture.crowd import MINE
from benchmarks.crowded import Crowd
from benchmarks.table import Line, at_most, times
from people import acting_as
from samvirke.coordination import queries as coordination


def line(crowd: Crowd, rounds: int) -> Line:
    """Every 400th plan is the Nav adviser's."""
    cases = crowd.persons // 5 // MINE
    return at_most(f"worklist of {cases} plans, logged: p95", 150, times(read, rounds).p95, " ms")


def read() -> None:
    """As the Nav adviser."""
    with acting_as(people.NAV_ADVISER) as viewer:
        coordination.worklist(viewer)
