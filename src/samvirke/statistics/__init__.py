"""Statistics: what a delivery says, as tables in which no single person can be found.

In:  a checked statistics delivery.
Out: frozen tables after disclosure control, with source, date and reason; the same as a JSON record.
Never: a row about one person, a count that has not passed disclosure control, an effect estimate.
"""

from samvirke.statistics.counts import TOTAL, CountTable, Link, Ref
from samvirke.statistics.disclosure import THRESHOLD, ProtectedTable, fold, protect, rate
from samvirke.statistics.episodes import flow, in_out
from samvirke.statistics.records import (
    StatisticsRecord,
    UnreadableStatistics,
    load,
    save,
    statistics_of,
)
from samvirke.statistics.suppression import NotProtected
from samvirke.statistics.waiting import WaitingDays, waiting_days

__all__ = [
    "THRESHOLD",
    "TOTAL",
    "CountTable",
    "Link",
    "NotProtected",
    "ProtectedTable",
    "Ref",
    "StatisticsRecord",
    "UnreadableStatistics",
    "WaitingDays",
    "flow",
    "fold",
    "in_out",
    "load",
    "protect",
    "rate",
    "save",
    "statistics_of",
    "waiting_days",
]
