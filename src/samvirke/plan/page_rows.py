"""What a plan's tables hold for one viewer, and the rows that a page gets of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
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
from samvirke.plan.types import CoordinatorRow, GoalRow, NoteRow, OwnSideRow, Seats, StatementRow, TeamRow


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
    parties: dict[UUID, Party]  # by the member's id

    def about(self, row: StoredGoal | StoredAction | StoredNote) -> str:
        """Whom a row of a family's plan is about, if not the whole family."""
        return self.names.get(row.subject_id, "")


class _Found(NamedTuple):
    """What the tables hold of a plan, before rows about others are decided."""

    goals: list[StoredGoal]
    actions: list[StoredAction]
    notes: list[StoredNote]
    statements: list[StatementRow]


def of_plan(
    viewer: Viewer,
    plan: StoredPlan,
    reads: DataKind,
    name: str,
    family: Sequence[FamilyMemberRow],
    seats: Seats,
) -> PageRows:
    """What the tables hold of a plan for this viewer; each table is read once."""
    goals = read(stored.GOALS, [plan.id], StoredGoal)
    actions = read(stored.ACTIONS, [plan.id], StoredAction)
    notes = read(stored.NOTES, [plan.id], StoredNote)
    statements = read(stored.STATEMENTS, [plan.id], StatementRow)
    found = _Found(goals, actions, notes, statements)
    return _decided(viewer, plan, reads, name, family, found, seats.posts)


def at(
    viewer: Viewer,
    plan: StoredPlan,
    reads: DataKind,
    name: str,
    family: Sequence[FamilyMemberRow],
    moment: datetime,
) -> PageRows:
    """What was agreed in a plan at a moment, for this viewer; notes are no part of that."""
    then = {"plan": plan.id, "at": moment}
    found = _Found(
        goals=read(stored.GOALS_AT, then, StoredGoal),
        actions=read(stored.ACTIONS_AT, then, StoredAction),
        notes=[],
        statements=read(stored.STATEMENTS_AT, then, StatementRow),
    )
    return _decided(viewer, plan, reads, name, family, found, ())


def _decided(
    viewer: Viewer,
    plan: StoredPlan,
    reads: DataKind,
    name: str,
    family: Sequence[FamilyMemberRow],
    found: _Found,
    seats: Iterable[UUID],
) -> PageRows:
    # Everybody who is or was in the team: who left may still stand as accountable for what is done.
    members = {member.id: member for member in read(stored.MEMBERS, [plan.id], StoredMember)}
    goals, actions, notes, statements = found
    others = {row.subject_id for row in goals} | {row.subject_id for row in actions}
    others = (others | {row.subject_id for row in notes}) - {plan.subject_id}
    readable = {plan.subject_id: reads} | (ask.readable(viewer, others) if others else {})
    names = {member.person_id: member.name for member in family}
    names |= families.titles(others - names.keys()) if others - names.keys() else {}
    around = posts_of(members.values()) | {note.written_by_id for note in notes}
    posts = people.posts_around(plan.subject_id, around.union(seats))
    return PageRows(
        members=members,
        posts=posts,
        goals=[row for row in goals if readable[row.subject_id] & DataKind.PLAN],
        # Not of somebody who joined, or whom a withdrawal hid, while the page was read.
        actions=[
            row
            for row in actions
            if readable[row.subject_id] & row.kind and row.accountable_member_id in members
        ],
        notes=[row for row in notes if readable[row.subject_id] & row.kind],
        statements=statements,
        names=names,
        others=others,
        parties=parties(members.values(), posts, names, name),
    )


def posts_of(members: Iterable[StoredMember]) -> set[UUID]:
    """The posts among those who take part."""
    return {member.post_id for member in members if member.post_id is not None}


def parties(
    members: Iterable[StoredMember], posts: Mapping[UUID, PostRow], names: Mapping[UUID, str], name: str
) -> dict[UUID, Party]:
    """Who takes part, by the member's id: posts, and those of the person's own side.

    names: of others than the plan's subject, which is called `name`.
    """
    return {
        member.id: party(posts[member.post_id])
        if member.post_id is not None
        else Party(member.called or names.get(member.person_id or member.id, name), "", "")
        for member in members
    }


def team_row(rows: PageRows, member: StoredMember, coordinator: CoordinatorRow) -> TeamRow:
    """One team member."""
    assert member.post_id is not None
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


def own_side_row(rows: PageRows, member: StoredMember) -> OwnSideRow:
    """One of the person's own side."""
    return OwnSideRow(member.id, member.side, rows.parties[member.id].title, member.person_id)


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
        status=goal.status,
        why=goal.why,
        whose=goal.whose,
        may_become=policies.GOAL[goal.status],
    )


def action_row(
    rows: PageRows, action: StoredAction, me: UUID, may_write: tuple[DataKind, ...], *, is_open: bool
) -> ActionRow:
    """One action. Of what it comes after, only what the viewer may see.

    me: the viewer's post; a person moves on what they answer for themselves.
    """
    member = rows.members[action.accountable_member_id]
    who = rows.parties[member.id]
    seen = {row.id for row in rows.actions}
    standing = policies.standing(action.standing, member.side)
    is_mine = me in (member.post_id, member.citizen_id)
    is_writable = action.kind in may_write
    may_move = is_writable or (is_open and is_mine and member.person_id is not None)
    return ActionRow(
        action_id=action.id,
        goal_id=action.goal_id,
        what=action.what,
        how=action.how,
        extent=action.extent,
        accountable=who.title,
        accountable_agency=who.agency_name,
        kind=DataKind(action.kind),
        standing=standing,
        decision_reference=action.decision_reference,
        status=action.status,
        starts_on=action.starts_on,
        due_on=action.due_on,
        is_mine=is_mine,
        accountable_kind=who.agency_kind,
        about=rows.about(action),
        may_become=policies.may_follow(action.status, standing) if may_move else (),
        version=action.version,
        priority=Priority(action.priority),
        week=tuple(WeeklyTime.read(one) for one in action.week),
        contributors=tuple(rows.parties[one] for one in action.contributors if one in rows.parties),
        accountable_member=member.id,
        contributing_members=tuple(action.contributors),
        comes_after=frozenset(action.comes_after) & seen,
        beside=frozenset(action.beside) & seen,
        why=action.why,
        done_on=action.changed_at.date() if action.status == "done" and action.changed_at else None,
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
