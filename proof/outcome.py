"""What a proof hands back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one proof tried, and what failed."""

    checked: int
    failures: tuple[str, ...]
    note: str = ""
