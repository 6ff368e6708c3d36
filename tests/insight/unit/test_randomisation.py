"""The p-value and the interval, against a witness, by hand, and by simulation."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from samvirke.evaluation.randomisation import (
    assignments,
    difference_in_means,
    interval,
    least_p_value,
    p_value,
)

ROUNDING = 1e-9  # means of the same numbers summed in another order differ by some 1e-15 per number


def trial_of(sites: int, treated: int) -> np.ndarray:
    return np.arange(sites) < treated


def test_four_sites_by_hand() -> None:
    """Changes 5, 4 in trial and 1, 0 outside. Six ways: differences 4, 1, 0, 0, -1, -4.

    The observed one is the largest: one in six, twice: 1/3. At level 0.5 a tail of one is allowed (6 * 0.5
    / 2 is 1.5), so each end is the outermost theta. Exchanging one site of each side has c = 0, so theta is
    4 - 1, 4 - 0, 4 - 0, 4 + 1; the mirror image has c = -1, so theta is (4 + 4) / 2.
    """
    changes, trial = np.array([5.0, 4.0, 1.0, 0.0]), trial_of(4, 2)
    ways = assignments(trial, seed=0)
    assert difference_in_means(changes, trial) == 4.0
    assert len(ways.chosen) == 6
    assert p_value(changes, ways) == pytest.approx(1 / 3, abs=ROUNDING)
    assert least_p_value(ways) == pytest.approx(1 / 3, abs=ROUNDING)
    assert interval(changes, ways, alpha=0.5) == (3.0, 5.0)


def test_three_of_twenty_four_has_every_assignment_once() -> None:
    ways = assignments(trial_of(24, 3), seed=0)
    assert ways.enumerated
    assert {tuple(sorted(one)) for one in ways.chosen.tolist()} == set(combinations(range(24), 3))
    assert len(ways.chosen) == 2024
    assert ways.chosen[0].tolist() == [0, 1, 2]


@pytest.mark.parametrize("seed", range(6))
def test_exact_p_value_equals_scipys(seed: int) -> None:
    draw = np.random.default_rng(seed)
    treated, compared = draw.normal(0.6, 1, 3), draw.normal(0, 1, int(draw.integers(5, 12)))
    changes, trial = np.concatenate([treated, compared]), trial_of(3 + len(compared), 3)
    witness = stats.permutation_test(
        (treated, compared),
        lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis),
        vectorized=True,
        n_resamples=np.inf,
        alternative="two-sided",
    )
    assert p_value(changes, assignments(trial, seed=0)) == pytest.approx(witness.pvalue, abs=ROUNDING)


@pytest.mark.parametrize(("sites", "treated", "alpha"), [(24, 3, 0.05), (12, 4, 0.1), (9, 2, 0.2)])
def test_interval_ends_are_where_the_test_begins_to_reject(sites: int, treated: int, alpha: float) -> None:
    changes = np.random.default_rng(sites).normal(0, 1, sites)
    trial = trial_of(sites, treated)
    ways = assignments(trial, seed=0)
    found = interval(changes, ways, alpha=alpha)
    assert found is not None

    def p_of(effect: float) -> float:
        return p_value(changes - effect * trial, ways)

    low, high = found
    assert p_of(low) > alpha
    assert p_of(high) > alpha
    assert p_of((low + high) / 2) > alpha
    assert p_of(low - 1e-6) <= alpha
    assert p_of(high + 1e-6) <= alpha


@pytest.mark.parametrize(("sites", "treated"), [(2, 1), (24, 1), (6, 3), (8, 2)])
def test_too_few_sites_give_no_interval(sites: int, treated: int) -> None:
    """At 0.05 a test that can never reach it rejects nothing, so every effect would be in the interval."""
    ways = assignments(trial_of(sites, treated), seed=0)
    assert least_p_value(ways) > 0.05
    assert interval(np.arange(sites, dtype=float), ways, alpha=0.05) is None


def test_many_ways_are_drawn_and_the_same_seed_draws_the_same() -> None:
    trial = trial_of(40, 15)
    ways = assignments(trial, seed=7)
    assert not ways.enumerated
    assert ways.chosen[0].tolist() == list(range(15))
    assert (np.diff(np.sort(ways.chosen, axis=1), axis=1) > 0).all()
    assert np.array_equal(ways.chosen, assignments(trial, seed=7).chosen)
    assert not np.array_equal(ways.chosen, assignments(trial, seed=8).chosen)


def test_drawn_p_value_is_near_the_exact_one() -> None:
    draw = np.random.default_rng(3)
    changes, trial = draw.normal(0, 1, 24), trial_of(24, 12)
    ways = assignments(trial, seed=1)
    witness = stats.permutation_test(
        (changes[:12], changes[12:]),
        lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis),
        vectorized=True,
        n_resamples=19_999,
        rng=np.random.default_rng(2),
    )
    assert p_value(changes, ways) == pytest.approx(
        witness.pvalue, abs=0.02
    )  # four sigma of two draws of 20 000


EFFECT, SEEDS = 0.7, 200


def test_interval_covers_the_truth_nineteen_times_in_twenty() -> None:
    """Three of 24, chosen anew each time. 0.90 to 0.995: noise of 200 runs, three sigma."""
    hits = []
    for seed in range(SEEDS):
        draw = np.random.default_rng(seed)
        trial = np.zeros(24, dtype=bool)
        trial[draw.choice(24, 3, replace=False)] = True
        changes = draw.standard_t(4, 24) + EFFECT * trial
        found = interval(changes, assignments(trial, seed=0), alpha=0.05)
        assert found is not None
        hits.append(found[0] <= EFFECT <= found[1])
    assert 0.90 <= np.mean(hits) <= 0.995


def test_a_true_null_is_rejected_no_more_often_than_it_says() -> None:
    rejected = []
    for seed in range(SEEDS):
        changes = np.random.default_rng(1000 + seed).standard_t(3, 24)
        rejected.append(p_value(changes, assignments(trial_of(24, 3), seed=0)) <= 0.05)
    assert np.mean(rejected) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / SEEDS)


changes_of_nine = st.lists(st.integers(-50, 50), min_size=9, max_size=9)


@settings(max_examples=60, deadline=None)
@given(changes_of_nine, st.integers(-1000, 1000))
def test_the_interval_moves_with_the_effect_and_holds_the_estimate(values: list[int], shift: int) -> None:
    trial = trial_of(9, 3)
    ways = assignments(trial, seed=0)
    changes = np.array(values, dtype=float)
    low, high = interval(changes, ways, alpha=0.1) or (np.nan, np.nan)
    moved = interval(changes + shift * trial, ways, alpha=0.1)
    assert moved == pytest.approx((low + shift, high + shift), abs=ROUNDING)
    assert low - ROUNDING <= difference_in_means(changes, trial) <= high + ROUNDING


@settings(max_examples=60, deadline=None)
@given(changes_of_nine, st.integers(-1000, 1000))
def test_what_happens_everywhere_is_no_effect(values: list[int], drift: int) -> None:
    trial = trial_of(9, 3)
    ways = assignments(trial, seed=0)
    changes = np.array(values, dtype=float)
    assert p_value(changes + drift, ways) == pytest.approx(p_value(changes, ways), abs=ROUNDING)
    assert interval(changes + drift, ways, alpha=0.1) == pytest.approx(
        interval(changes, ways, alpha=0.1), abs=ROUNDING
    )
