"""Meetings of a plan's team: called, held, and what was agreed, shared with all who may see the plan.

No place is asked for anywhere here: it would give away where a protected person is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from samvirke.agencies.types import PostRow
from samvirke.coordination import facts, policies, verbs
from samvirke.coordination.models import Attendee, Duty, Meeting, Minutes
from samvirke.coordination.types import MeetingRow, MeetingsPart, MinutesRow, SeatRow
from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.reading import stored
from samvirke.gate.types import Viewer
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import queries as plans
from samvirke.plan import teams

MEETINGS = """
SELECT id, day, agenda, called_by_id FROM coordination_meeting
WHERE plan_id = %s ORDER BY day DESC, called_at DESC, id
"""
MINUTES = """
SELECT meeting_id, agreed, person_was_there, written_by_id, written_at FROM coordination_minutes
WHERE meeting_id = ANY (%s) ORDER BY number
"""
ATTENDEES = "SELECT meeting_id, post_id FROM coordination_attendee WHERE meeting_id = ANY (%s) ORDER BY id"


@dataclass(frozen=True, slots=True)
class _Held:
    """A meeting with what was written of it, and the posts that were there."""

    meeting: Meeting
    minutes: list[Minutes] = field(default_factory=list)
    there: list[UUID] = field(default_factory=list)


@transaction.atomic
def call_meeting(*, plan_id: UUID, day: date, agenda: str, by: Viewer) -> UUID:
    """Call the team to a meeting on a day, to talk about something. Returns its id.

    Raises Refused, NotInTheTeam, PlanHasEnded, DayHasBeen, NothingWritten.
    """
    duty = _writable(plan_id, by)
    policies.check_goes_on(duty)
    policies.check_ahead(day, by.now.date())
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
    return meeting.id


@transaction.atomic
def write_minutes(
    *, meeting_id: UUID, agreed: str, there: Sequence[UUID], person_was_there: bool, by: Viewer
) -> None:
    """Write what was agreed, which posts of the team were there, and whether the person was.

    Where nobody was there, the meeting was not held, and the text says why. Raises Refused, NotInTheTeam,
    NotHeldYet, NothingWritten, MinutesAreWritten.
    """
    meeting = Meeting.objects.get(pk=meeting_id)
    _writable(meeting.plan_id, by)
    policies.check_in_team(there, plans.teams([meeting.plan_id])[meeting.plan_id])
    policies.check_held(meeting.day, by.now.date())
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
            held_on=meeting.day,
            posts=len(posts),
            person_was_there=person_was_there,
        )
        events.record([told], by=by.post_id, at=by.now)


@transaction.atomic
def add_to_minutes(*, meeting_id: UUID, text: str, by: Viewer) -> None:
    """Add to what was agreed; what stands there stays. Raises Refused, NotInTheTeam, NothingWritten."""
    meeting = Meeting.objects.get(pk=meeting_id)
    _writable(meeting.plan_id, by)
    _write(meeting, _newest(meeting) + 1, text, by, person_was_there=None)


def of_plan(viewer: Viewer, plan_id: UUID) -> MeetingsPart:
    """A plan's meetings, as the viewer may see them. Raises Refused, Plan.DoesNotExist.

    One of a family does not see its meetings while another's place is protected: the day alone would tell
    where that person will be.
    """
    subject_id = plans.subject_of(plan_id)
    ask.require(viewer, verbs.READ_MEETINGS, subject_id)
    today = viewer.now.date()
    meetings = [] if _would_tell(viewer, subject_id) else _with_minutes(plan_id)
    team = teams.members_of(plan_id)
    held = [one.meeting.day for one in meetings if one.meeting.day <= today]
    audit.note(viewer, verbs.READ_MEETINGS, subject_ids=[subject_id], basis="", dated=held)
    seats = _seats(subject_id, meetings, team.values())
    rows = [_row(held, seats, today) for held in meetings]
    return MeetingsPart(
        plan_id=plan_id,
        ahead=tuple(sorted((row for row in rows if not row.minutes), key=lambda row: row.day)),
        past=tuple(row for row in rows if row.minutes),
        team=tuple((member_id, seats[post_id]) for member_id, post_id in team.items()),
        may_write=viewer.post_id in team.values(),
    )


def last_met(viewer: Viewer) -> dict[UUID, date]:
    """The last day the person was in a meeting, by plan; of plans the viewer may see."""
    found = ask.visible(viewer, verbs.READ_MEETINGS, Minutes.objects.filter(person_was_there=True))
    return dict(found.values_list("meeting__plan_id").annotate(Max("meeting__day")).order_by())


def _writable(plan_id: UUID, by: Viewer) -> Duty:
    """The duty of a plan in whose team the viewer is; writers take turns. Raises Refused, NotInTheTeam."""
    duty = Duty.objects.select_for_update().get(plan_id=plan_id)
    ask.require(by, verbs.HOLD_MEETING, duty.subject_id)
    policies.check_in_team([by.post_id], plans.teams([plan_id])[plan_id])
    return duty


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


def _would_tell(viewer: Viewer, subject_id: UUID) -> bool:
    is_family = viewer.is_citizen and bool(families.families([subject_id]))
    return is_family and bool(ask.near_hidden([subject_id]))


def _with_minutes(plan_id: UUID) -> list[_Held]:
    """The newest first."""
    found = {meeting.id: _Held(meeting) for meeting in stored(MEETINGS, [plan_id], Meeting)}
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
    return {post_id: _seat(post) for post_id, post in people.posts_around(subject_id, wanted).items()}


def _seat(post: PostRow) -> SeatRow:
    return SeatRow(post.title, post.agency_name, post.agency_kind)


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
        waits_for_minutes=not minutes and meeting.day <= today,
    )
