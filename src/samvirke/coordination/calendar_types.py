"""What stands in a calendar, and what is refused because of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samvirke.kernel.codes import MeetingKind


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A meeting, or a time of the week at which an action is carried out."""

    day: date
    time: tuple[datetime, datetime] | None  # from when until when; none: no time is agreed
    subject_id: UUID  # a person, or a family
    who: str  # what they are called
    persons: frozenset[UUID]  # who has to be there
    what: str = ""  # what the action says; empty for a meeting
    meeting_kind: MeetingKind | None = None  # none for an action, and where nobody said
    meeting_id: UUID | None = None
    language: str = ""  # of an interpreter
    at_once: bool = False  # one of its persons has something else then, as far as the viewer sees

    @property
    def is_meeting(self) -> bool:
        """Whether people were called to it."""
        return self.meeting_id is not None

    def is_beside(self, other: CalendarEntry) -> bool:
        """Whether one person would have to be at both at the same time."""
        if self.time is None or other.time is None:
            return False
        (starts, ends), (others_start, others_end) = self.time, other.time
        return starts < others_end and others_start < ends and bool(self.persons & other.persons)


class TimeIsTaken(Exception):
    """Somebody who has to be there has something else at that time, and no reason was given for it."""

    def __init__(self, found: tuple[CalendarEntry, ...]) -> None:
        super().__init__(
            "Somebody who is called to the meeting has something else at that time. Choose another time, or "
            "write why it must be this one."
        )
        self.found = found
