"""What a plan's tables hold, as rows; each table by one statement that never changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from samvirke.gate.reading import rows
from samvirke.kernel.codes import Side
from samvirke.plan.action_types import OwnSide, Who
from samvirke.plan.models import Goal, Plan

UNDONE = ("planned", "in_progress")
# With it what the municipality of the person is exempt from, on the day that governs the plan.
PLAN = """
SELECT p.id, p.subject_id, p.country, p.kinds, p.starts_on, p.ends_before, p.next_review, (
  SELECT coalesce(json_agg(json_build_array(e.plan_kind, e.requirement, e.last_day, e.provision)), '[]')
  FROM people_person n JOIN programmes_exemption e ON e.municipality_id = n.municipality_id
  WHERE n.id = p.subject_id AND governs.day BETWEEN e.valid_from AND e.last_day
    AND (e.ended_on IS NULL OR governs.day < e.ended_on))
FROM plan_plan p, LATERAL (
  SELECT coalesce(p.ends_before, (SELECT (gate.now() AT TIME ZONE 'UTC')::date)) AS day) governs
WHERE p.id = %s
"""
# With it the sign-in of a person who takes part, as far as the viewer may see that: their own.
MEMBERS = """
SELECT m.id, m.post_id, m.joined_on, m.left_on, m.side, m.person_id, m.called, (
  SELECT p.citizen_id FROM people_person p WHERE p.id = m.person_id)
FROM plan_teammember m WHERE m.plan_id = %s ORDER BY m.joined_on, m.id
"""
SOME_MEMBERS = """
SELECT id, post_id, joined_on, left_on, side, person_id, called FROM plan_teammember WHERE id = ANY (%s)
"""
GOALS = """
SELECT DISTINCT ON (v.goal_id) v.goal_id, v.subject_id, v.version, v.own_words, g.life_domain, v.target,
  v.by_when, v.status, v.why, g.whose
FROM plan_goalversion v JOIN plan_goal g ON g.id = v.goal_id
WHERE g.plan_id = %s ORDER BY v.goal_id, v.version DESC
"""
GOAL = """
SELECT v.goal_id, v.subject_id, v.version, v.own_words, g.life_domain, v.target, v.by_when,
  v.status, v.why, g.whose
FROM plan_goalversion v JOIN plan_goal g ON g.id = v.goal_id
WHERE v.goal_id = %s ORDER BY v.version DESC LIMIT 1
"""
ACTIONS = """
SELECT id, subject_id, goal_id, kind, what, how, extent, accountable_member_id, standing, decision_reference,
  status, starts_on, due_on, version, priority, contributors, comes_after, beside, week, why, changed_at
FROM plan_action WHERE plan_id = %s ORDER BY due_on, id
"""
GOALS_AT = """
SELECT DISTINCT ON (v.goal_id) v.goal_id, v.subject_id, v.version, v.own_words, g.life_domain, v.target,
  v.by_when, v.status, v.why, g.whose
FROM plan_goalversion v JOIN plan_goal g ON g.id = v.goal_id
WHERE g.plan_id = %(plan)s AND v.written_at <= %(at)s ORDER BY v.goal_id, v.version DESC
"""
# Of what was agreed before days were noted, the day is not known: it was there already.
ACTIONS_AT = """
SELECT DISTINCT ON (id) id, subject_id, goal_id, kind, what, how, extent, accountable_member_id, standing,
  decision_reference, status, starts_on, due_on, version, priority, contributors, comes_after, beside, week,
  why, changed_at
FROM (
  SELECT id, subject_id, goal_id, kind, what, how, extent, accountable_member_id, standing,
    decision_reference, status, starts_on, due_on, version, priority, contributors, comes_after, beside,
    week, why, changed_at
  FROM plan_action WHERE plan_id = %(plan)s
  UNION ALL
  SELECT a.id, e.subject_id, a.goal_id, e.kind, e.what, e.how, e.extent, e.accountable_member_id, e.standing,
    e.decision_reference, e.status, e.starts_on, e.due_on, e.version, e.priority, e.contributors,
    e.comes_after, e.beside, e.week, e.why, e.changed_at
  FROM plan_earlieraction e JOIN plan_action a ON a.id = e.action_id WHERE a.plan_id = %(plan)s
) agreed
WHERE changed_at IS NULL OR changed_at <= %(at)s ORDER BY id, version DESC
"""
STATEMENTS_AT = """
SELECT DISTINCT ON (topic) topic, text, written_at, count(*) OVER (PARTITION BY topic) FROM plan_statement
WHERE plan_id = %(plan)s AND written_at <= %(at)s ORDER BY topic, written_at DESC
"""
NOTES = """
SELECT id, subject_id, kind, text, written_by_id, written_at, sealed_to_id FROM plan_note
WHERE plan_id = %s ORDER BY written_at DESC
"""
STATEMENTS = """
SELECT DISTINCT ON (topic) topic, text, written_at, count(*) OVER (PARTITION BY topic) FROM plan_statement
WHERE plan_id = %s ORDER BY topic, written_at DESC
"""
CASES = """
SELECT p.id, p.subject_id, p.kinds, p.next_review, (
    SELECT count(*) FROM plan_action a JOIN plan_teammember m ON m.id = a.accountable_member_id
    WHERE a.plan_id = p.id AND a.status = ANY (%(undone)s) AND m.post_id = %(post)s), (
    SELECT max(n.written_at) FROM plan_note n WHERE n.plan_id = p.id)
FROM plan_plan p WHERE p.id = ANY (%(plans)s) ORDER BY p.next_review, p.id
"""
ADDRESSED = """
SELECT id FROM plan_plan WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM plan_goal WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM plan_action WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM plan_commitment WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM plan_benefitcondition WHERE subject_id = ANY (%(about)s)
"""
GOAL_OF_PLAN = "SELECT id FROM plan_goal WHERE id = %s AND plan_id = %s"


class StoredPlan(NamedTuple):
    """A plan, without what stands in it."""

    id: UUID
    subject_id: UUID
    country: str
    kinds: list[str]
    starts_on: date
    ends_before: date | None
    next_review: date
    exempt_from: list[list[str]]  # plan kind, requirement, last day, what it rests on


class StoredCase(NamedTuple):
    """A plan on a worker's list."""

    id: UUID
    subject_id: UUID
    kinds: list[str]
    next_review: date
    open_actions: int  # the worker's own
    last_note: datetime | None


class StoredMember(NamedTuple):
    """Who is or was in the team, or takes part on the person's own side."""

    id: UUID
    post_id: UUID | None
    joined_on: date
    left_on: date | None
    side: str  # kernel Side
    person_id: UUID | None
    called: str
    citizen_id: UUID | None = None  # the person's own holder, where that was asked for

    @property
    def who(self) -> Who:
        """The post, or the one of the own side."""
        return self.post_id or OwnSide(Side(self.side), self.person_id, self.called)


class StoredGoal(NamedTuple):
    """What a goal says now."""

    goal_id: UUID
    subject_id: UUID
    version: int
    own_words: str
    life_domain: str
    target: str
    by_when: date | None
    status: str
    why: str
    whose: str


class StoredAction(NamedTuple):
    """An action."""

    id: UUID
    subject_id: UUID
    goal_id: UUID
    kind: int
    what: str
    how: str
    extent: str
    accountable_member_id: UUID
    standing: str
    decision_reference: str
    status: str
    starts_on: date | None
    due_on: date | None
    version: int
    priority: str
    contributors: list[UUID]  # team members
    comes_after: list[UUID]
    beside: list[UUID]
    week: list[str]
    why: str
    changed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.status in UNDONE


class StoredNote(NamedTuple):
    """A note."""

    id: UUID
    subject_id: UUID
    kind: int
    text: str
    written_by_id: UUID
    written_at: datetime
    sealed_to_id: UUID | None


def plan(plan_id: UUID) -> StoredPlan:
    """One plan. Raises Plan.DoesNotExist."""
    for row in rows(PLAN, [plan_id], StoredPlan):
        return row
    raise Plan.DoesNotExist


def team(plan_id: UUID) -> dict[UUID, UUID]:
    """Which posts are in the team now: the member by the post."""
    return {who: member_id for who, member_id in seats(plan_id).items() if not isinstance(who, OwnSide)}


def seats(plan_id: UUID) -> dict[Who, UUID]:
    """Who takes part now, on the person's own side too: the member by who it is."""
    members = rows(MEMBERS, [plan_id], StoredMember)
    return {member.who: member.id for member in members if member.left_on is None}


def check_goal(goal_id: UUID, plan_id: UUID) -> None:
    """Raises Goal.DoesNotExist where the goal is not of the plan."""
    if not rows(GOAL_OF_PLAN, [goal_id, plan_id], str):
        raise Goal.DoesNotExist


def actions(plan_id: UUID) -> dict[UUID, StoredAction]:
    """The plan's actions that the viewer of this transaction may see."""
    return {action.id: action for action in rows(ACTIONS, [plan_id], StoredAction)}
