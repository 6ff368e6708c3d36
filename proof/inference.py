"""An ordinary worker in the team cannot tell in which of two municipalities a protected person is.

Each person has a worker, meetings, an application, a referral, a place in a course and a child where they
live, in one municipality or the other; all of them in one world. An adviser of the team looks at everything
of theirs that has an address, list by list and page by page, files too, and searches for each by name, birth
date and case number: each answer as a text, a size, a status, an order and a number of statements; and at by
how much the published figures rose with each person. One way of looking is a script. From a third of the
persons the adviser learns, and guesses the others, whose places a coin has drawn one by one.

A failure: more or fewer right guesses than chance gives (exact binomial test, both sides, alpha 0.01); or a
control in which the adversary guesses less than 85 % right. Controls: a leak seeded into the order of a list,
a number, the team, who was at a meeting, a meeting to come, the statements a page needs, the order of a
search, what a search tells, the figures; and the same persons with no protection.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import LiteralString

from proof.channels.adviser import Adviser
from proof.channels.ground import as_superuser, own_database
from proof.channels.guessing import Guesses, guess
from proof.channels.seeded import LEAKS, Seeded
from proof.channels.somebody import HERE, THERE, Somebody, courses, lift, somebody
from proof.outcome import Outcome

SMALL, FULL = 18, 200
ALPHA, TOLD_APART = 0.01, 0.85
PLAN_PAGES = {"plan", "plan_consents"}
EPISODES: LiteralString = "SELECT municipality, count(*) FROM published.v1_episodes GROUP BY 1"
EVERYBODY_COUNTED: LiteralString = (
    "SELECT payload ->> 'municipality', count(*) FROM events_fact WHERE code = 'plan_entered' GROUP BY 1"
)


def run(size: int, seed: int) -> Outcome:
    """Guess where protected persons are, `size` in all; then with each leak, and with nothing protected."""
    drawn = random.Random(seed)
    with own_database() as database:
        where = _drawn_places(size, drawn)
        courses(places=size)
        everybody, figures = _settled(where, database)
        known = {place: everybody[where.index(place)].name for place in (HERE, THERE)}
        adviser = Adviser.drawn(drawn, everybody[0].ids, known, looks_everywhere=size >= FULL)
        observed = [dict(one) for one in adviser.observes(everybody)]
        for seen, in_figures in zip(observed, figures.published, strict=True):
            seen |= in_figures
        found = Found(where, _learnt(size), drawn)
        protected = found.guesses(observed)
        controls = {
            name: found.guesses([dict(one) for one in _with(leak, adviser, everybody)])
            for name, leak in LEAKS.items()
        }
        controls["figures that count everybody"] = found.guesses(figures.unprotected)
        lift(everybody)
        controls["no protection at all"] = found.guesses(
            [dict(one) for one in adviser.only(PLAN_PAGES).observes(everybody)]
        )
    scripts = len(set().union(*observed))
    failures = [
        f"{name}: only {told.right} of {told.tried} guessed"
        for name, told in controls.items()
        if told.right < TOLD_APART * told.tried
    ]
    if protected.chance < ALPHA:
        failures.insert(0, f"{protected.right} of {protected.tried} guessed, by {protected.by}")
    return Outcome(
        sum(map(len, observed)),
        tuple(failures),
        f"{scripts} scripts x {size} persons, learnt from {found.learnt}: "
        f"{protected.right}/{protected.tried} guessed, p = {protected.chance:.3f}; guessed in controls: "
        + ", ".join(f"{name} {told.right}/{told.tried}" for name, told in controls.items()),
        "{:.0%} to {:.0%} guessed".format(*protected.interval),
    )


def _learnt(size: int) -> int:
    return max(4, size // 3 // 2 * 2)


def _drawn_places(size: int, drawn: random.Random) -> list[str]:
    """Those learnt from are half here and half there; of the others a coin decides, one by one."""
    first = [HERE, THERE] * (_learnt(size) // 2)
    drawn.shuffle(first)
    return first + [drawn.choice((HERE, THERE)) for _ in range(size - len(first))]


@dataclass(frozen=True, slots=True)
class Found:
    """What the adversary learns from, and what there is to guess."""

    where: list[str]
    learnt: int
    drawn: random.Random

    def guesses(self, observed: list[dict[str, str]]) -> Guesses:
        """How many of the others are guessed by these observations."""
        return guess(observed, self.where, self.learnt, self.drawn)


@dataclass(frozen=True, slots=True)
class Figures:
    """By how much each figure rose with each person: as published, and as it would with everybody in it."""

    published: list[dict[str, str]]
    unprotected: list[dict[str, str]]


def _settled(where: list[str], database: str) -> tuple[list[Somebody], Figures]:
    """Everybody in one world, and what the figures told of each who came."""
    everybody: list[Somebody] = []
    published = [_counts(database, EPISODES)]
    raw = [_counts(database, EVERYBODY_COUNTED)]
    for number, place in enumerate(where):
        everybody.append(somebody(number, place))
        published.append(_counts(database, EPISODES))
        raw.append(_counts(database, EVERYBODY_COUNTED))
    return everybody, Figures(_risen(published), _risen(raw))


def _counts(database: str, statement: LiteralString) -> dict[str, int]:
    with as_superuser(database) as link:
        return dict(link.execute(statement).fetchall())


def _risen(counts: list[dict[str, int]]) -> list[dict[str, str]]:
    return [
        {f"figures: {place}": str(after.get(place, 0) - before.get(place, 0)) for place in (HERE, THERE)}
        for before, after in pairwise(counts)
    ]


def _with(leak: Seeded, adviser: Adviser, everybody: list[Somebody]) -> Iterator[Iterator[tuple[str, str]]]:
    with leak.at_work():
        yield from adviser.only({leak.page}).observes(everybody)
