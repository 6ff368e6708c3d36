"""The figures of many municipalities, every number checked before it is shown."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from benchmarks.table import Line, at_most
from insight.rows import delivered, flow_row, many_episodes
from samvirke.statistics import statistics_of

STEPS = ("on_plan", "consented", "asked", "admitted", "screened")


def line(units: int, rounds: int = 3) -> Line:
    """A delivery of so many municipalities, a hundred episodes to each."""
    with tempfile.TemporaryDirectory() as folder:
        flows = [_flow(f"{1001 + unit}", Random(unit)) for unit in range(units)]
        delivery = delivered(Path(folder), many_episodes(100 * units, seed=1), flows)
        took = []
        for _ in range(rounds):
            started = perf_counter()
            statistics_of(delivery)
            took.append(perf_counter() - started)
    what = f"all figures of a delivery of {units} municipalities, disclosure-checked"
    return at_most(what, 2, median(took), " s")


def _flow(municipality: str, draw: Random) -> dict[str, object]:
    """A municipality's way to a plan: at each step some fall away, often few enough to be hidden."""
    counts, left = {}, draw.randrange(2, 12)
    for step in STEPS:
        counts[step] = left
        left += draw.randrange(0, 40)
    return flow_row(municipality, imported=left + 5, refused_rows=5, **counts)
