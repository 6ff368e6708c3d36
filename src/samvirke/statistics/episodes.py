"""Counts from a delivery, as Ibis expressions: support and occupation in and out, end reasons, flow."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import ibis
import numpy as np

from samvirke.delivery import Delivery, Flow
from samvirke.kernel.codes import EndReason, Occupation, SupportSource
from samvirke.statistics.counts import CountTable

STATES = ("ended", "open", "wrong_registration")
CODES = {"support": SupportSource, "occupation": Occupation}
FLOW_STEPS = tuple(name for name in Flow.columns if name != "municipality")


def table(delivery: Delivery, name: str) -> Any:
    """A delivered table as an Ibis expression on DuckDB. Tables of one delivery can be joined."""
    return _engine(delivery.folder).read_parquet(str(delivery.path(name)))


@lru_cache(maxsize=1)
def _engine(folder: Path) -> Any:
    return ibis.duckdb.connect()


def counted_episodes(delivery: Delivery) -> Any:
    """All episodes but wrong registrations, which were never plans."""
    episodes = table(delivery, "episodes")
    return episodes.filter(~_wrong(episodes))


def in_out(delivery: Delivery, *, column: Literal["support", "occupation"] = "support") -> CountTable:
    """Ended episodes by what the person had at entry (rows) and at the end (columns).

    Wrong registrations are left out. A value outside the code list counts as unknown.
    """
    episodes = counted_episodes(delivery)
    ended = episodes.filter(episodes.ended_on.notnull())
    codes = tuple(code.value for code in CODES[column])
    before, after = (_known(ended[f"{column}_{when}"], codes) for when in ("before", "after"))
    counts = ended.group_by(before=before, after=after).aggregate(n=lambda t: t.count())
    return CountTable(f"in_out_{column}", codes, codes, _crossed(counts, codes, codes))


def states(delivery: Delivery) -> CountTable:
    """All episodes: ended, open, wrong registration."""
    episodes = table(delivery, "episodes")
    state = ibis.cases(
        (_wrong(episodes), "wrong_registration"), (episodes.ended_on.isnull(), "open"), else_="ended"
    )
    counts = (
        episodes.group_by(before=state)
        .aggregate(n=lambda t: t.count())
        .mutate(after=ibis.literal("episodes"))
    )
    return CountTable("states", STATES, ("episodes",), _crossed(counts, STATES, ("episodes",)))


def end_reasons(delivery: Delivery) -> CountTable:
    """Ended episodes by reason, wrong registrations among them; a reason outside the code list is unknown."""
    episodes = table(delivery, "episodes")
    ended = episodes.filter(episodes.ended_on.notnull())
    codes = (*(code.value for code in EndReason), "unknown")
    reason = _known(ended.end_reason, codes)
    counts = (
        ended.group_by(before=reason).aggregate(n=lambda t: t.count()).mutate(after=ibis.literal("episodes"))
    )
    return CountTable("end_reasons", codes, ("episodes",), _crossed(counts, codes, ("episodes",)))


def flow(delivery: Delivery) -> CountTable:
    """The steps to a plan per municipality. Steps are not parts of a whole, so a row has no total."""
    frame = table(delivery, "flow").order_by("municipality").to_pandas()
    counts = frame[list(FLOW_STEPS)].to_numpy(dtype=np.int64)
    return CountTable("flow", tuple(frame["municipality"]), FLOW_STEPS, counts, rows_add=False)


def _wrong(episodes: Any) -> Any:
    return episodes.end_reason.fill_null("") == EndReason.WRONG_REGISTRATION.value


def _known(column: Any, codes: Sequence[str]) -> Any:
    return ibis.ifelse(column.isin(list(codes)), column, "unknown")


def _crossed(counts: Any, rows: Sequence[str], columns: Sequence[str]) -> Any:
    """Long counts (before, after, n) as an array of shape (rows, columns)."""
    crossed = np.zeros((len(rows), len(columns)), dtype=np.int64)
    at_row = {str(code): i for i, code in enumerate(rows)}
    at_column = {str(code): j for j, code in enumerate(columns)}
    for entry in counts.to_pandas().itertuples(index=False):
        crossed[at_row[entry.before], at_column[entry.after]] = entry.n
    return crossed
