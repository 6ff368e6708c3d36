"""Weights, neighbours and their errors, on persons whose true effect is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from samvirke.evaluation import Refusal
from samvirke.evaluation.answers import Subject
from samvirke.evaluation.balance import standardised
from samvirke.evaluation.designs import Sensitivity
from samvirke.evaluation.persons import Arms, independent
from samvirke.evaluation.weighting import (
    CALIPER,
    chances_of,
    match_weights,
    neighbours,
    odds_weights,
    weighted,
    weighting,
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


Counts = dict[tuple[int, int], tuple[int, int]]  # by two covariates: how many in the trial, how many not
ABOUT = Subject("income", "person", "NOK")
NEARLY_APART: Counts = {(0, 0): (1, 30), (1, 0): (30, 1)}
APART_IN_THE_MIDDLE: Counts = {(0, 1): (8, 0), (0, 0): (0, 8), (1, 1): (100, 4), (1, 0): (200, 3)}


def counted(counts: Counts) -> Arms:
    """Persons with these covariates; what they earn follows from nothing."""
    rows = [
        (*known, arm)
        for known, both in counts.items()
        for arm, n in zip((1, 0), both, strict=True)
        for _ in range(n)
    ]
    table = np.array(rows, dtype=np.float64)
    values = np.random.default_rng(1).normal(size=len(table))
    return Arms(values, table[:, 2] == 1, table[:, :2], ("a", "b"))


def test_too_few_persons_give_no_estimate() -> None:
    about = replace(ABOUT, minimum_n=400)
    effect = weighting(persons(1), about=about, alpha=0.05, sensitivity=())
    assert (effect.estimate, effect.refusal) == (None, Refusal.TOO_FEW_PERSONS)


def test_a_person_who_is_certain_to_be_in_the_trial_leaves_no_overlap() -> None:
    arms = persons(1)
    arms.covariates[np.flatnonzero(arms.trial)[0]] = 5000
    effect = weighting(arms, about=ABOUT, alpha=0.05, sensitivity=())
    assert (effect.estimate, effect.refusal) == (None, Refusal.NO_OVERLAP)


@pytest.mark.parametrize("counts", [NEARLY_APART, APART_IN_THE_MIDDLE])
def test_where_trimming_leaves_nobody_to_compare_the_trimmed_answer_is_none(counts: Counts) -> None:
    effect = weighting(counted(counts), about=ABOUT, alpha=0.05, sensitivity=(Sensitivity.TRIMMED,))
    assert effect.estimate is not None
    (trimmed,) = (one for one in effect.others if one.name == Sensitivity.TRIMMED)
    assert (trimmed.estimate, trimmed.n_treated) == (None, 0)
