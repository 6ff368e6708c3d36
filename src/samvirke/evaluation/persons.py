"""Persons in two arms: the difference of means, plain and adjusted, with standard errors.

The standard error is HC2, which for two arms is Neyman's: each arm varies as it does, and the randomisation
is what the error is about. The one that holds both arms equally variable stands beside on request.
Sources: Imbens and Rubin, Causal Inference (2015), ch. 6-7; MacKinnon and White (1985) for HC2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm

from samvirke.evaluation.answers import Effect, Other, Refusal, Subject, without_estimate
from samvirke.evaluation.balance import balance
from samvirke.evaluation.designs import Sensitivity
from samvirke.evaluation.randomisation import Bools, Floats

DESIGN = "experiment"
ARM = 1  # the column of the arm in a design matrix: constant, arm, covariates


@dataclass(frozen=True, slots=True)
class Arms:
    """Persons: outcome and arm of shape (n,), covariates of shape (n, k) with their names."""

    values: Floats
    trial: Bools
    covariates: Floats
    names: tuple[str, ...]

    def only(self, these: Bools) -> Arms:
        """The persons marked in `these`, shape (n,)."""
        return Arms(self.values[these], self.trial[these], self.covariates[these], self.names)

    @property
    def sizes(self) -> tuple[int, int]:
        """How many are in the trial arm, and in the other."""
        return int(self.trial.sum()), int((~self.trial).sum())


def experiment(arms: Arms, *, about: Subject, alpha: float, sensitivity: tuple[Sensitivity, ...]) -> Effect:
    """The difference between the arms' means, for persons drawn by lot."""
    if min(arms.sizes) < about.minimum_n:
        return without_estimate(about, design=DESIGN, alpha=alpha, refusal=Refusal.TOO_FEW_PERSONS)
    fit = sm.OLS(arms.values, matrix(arms.trial)).fit(cov_type="HC2", use_t=True)
    low, high = (float(end) for end in fit.conf_int(alpha)[ARM])
    return Effect(
        outcome=about.outcome,
        population=about.population,
        kind=about.kind,
        subgroup=about.subgroup,
        design=DESIGN,
        unit=about.unit,
        alpha=alpha,
        estimate=float(fit.params[ARM]),
        standard_error=float(fit.bse[ARM]),
        interval=(low, high),
        p_value=float(fit.pvalues[ARM]),
        n_treated=arms.sizes[0],
        n_compared=arms.sizes[1],
        refusal=None,
        others=tuple(_otherwise(arms, one) for one in sensitivity),
        balance=balance(arms.covariates, arms.trial, arms.names),
    )


def regressed(arms: Arms, name: str, *, covariates: bool, equal_variances: bool = False) -> Other:
    """The coefficient of the arm, with or without covariates."""
    columns = matrix(arms.trial, arms.covariates) if covariates else matrix(arms.trial)
    fit = sm.OLS(arms.values, columns).fit(cov_type="nonrobust" if equal_variances else "HC2")
    return Other(name, float(fit.params[ARM]), float(fit.bse[ARM]), arms.sizes[0])


def matrix(trial: Bools, covariates: Floats | None = None) -> Floats:
    """Constant, arm, covariates: shape (n, 2 + k), less those that follow from the others."""
    parts = [np.ones(len(trial)), trial.astype(np.float64)]
    return independent(np.column_stack(parts if covariates is None else [*parts, covariates]))


def independent(columns: Floats) -> Floats:
    """The columns, shape (n, k), without each that earlier ones give: it tells nothing more."""
    kept: list[int] = []
    for place in range(columns.shape[1]):
        if np.linalg.matrix_rank(columns[:, [*kept, place]]) > len(kept):
            kept.append(place)
    return columns[:, kept]


def _otherwise(arms: Arms, sensitivity: Sensitivity) -> Other:
    equal = sensitivity is Sensitivity.EQUAL_VARIANCES
    return regressed(arms, sensitivity, covariates=not equal, equal_variances=equal)
