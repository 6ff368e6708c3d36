"""What a run leaves for its summary and its checks."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Told:
    """What the summary tells and the checks look at."""

    seed: int
    today: str
    rows: int = 0
    imported: int = 0
    refused: int = 0
    same_again: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    screened: int = 0
    admitted: int = 0
    not_admitted: int = 0
    unknown: int = 0
    match_refused: bool = False
    asked: int = 0
    consented: int = 0
    on_plan: int = 0
    plan_reads: int = 0
    needs: int = 0
    places_given: int = 0
    unmet: int = 0
    life: dict[str, int] = field(default_factory=dict)  # meetings, stood_in, calls, moves
    may_know_place: int = 0  # posts that may know the protected place
    found_place: int = 0  # of these, how many find it on their pages
    leaked_place_to: int = 0  # posts that find it and may not know


@dataclass(frozen=True, slots=True)
class Estimated:
    """An effect's interval. `among` is the generator's word for whom it is about."""

    outcome: str
    among: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What the insight tower's results say."""

    waiting_median: float | None
    waiting_p90: float | None
    numbers: int  # shown in tables
    small_numbers: int  # shown although below the threshold
    effects: tuple[Estimated, ...]
    sentences: tuple[str, ...]
