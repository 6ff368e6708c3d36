"""A period of days. The end is the first day outside it; no end means it is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


class BackwardsPeriod(ValueError):
    """A period was asked for that ends before it starts."""

    def __init__(self, starts_on: date, ends_before: date) -> None:
        super().__init__(
            f"The period starts on {starts_on} and ends before {ends_before}. Give an end after the start."
        )


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `starts_on` up to, not including, `ends_before`."""

    starts_on: date
    ends_before: date | None = None

    def __post_init__(self) -> None:
        if self.ends_before is not None and self.ends_before <= self.starts_on:
            raise BackwardsPeriod(self.starts_on, self.ends_before)

    @classmethod
    def of_days(cls, starts_on: date, days: int) -> Period:
        """`days` days from `starts_on`."""
        return cls(starts_on, starts_on + timedelta(days=days))

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.starts_on <= day and (self.ends_before is None or day < self.ends_before)

    def covers(self, other: Period) -> bool:
        """Whether every day of the other period lies in this one."""
        if self.ends_before is None:
            return self.starts_on <= other.starts_on
        return (
            self.starts_on <= other.starts_on
            and other.ends_before is not None
            and other.ends_before <= self.ends_before
        )
