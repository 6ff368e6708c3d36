"""How long somebody has received social assistance, as far as the payments of one message tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samvirke.exchange.inbox.types import CaseEvent, CaseEventKind, CaseEventStatus

MONTHS_IN_YEAR = 12
YEARS_LOOKED_AT = 3


@dataclass(frozen=True, slots=True)
class AssistanceHistory:
    """Calendar months with a payment among the last twelve; how many of the last three years had one."""

    months_last_year: int
    years_of_last_three: int


def assistance_history(events: Iterable[CaseEvent], *, as_of: date) -> AssistanceHistory | None:
    """The history on a day; None where the message tells of no payment made: that is no proof of none.

    A year is twelve calendar months, the newest ending with the month of `as_of`. A month counts once a
    payment made for any of its days is known.
    """
    paid = [event for event in _newest_of_each_payment(events) if event.status is CaseEventStatus.PAID]
    months_ago = {ago for event in paid for ago in _months_ago(event, as_of=as_of)}
    if not paid:
        return None
    years = {ago // MONTHS_IN_YEAR for ago in months_ago}
    return AssistanceHistory(sum(1 for ago in months_ago if ago < MONTHS_IN_YEAR), len(years))


def _newest_of_each_payment(events: Iterable[CaseEvent]) -> list[CaseEvent]:
    """A payment is reported again when its status changes; the last report holds."""
    newest: dict[str, CaseEvent] = {}
    payments = (event for event in events if event.kind is CaseEventKind.PAYMENT)
    for event in sorted(payments, key=lambda event: (event.happened_at, event.position)):
        newest[event.reference] = event
    return list(newest.values())


def _months_ago(event: CaseEvent, *, as_of: date) -> range:
    """How many months before `as_of` the payment's months lie; 0 is the month of `as_of`."""
    paid_on = event.paid_on or event.due_on or event.happened_at.date()
    first_day = event.first_day or event.last_day or paid_on
    last_day = event.last_day or event.first_day or paid_on
    now = _month_number(as_of)
    nearest = max(0, now - _month_number(last_day))
    farthest = min(MONTHS_IN_YEAR * YEARS_LOOKED_AT - 1, now - _month_number(first_day))
    return range(nearest, farthest + 1)


def _month_number(day: date) -> int:
    return day.year * MONTHS_IN_YEAR + day.month
