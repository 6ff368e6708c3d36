"""Meetings of a plan's team: called, held, and what was agreed, shared with all who may see the plan.

No place is asked for anywhere here: it would give away where a protected person is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Coalesce

from samvirke.coordination import agendas, facts, meeting_days, policies, verbs
from samvirke.coordination.meeting_access import readable, seats_of, writable
from samvirke.coordination.meeting_types import ONLY_A_DAY, Arranged, OpenPoint
from samvirke.coordination.models import Attendee, Meeting, Minutes
from samvirke.coordination.types import MeetingRow, MeetingsPart, MinutesRow, SeatRow
from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.reading import rows as read
from samvirke.gate.reading import stored
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import MeetingKind
from samvirke.plan import queries as plans
from samvirke.plan import teams

MEETINGS = """
SELECT m.id, m.plan_id, coalesce(t.day, m.day), m.agenda, m.called_by_id, t.meeting_kind, t.starts_at,
  coalesce(t.minutes_long, 0), coalesce(t.language, ''), coalesce(t.is_called_off, false),
  coalesce(t.why, ''), coalesce(t.number, 0), t.said_at, coalesce(t.invited, ARRAY[]::uuid[]),
  coalesce(t.invites_person, true)
FROM coordination_meeting m LEFT JOIN LATERAL (
    SELECT * FROM coordination_meetingterms t
    WHERE t.meeting_id = m.id ORDER BY t.number DESC LIMIT 1) t ON true
WHERE m.plan_id = %s ORDER BY 3 DESC, m.called_at DESC, m.id
"""
MINUTES = """
SELECT meeting_id, agreed, person_was_there, written_by_id, written_at FROM coordination_minutes
WHERE meeting_id = ANY (%s) ORDER BY number
"""
ATTENDEES = "SELECT meeting_id, post_id FROM coordination_attendee WHERE meeting_id = ANY (%s) ORDER BY id"


class StoredMeeting(NamedTuple):
    """A meeting as the newest terms say it."""

    id: UUID
    plan_id: UUID
    day: date
    agenda: str
    called_by_id: UUID
    kind: str | None
    starts_at: datetime | None
    minutes_long: int
    language: str
    is_called_off: bool
    why: str
    number: int
    said_at: datetime | None
    invited: list[UUID]  # team members
    invites_person: bool


@dataclass(frozen=True, slots=True)
class _Held:
    """A meeting with what was written of it, and the posts that were there."""

    meeting: StoredMeeting
    minutes: list[Minutes] = field(default_factory=list)
    there: list[UUID] = field(default_factory=list)


@transaction.atomic
def call_meeting(
    *,
    plan_id: UUID,
    day: date,
    agenda: str,
    by: Viewer,
    arranged: Arranged = ONLY_A_DAY,
    open_points: Sequence[OpenPoint] = (),
) -> UUID:
    """Call the team to a meeting on a day, to talk about something. Returns its id.

    agenda: points in own words, a line each; may be empty where something open in the plan is on it. Raises
    Refused, NotInTheTeam, PlanHasEnded, DayHasBeen, TimeHasBeen, NoSuchTime, TimeIsTaken, NothingWritten.
    """
    duty = writable(plan_id, by)
    policies.check_goes_on(duty)
    policies.check_ahead(day, by.now.date())
    if not open_points:
        policies.check_written(agenda)
    meeting = Meeting.objects.create(
        id=uuid4(),
        plan_id=plan_id,
        subject_id=duty.subject_id,
        day=day,
        agenda=agenda.strip(),
        called_by_id=by.post_id,
        called_at=by.now,
    )
    told = facts.MeetingCalled(duty.subject_id, plan_id, meeting.id, day)
    events.record([told], by=by.post_id, at=by.now)
    meeting_days.set_terms(meeting, day, arranged, number=1, why="", by=by)
    agendas.put_on(meeting, open_points, agenda.splitlines(), by=by)
    return meeting.id


@transaction.atomic
def write_minutes(
    *, meeting_id: UUID, agreed: str, there: Sequence[UUID], person_was_there: bool, by: Viewer
) -> None:
    """Write what was agreed, which posts of the team were there, and whether the person was.

    Where nobody was there, the meeting was not held, and the text says why. Raises Refused, NotInTheTeam,
    NotHeldYet, NothingWritten, MinutesAreWritten, MeetingIsOver.
    """
    meeting = Meeting.objects.get(pk=meeting_id)
    writable(meeting.plan_id, by)
    day = meeting_days.day_to_hold(meeting)
    policies.check_in_team(there, plans.teams([meeting.plan_id])[meeting.plan_id])
    policies.check_held(day, by.now.date())
    if _newest(meeting):
        raise policies.MinutesAreWritten
    _write(meeting, 1, agreed, by, person_was_there=person_was_there)
    posts = list(dict.fromkeys(there))
    Attendee.objects.bulk_create(
        Attendee(id=uuid4(), meeting=meeting, subject_id=meeting.subject_id, post_id=post_id)
        for post_id in posts
    )
    if posts or person_was_there:
        told = facts.MeetingHeld(
            subject_id=meeting.subject_id,
            plan_id=meeting.plan_id,
            meeting_id=meeting.id,
            held_on=day,
            posts=len(posts),
            person_was_there=person_was_there,
        )
        events.record([told], by=by.post_id, at=by.now)


@transaction.atomic
def add_to_minutes(*, meeting_id: UUID, text: str, by: Viewer) -> None:
    """Add to what was agreed; what stands there stays. Raises Refused, NotInTheTeam, NothingWritten."""
    meeting = Meeting.objects.get(pk=meeting_id)
    writable(meeting.plan_id, by)
    _write(meeting, _newest(meeting) + 1, text, by, person_was_there=None)


def of_plan(viewer: Viewer, plan_id: UUID) -> MeetingsPart:
    """A plan's meetings, as the viewer may see them. Raises Refused, Plan.DoesNotExist."""
    subject_id, are_told = readable(viewer, plan_id)
    today = viewer.now.date()
    meetings = _with_minutes(plan_id) if are_told else []
    team = teams.members_of(plan_id)
    held = [one.meeting.day for one in meetings if one.meeting.day <= today]
    audit.note(viewer, verbs.READ_MEETINGS, subject_ids=[subject_id], basis="", dated=held)
    seats = _seats(subject_id, meetings, team.values())
    rows = [_row(held, seats, today) for held in meetings]
    return MeetingsPart(
        plan_id=plan_id,
        ahead=tuple(sorted((row for row in rows if _lies_ahead(row, today)), key=_soonest)),
        past=tuple(row for row in rows if not _lies_ahead(row, today)),
        team=tuple((member_id, seats[post_id]) for member_id, post_id in team.items()),
        may_write=viewer.post_id in team.values(),
    )


def _lies_ahead(row: MeetingRow, today: date) -> bool:
    """A meeting waits for its minutes, or was called off and its day has not been."""
    return not row.minutes and (not row.is_called_off or today <= row.day)


def _soonest(row: MeetingRow) -> tuple[object, ...]:
    return row.day, row.starts_at is not None, row.starts_at


def last_met(viewer: Viewer) -> dict[UUID, date]:
    """The last day the person was in a meeting, by plan; of plans the viewer may see."""
    found = ask.visible(viewer, verbs.READ_MEETINGS, Minutes.objects.filter(person_was_there=True))
    held_on = Coalesce(meeting_days.newest("meeting_id", "day"), F("meeting__day"))
    by_plan = found.annotate(held_on=held_on).values("meeting__plan_id").annotate(last=Max("held_on"))
    return dict(by_plan.order_by().values_list("meeting__plan_id", "last"))


def _newest(meeting: Meeting) -> int:
    newest: int | None = Minutes.objects.filter(meeting=meeting).aggregate(n=Max("number"))["n"]
    return newest or 0


def _write(meeting: Meeting, number: int, text: str, by: Viewer, *, person_was_there: bool | None) -> None:
    policies.check_written(text)
    Minutes.objects.create(
        id=uuid4(),
        meeting=meeting,
        subject_id=meeting.subject_id,
        number=number,
        agreed=text.strip(),
        person_was_there=person_was_there,
        written_by_id=by.post_id,
        written_at=by.now,
    )


def _with_minutes(plan_id: UUID) -> list[_Held]:
    """The newest first."""
    found = {meeting.id: _Held(meeting) for meeting in read(MEETINGS, [plan_id], StoredMeeting)}
    if found:
        for minutes in stored(MINUTES, [list(found)], Minutes):
            found[minutes.meeting_id].minutes.append(minutes)
        for attendee in stored(ATTENDEES, [list(found)], Attendee):
            found[attendee.meeting_id].there.append(attendee.post_id)
    return list(found.values())


def _seats(subject_id: UUID, meetings: Iterable[_Held], team: Iterable[UUID]) -> dict[UUID, SeatRow]:
    wanted = set(team)
    for held in meetings:
        wanted |= {held.meeting.called_by_id, *held.there, *(one.written_by_id for one in held.minutes)}
    return seats_of(subject_id, wanted)


def _row(held: _Held, seats: dict[UUID, SeatRow], today: date) -> MeetingRow:
    meeting, minutes = held.meeting, held.minutes
    return MeetingRow(
        meeting_id=meeting.id,
        day=meeting.day,
        agenda=meeting.agenda,
        called_by=seats[meeting.called_by_id],
        minutes=tuple(MinutesRow(one.agreed, seats[one.written_by_id], one.written_at) for one in minutes),
        there=tuple(seats[post_id] for post_id in held.there),
        person_was_there=any(one.person_was_there for one in minutes),
        waits_for_minutes=not minutes and meeting.day <= today and not meeting.is_called_off,
        kind=MeetingKind(meeting.kind) if meeting.kind else None,
        starts_at=meeting.starts_at,
        minutes_long=meeting.minutes_long,
        language=meeting.language,
        is_called_off=meeting.is_called_off,
        why=meeting.why,
        number=meeting.number,
        said_at=meeting.said_at,
        invited=tuple(meeting.invited),
        invites_person=meeting.invites_person,
    )
