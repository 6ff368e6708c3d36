"""Thirds of a year: the periods of the report to the county. T1 is January to April."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 4


class UnknownTertial(ValueError):
    """The words name no tertial."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"{words!r} is no tertial. Write the year and T1 (January to April), T2 (May to August) or "
            "T3 (September to December), for example 2026-T2."
        )


@dataclass(frozen=True, slots=True, order=True)
class Tertial:
    """A third of a year: its number is 1, 2 or 3."""

    year: int
    number: int

    @classmethod
    def named(cls, words: str) -> Tertial:
        """The tertial of that name, as 2026-T2. Raises UnknownTertial."""
        found = re.fullmatch(r"(\d{4})-T([123])", words)
        if found is None:
            raise UnknownTertial(words)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Tertial:
        """The tertial a day lies in."""
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        if self.number == 3:
            return date(self.year, 12, 31)
        return date(self.year, MONTHS * self.number + 1, 1) - timedelta(days=1)

    def so_far(self) -> tuple[Tertial, ...]:
        """The tertials of the year up to this one."""
        return tuple(Tertial(self.year, number) for number in range(1, self.number + 1))

    def __str__(self) -> str:
        return f"{self.year}-T{self.number}"
