"""Where the lines and marks of a course over time stand in its picture. The table beside it says the same.

A day without an answer parts the line, and so does a new version of the instrument; views never meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from samvirke.assessments.types import Point, Scale, Series

WIDTH, HEIGHT = 340, 170
LEFT, RIGHT, TOP, BOTTOM = 30, 14, 12, 26
LOOKS = 4  # marks and lines that can be told apart without colour


@dataclass(frozen=True, slots=True)
class Spot:
    """One answer in the picture."""

    x: float
    y: float
    value: int
    day: date


@dataclass(frozen=True, slots=True)
class Line:
    """One view: its marks, and the lines between those that follow each other."""

    look: int
    spots: tuple[Spot, ...]
    lines: tuple[str, ...]  # as `points` of a polyline


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture of one item."""

    lines: tuple[Line, ...]
    grid: tuple[tuple[int, float], ...]  # each named step, and its height
    breaks: tuple[float, ...]  # where a new version begins
    first: date
    last: date | None  # none: everything was on one day
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    foot: int = HEIGHT - BOTTOM


def chart(scale: Scale, series: Sequence[Series], looks: Sequence[int], days: Sequence[date]) -> Chart:
    """The picture. looks: of each view, the same on all items. days: all days of the instrument, in order."""
    first, last = days[0], days[-1]
    return Chart(
        lines=tuple(
            _line(one, look % LOOKS, scale, first, last) for one, look in zip(series, looks, strict=True)
        ),
        grid=tuple((step, _y(step, scale)) for step in sorted(scale.names)),
        breaks=tuple(dict.fromkeys(_breaks(series, first, last))),
        first=first,
        last=last if last > first else None,
    )


def _line(series: Series, look: int, scale: Scale, first: date, last: date) -> Line:
    spots, lines = [], []
    for (is_there, _version), group in groupby(
        series.points, key=lambda point: (point.value is not None, point.version)
    ):
        if is_there:
            stretch = [_spot(point, scale, first, last) for point in group]
            spots += stretch
            if len(stretch) > 1:
                lines.append(" ".join(f"{spot.x},{spot.y}" for spot in stretch))
    return Line(look, tuple(spots), tuple(lines))


def _spot(point: Point, scale: Scale, first: date, last: date) -> Spot:
    assert point.value is not None
    return Spot(_x(point.day, first, last), _y(point.value, scale), point.value, point.day)


def _breaks(series: Iterable[Series], first: date, last: date) -> Iterable[float]:
    for one in series:
        for before, after in pairwise(one.points):
            if before.version != after.version:
                yield round((_x(before.day, first, last) + _x(after.day, first, last)) / 2, 1)


def _x(day: date, first: date, last: date) -> float:
    span = (last - first).days
    inside = WIDTH - LEFT - RIGHT - 16
    return round(LEFT + 8 + (inside * (day - first).days / span if span else inside / 2), 1)


def _y(value: int, scale: Scale) -> float:
    share = (value - scale.lowest) / (scale.highest - scale.lowest)
    return round(TOP + 4 + (HEIGHT - TOP - BOTTOM - 8) * (1 - share), 1)
