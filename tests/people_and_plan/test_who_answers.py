"""Who answers for a plan when some see it no more."""

from __future__ import annotations

import pytest

import people
from samvirke.coordination.policies import answers_after


@pytest.mark.parametrize(
    ("see_the_plan", "who"),
    [
        ({people.COORDINATOR, people.COORDINATION_LEADER}, "stays"),
        ({people.COORDINATION_LEADER}, "leader"),
        (set(), "nobody"),
    ],
)
def test_the_coordinator_then_the_leader_then_nobody(see_the_plan: set[object], who: str) -> None:
    assert answers_after(people.COORDINATOR, people.COORDINATION_LEADER, see_the_plan) == who
