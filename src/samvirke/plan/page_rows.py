"""What a plan's tables hold for one viewer, and the rows that a page gets of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from samvirke.agencies.types import PostRow
from samvirke.gate import queries as ask
from samvirke.gate.reading import rows as read
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Priority
from samvirke.kernel.gate_words import DataKind
from samvirke.kernel.week import WeeklyTime
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.people.types import FamilyMemberRow
from samvirke.plan import policies
from samvirke.plan import rows as stored
from samvirke.plan.action_types import ActionRow, Party
from samvirke.plan.rows import StoredAction, StoredGoal, StoredMember, StoredNote, StoredPlan
from samvirke.plan.types import CoordinatorRow, GoalRow, NoteRow, Seats, StatementRow, TeamRow


@dataclass(frozen=True, slots=True)
class PageRows:
    """What a plan's tables hold for one viewer: rows about others than the plan's subject decided too."""

    members: dict[UUID, StoredMember]
    posts: dict[UUID, PostRow]
    goals: list[StoredGoal]
    actions: list[StoredAction]
    notes: list[StoredNote]
    statements: list[StatementRow]
    names: dict[UUID, str]
    others: set[UUID]

    def about(self, row: StoredGoal | StoredAction | StoredNote) -> str:
        """Whom a row of a family's plan is about, if not the whole family."""
        return self.names.get(row.subject_id, "")


def of_plan(
    viewer: Viewer, plan: StoredPlan, reads: DataKind, family: Sequence[FamilyMemberRow], seats: Seats
) -> PageRows:
    """What the tables hold of a plan for this viewer; each table is read once."""
    # Everybody who is or was in the team: who left may still stand as accountable for what is done.
    members = {member.id: member for member in read(stored.MEMBERS, [plan.id], StoredMember)}
    goals = read(stored.GOALS, [plan.id], StoredGoal)
    actions = read(stored.ACTIONS, [plan.id], StoredAction)
    notes = read(stored.NOTES, [plan.id], StoredNote)
    others = {row.subject_id for row in goals} | {row.subject_id for row in actions}
    others = (others | {row.subject_id for row in notes}) - {plan.subject_id}
    readable = {plan.subject_id: reads} | (ask.readable(viewer, others) if others else {})
    names = {member.person_id: member.name for member in family}
    names |= families.titles(others - names.keys()) if others - names.keys() else {}
    around = {member.post_id for member in members.values()} | {note.written_by_id for note in notes}
    return PageRows(
        members=members,
        posts=people.posts_around(plan.subject_id, around.union(seats.posts)),
        goals=[row for row in goals if readable[row.subject_id] & DataKind.PLAN],
        actions=[row for row in actions if readable[row.subject_id] & row.kind],
        notes=[row for row in notes if readable[row.subject_id] & row.kind],
        statements=read(stored.STATEMENTS, [plan.id], StatementRow),
        names=names,
        others=others,
    )


def team_row(rows: PageRows, member: StoredMember, coordinator: CoordinatorRow) -> TeamRow:
    """One team member."""
    post = rows.posts[member.post_id]
    return TeamRow(
        member_id=member.id,
        post_title=post.title,
        unit_name=post.unit_name,
        agency_name=post.agency_name,
        is_coordinator=member.post_id == coordinator.post_id,
        since=member.joined_on,
        agency_kind=post.agency_kind,
    )


def goal_row(goal: StoredGoal, about: str = "") -> GoalRow:
    """One goal."""
    return GoalRow(
        goal_id=goal.goal_id,
        version=goal.version,
        own_words=goal.own_words,
        life_domain=goal.life_domain,
        target=goal.target,
        by_when=goal.by_when,
        about=about,
    )


def action_row(
    rows: PageRows, action: StoredAction, viewer: Viewer, may_write: tuple[DataKind, ...]
) -> ActionRow:
    """One action. Of what it comes after, only what the viewer may see."""
    member = rows.members[action.accountable_member_id]
    post = rows.posts[member.post_id]
    seen = {row.id for row in rows.actions}
    helping = [rows.members[one] for one in action.contributors]
    is_writable = action.kind in may_write
    return ActionRow(
        action_id=action.id,
        goal_id=action.goal_id,
        what=action.what,
        how=action.how,
        extent=action.extent,
        accountable=post.title,
        accountable_agency=post.agency_name,
        kind=DataKind(action.kind),
        standing=action.standing,
        decision_reference=action.decision_reference,
        status=action.status,
        starts_on=action.starts_on,
        due_on=action.due_on,
        is_mine=member.post_id == viewer.post_id,
        accountable_kind=post.agency_kind,
        about=rows.about(action),
        may_become=policies.may_follow(action.status, action.standing) if is_writable else (),
        version=action.version,
        priority=Priority(action.priority),
        week=tuple(WeeklyTime.read(one) for one in action.week),
        contributors=tuple(party(rows.posts[one.post_id]) for one in helping),
        accountable_member=member.id,
        contributing_members=tuple(member.id for member in helping),
        comes_after=frozenset(action.comes_after) & seen,
        beside=frozenset(action.beside) & seen,
        why=action.why,
        may_change=is_writable and action.is_open,
    )


def party(post: PostRow) -> Party:
    """A post as one who takes part."""
    return Party(post.title, post.agency_name, post.agency_kind)


def note_row(rows: PageRows, note: StoredNote) -> NoteRow:
    """One note."""
    post = rows.posts[note.written_by_id]
    return NoteRow(
        note_id=note.id,
        kind=DataKind(note.kind),
        text=note.text,
        written_at=note.written_at,
        author=post.title,
        agency_name=post.agency_name,
        agency_kind=post.agency_kind,
        about=rows.about(note),
        is_sealed=note.sealed_to_id is not None,
    )
