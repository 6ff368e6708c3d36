"""A time that comes back every week."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

WRITTEN = re.compile(r"([1-7]) (\d\d:\d\d)-(\d\d:\d\d)")


class NoWeeklyTime(ValueError):
    """It is no day of the week with a beginning and a later end."""

    def __init__(self) -> None:
        super().__init__(
            "This is no time of the week. Choose a day and when it begins, and let it end later that day."
        )


@dataclass(frozen=True, slots=True, order=True)
class WeeklyTime:
    """A weekday, 1 for Monday to 7 (ISO 8601), and from when until when, by the clock on the wall.

    The hours stay the same when the clocks are changed. Raises NoWeeklyTime.
    """

    weekday: int
    starts: time
    ends: time

    def __post_init__(self) -> None:
        """It ends later than it begins, on the same day."""
        if not 1 <= self.weekday <= 7 or self.ends <= self.starts:
            raise NoWeeklyTime

    @classmethod
    def read(cls, written: str) -> WeeklyTime:
        """What `str` wrote: `2 09:00-11:30`. Raises NoWeeklyTime."""
        found = WRITTEN.fullmatch(written)
        if found is None:
            raise NoWeeklyTime
        day, starts, ends = found.groups()
        try:
            return cls(int(day), time.fromisoformat(starts), time.fromisoformat(ends))
        except ValueError:
            raise NoWeeklyTime from None

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M}-{self.ends:%H:%M}"
