"""What a goal or an action said before: every version, who wrote it, and why it was changed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from samvirke.agencies.types import PostRow
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.reading import rows as read
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Priority
from samvirke.kernel.gate_words import DataKind
from samvirke.kernel.week import WeeklyTime
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import rows as stored
from samvirke.plan import verbs
from samvirke.plan.action_types import GoalVersionRow, Party, StatementVersionRow, VersionRow
from samvirke.plan.models import Action, AgreedFields, EarlierAction, Goal, GoalVersion, Statement
from samvirke.plan.page_rows import parties, party, posts_of
from samvirke.plan.rows import StoredMember


def of_action(viewer: Viewer, action_id: UUID) -> tuple[VersionRow, ...]:
    """All that was agreed on an action, the newest last, for who reads its plan.

    Raises Refused, Action.DoesNotExist, Plan.DoesNotExist.
    """
    action = Action.objects.get(pk=action_id)
    plan = stored.plan(action.plan_id)
    ask.require(viewer, verbs.READ_PLAN, plan.subject_id)
    opened = ask.require(viewer, verbs.READ_PLAN, action.subject_id)
    if not opened.reads & action.kind:
        raise Action.DoesNotExist
    versions: list[AgreedFields] = [*EarlierAction.objects.filter(action=action).order_by("version"), action]
    members = read(stored.MEMBERS, [action.plan_id], StoredMember)
    posts = _posts(plan.subject_id, {*posts_of(members), *(one.changed_by_id for one in versions)})
    name, family = families.named(plan.subject_id)
    names = {member.person_id: member.name for member in family}
    who = parties(members, posts, names, name)
    if not {one.accountable_member_id for one in versions} <= who.keys():
        raise Action.DoesNotExist  # a withdrawal hid it while it was read
    dated = [one.changed_at.date() for one in versions if one.changed_at]
    audit.note(
        viewer,
        verbs.READ_PLAN,
        subject_ids=[action.subject_id],
        basis="",
        kinds=DataKind(action.kind),
        dated=dated,
    )
    return tuple(_version(one, who, posts) for one in versions)


def of_goal(viewer: Viewer, goal_id: UUID) -> tuple[GoalVersionRow, ...]:
    """All that a goal has said, the newest last, for who reads its plan.

    Raises Refused, Goal.DoesNotExist, Plan.DoesNotExist.
    """
    goal = Goal.objects.get(pk=goal_id)
    plan = stored.plan(goal.plan_id)
    ask.require(viewer, verbs.READ_PLAN, plan.subject_id)
    ask.require(viewer, verbs.READ_PLAN, goal.subject_id)
    versions = list(GoalVersion.objects.filter(goal=goal).order_by("version"))
    posts = _posts(plan.subject_id, {one.written_by_id for one in versions})
    dated = [one.written_at.date() for one in versions]
    audit.note(viewer, verbs.READ_PLAN, subject_ids=[goal.subject_id], basis="", dated=dated)
    return tuple(
        GoalVersionRow(
            version=one.version,
            own_words=one.own_words,
            target=one.target,
            by_when=one.by_when,
            status=one.status,
            why=one.why,
            written_by=_party(posts, one.written_by_id),
            written_at=one.written_at,
        )
        for one in versions
    )


def of_statement(viewer: Viewer, plan_id: UUID, topic: str) -> tuple[StatementVersionRow, ...]:
    """All that a plan has said on a topic, the newest last. Raises Refused, Plan.DoesNotExist."""
    plan = stored.plan(plan_id)
    ask.require(viewer, verbs.READ_PLAN, plan.subject_id)
    versions = list(Statement.objects.filter(plan_id=plan_id, topic=topic).order_by("written_at", "id"))
    posts = _posts(plan.subject_id, {one.written_by_id for one in versions})
    dated = [one.written_at.date() for one in versions]
    audit.note(viewer, verbs.READ_PLAN, subject_ids=[plan.subject_id], basis="", dated=dated)
    return tuple(
        StatementVersionRow(number, one.text, _party(posts, one.written_by_id), one.written_at)
        for number, one in enumerate(versions, start=1)
    )


def _posts(subject_id: UUID, holders: Iterable[UUID | None]) -> dict[UUID, PostRow]:
    """Those of the holders that are posts, as on the plan's page; the others are persons."""
    return people.posts_around(subject_id, {one for one in holders if one is not None})


def _party(posts: dict[UUID, PostRow], holder_id: UUID | None) -> Party | None:
    return party(posts[holder_id]) if holder_id in posts else None


def _version(one: AgreedFields, who: dict[UUID, Party], posts: dict[UUID, PostRow]) -> VersionRow:
    return VersionRow(
        version=one.version,
        what=one.what,
        how=one.how,
        extent=one.extent,
        week=tuple(WeeklyTime.read(written) for written in one.week),
        accountable=who[one.accountable_member_id],
        contributors=tuple(who[member] for member in one.contributors if member in who),
        standing=one.standing,
        decision_reference=one.decision_reference,
        status=one.status,
        priority=Priority(one.priority),
        starts_on=one.starts_on,
        due_on=one.due_on,
        why=one.why,
        changed_by=_party(posts, one.changed_by_id),
        changed_at=one.changed_at,
        accountable_member=one.accountable_member_id,
        contributing_members=tuple(one.contributors),
    )
