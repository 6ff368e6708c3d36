"""How long a no takes: for what is hidden neither longer nor shorter than for what is not there.

Asked in rounds of three, in an order drawn anew for each: something hidden, an id that was never given, and
another such. How far those two differ is how far equal things differ on this machine, and is taken off.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import sub
from statistics import median
from time import perf_counter

BOUND = 0.002  # seconds that what is hidden may differ by
ROUNDS = 1000  # from so many on a difference is held against the bound; fewer show that it can be measured


@dataclass(frozen=True, slots=True)
class Timed:
    """Medians of differences in seconds: hidden less missing, and missing less another that is missing."""

    what: str
    rounds: int
    hidden: float
    control: float

    @property
    def told(self) -> float:
        """What is left of the difference when that of equal things is taken off."""
        return max(0.0, abs(self.hidden) - abs(self.control))


def timed(
    asks: Callable[[str], object], what: str, paths: tuple[str, str, str], rounds: int, drawn: random.Random
) -> Timed:
    """Ask for what is hidden, for what is missing, and for another that is missing, so many times."""
    took: dict[str, list[float]] = {path: [] for path in paths}
    for path in paths:  # what is made at the first request is no difference
        asks(path)
    for _ in range(rounds):
        for path in drawn.sample(paths, len(paths)):
            began = perf_counter()
            asks(path)
            took[path].append(perf_counter() - began)
    hidden, missing, other = took.values()
    return Timed(what, rounds, median(map(sub, hidden, missing)), median(map(sub, missing, other)))


def slower(measured: Iterable[Timed]) -> Iterator[str]:
    """A failure for each whose time tells that something is hidden."""
    for one in measured:
        if one.rounds >= ROUNDS and one.told > BOUND:
            yield f"{one.what}: the time tells what is hidden from what is not there, by {_ms(one.told)}"


def summary(measured: list[Timed]) -> str:
    """The largest difference, for the table."""
    largest = max(measured, key=lambda one: one.told)
    return (
        f"time tells at most {_ms(largest.told)} (`{largest.what}`; fails above {_ms(BOUND)}), "
        f"{largest.rounds} rounds for an address of each of {len(measured)} kinds of id"
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
