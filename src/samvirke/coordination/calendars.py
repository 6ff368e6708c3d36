"""One calendar of a person, or of a family: meetings, and the times of the week of what is done.

It holds what the viewer may see in the plans themselves, and less: where a place is protected, one of the
family finds only what is their own, for a day alone would tell where the other will be. A worker who may not
know the place finds nothing of a member's own beside that of the others.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from samvirke.coordination import verbs
from samvirke.coordination.calendar_types import CalendarEntry, TimeIsTaken
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.reading import rows
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Country, MeetingKind
from samvirke.kernel.gate_words import DataKind, mask_of
from samvirke.people import families, places
from samvirke.people import queries as people
from samvirke.people.verbs import READ_FAMILY
from samvirke.plan import calendars as of_plans
from samvirke.plan import queries as plans
from samvirke.plan.calendars import PlanGoingOn, WeeklyAction

MEETINGS = """
SELECT m.id, m.plan_id, coalesce(t.day, m.day), t.meeting_kind, t.starts_at, coalesce(t.minutes_long, 0),
  coalesce(t.language, ''), coalesce(t.invites_person, true)
FROM coordination_meeting m LEFT JOIN LATERAL (
    SELECT * FROM coordination_meetingterms t
    WHERE t.meeting_id = m.id ORDER BY t.number DESC LIMIT 1) t ON true
WHERE m.plan_id = ANY (%(plans)s) AND coalesce(t.day, m.day) BETWEEN %(first)s AND %(last)s
  AND t.is_called_off IS NOT TRUE
ORDER BY m.id
"""


class _StoredMeeting(NamedTuple):
    id: UUID
    plan_id: UUID
    day: date
    kind: str | None
    starts_at: datetime | None
    minutes_long: int
    language: str
    invites_person: bool


@dataclass(frozen=True, slots=True)
class _Around:
    """Whose calendar it is: each subject with its name and the persons it is."""

    names: Mapping[UUID, str]
    persons: Mapping[UUID, frozenset[UUID]]
    reads: Mapping[UUID, DataKind]
    plans: Mapping[UUID, PlanGoingOn]


def of_plan(viewer: Viewer, plan_id: UUID, first: date, days: int) -> tuple[CalendarEntry, ...]:
    """What stands in the calendar of whom a plan is about, in so many days from the first.

    Of a family, with what its members' own plans hold; of a person, with what their families' plans hold.
    Raises Refused, Plan.DoesNotExist.
    """
    subject_id = plans.subject_of(plan_id)
    ask.require(viewer, verbs.READ_MEETINGS, subject_id)
    return _noted(viewer, _around(viewer, [subject_id]), first, days)


def mine(viewer: Viewer, first: date, days: int) -> tuple[CalendarEntry, ...]:
    """What stands in the calendar of a citizen, of their families, and of those they act for.

    Raises Refused.
    """
    me = people.myself(viewer)
    ask.require(viewer, verbs.READ_MEETINGS, me)
    return _noted(viewer, _around(viewer, [me, *ask.children(viewer)]), first, days)


def check_free(
    viewer: Viewer, subject_id: UUID, day: date, starts_at: datetime, minutes_long: int, *, but: UUID
) -> None:
    """Raises TimeIsTaken where somebody the plan is about has something else then, as far as the viewer sees.

    The caller has asked the gate. but: the meeting that is asked for. The reason for a time that is taken can
    be read by everybody around the plan, and would tell of the other appointment: so where one of the family
    is at a protected place, only what is about the very same subject is in the way, whoever asks.
    """
    around = _around(viewer, [subject_id])
    is_apart = places.any_protected(person for persons in around.persons.values() for person in persons)
    asked = CalendarEntry(
        day=day,
        time=(starts_at, starts_at + timedelta(minutes=minutes_long)),
        subject_id=subject_id,
        who="",
        persons=around.persons[subject_id],
    )
    found = tuple(
        one
        for one in _noted(viewer, around, day, 1)
        if one.meeting_id != but and one.is_beside(asked) and (one.subject_id == subject_id or not is_apart)
    )
    if found:
        raise TimeIsTaken(found)


def _around(viewer: Viewer, subject_ids: Sequence[UUID]) -> _Around:
    """These subjects, those of their families, and whose plans the viewer may read among them."""
    circles = families.families({*subject_ids, *(one for one, _ in families.with_circles(subject_ids))})
    asked = [one for one in subject_ids if one in circles]
    members = {member.person_id for circle in asked for member in circles[circle]}
    wanted = {*subject_ids, *circles, *members}
    reads = ask.readable(viewer, wanted)
    told = {one for one in wanted if reads[one] & DataKind.PLAN}
    told -= _untold(viewer, wanted, members - set(subject_ids))
    persons = {one: frozenset({one}) for one in wanted - circles.keys()}
    persons |= {one: frozenset(member.person_id for member in circle) for one, circle in circles.items()}
    return _Around(
        names=families.titles(told),
        persons=persons,
        reads={one: reads[one] if one in told else DataKind(0) for one in wanted},
        plans={one.plan_id: one for one in of_plans.going_on(told)},
    )


def _untold(viewer: Viewer, subject_ids: set[UUID], others: set[UUID]) -> frozenset[UUID]:
    """Whose days are not told beside those of the others: they would tell where a protected person will be.

    One of a family is told of nobody near such a person; a worker of the family as such, and of no other
    member's own.
    """
    near = ask.near_hidden(subject_ids)
    return near - {people.myself(viewer)} if viewer.is_citizen else near & others


def _noted(viewer: Viewer, around: _Around, first: date, days: int) -> tuple[CalendarEntry, ...]:
    last = first + timedelta(days=days - 1)
    weekly = [
        one
        for one in of_plans.weekly(around.plans, first, last)
        if around.reads.get(one.subject_id, DataKind(0)) & one.kind
    ]
    met = rows(MEETINGS, {"plans": list(around.plans), "first": first, "last": last}, _StoredMeeting)
    shown = DataKind.PLAN | mask_of(DataKind(one.kind) for one in weekly)
    subjects = {one.subject_id for one in around.plans.values()}
    dated = [one.day for one in met if one.day <= viewer.now.date()]
    audit.note(viewer, verbs.READ_MEETINGS, subject_ids=subjects, basis="", kinds=shown, dated=dated)
    if not viewer.is_citizen:
        of_families = {person for one in subjects for person in around.persons[one]} - subjects
        audit.note(viewer, READ_FAMILY, subject_ids=of_families, basis="circle", kinds=shown, dated=dated)
    found = [_meeting(one, around) for one in met]
    for at in range(days):
        found += [entry for one in weekly for entry in _weekly(one, around, first + timedelta(days=at))]
    return _marked(sorted(found, key=_in_order))


def _meeting(one: _StoredMeeting, around: _Around) -> CalendarEntry:
    plan = around.plans[one.plan_id]
    return CalendarEntry(
        day=one.day,
        time=(one.starts_at, one.starts_at + timedelta(minutes=one.minutes_long)) if one.starts_at else None,
        subject_id=plan.subject_id,
        who=around.names[plan.subject_id],
        persons=around.persons[plan.subject_id] if one.invites_person else frozenset(),
        meeting_kind=MeetingKind(one.kind) if one.kind else None,
        meeting_id=one.id,
        language=one.language,
    )


def _weekly(one: WeeklyAction, around: _Around, day: date) -> Iterator[CalendarEntry]:
    zone = ZoneInfo(Country(around.plans[one.plan_id].country).zone)
    for time in one.times_on(day):
        yield CalendarEntry(
            day=day,
            time=(datetime.combine(day, time.starts, zone), datetime.combine(day, time.ends, zone)),
            subject_id=one.subject_id,
            who=around.names[one.subject_id],
            persons=around.persons[one.subject_id],
            what=one.what,
        )


def _marked(found: Sequence[CalendarEntry]) -> tuple[CalendarEntry, ...]:
    """Each with whether one of its persons has something else at the same time."""
    return tuple(
        dataclasses.replace(one, at_once=any(one.is_beside(other) for other in found if other is not one))
        for one in found
    )


def _in_order(one: CalendarEntry) -> tuple[object, ...]:
    """By day and time; what has no time first. By what is shown alone, so that no id tells anything."""
    return one.day, one.time is not None, one.time, one.who, one.what
