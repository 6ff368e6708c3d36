"""Statistics: what a delivery says, as tables in which no single person can be found.

In:  a checked statistics delivery.
Out: frozen tables after disclosure control, with source, date and reason; the same as a JSON record, of one
     delivery or of several for a tertial; the declared indicators.
Never: a row about one person, a count that has not passed disclosure control, an effect estimate.
"""

from samvirke.statistics.combining import DeliveredTwice, NotYet, combine
from samvirke.statistics.counts import TOTAL, CountTable, Link, Ref
from samvirke.statistics.disclosure import THRESHOLD, ProtectedTable, fold, protect, rate
from samvirke.statistics.episodes import flow, in_out
from samvirke.statistics.expected import Expected, OwnGoal, Stated, UnreadableExpectations, expected
from samvirke.statistics.hierarchy import Level
from samvirke.statistics.indicators import INDICATORS, Cell, Indicator, Rule, Unit, reference
from samvirke.statistics.records import (
    StatisticsRecord,
    UnreadableStatistics,
    load,
    save,
    statistics_of,
)
from samvirke.statistics.regions import UNKNOWN, Counties, UnreadableCounties, counties
from samvirke.statistics.suppression import NotProtected
from samvirke.statistics.tertial_records import (
    Returned,
    Sign,
    TertialRecord,
    UnreadableTertialRecord,
    Value,
    load_tertial,
    save_tertial,
)
from samvirke.statistics.tertials import Tertial, UnknownTertial
from samvirke.statistics.waiting import WaitingDays, waiting_days

__all__ = [
    "INDICATORS",
    "THRESHOLD",
    "TOTAL",
    "UNKNOWN",
    "Cell",
    "CountTable",
    "Counties",
    "DeliveredTwice",
    "Expected",
    "Indicator",
    "Level",
    "Link",
    "NotProtected",
    "NotYet",
    "OwnGoal",
    "ProtectedTable",
    "Ref",
    "Returned",
    "Rule",
    "Sign",
    "Stated",
    "StatisticsRecord",
    "Tertial",
    "TertialRecord",
    "Unit",
    "UnknownTertial",
    "UnreadableCounties",
    "UnreadableExpectations",
    "UnreadableStatistics",
    "UnreadableTertialRecord",
    "Value",
    "WaitingDays",
    "combine",
    "counties",
    "expected",
    "flow",
    "fold",
    "in_out",
    "load",
    "load_tertial",
    "protect",
    "rate",
    "reference",
    "save",
    "save_tertial",
    "statistics_of",
    "waiting_days",
]
