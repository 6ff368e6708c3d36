"""When a meeting is: said when it is called, said anew when it is moved, and kept when it is called off."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import OuterRef, Subquery

from samvirke.coordination import calendars, facts, policies
from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination.calendar_types import TimeIsTaken
from samvirke.coordination.meeting_access import readable, seats_of, writable
from samvirke.coordination.meeting_models import MeetingTerms
from samvirke.coordination.meeting_types import Arranged, TermsRow
from samvirke.coordination.models import Meeting, Minutes
from samvirke.events import operations as events
from samvirke.gate.reading import rows as read
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Country, MeetingKind
from samvirke.plan import queries as plans
from samvirke.plan import teams

AHEAD = """
SELECT m.id FROM coordination_meeting m LEFT JOIN LATERAL (
    SELECT day, is_called_off FROM coordination_meetingterms t
    WHERE t.meeting_id = m.id ORDER BY t.number DESC LIMIT 1) t ON true
WHERE m.subject_id = %s AND coalesce(t.day, m.day) >= %s AND t.is_called_off IS NOT TRUE
"""


@transaction.atomic
def move(*, meeting_id: UUID, day: date, arranged: Arranged, why: str, by: Viewer) -> None:
    """Set a meeting to another day or time, for a reason. What was said before is kept.

    Raises Refused, NotInTheTeam, DayHasBeen, TimeHasBeen, NoSuchTime, TimeIsTaken, MeetingIsOver,
    ReasonMissing.
    """
    meeting = Meeting.objects.get(pk=meeting_id)
    writable(meeting.plan_id, by)
    last = _to_change(meeting)
    refusals.check_reason(why)
    policies.check_ahead(day, by.now.date())
    set_terms(meeting, day, arranged, number=last.number + 1, why=why, by=by)


@transaction.atomic
def call_off(*, meeting_id: UUID, why: str, by: Viewer) -> None:
    """A meeting will not be held, for a reason. It stays where everybody saw it.

    Raises Refused, NotInTheTeam, MeetingIsOver, ReasonMissing.
    """
    meeting = Meeting.objects.get(pk=meeting_id)
    writable(meeting.plan_id, by)
    last = _to_change(meeting)
    refusals.check_reason(why)
    MeetingTerms.objects.create(
        id=uuid4(),
        meeting=meeting,
        subject_id=meeting.subject_id,
        number=last.number + 1,
        meeting_kind=last.meeting_kind,
        day=last.day,
        starts_at=last.starts_at,
        minutes_long=last.minutes_long,
        language=last.language,
        invited=last.invited,
        invites_person=last.invites_person,
        is_called_off=True,
        why=why.strip(),
        said_by_id=by.post_id,
        said_at=by.now,
    )
    told = facts.MeetingCalledOff(meeting.subject_id, meeting.plan_id, meeting.id, last.day)
    events.record([told], by=by.post_id, at=by.now)


def set_terms(meeting: Meeting, day: date, arranged: Arranged, *, number: int, why: str, by: Viewer) -> None:
    """Say when a meeting is. The caller has asked the gate.

    Raises NotInTheTeam, TimeHasBeen, NoSuchTime, TimeIsTaken.
    """
    team = teams.members_of(meeting.plan_id)
    invited = tuple(team) if arranged.invited is None else arranged.invited
    policies.check_in_team(invited, team)
    starts_at = None
    if arranged.starts is not None:
        starts_at = moment(day, arranged.starts, plans.country_of(meeting.plan_id))
        if starts_at <= by.now:
            raise refusals.TimeHasBeen
        why = _why(meeting, day, starts_at, arranged, why, by)
    MeetingTerms.objects.create(
        id=uuid4(),
        meeting=meeting,
        subject_id=meeting.subject_id,
        number=number,
        meeting_kind=arranged.kind,
        day=day,
        starts_at=starts_at,
        minutes_long=arranged.minutes_long,
        language=arranged.language.strip(),
        invited=list(invited),
        invites_person=arranged.invites_person,
        why=why.strip(),
        said_by_id=by.post_id,
        said_at=by.now,
    )
    told = facts.MeetingArranged(
        subject_id=meeting.subject_id,
        plan_id=meeting.plan_id,
        meeting_id=meeting.id,
        meeting_kind=arranged.kind,
        day=day,
        needs_interpreter=bool(arranged.language.strip()),
    )
    events.record([told], by=by.post_id, at=by.now)


def _why(meeting: Meeting, day: date, starts_at: datetime, arranged: Arranged, why: str, by: Viewer) -> str:
    """The reason, with that for a time at which somebody has something else. Raises TimeIsTaken."""
    if not arranged.invites_person:
        return why
    long, despite = arranged.minutes_long, arranged.despite.strip()
    try:
        calendars.check_free(by, meeting.subject_id, day, starts_at, long, but=meeting.id)
    except TimeIsTaken:
        if not despite:
            raise
        return "\n".join(one for one in (why.strip(), despite) if one)
    return why


def moment(day: date, clock: time, country: Country) -> datetime:
    """When the clocks of a country show this on a day; the first time, where they show it twice.

    Raises NoSuchTime.
    """
    zone = ZoneInfo(country.zone)
    shown = datetime.combine(day, clock, zone)
    found = shown.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != shown.replace(tzinfo=None):
        raise refusals.NoSuchTime
    return found


def day_to_hold(meeting: Meeting) -> date:
    """The day it is on, as last said. Raises MeetingIsOver."""
    last = _newest(meeting)
    if last is None:
        return meeting.day
    if last.is_called_off:
        raise refusals.MeetingIsOver
    return last.day


def kind_of(meeting: Meeting) -> MeetingKind:
    """What the meeting is, as last said."""
    last = _newest(meeting)
    return MeetingKind(last.meeting_kind) if last is not None else MeetingKind.TEAM


def earlier(viewer: Viewer, plan_id: UUID, meeting_id: UUID) -> list[TermsRow]:
    """All that was said about when a meeting is, the newest first. Raises Refused, Plan.DoesNotExist."""
    subject_id, are_told = readable(viewer, plan_id)
    if not are_told:
        return []
    said = list(
        MeetingTerms.objects.filter(meeting_id=meeting_id, meeting__plan_id=plan_id).order_by("-number")
    )
    seats = seats_of(subject_id, (one.said_by_id for one in said))
    return [
        TermsRow(
            number=one.number,
            day=one.day,
            starts_at=one.starts_at,
            is_called_off=one.is_called_off,
            why=one.why,
            said_by=seats[one.said_by_id],
            said_at=one.said_at,
        )
        for one in said
    ]


def ahead_of(subject_id: UUID, today: date) -> int:
    """How many meetings about the subject lie ahead, as the viewer of this transaction sees it."""
    return len(read(AHEAD, [subject_id, today], str))


def newest(meeting: str, column: str) -> Subquery:
    """A column of the newest terms, for a query of rows that name their meeting."""
    return Subquery(
        MeetingTerms.objects.filter(meeting_id=OuterRef(meeting)).order_by("-number").values(column)[:1]
    )


def _newest(meeting: Meeting) -> MeetingTerms | None:
    return MeetingTerms.objects.filter(meeting=meeting).order_by("-number").first()


def _to_change(meeting: Meeting) -> MeetingTerms:
    """The newest terms of a meeting that is still to be held. Raises MeetingIsOver."""
    last = _newest(meeting) or MeetingTerms(
        number=0,
        meeting_kind=MeetingKind.TEAM,
        day=meeting.day,
        minutes_long=0,
        invited=list(teams.members_of(meeting.plan_id)),
        invites_person=True,
    )
    if last.is_called_off or Minutes.objects.filter(meeting=meeting).exists():
        raise refusals.MeetingIsOver
    return last
