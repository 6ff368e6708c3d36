"""What a proof found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one proof tried, and what failed."""

    checked: int
    failures: tuple[str, ...]
    note: str = ""
    bound: str = ""  # what is certain when nothing failed, where that is not `at_most_wrong` of all tried


def at_most_wrong(tried: int) -> str:
    """The part that may be wrong though none of those tried was: at 95 % confidence, three of them."""
    return f"{3 / tried:.1g}"
