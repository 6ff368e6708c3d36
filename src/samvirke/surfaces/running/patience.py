"""Who asks for address after address that is not there is made to wait.

Each such answer leaves a line in the access log, so the pace also keeps a flood from filling it. A post may
miss a number of times at once and then once a minute, in each process of the server; nobody waits longer than
that minute. It is refused before anything is looked up, so waiting tells nothing either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from threading import Lock
from time import monotonic

AT_ONCE = 30
EACH = 60.0  # seconds
CODE = "searching"  # among the refusals that are counted


@dataclass(slots=True)
class Patience:
    """How many misses each post has left. What has filled up again is forgotten."""

    clock: Callable[[], float] = monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)  # misses left, and when that was
    _lock: Lock = field(default_factory=Lock)

    def missed(self, post: str) -> None:
        """The post asked for something that is not there."""
        with self._lock:
            now = self.clock()
            self._left = {one: kept for one, kept in self._left.items() if _filled(*kept, now) < AT_ONCE}
            left = _filled(*self._left.get(post, (AT_ONCE, now)), now)
            self._left[post] = max(0.0, left - 1), now

    def seconds_to_wait(self, post: str) -> int:
        """Whole seconds until the post may ask again; 0 when it may now."""
        kept = self._left.get(post)
        left = AT_ONCE if kept is None else _filled(*kept, self.clock())
        return 0 if left >= 1 else ceil((1 - left) * EACH)


def _filled(left: float, since: float, now: float) -> float:
    return left + (now - since) / EACH


_of_this_process = Patience()
missed = _of_this_process.missed
seconds_to_wait = _of_this_process.seconds_to_wait
