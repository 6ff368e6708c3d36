"""Readers and one who withdraws: they meet at a barrier, again and again."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier, BrokenBarrierError
from time import perf_counter, sleep
from typing import Protocol

from django.db import connections

AFTER = 3  # reads of each reader that begin after the commit, in each meeting
PATIENCE = 60  # seconds until a meeting that nobody comes to is given up


class Reader(Protocol):
    """Somebody who reads in one way, on a connection of their own."""

    way: str

    def prepare(self) -> None:
        """What is done before the meeting, while the consent is in force."""

    def read(self) -> bool:
        """Whether anything is seen."""

    def close(self) -> None:
        """Leave no connection behind."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One read, and whether anything was seen."""

    way: str
    began: float
    ended: float
    saw: bool


@dataclass(slots=True)
class Withdrawal:
    """When it was asked for, and when it was committed; not yet, as long as it is nothing."""

    asked: float = 0.0
    committed: float | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What the one who withdraws does: give a consent, and withdraw it at most so much later."""

    give: Callable[[], None]
    withdraw: Callable[[], None]
    latest: float


@dataclass(slots=True)
class Tally:
    """How many reads there were of each way before, at and after the commit, and how many saw something."""

    reads: Counter[tuple[str, str]] = field(default_factory=Counter)
    saw: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, readings: Sequence[Reading], withdrawal: Withdrawal) -> None:
        """One meeting more."""
        for reading in readings:
            key = (reading.way, _when(reading, withdrawal))
            self.reads[key] += 1
            self.saw[key] += reading.saw


def _when(reading: Reading, withdrawal: Withdrawal) -> str:
    if reading.ended < withdrawal.asked:
        return "before"
    if withdrawal.committed is not None and reading.began >= withdrawal.committed:
        return "after"
    return "at"


@dataclass(slots=True)
class _Meeting:
    """What all who race look at."""

    barrier: Barrier
    withdrawal: Withdrawal = field(default_factory=Withdrawal)
    told: list[list[Reading]] = field(default_factory=list)


def race(readers: Sequence[Callable[[], Reader]], act: Act, rounds: int, drawn: random.Random) -> Tally:
    """Each reader is made in its own thread. Raises what a reader or the withdrawal raises."""
    meeting, tally = _Meeting(Barrier(len(readers) + 1, timeout=PATIENCE)), Tally()
    with ThreadPoolExecutor(len(readers)) as pool:
        running = [pool.submit(_take_part, make, meeting, rounds) for make in readers]
        try:
            for _ in range(rounds):
                tally.add(*_meet(meeting, act, drawn.uniform(0, act.latest)))
        except BrokenBarrierError:
            problems = [one.exception() for one in running]
            raise _first_told(problems) from None
        except BaseException:
            meeting.barrier.abort()
            raise
    return tally


def _first_told(problems: Sequence[BaseException | None]) -> BaseException:
    """Why somebody did not come; the others only say that they waited."""
    told = [problem for problem in problems if problem is not None]
    return next((problem for problem in told if not isinstance(problem, BrokenBarrierError)), told[0])


def _meet(meeting: _Meeting, act: Act, wait: float) -> tuple[list[Reading], Withdrawal]:
    act.give()
    meeting.withdrawal, meeting.told = Withdrawal(asked=float("inf")), []
    meeting.barrier.wait()  # all prepare
    meeting.barrier.wait()  # all begin
    sleep(wait)
    meeting.withdrawal.asked = perf_counter()
    act.withdraw()
    meeting.withdrawal.committed = perf_counter()
    meeting.barrier.wait()  # all have read
    return [reading for some in meeting.told for reading in some], meeting.withdrawal


def _take_part(make: Callable[[], Reader], meeting: _Meeting, rounds: int) -> None:
    reader = make()
    try:
        for _ in range(rounds):
            meeting.barrier.wait()
            reader.prepare()
            meeting.barrier.wait()
            meeting.told.append(_read_on(reader, meeting.withdrawal))
            meeting.barrier.wait()
    except BaseException:
        meeting.barrier.abort()
        raise
    finally:
        reader.close()
        connections.close_all()


def _read_on(reader: Reader, withdrawal: Withdrawal) -> list[Reading]:
    """Read until enough reads have begun after the commit."""
    readings: list[Reading] = []
    after = 0
    while after < AFTER:
        committed, began = withdrawal.committed, perf_counter()
        saw = reader.read()
        readings.append(Reading(reader.way, began, perf_counter(), saw))
        after += committed is not None
    return readings
