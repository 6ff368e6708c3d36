"""How far a job has come, written beside its transaction, so that a page can tell before it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from time import monotonic
from uuid import UUID

from django.db import connections

from samvirke.exchange.models import Upload
from samvirke.gate import session
from samvirke.gate.types import Viewer

PAUSE = 1.0  # seconds between two lines


@contextmanager
def told(upload_id: UUID, by: Viewer) -> Iterator[Callable[[int, int], None]]:
    """A function that tells how much is done of how much, at most once a second, by another connection."""
    written: Future[None] | None = None
    last = 0.0

    def tell(done: int, expected: int) -> None:
        nonlocal last, written
        if monotonic() - last < PAUSE or (written is not None and not written.done()):
            return
        last = monotonic()
        written = aside.submit(_write, upload_id, by, done, expected)

    with ThreadPoolExecutor(max_workers=1) as aside:
        try:
            aside.submit(_write, upload_id, by, 0, 1).result()
            yield tell
        finally:
            aside.submit(connections.close_all).result()


def _write(upload_id: UUID, by: Viewer, done: int, expected: int) -> None:
    with session.enter(by.post_id, by.purpose):
        Upload.objects.filter(pk=upload_id).update(done=done, expected=max(1, expected))
