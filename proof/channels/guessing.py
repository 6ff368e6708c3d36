"""An adversary who learns from some of the persons which observation tells the place, and guesses the others.

It knows no channel by name: whatever differs between answers about persons here and persons there is used.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

Observed = Mapping[str, str]  # what was seen, by what was asked


@dataclass(frozen=True, slots=True)
class Guesses:
    """How many of the other half were guessed, and by what."""

    right: int
    tried: int
    by: str

    @property
    def chance(self) -> float:
        """How probable a result as far from even guessing is, to either side: the exact binomial test."""
        far = abs(2 * self.right - self.tried)
        ways = sum(comb(self.tried, k) for k in range(self.tried + 1) if abs(2 * k - self.tried) >= far)
        return ways / 2**self.tried

    @property
    def interval(self) -> tuple[float, float]:
        """Between which parts of all such persons are guessed, with 95 % confidence (Clopper and Pearson)."""
        return 1 - self._most(self.tried - self.right), self._most(self.right)

    def _most(self, right: int) -> float:
        """The greatest part with which so few right ones still come in one of 40 times."""
        low, high = right / self.tried, 1.0
        for _ in range(40):
            middle = (low + high) / 2
            ways = (
                comb(self.tried, k) * middle**k * (1 - middle) ** (self.tried - k) for k in range(right + 1)
            )
            low, high = (middle, high) if sum(ways) >= 0.025 else (low, middle)
        return low


def guess(observed: Sequence[Observed], places: Sequence[str], learnt: int, drawn: random.Random) -> Guesses:
    """Learn from the first ones, guess the others, with the observations that tell most in the first.

    The places of the others must have been drawn one by one: then guesses from nothing are tosses of a coin.
    """
    asked = sorted(set().union(*observed))
    drawn.shuffle(asked)
    rules = {one: _learn(one, observed[:learnt], places) for one in asked}
    fits = {one: _fits(rules[one], one, observed[:learnt], places) for one in asked}
    best = [one for one in asked if fits[one] == max(fits.values())]
    told = [_vote([rules[one].get(seen.get(one, ""), "") for one in best]) for seen in observed[learnt:]]
    choices = sorted(set(places))
    right = sum(
        (one or drawn.choice(choices)) == place for one, place in zip(told, places[learnt:], strict=True)
    )
    return Guesses(right, len(told), ", ".join(best[:5]))


def _vote(told: Sequence[str]) -> str:
    """What most of the best observations say; nothing where none says anything."""
    said = Counter(one for one in told if one)
    return said.most_common(1)[0][0] if said else ""


def _learn(one: str, observed: Sequence[Observed], places: Sequence[str]) -> dict[str, str]:
    """The place that most often goes with what was seen, where it was seen twice at least."""
    seen: dict[str, Counter[str]] = {}
    for found, place in zip(observed, places, strict=False):
        seen.setdefault(found.get(one, ""), Counter())[place] += 1
    return {value: most.most_common(1)[0][0] for value, most in seen.items() if most.total() > 1}


def _fits(learnt: Mapping[str, str], one: str, observed: Sequence[Observed], places: Sequence[str]) -> int:
    return sum(learnt.get(seen.get(one, "")) == place for seen, place in zip(observed, places, strict=False))
