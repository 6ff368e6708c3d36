"""What a meeting is about: what is open in the plan, points in own words, and what the absent want said.

Each reader gets the points whose subject they may see in the plan itself, as it is now; of the others not
even a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination import policies, verbs
from samvirke.coordination.meeting_access import readable, seats_of, writable
from samvirke.coordination.meeting_models import AgendaItem, Contribution, Discussion, MeetingTerms
from samvirke.coordination.meeting_types import ContributionRow, ItemRow, OpenPoint
from samvirke.coordination.models import Duty, Meeting, Minutes
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgendaPoint
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import rows as plan_rows
from samvirke.plan.action_types import ActionRow
from samvirke.plan.types import PlanPage

ABOUT_THE_PLAN = (AgendaPoint.REVIEW, AgendaPoint.LAW, AgendaPoint.DUTY)


def proposed(page: PlanPage, today: date) -> list[OpenPoint]:
    """What is open in a plan, of what the page's viewer may see: each thing once, what is late first."""
    about = {one.id: one.subject_id for one in plan_rows.actions(page.plan_id).values()}
    found = [
        OpenPoint(
            point, row.action_id, about[row.action_id], row.kind, row.what, row.due_on, goal_id=row.goal_id
        )
        for row in page.actions
        if row.is_open and row.action_id in about
        for point in _why_open(page, row, today)
    ]
    found += [
        OpenPoint(AgendaPoint.GOAL, goal.goal_id, page.subject_id, DataKind.PLAN, goal.own_words)
        for goal in page.goals
        if goal.is_active and not any(row.goal_id == goal.goal_id and row.is_open for row in page.actions)
    ]
    found += [
        OpenPoint(point, None, page.subject_id, DataKind.PLAN, "") for point in _of_the_plan(page, today)
    ]
    return sorted(found, key=lambda one: list(AgendaPoint).index(one.point))


def put_on(meeting: Meeting, points: Iterable[OpenPoint], own: Iterable[str], *, by: Viewer) -> None:
    """Put points on a new meeting's agenda. The caller has asked the gate."""
    items = [_item(meeting, by, point=one.point, about=one) for one in points]
    items += [_item(meeting, by, text=line.strip()) for line in own if line.strip()]
    for number, item in enumerate(items):
        item.number = number
    AgendaItem.objects.bulk_create(items)


@transaction.atomic
def add_point(*, meeting_id: UUID, text: str, by: Viewer) -> None:
    """One of the team, or the person, adds a point in own words.

    Raises Refused, NotInTheTeam, NothingWritten, MeetingIsOver.
    """
    meeting = Meeting.objects.get(pk=meeting_id)
    _open_to(meeting, by)
    policies.check_written(text)
    _check_to_come(meeting)
    item = _item(meeting, by, text=text.strip())
    item.number = AgendaItem.objects.filter(meeting=meeting).count()
    item.save(force_insert=True)


@transaction.atomic
def contribute(*, meeting_id: UUID, text: str, by: Viewer) -> None:
    """One of the team who cannot come says what they want said. Raises Refused, NotInTheTeam, NothingWritten,
    AlreadyContributed, MeetingIsOver.
    """
    meeting = Meeting.objects.get(pk=meeting_id)
    writable(meeting.plan_id, by)
    policies.check_written(text)
    _check_to_come(meeting)
    if Contribution.objects.filter(meeting=meeting, post_id=by.post_id).exists():
        raise refusals.AlreadyContributed
    Contribution.objects.create(
        id=uuid4(),
        meeting=meeting,
        subject_id=meeting.subject_id,
        post_id=by.post_id,
        text=text.strip(),
        written_at=by.now,
    )


def items_of(page: PlanPage, meeting_id: UUID) -> tuple[ItemRow, ...]:
    """A meeting's agenda, of what the page's viewer may see in the plan now."""
    actions = {row.action_id: row for row in page.actions}
    goals = {row.goal_id: row for row in page.goals}
    said = dict(Discussion.objects.filter(item__meeting_id=meeting_id).values_list("item_id", "text"))
    rows = []
    items = AgendaItem.objects.filter(meeting_id=meeting_id, meeting__plan_id=page.plan_id)
    citizens = families.citizens_of(page.subject_id)
    for item in items.order_by("added_at", "number"):
        action = actions.get(item.about_id) if item.about_id else None
        goal = goals.get(item.about_id) if item.about_id else None
        if item.about_id is not None and action is None and goal is None:
            continue
        rows.append(
            ItemRow(
                item_id=item.id,
                point=AgendaPoint(item.point),
                kind=DataKind(item.kind),
                subject_id=item.subject_id,
                about_id=item.about_id,
                text=item.text or (action.what if action else goal.own_words if goal else ""),
                due_on=action.due_on if action else None,
                goal_id=action.goal_id if action else goal.goal_id if goal else None,
                discussion=said.get(item.id, ""),
                is_persons=item.added_by_id in citizens,
            )
        )
    return tuple(
        sorted(rows, key=lambda row: (row.point is AgendaPoint.OWN, list(AgendaPoint).index(row.point)))
    )


def contributions(viewer: Viewer, plan_id: UUID, meeting_id: UUID) -> list[ContributionRow]:
    """What those who cannot come want said. Raises Refused, Plan.DoesNotExist."""
    subject_id, are_told = readable(viewer, plan_id)
    found = Contribution.objects.filter(meeting_id=meeting_id, meeting__plan_id=plan_id) if are_told else ()
    rows = sorted(found, key=lambda one: one.written_at)
    seats = seats_of(subject_id, (one.post_id for one in rows))
    return [
        ContributionRow(seats[one.post_id], one.text, one.written_at, one.post_id == viewer.post_id)
        for one in rows
    ]


def _why_open(page: PlanPage, row: ActionRow, today: date) -> Iterator[AgendaPoint]:
    """The one reason why an action is talked about, if there is one."""
    undone = {one.action_id for one in page.actions if one.is_open}
    if row.due_on is not None and row.due_on < today:
        yield AgendaPoint.LATE
    elif row.comes_after & undone:
        yield AgendaPoint.WAITS
    elif row.standing == "wish":
        yield AgendaPoint.WISH


def _of_the_plan(page: PlanPage, today: date) -> Iterator[AgendaPoint]:
    if page.next_review <= today:
        yield AgendaPoint.REVIEW
    if any(check.missing for check in page.content_checks):
        yield AgendaPoint.LAW
    if page.coordinator.waiting_for or page.coordinator.waiting_kind:
        yield AgendaPoint.DUTY


def _item(
    meeting: Meeting,
    by: Viewer,
    *,
    point: AgendaPoint = AgendaPoint.OWN,
    about: OpenPoint | None = None,
    text: str = "",
) -> AgendaItem:
    return AgendaItem(
        id=uuid4(),
        meeting=meeting,
        subject_id=about.subject_id if about else meeting.subject_id,
        kind=int(about.kind if about else DataKind.PLAN),
        point=point,
        about_id=about.about_id if about else None,
        text=text,
        added_by_id=by.post_id,
        added_at=by.now,
    )


def _open_to(meeting: Meeting, by: Viewer) -> None:
    """Raises Refused, NotInTheTeam."""
    if not by.is_citizen:
        writable(meeting.plan_id, by)
        return
    duty = Duty.objects.select_for_update().get(plan_id=meeting.plan_id)
    ask.require(by, verbs.HOLD_MEETING, duty.subject_id)
    if not readable(by, meeting.plan_id)[1] or duty.subject_id != people.myself(by):
        raise policies.NotInTheTeam


def _check_to_come(meeting: Meeting) -> None:
    """Raises MeetingIsOver."""
    last = MeetingTerms.objects.filter(meeting=meeting).order_by("-number").first()
    if (last is not None and last.is_called_off) or Minutes.objects.filter(meeting=meeting).exists():
        raise refusals.MeetingIsOver


def points_of(proposed_now: Sequence[OpenPoint], keys: Iterable[str]) -> list[OpenPoint]:
    """Those that were chosen, as they are open now. Raises AgendaHasChanged."""
    there = {one.key: one for one in proposed_now}
    try:
        return [there[key] for key in keys]
    except KeyError:
        raise refusals.AgendaHasChanged from None
