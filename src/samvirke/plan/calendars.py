"""What of plans stands in a calendar: the times of the week at which an action is carried out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from samvirke.gate.reading import rows
from samvirke.kernel.codes import Side
from samvirke.kernel.week import WeeklyTime
from samvirke.plan.rows import UNDONE

GOING_ON = """
SELECT DISTINCT ON (subject_id) id, subject_id, country FROM plan_plan
WHERE subject_id = ANY (%s) AND ends_before IS NULL ORDER BY subject_id, starts_on DESC, id
"""
# A wish is no appointment until it is decided; what the own side does waits for no decision.
WEEKLY = """
SELECT a.plan_id, a.subject_id, a.kind, a.what, a.week, a.starts_on, a.due_on
FROM plan_action a JOIN plan_teammember m ON m.id = a.accountable_member_id
WHERE a.plan_id = ANY (%(plans)s) AND a.status = ANY (%(undone)s) AND cardinality(a.week) > 0
  AND (a.standing <> 'wish' OR m.side = ANY (%(own)s))
  AND coalesce(a.starts_on, %(first)s) <= %(last)s AND %(first)s <= coalesce(a.due_on, %(first)s)
ORDER BY a.id
"""


class PlanGoingOn(NamedTuple):
    """An open plan of a subject, as the viewer of this transaction may see it."""

    plan_id: UUID
    subject_id: UUID
    country: str


class WeeklyAction(NamedTuple):
    """An action that comes back every week, between two days where they are agreed on."""

    plan_id: UUID
    subject_id: UUID
    kind: int
    what: str
    week: list[str]
    starts_on: date | None
    due_on: date | None

    def times_on(self, day: date) -> tuple[WeeklyTime, ...]:
        """From when until when on this day."""
        if (self.starts_on and day < self.starts_on) or (self.due_on and self.due_on < day):
            return ()
        return tuple(one for one in map(WeeklyTime.read, self.week) if one.weekday == day.isoweekday())


def going_on(subject_ids: Iterable[UUID]) -> list[PlanGoingOn]:
    """The open plan of each of these subjects, as far as the viewer of this transaction may see it."""
    return rows(GOING_ON, [list(subject_ids)], PlanGoingOn)


def weekly(plan_ids: Collection[UUID], first: date, last: date) -> list[WeeklyAction]:
    """What is carried out every week between two days; the viewer of this transaction is asked no more."""
    values = {
        "plans": list(plan_ids),
        "undone": list(UNDONE),
        "own": [Side.PERSON, Side.RELATIVE],
        "first": first,
        "last": last,
    }
    return rows(WEEKLY, values, WeeklyAction)
