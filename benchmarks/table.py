"""Lines of the table: what, the goal, what was seen, whether it is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Line:
    """One measure. `reached` is None where there is no goal for it."""

    what: str
    goal: str
    seen: str
    reached: bool | None = None

    @property
    def verdict(self) -> str:
        """In a word."""
        return {True: "reached", False: "missed", None: "-"}[self.reached]


@dataclass(frozen=True, slots=True)
class Times:
    """How long rounds of the same act took, in milliseconds."""

    p50: float
    p95: float


def times(act: Callable[[], object], rounds: int) -> Times:
    """After some rounds to warm up, so that statements are prepared."""
    for _ in range(max(20, rounds // 10)):
        act()
    took = []
    for _ in range(rounds):
        started = perf_counter()
        act()
        took.append((perf_counter() - started) * 1000)
    cuts = quantiles(took, n=20)
    return Times(p50=cuts[9], p95=cuts[18])


def at_most(what: str, goal: float, seen: float, unit: str = "") -> Line:
    """A measure that should stay below its goal."""
    return Line(what, f"≤ {goal:g}{unit}", f"{_plain(seen)}{unit}", seen <= goal)


def at_least(what: str, goal: float, seen: float, unit: str = "") -> Line:
    """A measure that should stay above its goal."""
    return Line(what, f"≥ {goal:g}{unit}", f"{_plain(seen)}{unit}", seen >= goal)


def _plain(seen: float) -> str:
    return str(seen) if isinstance(seen, int) else f"{seen:.2f}" if seen < 10 else f"{seen:.0f}"


def as_text(lines: Iterable[Line]) -> str:
    """A table in Markdown."""
    rows = [(line.what, line.goal, line.seen, line.verdict) for line in lines]
    head = ["| what | goal | seen | |", "|---|---|---|---|"]
    return "\n".join([*head, *("| " + " | ".join(row) + " |" for row in rows)])
