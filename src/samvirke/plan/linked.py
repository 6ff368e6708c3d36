"""The plans of a family beside each other: each member's own, and what they want together.

Nothing is copied: a goal of the family stands in the family's plan alone and is read from there, so that
whoever stops sharing stops seeing it, and no plan keeps it of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from uuid import UUID

from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.reading import rows as read
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people.types import FamilyMemberRow
from samvirke.people.verbs import READ_FAMILY
from samvirke.plan import calendars, page_rows, queries, verbs
from samvirke.plan.rows import StoredGoal
from samvirke.plan.types import GoalRow

GOALS = """
SELECT DISTINCT ON (v.goal_id) v.goal_id, v.subject_id, v.version, v.own_words, g.life_domain, v.target,
  v.by_when, v.status, v.why, g.whose
FROM plan_goalversion v JOIN plan_goal g ON g.id = v.goal_id
WHERE g.plan_id = ANY (%s) ORDER BY v.goal_id, v.version DESC
"""
CHILD = "child"


@dataclass(frozen=True, slots=True)
class LinkedMember:
    """One of a family, and what of theirs the viewer may read beside the others'."""

    person_id: UUID
    name: str
    part: str
    is_subject: bool  # of the plan that was opened
    is_sibling: bool  # of the child that plan is about
    plan_id: UUID | None  # their own
    goals: tuple[GoalRow, ...]  # about them, in the family's plan


@dataclass(frozen=True, slots=True)
class LinkedFamily:
    """A family with its plan."""

    circle_id: UUID
    name: str
    plan_id: UUID | None
    goals: tuple[GoalRow, ...]  # of the whole family
    members: tuple[LinkedMember, ...]


@dataclass(frozen=True, slots=True)
class _Around:
    """What the viewer may read around one plan's subject."""

    subject_id: UUID
    plans: Mapping[UUID, UUID]  # by subject, the open ones
    goals: Mapping[UUID, tuple[GoalRow, ...]]  # by whom they are about


def of_plan(viewer: Viewer, plan_id: UUID) -> tuple[LinkedFamily, ...]:
    """The family a plan is about, or those of the person it is about. Raises Refused, Plan.DoesNotExist.

    Of a member who is at a protected place, or near one who is, a viewer who may not know the place is shown
    the name alone: what is theirs would stand beside the others'.
    """
    subject_id = queries.subject_of(plan_id)
    ask.require(viewer, verbs.READ_PLAN, subject_id)
    circles = families.families([subject_id, *families.circles_of(subject_id)])
    members = {member.person_id for circle in circles.values() for member in circle}
    reads = ask.readable(viewer, members | circles.keys())
    told = {one for one in reads if reads[one] & DataKind.PLAN}
    told -= ask.near_hidden(members - {subject_id}) if members else frozenset()
    around = _read(subject_id, told, circles)
    _note(viewer, subject_id, members)
    return tuple(_family(circle, circles[circle], around) for circle in sorted(circles))


def may_be_about(viewer: Viewer, family: Iterable[FamilyMemberRow]) -> tuple[FamilyMemberRow, ...]:
    """Those of a family about whom alone the viewer may write in the family's plan."""
    return tuple(one for one in family if ask.allowed(viewer, [verbs.WRITE_PLAN], one.person_id))


def _read(subject_id: UUID, told: Set[UUID], circles: Iterable[UUID]) -> _Around:
    plans = {one.subject_id: one.plan_id for one in calendars.going_on(told)}
    goals: dict[UUID, list[GoalRow]] = {}
    of_families = [plans[circle] for circle in circles if circle in plans]
    for goal in read(GOALS, [of_families], StoredGoal):
        goals.setdefault(goal.subject_id, []).append(page_rows.goal_row(goal))
    return _Around(subject_id, plans, {one: _in_order(goals[one]) for one in goals.keys() & told})


def _family(circle_id: UUID, circle: Iterable[FamilyMemberRow], around: _Around) -> LinkedFamily:
    members = tuple(circle)
    is_child = any(one.person_id == around.subject_id and one.part == CHILD for one in members)
    return LinkedFamily(
        circle_id=circle_id,
        name=", ".join(member.name for member in members),
        plan_id=around.plans.get(circle_id),
        goals=around.goals.get(circle_id, ()),
        members=tuple(_member(one, around, is_child=is_child) for one in members),
    )


def _member(one: FamilyMemberRow, around: _Around, *, is_child: bool) -> LinkedMember:
    is_subject = one.person_id == around.subject_id
    return LinkedMember(
        person_id=one.person_id,
        name=one.name,
        part=one.part,
        is_subject=is_subject,
        is_sibling=is_child and one.part == CHILD and not is_subject,
        plan_id=around.plans.get(one.person_id),
        goals=around.goals.get(one.person_id, ()),
    )


def _in_order(goals: Iterable[GoalRow]) -> tuple[GoalRow, ...]:
    """Those still to reach first; by their words, so that no id tells anything."""
    return tuple(sorted(goals, key=lambda goal: (not goal.is_active, goal.own_words)))


def _note(viewer: Viewer, subject_id: UUID, members: Set[UUID]) -> None:
    """A read of a family's plan stands in the log of each member, as on the plan itself."""
    shown = DataKind.IDENTITY | DataKind.PLAN
    audit.note(viewer, verbs.READ_PLAN, subject_ids=[subject_id], basis="", kinds=shown)
    if not viewer.is_citizen:
        audit.note(viewer, READ_FAMILY, subject_ids=members - {subject_id}, basis="circle", kinds=shown)
