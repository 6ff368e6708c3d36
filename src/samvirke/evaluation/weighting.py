"""Persons not drawn by lot: the comparison arm weighted, or matched, until it resembles the trial arm.

Estimand: the effect on those in the trial. The chance of being in the trial is a logistic regression on the
protocol's covariates; a comparison person counts by the odds of that chance, the weights summing to one
(Hajek). The standard error takes in that the chance was estimated (M-estimation). What no covariate holds
stays unseen, and no standard error shows it.

Weighting and matching are written out here: the libraries for it hold a trial x comparison matrix, which a
register does not fit, and each line below can be read beside its source.
Sources: Hirano, Imbens and Ridder (2003); Stefanski and Boos (2002) for the error; Austin (2011) for the
caliper; Crump, Hotz, Imbens and Mitnik (2009) for trimming; Abadie and Imbens (2008): no bootstrap for
matching.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.tools.sm_exceptions import (
    ConvergenceWarning,
    HessianInversionWarning,
    PerfectSeparationError,
    PerfectSeparationWarning,
)

from samvirke.evaluation.answers import Effect, Other, Overlap, Refusal, Subject, without_estimate
from samvirke.evaluation.balance import balance
from samvirke.evaluation.designs import Sensitivity
from samvirke.evaluation.persons import Arms, independent, regressed
from samvirke.evaluation.randomisation import Bools, Floats, Ints
from samvirke.statistics.disclosure import THRESHOLD

DESIGN = "weighting"
CALIPER = 0.2  # standard deviations of the log odds; a trial person without a neighbour within is left out
EXTREME = 0.1  # chances under this and over one minus this are trimmed away
NAIVE = "naive"


class NoChance(ValueError):
    """The chance cannot be estimated: the covariates tell the arms apart without fail."""


@dataclass(frozen=True, slots=True)
class Chances:
    """The chance of being in the trial, shape (n,), and what its estimation leaves uncertain.

    columns:  constant and standardised covariates, shape (n, 1 + k), none following from the others.
    inverse:  inverse of the information, shape (1 + k, 1 + k).
    """

    chance: Floats
    columns: Floats
    inverse: Floats

    @property
    def log_odds(self) -> Floats:
        """The scale on which persons are near or far."""
        return np.log(self.chance) - np.log1p(-self.chance)


def weighting(arms: Arms, *, about: Subject, alpha: float, sensitivity: tuple[Sensitivity, ...]) -> Effect:
    """The effect on those in the trial, against the weighted comparison."""
    if min(arms.sizes) < about.minimum_n:
        return without_estimate(about, design=DESIGN, alpha=alpha, refusal=Refusal.TOO_FEW_PERSONS)
    try:
        chances = chances_of(arms)
    except NoChance:
        return without_estimate(about, design=DESIGN, alpha=alpha, refusal=Refusal.NO_OVERLAP)
    weights = odds_weights(arms.trial, chances.chance)
    estimate, error = weighted(arms, chances)
    reach = float(stats.norm.ppf(1 - alpha / 2)) * error
    return Effect(
        outcome=about.outcome,
        population=about.population,
        kind=about.kind,
        subgroup=about.subgroup,
        design=DESIGN,
        unit=about.unit,
        alpha=alpha,
        estimate=estimate,
        standard_error=error,
        interval=(estimate - reach, estimate + reach),
        p_value=float(2 * stats.norm.sf(abs(estimate) / error)),
        n_treated=arms.sizes[0],
        n_compared=arms.sizes[1],
        refusal=None,
        others=(
            regressed(arms, NAIVE, covariates=False),
            *(_otherwise(arms, chances, one) for one in sensitivity),
        ),
        balance=balance(
            arms.covariates,
            arms.trial,
            arms.names,
            weights=weights,
            matched=match_weights(arms.trial, chances.log_odds)
            if Sensitivity.MATCHED in sensitivity
            else None,
        ),
        overlap=overlap(arms.trial, chances.chance),
    )


def chances_of(arms: Arms) -> Chances:
    """Logistic regression of the arm on the covariates. Raises NoChance."""
    spread = arms.covariates.std(axis=0)
    centred = (arms.covariates - arms.covariates.mean(axis=0)) / np.where(spread > 0, spread, 1)
    columns = independent(np.column_stack([np.ones(len(arms.trial)), centred]))
    try:
        with warnings.catch_warnings():
            for told in (ConvergenceWarning, HessianInversionWarning, PerfectSeparationWarning):
                warnings.simplefilter("error", told)
            fit = sm.Logit(arms.trial.astype(np.float64), columns).fit(disp=False, maxiter=200)
    except (
        ConvergenceWarning,
        HessianInversionWarning,
        PerfectSeparationWarning,
        PerfectSeparationError,
        np.linalg.LinAlgError,
    ) as problem:
        raise NoChance from problem
    chance: Floats = fit.predict()
    if not (chance.min() > 0 and chance.max() < 1):
        raise NoChance
    errors: Floats = np.asarray(
        np.linalg.inv(columns.T * (chance * (1 - chance)) @ columns), dtype=np.float64
    )
    return Chances(chance, columns, errors)


def odds_weights(trial: Bools, chance: Floats) -> Floats:
    """One for each trial person; the odds of the chance for the others. Shape (n,)."""
    return np.where(trial, 1.0, chance / (1 - chance))


def weighted(arms: Arms, chances: Chances) -> tuple[float, float]:
    """The weighted difference of means and its standard error from each person's influence."""
    trial, weights = arms.trial, odds_weights(arms.trial, chances.chance)
    means = [float(np.average(arms.values[arm], weights=weights[arm])) for arm in (trial, ~trial)]
    apart = arms.values - np.where(trial, *means)
    own = np.where(trial, apart / trial.sum(), -weights * apart / weights[~trial].sum())
    slope = (weights * apart / weights[~trial].sum())[~trial] @ chances.columns[~trial]
    score = (trial - chances.chance)[:, None] * chances.columns
    influence = own - score @ (chances.inverse @ slope)
    return means[0] - means[1], float(np.sqrt((influence**2).sum()))


def neighbours(trial: Bools, log_odds: Floats) -> tuple[Ints, Ints]:
    """For each trial person with a comparison person within the caliper: both places, with replacement.

    Of equally near ones the one with the lower log odds, then the earlier row.
    """
    ours, theirs = np.flatnonzero(trial), np.flatnonzero(~trial)
    order = theirs[np.argsort(log_odds[theirs], kind="stable")]
    line = log_odds[order]
    above = np.searchsorted(line, log_odds[ours]).clip(0, len(line) - 1)
    below = np.searchsorted(line, line[(above - 1).clip(0)])  # the first of equals
    nearer_below = np.abs(line[below] - log_odds[ours]) <= np.abs(line[above] - log_odds[ours])
    found = np.where(nearer_below, below, above)
    near = np.abs(line[found] - log_odds[ours]) <= CALIPER * log_odds.std(ddof=1)
    return ours[near], order[found[near]]


def match_weights(trial: Bools, log_odds: Floats) -> Floats:
    """How often each person is in the matched sample, shape (n,)."""
    ours, theirs = neighbours(trial, log_odds)
    return np.bincount(np.concatenate([ours, theirs]), minlength=len(trial)).astype(np.float64)


def overlap(trial: Bools, chance: Floats) -> Overlap:
    """How much of the comparison arm resembles the trial arm."""
    outside = int(((chance < EXTREME) | (chance > 1 - EXTREME))[trial].sum())
    weights = odds_weights(trial, chance)[~trial]

    def quantiles(arm: Bools) -> tuple[float, float, float]:
        low, middle, high = (float(one) for one in np.quantile(chance[arm], (0.05, 0.5, 0.95)))
        return low, middle, high

    return Overlap(
        trial=quantiles(trial),
        comparison=quantiles(~trial),
        outside=outside if outside == 0 or outside >= THRESHOLD else None,
        effective=float(weights.sum() ** 2 / (weights**2).sum()),
    )


def _otherwise(arms: Arms, chances: Chances, sensitivity: Sensitivity) -> Other:
    if sensitivity is Sensitivity.ADJUSTED:
        return regressed(arms, sensitivity, covariates=True)
    if sensitivity is Sensitivity.MATCHED:
        ours, theirs = neighbours(arms.trial, chances.log_odds)
        gains = arms.values[ours] - arms.values[theirs]
        mean = float(gains.mean()) if len(gains) >= THRESHOLD else None
        return Other(sensitivity, mean, None, len(ours))
    return _trimmed(arms, chances, sensitivity)


def _trimmed(arms: Arms, chances: Chances, name: str) -> Other:
    """Weighted anew among those whose chance is not extreme."""
    kept = arms.only((chances.chance >= EXTREME) & (chances.chance <= 1 - EXTREME))
    if min(kept.sizes) < THRESHOLD:
        return Other(name, None, None, 0)
    try:
        estimate, error = weighted(kept, chances_of(kept))
    except NoChance:
        return Other(name, None, None, 0)
    return Other(name, estimate, error, kept.sizes[0])
