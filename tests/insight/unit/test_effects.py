"""From persons to an effect: means, levels, refusals, and the effect that is put in coming out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from samvirke.evaluation.answers import Kind, Refusal, Subject
from samvirke.evaluation.effects import Sample, effect, interaction, site_means

ROUNDING = 1e-9  # sums of whole numbers are exact; the divisions of a mean round at 1e-16 of a size near 100
ABOUT = Subject("satisfaction", "user", "points")
SETTINGS = {"alpha": 0.05, "seed": 1}


def sample_of(*, seed: int = 0, sites: int = 24, trial: int = 3, per_site: int = 12) -> Sample:
    """Whole-number answers of as many persons in each site, half before, half after."""
    draw = np.random.default_rng(seed)
    n = sites * per_site
    return Sample(
        values=draw.integers(0, 11, n).astype(float),
        site=np.repeat(np.arange(sites), per_site),
        after=np.tile(np.arange(per_site) % 2 == 1, sites),
        sites=tuple(f"{number:04}" for number in range(sites)),
        trial=np.arange(sites) < trial,
    )


def with_added(sample: Sample, amount: float) -> Sample:
    """The sample with `amount` added to each outcome after in trial municipalities."""
    return replace(sample, values=sample.values + amount * (sample.after & sample.trial[sample.site]))


@pytest.mark.parametrize("seed", range(5))
def test_adding_100_to_every_treated_outcome_moves_estimate_and_interval_by_100(seed: int) -> None:
    sample = sample_of(seed=seed)
    plain = effect(sample, about=ABOUT, **SETTINGS)
    added = effect(with_added(sample, 100), about=ABOUT, **SETTINGS)
    assert added.estimate - plain.estimate == pytest.approx(100, abs=ROUNDING)
    assert added.interval[0] - plain.interval[0] == pytest.approx(100, abs=ROUNDING)
    assert added.interval[1] - plain.interval[1] == pytest.approx(100, abs=ROUNDING)


def test_adding_100_is_exact_where_means_are_whole() -> None:
    """Eight before and eight after in each site: means are eighths, which binary numbers hold exactly."""
    sample = sample_of(per_site=16, trial=4, sites=12)
    plain, added = (effect(one, about=ABOUT, **SETTINGS) for one in (sample, with_added(sample, 100)))
    assert added.estimate == plain.estimate + 100


def test_each_municipality_counts_once_and_persons_stand_beside() -> None:
    """Trial: a site of 6 + 6 that gains 1 and one of 60 + 60 that gains 3; comparison sites gain nothing."""
    sizes, gains = [6, 60, 10, 10], [1.0, 3.0, 0.0, 0.0]
    site = np.concatenate([np.full(2 * size, number) for number, size in enumerate(sizes)])
    after = np.concatenate([np.arange(2 * size) >= size for size in sizes])
    sample = Sample(5.0 + np.array(gains)[site] * after, site, after, ("a", "b", "c", "d"), np.arange(4) < 2)
    found = effect(sample, about=ABOUT, **SETTINGS)
    assert found.estimate == 2.0
    assert found.person_weighted == pytest.approx((6 * 1 + 60 * 3) / 66, abs=ROUNDING)
    assert found.levels.trial_after - found.levels.trial_before == 2.0
    assert (found.n_treated, found.n_compared) == (132, 40)
    assert found.refusal is Refusal.NO_INTERVAL
    assert found.interval is None
    assert {one.municipality: one.estimate for one in found.without} == {
        "a": 3.0,
        "b": 1.0,
        "c": 2.0,
        "d": 2.0,
    }


def test_interaction_is_the_effect_inside_minus_the_effect_outside() -> None:
    sample = sample_of(per_site=24)
    inside = np.tile(np.arange(24) < 12, 24)
    difference = interaction(sample, inside=inside, about=replace(ABOUT, kind=Kind.INTERACTION), **SETTINGS)
    parts = [effect(sample.only(these), about=ABOUT, **SETTINGS) for these in (inside, ~inside)]
    assert difference.estimate == pytest.approx(parts[0].estimate - parts[1].estimate, abs=ROUNDING)
    assert difference.n_treated == parts[0].n_treated + parts[1].n_treated


def test_a_municipality_seen_only_before_does_not_count() -> None:
    sample = sample_of()
    keep = ~((sample.site == 5) & sample.after)
    found = effect(sample.only(keep), about=ABOUT, **SETTINGS)
    assert len(found.sites) == 23
    assert "0005" not in found.sites
    assert np.isnan(site_means(sample.only(keep)).after[5])


def test_no_municipality_on_one_side_is_refused() -> None:
    sample = sample_of()
    found = effect(sample.only(sample.site >= 3), about=ABOUT, **SETTINGS)
    assert found.refusal is Refusal.TOO_FEW_SITES
    assert found.estimate is None
    assert found.n_treated is None


def test_under_five_persons_on_one_side_are_refused() -> None:
    sample = sample_of(sites=4, trial=1, per_site=8)
    found = effect(sample, about=ABOUT, **SETTINGS)
    assert found.refusal is Refusal.TOO_FEW_PERSONS
    assert found.levels is None


def test_a_subgroup_whose_rest_is_too_small_is_refused() -> None:
    sample = sample_of()
    outside_of_site = np.where(sample.site < 3, 2, 6)  # in trial: three before and three after in all
    inside = np.arange(len(sample.site)) % 12 >= outside_of_site
    found = interaction(sample, inside=inside, about=ABOUT, **SETTINGS)
    assert found.refusal is Refusal.TOO_FEW_PERSONS


def test_small_municipalities_are_not_named_one_by_one() -> None:
    """Two leave-one-out estimates give a municipality's change away, so it must have five at each time."""
    sample = sample_of(per_site=8)
    found = effect(sample, about=ABOUT, **SETTINGS)
    assert found.estimate is not None
    assert found.without == ()
