"""Lines of the table: what, the goal, what was seen, whether it is reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter

import click

HEAD = ("| what | goal | seen | |", "|---|---|---|---|")
CUT_OFF = "The run was cut off here."


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

    def __str__(self) -> str:
        return f"| {self.what} | {self.goal} | {self.seen} | {self.verdict} |"


@dataclass(frozen=True, slots=True)
class Times:
    """How long rounds of the same act took, in milliseconds."""

    p50: float
    p95: float

    @classmethod
    def of(cls, took: Sequence[float]) -> Times:
        """Of single rounds."""
        cuts = quantiles(took, n=20)
        return cls(p50=cuts[9], p95=cuts[18])


def times(act: Callable[[], object], rounds: int) -> Times:
    """How long rounds take."""
    return Times.of(took(act, rounds))


def took(act: Callable[[], object], rounds: int) -> list[float]:
    """Each round, in milliseconds, after some to warm up, so that statements are prepared."""
    for _ in range(max(20, rounds // 10)):
        act()
    found = []
    for _ in range(rounds):
        started = perf_counter()
        act()
        found.append((perf_counter() - started) * 1000)
    return found


def at_most(what: str, goal: float, seen: float, unit: str = "") -> Line:
    """A measure that should stay below its goal."""
    return Line(what, f"≤ {goal:g}{unit}", f"{_plain(seen)}{unit}", seen <= goal)


def at_least(what: str, goal: float, seen: float, unit: str = "") -> Line:
    """A measure that should stay above its goal."""
    return Line(what, f"≥ {goal:g}{unit}", f"{_plain(seen)}{unit}", seen >= goal)


def _plain(seen: float) -> str:
    return str(seen) if isinstance(seen, int) else f"{seen:.2f}" if seen < 10 else f"{seen:.0f}"


class Table:
    """Lines in Markdown, each printed when it is there. A run that is cut off leaves in `out` what it saw."""

    def __init__(self, heading: str, out: Path | None) -> None:
        self.heading, self.out, self.lines = heading, out, list(HEAD)
        click.echo("\n".join((heading, "", *HEAD)))

    def add(self, *lines: Line) -> None:
        """Print and keep further lines."""
        found = [str(line) for line in lines]
        self.lines += found
        click.echo("\n".join(found))
        self._write(CUT_OFF)

    def end(self) -> None:
        """Nothing more is measured."""
        self._write()

    def _write(self, *last: str) -> None:
        if self.out:
            text = "\n\n".join(("# Benchmarks", self.heading, "\n".join(self.lines), *last))
            self.out.write_text(f"{text}\n", encoding="utf-8")
