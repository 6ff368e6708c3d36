"""How long people wait from being asked until they have a plan."""

from __future__ import annotations

from dataclasses import dataclass

from samvirke.delivery import Delivery
from samvirke.statistics.episodes import counted_episodes

BEYOND = 5  # a quantile is shown when at least so many persons wait longer, and as many shorter
QUANTILES = {"median": 0.5, "p90": 0.9}


@dataclass(frozen=True, slots=True)
class WaitingDays:
    """Days from `asked_on` to `entered_on`, in whole days; None where too few persons lie beyond."""

    median: int | None
    p90: int | None


def waiting_days(delivery: Delivery) -> WaitingDays:
    """Median and 90th percentile of the waiting days of all episodes but wrong registrations.

    The number of persons is not repeated here: it is in the protected tables, where it is linked.
    """
    episodes = counted_episodes(delivery)
    days = episodes.entered_on.delta(episodes.asked_on, unit="day")
    found = episodes.aggregate(
        n=episodes.count(), **{name: days.quantile(share) for name, share in QUANTILES.items()}
    )
    row = found.to_pandas().iloc[0]
    return WaitingDays(
        **{
            name: round(float(row[name])) if enough(int(row["n"]), share) else None
            for name, share in QUANTILES.items()
        }
    )


def enough(n: int, share: float) -> bool:
    """Whether so many lie beyond the quantile that it may be shown."""
    return n * min(share, 1 - share) >= BEYOND - 1e-9
