"""How alike two arms are in what was known before the start.

Source: Austin (2009), Balance diagnostics for comparing the distribution of baseline covariates; a
standardised difference under 0.1 is commonly taken as small.
"""

from __future__ import annotations

import numpy as np

from samvirke.evaluation.answers import Balance
from samvirke.evaluation.randomisation import Bools, Floats
from samvirke.statistics.disclosure import THRESHOLD

SMALL = 0.1


def balance(
    covariates: Floats,
    trial: Bools,
    names: tuple[str, ...],
    *,
    weights: Floats | None = None,
    matched: Floats | None = None,
) -> tuple[Balance, ...]:
    """One entry per column of `covariates`, shape (n, k).

    `weights` and `matched` have shape (n,) and weigh each arm to its own sum: weights of the weighted and of
    the matched sample.
    """
    before = standardised(covariates, trial, np.ones(len(trial)))
    after = None if weights is None else standardised(covariates, trial, weights)
    paired = None if matched is None else standardised(covariates, trial, matched)
    found = []
    for place, name in enumerate(names):
        column = covariates[:, place]
        shown = _may_be_shown(column, trial)
        found.append(
            Balance(
                covariate=name,
                trial=float(column[trial].mean()) if shown else None,
                comparison=float(column[~trial].mean()) if shown else None,
                weighted=_mean(column, ~trial, weights) if shown and weights is not None else None,
                before=float(before[place]),
                after=None if after is None else float(after[place]),
                matched=None if paired is None else float(paired[place]),
            )
        )
    return tuple(found)


def standardised(covariates: Floats, trial: Bools, weights: Floats) -> Floats:
    """Weighted difference of means over the root mean of the arms' unweighted variances, shape (k,)."""
    spread = np.sqrt((covariates[trial].var(axis=0, ddof=1) + covariates[~trial].var(axis=0, ddof=1)) / 2)
    means = [np.average(covariates[arm], axis=0, weights=weights[arm]) for arm in (trial, ~trial)]
    found: Floats = np.divide(means[0] - means[1], spread, out=np.zeros(len(spread)), where=spread > 0)
    return found


def _mean(column: Floats, arm: Bools, weights: Floats) -> float:
    return float(np.average(column[arm], weights=weights[arm]))


def _may_be_shown(column: Floats, trial: Bools) -> bool:
    """A mean of yes and no tells how many said yes; under five on either side nobody is told."""
    if not np.isin(column, (0.0, 1.0)).all():
        return True
    counts = [(int(column[arm].sum()), int(arm.sum())) for arm in (trial, ~trial)]
    return all(min(yes, n - yes) >= THRESHOLD or yes in (0, n) for yes, n in counts)
