"""One effect: the difference between trial and comparison municipalities in their change from before.

Estimand: the effect on the average trial municipality, each counting once whatever its size, because it is
municipalities that were chosen. The effect on the average person is another quantity; its estimate
(municipalities weighted by persons) stands beside as sensitivity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samvirke.evaluation.answers import (
    Effect,
    LeaveOneOut,
    Levels,
    Refusal,
    Subject,
    without_estimate,
)
from samvirke.evaluation.randomisation import (
    Bools,
    Floats,
    Ints,
    assignments,
    difference_in_means,
    interval,
    least_p_value,
    p_value,
)
from samvirke.statistics.disclosure import THRESHOLD

DESIGN = "change_from_before"


@dataclass(frozen=True, slots=True)
class Sample:
    """Persons at a time, as arrays of shape (n,): outcome, index of the site, whether after.

    `sites` are the municipality numbers, shape (s,); `trial` says which are trial municipalities, shape (s,).
    """

    values: Floats
    site: Ints
    after: Bools
    sites: tuple[str, ...]
    trial: Bools

    def only(self, these: Bools) -> Sample:
        """The persons marked in `these`, shape (n,)."""
        return Sample(self.values[these], self.site[these], self.after[these], self.sites, self.trial)


@dataclass(frozen=True, slots=True)
class SiteMeans:
    """Per site, shape (s,): mean and number before and after; NaN where nobody was observed."""

    before: Floats
    after: Floats
    n_before: Ints
    n_after: Ints

    @property
    def changes(self) -> Floats:
        """After minus before, NaN where one is missing."""
        return self.after - self.before


def site_means(sample: Sample) -> SiteMeans:
    """Means and numbers per site and time."""
    width = len(sample.sites)

    def at(these: Bools) -> tuple[Floats, Ints]:
        n = np.bincount(sample.site[these], minlength=width)
        sums = np.bincount(sample.site[these], weights=sample.values[these], minlength=width)
        return np.divide(sums, n, out=np.full(width, np.nan), where=n > 0), n.astype(np.int64)

    (before, n_before), (after, n_after) = at(~sample.after), at(sample.after)
    return SiteMeans(before, after, n_before, n_after)


def effect(sample: Sample, *, about: Subject, alpha: float, seed: int) -> Effect:
    """The effect on everybody in the sample, by randomisation inference over its municipalities."""
    means = site_means(sample)
    return _effect(means.changes, [means], sample, about=about, alpha=alpha, seed=seed)


def interaction(sample: Sample, *, inside: Bools, about: Subject, alpha: float, seed: int) -> Effect:
    """How much larger the effect is on persons marked in `inside`, shape (n,), than on the others."""
    both = [site_means(sample.only(inside)), site_means(sample.only(~inside))]
    return _effect(both[0].changes - both[1].changes, both, sample, about=about, alpha=alpha, seed=seed)


def _effect(
    changes: Floats, means: list[SiteMeans], sample: Sample, *, about: Subject, alpha: float, seed: int
) -> Effect:
    """Estimate from one change per site, shape (s,); sites without one do not count."""
    used = ~np.isnan(changes)
    trial = sample.trial[used]
    refusal = refused(means, sample.trial & used, ~sample.trial & used, minimum=about.minimum_n)
    if refusal is not None:
        return without_estimate(
            about,
            design=DESIGN,
            alpha=alpha,
            refusal=refusal,
            sites=_trial_first(sample, used),
            n_trial=int((sample.trial & used).sum()),
        )
    ways = assignments(trial, seed=seed)
    bounds = interval(changes[used], ways, alpha=alpha)
    single = means[0] if len(means) == 1 else None
    return Effect(
        outcome=about.outcome,
        population=about.population,
        kind=about.kind,
        subgroup=about.subgroup,
        design=DESIGN,
        unit=about.unit,
        alpha=alpha,
        estimate=difference_in_means(changes[used], trial),
        interval=bounds,
        p_value=p_value(changes[used], ways),
        least_p_value=least_p_value(ways),
        assignments=len(ways.chosen),
        enumerated=ways.enumerated,
        n_treated=_observed(means, sample.trial & used),
        n_compared=_observed(means, ~sample.trial & used),
        sites=_trial_first(sample, used),
        n_trial=int(trial.sum()),
        levels=_levels(single, sample.trial & used, ~sample.trial & used) if single else None,
        person_weighted=_person_weighted(single, sample.trial & used, ~sample.trial & used)
        if single
        else None,
        without=leave_one_out(changes, sample, used & _enough(means)),
        refusal=None if bounds else Refusal.NO_INTERVAL,
    )


def refused(means: list[SiteMeans], trial: Bools, comparison: Bools, *, minimum: int) -> Refusal | None:
    """Why no estimate can be given: no site on one side, or under `minimum` persons on a side at a time."""
    if not trial.any() or not comparison.any():
        return Refusal.TOO_FEW_SITES
    smallest = min(
        int(n[side].sum())
        for part in means
        for n in (part.n_before, part.n_after)
        for side in (trial, comparison)
    )
    return Refusal.TOO_FEW_PERSONS if smallest < minimum else None


def leave_one_out(changes: Floats, sample: Sample, named: Bools) -> tuple[LeaveOneOut, ...]:
    """The estimate without each `named` site, shape (s,); none when a side would be empty.

    Two of these give a municipality's own change away, so those with few persons are not named.
    """
    used = ~np.isnan(changes)
    found = []
    for place in np.flatnonzero(named):
        rest = used.copy()
        rest[place] = False
        trial = sample.trial[rest]
        if trial.any() and not trial.all():
            found.append(LeaveOneOut(sample.sites[place], difference_in_means(changes[rest], trial)))
    return tuple(found)


def _enough(means: list[SiteMeans]) -> Bools:
    smallest = np.min([n for part in means for n in (part.n_before, part.n_after)], axis=0)
    enough: Bools = smallest >= THRESHOLD
    return enough


def _observed(means: list[SiteMeans], side: Bools) -> int:
    return int(sum(int((part.n_before + part.n_after)[side].sum()) for part in means))


def _levels(means: SiteMeans, trial: Bools, comparison: Bools) -> Levels:
    return Levels(
        trial_before=float(means.before[trial].mean()),
        trial_after=float(means.after[trial].mean()),
        comparison_before=float(means.before[comparison].mean()),
        comparison_after=float(means.after[comparison].mean()),
    )


def _person_weighted(means: SiteMeans, trial: Bools, comparison: Bools) -> float:
    def change(side: Bools) -> float:
        after = np.average(means.after[side], weights=means.n_after[side])
        return float(after - np.average(means.before[side], weights=means.n_before[side]))

    return change(trial) - change(comparison)


def _trial_first(sample: Sample, used: Bools) -> tuple[str, ...]:
    order = np.argsort(~sample.trial, kind="stable")
    return tuple(sample.sites[place] for place in order if used[place])
