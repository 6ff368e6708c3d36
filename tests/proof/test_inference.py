"""The proof with the adversary, in small, and that the adversary learns where there is something to learn."""

from __future__ import annotations

import random

import pytest
from django.urls import get_resolver

from proof import inference
from proof.channels import adviser
from proof.channels.adviser import Adviser, NotNamed
from proof.channels.guessing import Guesses, guess
from surfaces.everywhere import routes

PLACES = ["9901", "9903"] * 20


@pytest.mark.usefixtures("real")
def test_a_protected_place_is_not_guessed_and_one_that_nobody_protects_is() -> None:
    outcome = inference.run(inference.SMALL, seed=3)
    assert outcome.failures == ()
    assert outcome.checked > 25 * inference.SMALL


def test_an_address_that_takes_something_new_is_not_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adviser, "NOT_OF_EACH", adviser.NOT_OF_EACH - {"upload_id"})
    with pytest.raises(NotNamed, match="upload_id"):
        Adviser.drawn(random.Random(1), _every_parameter() - {"upload_id"}, {}, looks_everywhere=True)


def _every_parameter() -> set[str]:
    return {one for _, taken in routes(get_resolver().url_patterns) for one in taken}


def test_the_adversary_finds_the_one_observation_that_tells() -> None:
    drawn = random.Random(1)
    observed = [{f"page {one}": str(drawn.randrange(3)) for one in range(100)} for _ in PLACES]
    for seen, place in zip(observed, PLACES, strict=True):
        seen["size"] = "1200" if place == "9901" else "1204"
    told = guess(observed, PLACES, 20, drawn)
    assert (told.right, told.by) == (20, "size")
    assert told.chance < inference.ALPHA


def test_the_adversary_is_no_better_than_chance_where_nothing_tells() -> None:
    drawn = random.Random(1)
    observed = [{f"page {one}": str(drawn.randrange(3)) for one in range(100)} for _ in PLACES]
    assert guess(observed, PLACES, 20, drawn).chance > inference.ALPHA


@pytest.mark.parametrize(
    ("right", "tried", "between"), [(68, 134, (0.420, 0.595)), (0, 10, (0.0, 0.308)), (10, 10, (0.692, 1.0))]
)
def test_the_interval_is_that_of_clopper_and_pearson(
    right: int, tried: int, between: tuple[float, float]
) -> None:
    assert Guesses(right, tried, "").interval == pytest.approx(between, abs=0.001)


@pytest.mark.parametrize(("right", "tried", "chance"), [(5, 10, 1.0), (10, 10, 2 / 1024), (0, 10, 2 / 1024)])
def test_the_exact_test_looks_to_both_sides(right: int, tried: int, chance: float) -> None:
    assert Guesses(right, tried, "").chance == pytest.approx(chance)
