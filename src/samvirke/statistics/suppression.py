"""Which numbers to hide, and the proof that what is left does not give them away.

All functions take a vector of counts with the linear relations an outsider knows (`counts.Cells`). What he
can work out about a hidden number is the interval between two linear programmes: its least and its most
value over all tables of non-negative numbers that agree with everything shown.
Sources: Fischetti and Salazar, Models and algorithms for optimizing cell suppression (2000); Kelly, Golden
and Assad, Cell suppression (1992), for the cheapest pattern through one cell.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from samvirke.statistics.counts import Cells, Ints

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

solve: Callable[..., Any] = linprog  # its published types know dense matrices only

SLACK = 1e-6  # counts are whole numbers and the solver keeps to 1e-7, so this cannot hide a difference of one
FREE = 1e-4  # the price of going through a hidden cell: next to nothing, yet short patterns are preferred


class NotProtected(RuntimeError):
    """A hidden number could still be worked out, so no table was made."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} hidden numbers could still be worked out from the shown ones, so no table was made. "
            "Put small categories together and try again."
        )


def hide(cells: Cells, *, threshold: int, known: Bools) -> Bools:
    """Which numbers to hide, shape (k,): all under the threshold, and what it takes to protect them.

    A small number is protected when, for all an outsider can compute, it may be 0 and may be `threshold`.
    known: numbers that are out already, shape (k,); to hide one of them would protect nothing. Raises
    NotProtected when the audit at the end fails.
    """
    small = np.flatnonzero(cells.values < threshold)
    if known[small].any():
        raise NotProtected(int(known[small].sum()))
    hidden = _with_company(cells, cells.values < threshold, threshold=threshold, known=known)
    exposed = audit(cells, hidden, small, threshold=threshold)
    if not any(len(places) for places in exposed):
        return hidden
    for upward, places in zip((True, False), exposed, strict=True):
        for place in places:
            hidden = _hide_for(cells, hidden, place, threshold=threshold, upward=upward, known=known)
    left = np.concatenate(audit(cells, hidden, small, threshold=threshold))
    if len(left):
        raise NotProtected(len(np.unique(left)))
    return hidden


def audit(cells: Cells, hidden: Bools, small: Ints, *, threshold: int) -> tuple[Ints, Ints]:
    """The small numbers that cannot be as large as the threshold, and those that cannot be 0."""
    return (
        unprotected(cells, hidden, small, threshold=threshold, upward=True),
        unprotected(cells, hidden, small, threshold=threshold, upward=False),
    )


def unprotected(cells: Cells, hidden: Bools, small: Ints, *, threshold: int, upward: bool) -> Ints:
    """Those of `small` that cannot be as large as `threshold` (upward), or cannot be 0 (downward).

    One programme moves all of them at once as far as they go; those that arrive are protected. The rest is
    tried again, without the arrived, until a round brings nothing; then one by one.
    """
    left = small
    while len(left):
        arrived = _arrivals(cells, hidden, left, threshold=threshold, upward=upward)
        if not arrived.any():
            break
        left = left[~arrived]
    alone = (
        [
            _arrivals(cells, hidden, left[i : i + 1], threshold=threshold, upward=upward)[0]
            for i in range(len(left))
        ]
        if len(left) > 1
        else [False] * len(left)
    )
    exposed: Ints = left[~np.array(alone, dtype=bool)]
    return exposed


def _arrivals(cells: Cells, hidden: Bools, wanted: Ints, *, threshold: int, upward: bool) -> Bools:
    """Move the wanted numbers together; which arrive?

    Variables of the upward programme: the hidden numbers, then min(number, threshold) of the wanted.
    """
    places = np.flatnonzero(hidden)
    k, w = len(places), len(wanted)
    known = cells.relations[:, places]
    shown_sum = -(cells.relations @ np.where(hidden, 0, cells.values))
    at = np.searchsorted(places, wanted)
    if not upward:
        cost = np.zeros(k)
        cost[at] = 1.0
        found = solve(cost, A_eq=known, b_eq=shown_sum, bounds=(0, None), method="highs")
        arrived: Bools = found.x[at] <= SLACK
        return arrived
    reach = sparse.csr_array((-np.ones(w), (np.arange(w), at)), shape=(w, k))
    found = solve(
        np.concatenate([np.zeros(k), -np.ones(w)]),
        A_ub=sparse.hstack([reach, sparse.eye_array(w)]),
        b_ub=np.zeros(w),
        A_eq=sparse.hstack([known, sparse.csr_array((known.shape[0], w))]),
        b_eq=shown_sum,
        bounds=[(0, None)] * k + [(0, threshold)] * w,
        method="highs",
    )
    reached: Bools = found.x[k:] >= threshold - SLACK
    return reached


def _hide_for(
    cells: Cells, hidden: Bools, place: np.int64, *, threshold: int, upward: bool, known: Bools
) -> Bools:
    """Hide the cheapest further numbers that let one small number move all the way.

    The pattern: a change of the whole table that keeps every relation, moves `place` by the wanted amount and
    makes nothing negative. What changes must be hidden, so what is known cannot change. Variables: increases,
    then decreases, shape (2k,). Raises NotProtected where there is no such pattern.
    """
    k = len(cells.values)
    wanted = threshold - cells.values[place] if upward else cells.values[place]
    price = np.where(hidden, FREE, cells.weight)
    bounds = np.column_stack([np.zeros(2 * k), np.concatenate([np.full(k, np.inf), cells.values])])
    bounds[np.concatenate([known, known])] = 0
    bounds[place if upward else k + place] = wanted
    bounds[k + place if upward else place] = 0
    found = solve(
        np.concatenate([price, price]),
        A_eq=sparse.hstack([cells.relations, -cells.relations]),
        b_eq=np.zeros(cells.relations.shape[0]),
        bounds=bounds,
        method="highs",
    )
    if found.x is None:
        raise NotProtected(1)
    changed: Bools = np.abs(found.x[:k] - found.x[k:]) > SLACK
    return hidden | changed


def _with_company(cells: Cells, hidden: Bools, *, threshold: int, known: Bools) -> Bools:
    """Hide more wherever one sum alone gives a small number away: the cheap start before the programmes.

    That is where a relation has a single hidden number, or a shown whole with hidden parts that together
    come to less than the threshold.
    """
    result = hidden.copy()
    lines = [_line(cells, number) for number in range(cells.relations.shape[0])]
    changed = True
    while changed:
        changed = False
        for members, parts in lines:
            concealed, rest = result[members], members[~result[members] & ~known[members]]
            whole_shown = not result[members[~parts]].any()
            alone = concealed.sum() == 1
            poor = (
                whole_shown and concealed.any() and cells.values[members[parts & concealed]].sum() < threshold
            )
            if (alone or poor) and len(rest):
                result[rest[np.argmin(cells.weight[rest])]] = True
                changed = True
    return result


def _line(cells: Cells, number: int) -> tuple[Ints, Bools]:
    """The places of one relation, and which of them are parts."""
    span = slice(cells.relations.indptr[number], cells.relations.indptr[number + 1])
    return cells.relations.indices[span].astype(np.int64), cells.relations.data[span] > 0
