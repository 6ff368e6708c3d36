"""How far a job has come, written beside its transaction, so that a page can tell before it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from samvirke.exchange.uploads.types import HowFar
from samvirke.gate import session
from samvirke.gate.types import Viewer

PAUSE = 1.0  # seconds between two lines
SILENCE = timedelta(minutes=2)  # after which a worker is thought to have stopped


def anew(now: datetime) -> dict[str, Any]:
    """What a job tells that has just been asked for."""
    return {"done": 0, "expected": 0, "told_at": now, "has_failed": False}


def is_silent(job: HowFar, now: datetime) -> bool:
    """Whether nothing has been told for long: no worker runs, or one has stopped in the middle."""
    return job.told_at is not None and not job.has_failed and now - job.told_at > SILENCE


def may_be_asked_again(job: HowFar, now: datetime) -> bool:
    """Whether nobody seems to be at it any more. If somebody is, the second to end does nothing."""
    return job.has_failed or is_silent(job, now)


@contextmanager
def told(job: QuerySet[Any], by: Viewer) -> Iterator[Callable[[int, int], None]]:
    """A function that tells how much is done of how much, at most once a second, by another connection.

    job: the row that tells of it, as this viewer finds it.
    """
    written: Future[None] | None = None
    last = 0.0

    def tell(done: int, expected: int) -> None:
        nonlocal last, written
        if monotonic() - last < PAUSE or (written is not None and not written.done()):
            return
        last = monotonic()
        written = aside.submit(_write, job, by, done, expected)

    with ThreadPoolExecutor(max_workers=1) as aside:
        try:
            aside.submit(_write, job, by, 0, 1).result()
            yield tell
        finally:
            aside.submit(connections.close_all).result()


def _write(job: QuerySet[Any], by: Viewer, done: int, expected: int) -> None:
    with session.enter(by.post_id, by.purpose) as viewer:
        job.update(done=done, expected=max(1, expected), told_at=viewer.now)
