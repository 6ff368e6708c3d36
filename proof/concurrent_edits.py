"""Of two who edit the same at once, one is accepted, and the other is refused with nothing lost.

Two writers read the same version of a goal, a topic or an action and save other words at the same moment,
each on a connection of their own to a database in which everything commits; some do it in their browsers. A
failure: both were accepted, or neither; what was accepted does not stand, or is missing in the history; the
page of the one who was refused lacks what was typed, or what stands now. The control saves again
on top of what it has not read, as a page without versions would: it must overwrite.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from time import perf_counter

from django.db import connections

from people import on_plan
from people_and_plan.stand_ins import another
from proof.channels.editing import ON_PAGES, WAYS, Way, Written
from proof.channels.ground import own_database
from proof.outcome import Outcome, at_most_wrong

SMALL, FULL = 60, 50_000
AFRESH = 400  # pairs on one plan
PAGES_EACH, CONTROL_EACH = 25, 40  # pairs in SQL for one in browsers, and for one of the control
PATIENCE = 60  # seconds until somebody who does not come is given up
CONTROL = "control"
Write = Callable[[], Written]


@dataclass(frozen=True, slots=True)
class Timed:
    """What became of one writer's words, and when."""

    text: str
    written: Written
    began: float
    ended: float


def run(size: int, seed: int) -> Outcome:
    """Let `size` pairs meet, and some more in browsers and of the control."""
    drawn = random.Random(seed)
    tried, overlapped, failures = Counter[str](), 0, list[str]()
    with own_database(), ThreadPoolExecutor(2) as pool:
        for plan_number, first in enumerate(range(0, size, AFRESH)):
            for way, pairs in _plan(plan_number, min(AFRESH, size - first), drawn):
                said = list(way.history())
                for number in range(pairs):
                    both = _meet(pool, way, f"{plan_number}.{number}")
                    tried[way.name] += 1
                    overlapped += _overlap(both)
                    failures += _problems(way, both, said)
                failures += _missing(way, said)
        _close(pool)
    return _outcome(tried, overlapped, failures)


def _plan(number: int, pairs: int, drawn: random.Random) -> Iterator[tuple[Way, int]]:
    """A new person's plan, and how many pairs meet over each thing in it."""
    plan = on_plan(another(10 + number))
    shares = Counter(drawn.randrange(len(WAYS)) for _ in range(pairs))
    for place, make in enumerate(WAYS):
        yield make(plan), shares[place]
    for make in ON_PAGES:
        yield make(plan), -(-pairs // PAGES_EACH // len(ON_PAGES)) or 1
    yield Unprotected(WAYS[0](plan)), -(-pairs // CONTROL_EACH)


@dataclass
class Unprotected:
    """The control: whoever comes last wins."""

    way: Way
    name: str = CONTROL

    def stands(self) -> tuple[int, str]:
        """As it is."""
        return self.way.stands()

    def write(self, who: int, seen: int, text: str) -> Written:
        """On top of whatever stands there now, until it is accepted."""
        written = self.way.write(who, seen, text)
        while not written.accepted:
            written = self.way.write(who, self.way.stands()[0], text)
        return written

    def history(self) -> Sequence[str]:
        """As it is."""
        return self.way.history()


def _meet(pool: ThreadPoolExecutor, way: Way, number: str) -> tuple[Timed, Timed]:
    """Both have read the same, and save at the same moment."""
    seen, _ = way.stands()
    barrier = Barrier(2, timeout=PATIENCE)

    def write(who: int) -> Timed:
        text = f"{way.name} {number} by {who}"
        barrier.wait()
        began = perf_counter()
        written = way.write(who, seen, text)
        return Timed(text, written, began, perf_counter())

    one, other = pool.map(write, (0, 1))
    return one, other


def _overlap(both: tuple[Timed, Timed]) -> bool:
    one, other = both
    return one.began < other.ended and other.began < one.ended


def _problems(way: Way, both: tuple[Timed, Timed], said: list[str]) -> Iterator[str]:
    """What went wrong between two; what was accepted joins what was said."""
    accepted = [one for one in both if one.written.accepted]
    before = len(said)
    said += [one.text for one in sorted(accepted, key=lambda one: one.ended)]
    if len(accepted) != 1:
        yield f"{way.name}: {len(accepted)} of two accepted"
        if way.name == CONTROL:
            said[before:] = way.history()[before:]  # in whatever order they came
        return
    if way.stands() != (before + 1, accepted[0].text):
        yield f"{way.name}: what was accepted does not stand"
    refused = next(one for one in both if not one.written.accepted)
    if not refused.written.keeps(refused.text, accepted[0].text):
        yield f"{way.name}: who was refused does not see both texts"


def _missing(way: Way, said: Sequence[str]) -> Iterator[str]:
    if list(way.history()) != list(said):
        yield f"{way.name}: the history is not what was accepted"


def _close(pool: ThreadPoolExecutor) -> None:
    """Each writer leaves no connection behind."""
    barrier = Barrier(2, timeout=PATIENCE)

    def leave(_: int) -> None:
        barrier.wait()
        connections.close_all()

    list(pool.map(leave, (0, 1)))


def _outcome(tried: Counter[str], overlapped: int, failures: Sequence[str]) -> Outcome:
    lost = sum(problem == f"{CONTROL}: 2 of two accepted" for problem in failures)
    wrong = [problem for problem in failures if not problem.startswith(CONTROL)]
    if not lost:
        wrong.append(f"{CONTROL}: nothing was overwritten, so these pairs show nothing")
    pairs = sum(count for name, count in tried.items() if name != CONTROL)
    told = "; ".join(f"{name} {count}" for name, count in sorted(tried.items()) if name != CONTROL)
    note = (
        f"{told}; {overlapped} of all {tried.total()} at the same moment; "
        f"the control overwrote {lost} of {tried[CONTROL]}"
    )
    return Outcome(pairs, tuple(wrong), note, at_most_wrong(pairs))
