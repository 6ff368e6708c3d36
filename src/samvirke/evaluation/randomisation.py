"""Randomisation inference over municipalities: exact p-value and interval of a difference in means.

The reference distribution is that of the statistic over all ways the trial municipalities could have been
chosen. Nothing is assumed about how outcomes vary; with few trial municipalities, standard errors clustered
by municipality reject a true null far too often.
Sources: Fisher, The Design of Experiments (1935), ch. 2; Rosenbaum, Observational Studies (2002), ch. 2
(interval by inversion); Imbens and Rubin, Causal Inference (2015), ch. 5; Phipson and Smyth (2010) for the
drawn case: the observed assignment is among the draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations
from math import comb

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

MOST_ENUMERATED = 100_000  # assignments; above this, draws
DRAWS = 19_999  # with the observed one 20 000: the error of a p-value at 0.05 is 0.0015
TIE = 1e-9  # relative; statistics closer than this differ by rounding of the means only


@dataclass(frozen=True, slots=True)
class Assignments:
    """Ways to choose the trial municipalities: `chosen` has shape (ways, trial), the observed one first.

    `enumerated`: all ways there are, each once; otherwise drawn at random.
    """

    chosen: Ints
    enumerated: bool


def difference_in_means(changes: Floats, trial: Bools) -> float:
    """Mean change of trial municipalities minus that of the others. Both arrays have shape (sites,)."""
    return float(changes[trial].mean() - changes[~trial].mean())


def assignments(trial: Bools, *, seed: int) -> Assignments:
    """The reference set for `trial`, shape (sites,): all ways when they are few, else seeded draws."""
    sites, treated = len(trial), int(trial.sum())
    observed = np.flatnonzero(trial)
    ways = comb(sites, treated)
    if ways > MOST_ENUMERATED:
        draw = np.random.default_rng(seed)
        drawn = draw.random((DRAWS, sites)).argpartition(treated, axis=1)[:, :treated]
        return Assignments(np.vstack([observed, drawn]).astype(np.int64), enumerated=False)
    flat = chain.from_iterable(combinations(range(sites), treated))
    every = np.fromiter(flat, dtype=np.int64, count=ways * treated).reshape(ways, treated)
    others = every[(every != observed).any(axis=1)]
    return Assignments(np.vstack([observed, others]), enumerated=True)


def statistics_under(changes: Floats, chosen: Ints) -> Floats:
    """The difference in means for each assignment, shape (ways,)."""
    treated = int(chosen.shape[1])
    within: Floats = changes[chosen].sum(axis=1)
    values: Floats = within / treated - (changes.sum() - within) / (len(changes) - treated)
    return values


def p_value(changes: Floats, ways: Assignments) -> float:
    """Two-sided p-value of no effect in any municipality: twice the smaller tail, at most 1."""
    values = statistics_under(changes, ways.chosen)
    slack = TIE * max(float(np.abs(values).max()), 1e-300)
    above = float((values >= values[0] - slack).mean())
    below = float((values <= values[0] + slack).mean())
    return min(1.0, 2 * min(above, below))


def least_p_value(ways: Assignments) -> float:
    """The smallest p-value any outcome could give with this reference set: below it nothing can be told."""
    repeats = int((_overlap(ways.chosen, ways.chosen[0]) == ways.chosen.shape[1]).sum())
    return min(1.0, 2 * repeats / len(ways.chosen))


def interval(changes: Floats, ways: Assignments, *, alpha: float) -> tuple[float, float] | None:
    """All constant effects that a test at `alpha` does not reject; None when the test can reject none.

    Each assignment a other than the observed one has the value theta_a at which its statistic passes the
    observed one's: with c_a the difference of the two groups' shares of truly treated municipalities,
    theta_a = (T - T_a) / (1 - c_a). The upper tail at tau counts theta_a <= tau, the lower tail
    theta_a >= tau, so the ends of the interval are two of the sorted theta: exact, without a search.
    """
    treated = ways.chosen.shape[1]
    compared = len(changes) - treated
    overlap = _overlap(ways.chosen, ways.chosen[0])
    same = overlap == treated
    values = statistics_under(changes, ways.chosen)
    share = overlap / treated - (treated - overlap) / compared
    theta = np.sort((values[0] - values[~same]) / (1 - share[~same]))
    allowed = Fraction(str(alpha)) * len(values) / 2  # a tail of so many assignments still rejects
    place = int(allowed) + 1 - int(same.sum())
    return None if place < 1 else (float(theta[place - 1]), float(theta[len(theta) - place]))


def _overlap(chosen: Ints, observed: Ints) -> Ints:
    """How many of the observed trial municipalities each assignment chooses, shape (ways,)."""
    found: Ints = np.isin(chosen, observed).sum(axis=1)
    return found
