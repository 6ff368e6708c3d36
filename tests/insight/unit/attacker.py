"""An outsider who reads a published table and tries to find out more about its hidden numbers than he may.

Written apart from the auditor: it shares no code with it, knows nothing about how numbers were chosen, and
works on the table as it is printed, with its own constraint matrix.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import linprog

SMALL = 5
Grid = list[list[int | None]]  # the printed numbers; last row and last column are totals


@dataclass(frozen=True)
class Finding:
    """A small number about which the printed table tells more than "anything from 0 to 5"."""

    place: tuple[int, int]
    least: int
    most: int


def with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    """The table as it would be printed with nothing hidden."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def primary_only(counts: Sequence[Sequence[int]]) -> Grid:
    """Small numbers hidden, totals too when small, and nothing else."""
    return [[None if value < SMALL else value for value in row] for row in with_totals(counts)]


def attack(printed: Grid, truth: list[list[int]]) -> list[Finding]:
    """Everything the attacker finds."""
    return list(findings(printed, truth))


def succeeds(printed: Grid, truth: list[list[int]]) -> bool:
    """Whether the attacker finds anything."""
    return next(findings(printed, truth), None) is not None


def findings(printed: Grid, truth: list[list[int]]) -> Iterator[Finding]:
    """Small true numbers that are printed, or whose possible values do not reach from 0 to SMALL."""
    places = list(product(range(len(truth)), range(len(truth[0]))))
    small = [(i, j) for i, j in places if truth[i][j] < SMALL]
    equations = _sums(len(truth), len(truth[0]))
    bounds = [(0, None) if printed[i][j] is None else (printed[i][j], printed[i][j]) for i, j in places]
    for i, j in small:
        least, most = (_extreme(equations, bounds, i * len(truth[0]) + j, sign) for sign in (1, -1))
        if least > 0 or most < SMALL:
            yield Finding((i, j), least, most)


def _sums(height: int, width: int) -> np.ndarray:
    """Each printed line: the parts minus the total is zero."""
    lines = []
    for i in range(height):
        line = np.zeros((height, width))
        line[i, :-1], line[i, -1] = 1, -1
        lines.append(line.ravel())
    for j in range(width):
        line = np.zeros((height, width))
        line[:-1, j], line[-1, j] = 1, -1
        lines.append(line.ravel())
    return np.array(lines)


def _extreme(equations: np.ndarray, bounds: list, at: int, sign: int) -> int:
    """The least (sign 1) or most (sign -1) whole number the place can hold; 10**9 when there is no limit."""
    aim = np.zeros(equations.shape[1])
    aim[at] = sign
    answer = linprog(aim, A_eq=equations, b_eq=np.zeros(len(equations)), bounds=bounds, method="highs-ds")
    if answer.status == 3:
        return 10**9
    assert answer.status == 0, answer.message
    value = sign * answer.fun
    return int(np.ceil(value - 1e-6)) if sign == 1 else int(np.floor(value + 1e-6))


Place = tuple[str, ...]  # whatever names a printed number


def linked_findings(
    printed: dict[Place, int | None], truth: dict[Place, int], sums: Sequence[tuple[Place, Sequence[Place]]]
) -> Iterator[Place]:
    """Small true numbers that many tables together tell more about than "anything from 0 to SMALL".

    sums: what an outsider knows: the first number is the sum of the others.
    """
    at = {place: number for number, place in enumerate(truth)}
    equations = np.zeros((len(sums), len(at)))
    for line, (whole, parts) in zip(equations, sums, strict=True):
        line[at[whole]] -= 1
        for part in parts:
            line[at[part]] += 1
    bounds = [(0, None) if printed[place] is None else (printed[place],) * 2 for place in at]
    for place, number in at.items():
        if truth[place] < SMALL:
            least, most = (_extreme(equations, bounds, number, sign) for sign in (1, -1))
            if least > 0 or most < SMALL:
                yield place
