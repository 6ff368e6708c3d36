"""Weights, neighbours and their errors, on persons whose true effect is known."""

from __future__ import annotations

import numpy as np
import pytest

from samvirke.evaluation.balance import standardised
from samvirke.evaluation.persons import Arms, independent
from samvirke.evaluation.weighting import (
    CALIPER,
    chances_of,
    match_weights,
    neighbours,
    odds_weights,
    weighted,
)

EFFECT = 3.0


def persons(seed: int, n: int = 500) -> Arms:
    """Those with high covariates are oftener in the trial and fare better anyway."""
    draw = np.random.default_rng(seed)
    known = draw.normal(size=(n, 2))
    trial = draw.random(n) < 1 / (1 + np.exp(0.5 - 0.6 * known.sum(axis=1)))
    return Arms(2 * known.sum(axis=1) + EFFECT * trial + draw.normal(size=n), trial, known, ("a", "b"))


def test_weighting_finds_the_effect_and_its_error_is_the_spread_over_draws() -> None:
    """Fixed seeds: 150 draws tell a spread to about 6 %; the bounds allow three times that."""
    found = np.array([weighted(arms, chances_of(arms)) for arms in map(persons, range(150))])
    spread = found[:, 0].std(ddof=1)
    assert abs(found[:, 0].mean() - EFFECT) < 3 * spread / np.sqrt(150)
    assert 0.82 < found[:, 1].mean() / spread < 1.18
    naive = [
        arms.values[arms.trial].mean() - arms.values[~arms.trial].mean() for arms in map(persons, range(5))
    ]
    assert min(naive) > EFFECT + 1


def test_weights_make_the_arms_alike() -> None:
    arms = persons(3)
    weights = odds_weights(arms.trial, chances_of(arms).chance)
    before = np.abs(standardised(arms.covariates, arms.trial, np.ones(500))).max()
    after = np.abs(standardised(arms.covariates, arms.trial, weights)).max()
    assert before > 0.4
    assert after < 0.1


@pytest.mark.parametrize("seed", range(4))
def test_neighbours_are_the_nearest_within_the_caliper(seed: int) -> None:
    arms = persons(seed, n=200)
    log_odds = chances_of(arms).log_odds.round(2)  # rounded, so that there are equals
    ours, theirs = neighbours(arms.trial, log_odds)
    limit = CALIPER * log_odds.std(ddof=1)
    matched = dict(zip(ours.tolist(), theirs.tolist(), strict=True))
    for one in np.flatnonzero(arms.trial):
        apart = np.abs(log_odds[~arms.trial] - log_odds[one]).min()
        assert (one in matched) == (apart <= limit)
        if one in matched:
            assert abs(log_odds[matched[one]] - log_odds[one]) == apart
            assert not arms.trial[matched[one]]
    assert match_weights(arms.trial, log_odds).sum() == 2 * len(ours)


def test_the_order_of_rows_changes_no_neighbour() -> None:
    arms = persons(1, n=300)
    log_odds = chances_of(arms).log_odds
    turned = np.arange(300)[::-1]
    plain = match_weights(arms.trial, log_odds)
    assert (match_weights(arms.trial[turned], log_odds[turned]) == plain[turned]).all()


def test_a_column_that_follows_from_others_is_left_out() -> None:
    first = np.array([1.0, 0.0, 1.0, 0.0])
    columns = np.column_stack([np.ones(4), first, 1 - first, np.arange(4.0)])
    assert independent(columns).tolist() == columns[:, [0, 1, 3]].tolist()
