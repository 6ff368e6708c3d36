"""What carries a plan: the same worker, contact, and promises that are kept (N173).

Reckoned of what the viewer sees on the page already, so it tells nothing more, and asks the database nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from samvirke.coordination.types import MeetingsPart
from samvirke.plan.types import PlanPage

COMES_TO_NOTHING = frozenset({"dropped", "refused"})


@dataclass(frozen=True, slots=True)
class Continuity:
    """How it has gone until today, as far as the viewer sees."""

    last_contact: date | None  # the newest note, or meeting with the person
    days_since: int | None
    coordinator_since: date
    from_the_start: bool  # the same coordinator as long as there is a plan
    promised: int  # by agencies, with a day that has been, or done before it
    kept: int  # of those: done by their day


def of(page: PlanPage, meetings: MeetingsPart, today: date) -> Continuity:
    """What the page says of contact and promises."""
    contacts = [day for day in _contacts(page, meetings) if day <= today]
    last = max(contacts, default=None)
    promises = list(_promises(page, today))
    return Continuity(
        last_contact=last,
        days_since=(today - last).days if last else None,
        coordinator_since=page.coordinator.since,
        from_the_start=page.coordinator.since <= page.starts_on,
        promised=len(promises),
        kept=sum(promises),
    )


def _contacts(page: PlanPage, meetings: MeetingsPart) -> Iterator[date]:
    yield from (note.written_at.date() for note in page.notes)
    yield from (meeting.day for meeting in meetings.past if meeting.person_was_there)


def _promises(page: PlanPage, today: date) -> Iterator[bool]:
    """Whether each was kept. What the person's own side does is no promise of an agency."""
    for row in page.actions:
        if row.due_on is None or row.standing == "own" or row.status in COMES_TO_NOTHING:
            continue
        if row.done_on is not None:
            yield row.done_on <= row.due_on
        elif row.status == "done":
            continue  # nobody noted when
        elif row.due_on < today:
            yield False
