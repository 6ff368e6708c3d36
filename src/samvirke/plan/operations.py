"""Writing in the plan. Each asks the gate, changes, and tells the log of facts, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.gate import clock
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.reading import rows as read
from samvirke.gate.types import Verb, Viewer
from samvirke.kernel.codes import EndReason, GoalStatus, SetBy, Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.people.types import UNSTATED
from samvirke.plan import facts, policies, verbs
from samvirke.plan import rows as stored
from samvirke.plan.models import Goal, GoalVersion, Note, Plan, Statement, TeamMember
from samvirke.plan.queries import newest_goal
from samvirke.plan.rows import StoredPlan
from samvirke.plan.types import GoalRow, Intake, Situation, StatementRow
from samvirke.programmes import queries as programmes


class StaleGoal(Exception):
    """Somebody changed the goal after the page was read. Nothing was written."""

    def __init__(self, current: GoalRow) -> None:
        super().__init__(
            f"The goal was changed after you opened it; it is now version {current.version}. "
            "Compare with your text and save again."
        )
        self.current = current


class StaleStatement(Exception):
    """Somebody wrote on the topic after the page was read. Nothing was written."""

    def __init__(self, current: StatementRow | None) -> None:
        super().__init__("Somebody wrote on this after you opened it. Compare with your text and save again.")
        self.current = current


@transaction.atomic
def open_plan(
    *,
    person_id: UUID,
    partnership_id: UUID,
    kinds: Sequence[str],
    consent_id: UUID,
    next_review: date,
    intake: Intake,
    by: Viewer,
) -> UUID:
    """Start the one plan of a person who consented. Raises Refused, MixedCountries, NoConsent."""
    ask.require(by, verbs.WRITE_PLAN, person_id)
    country = programmes.country_of(partnership_id)
    policies.check_of_country(kinds, country)
    policies.check_consent_in_force(ask.consent(consent_id), person_id, by.now)
    person = people.persons({person_id})[person_id]
    plan = Plan.objects.create(
        id=uuid4(),
        subject_id=person_id,
        partnership_id=partnership_id,
        country=country,
        kinds=list(kinds),
        starts_on=by.now.date(),
        next_review=next_review,
    )
    told = facts.PlanEntered(
        subject_id=person_id,
        plan_id=plan.id,
        partnership_id=partnership_id,
        municipality=person.municipality_id or UNSTATED,
        sex=Sex(person.sex),
        birth_year=person.birth_date.year,
        target_group=intake.target_group,
        asked_on=intake.asked_on,
        entered_on=plan.starts_on,
        support=intake.situation.support,
        occupation=intake.situation.occupation,
        months_assistance=intake.months_assistance,
    )
    events.record([told], by=by.post_id, at=by.now)
    return plan.id


@transaction.atomic
def open_family_plan(*, circle_id: UUID, partnership_id: UUID, next_review: date, by: Viewer) -> UUID:
    """Start the plan of a family. It is nobody's statistics: each member's own plan is. Raises Refused."""
    ask.require(by, verbs.WRITE_PLAN, circle_id)
    plan = Plan.objects.create(
        id=uuid4(),
        subject_id=circle_id,
        partnership_id=partnership_id,
        country=programmes.country_of(partnership_id),
        kinds=[],
        starts_on=by.now.date(),
        next_review=next_review,
    )
    events.record([facts.FamilyPlanOpened(circle_id, plan.id, partnership_id)], by=by.post_id, at=by.now)
    return plan.id


@transaction.atomic
def add_family_members(
    *, plan_id: UUID, post_ids: Sequence[UUID], consent_ids: Sequence[UUID], by: Viewer
) -> list[UUID]:
    """Let posts join a family's team, on one consent of each member: fewer open nothing.

    Raises Refused, NotOpenToPost.
    """
    for consent_id in consent_ids:
        gate.admit(consent_id=consent_id, post_ids=list(post_ids))
    return add_members(plan_id=plan_id, post_ids=post_ids, consent_id=consent_ids[0], by=by)


@transaction.atomic
def add_members(*, plan_id: UUID, post_ids: Sequence[UUID], consent_id: UUID, by: Viewer) -> list[UUID]:
    """Let posts join the team, on the consent that names their units. Who is there already stays.

    Raises Refused, NotOpenToPost.
    """
    plan = writable(plan_id, by)
    here = stored.team(plan.id)
    joining = [post_id for post_id in dict.fromkeys(post_ids) if post_id not in here]
    gate.admit(consent_id=consent_id, post_ids=joining)
    if joining and families.families([plan.subject_id]):
        seen_by = ask.who_sees(by, verbs.SEE_AUDIENCE, plan.subject_id, DataKind.PLAN)
        policies.check_opened_by_all(joining, {post for post, answer in seen_by.items() if answer.sees})
    members = TeamMember.objects.bulk_create(
        TeamMember(
            id=uuid4(),
            plan_id=plan.id,
            subject_id=plan.subject_id,
            post_id=post_id,
            consent_id=consent_id,
            joined_on=by.now.date(),
        )
        for post_id in joining
    )
    posts = agencies.posts(joining)
    told = [facts.TeamMemberJoined(plan.subject_id, plan.id, posts[post].agency_kind) for post in joining]
    events.record(told, by=by.post_id, at=by.now)
    return [member.id for member in members]


@transaction.atomic
def set_goal(
    *,
    plan_id: UUID,
    life_domain: str,
    own_words: str,
    target: str,
    by_when: date | None,
    by: Viewer,
    whose: SetBy = SetBy.PERSON,
    about: UUID | None = None,
) -> UUID:
    """Write a goal, in the person's own words. about: whom of a family. Raises Refused, NothingWritten."""
    plan = writable(plan_id, by)
    subject_id = about_whom(plan, about, verbs.WRITE_PLAN, by)
    policies.check_written(own_words)
    goal = Goal.objects.create(
        id=uuid4(),
        plan_id=plan.id,
        subject_id=subject_id,
        life_domain=life_domain,
        set_by_id=by.post_id,
        whose=whose,
    )
    said = GoalVersion(own_words=own_words.strip(), target=target.strip(), by_when=by_when)
    _write_version(goal, said, version=1, by=by)
    return goal.id


@transaction.atomic
def revise_goal(
    *, goal_id: UUID, seen_version: int, own_words: str, target: str, by_when: date | None, by: Viewer
) -> int:
    """Write a goal anew, if it still is the version that was seen. Returns the new version.

    Raises Refused, StaleGoal, NothingWritten.
    """
    policies.check_written(own_words)
    goal, newest = _to_revise(goal_id, seen_version, by)
    said = GoalVersion(
        own_words=own_words.strip(),
        target=target.strip(),
        by_when=by_when,
        status=newest.status,
        why=newest.why,
    )
    return _write_version(goal, said, version=newest.version + 1, by=by)


@transaction.atomic
def set_goal_status(*, goal_id: UUID, seen_version: int, status: GoalStatus, why: str, by: Viewer) -> int:
    """A goal is reached, set aside for a reason, or taken up again. Returns the new version.

    Raises Refused, StaleGoal, StatusCannotFollow, ReasonMissing.
    """
    goal, newest = _to_revise(goal_id, seen_version, by)
    policies.check_goal_may_become(newest.status, status, why)
    said = GoalVersion(
        own_words=newest.own_words,
        target=newest.target,
        by_when=newest.by_when,
        status=status,
        why=why.strip(),
    )
    told = facts.GoalStatusSet(goal.subject_id, goal.plan_id, goal.id, goal.life_domain, status)
    events.record([told], by=by.post_id, at=by.now)
    return _write_version(goal, said, version=newest.version + 1, by=by)


@transaction.atomic
def state(*, plan_id: UUID, topic: str, text: str, by: Viewer, seen_version: int = 0) -> None:
    """Write what the plan says on a topic: dreams, strengths, needs. The words before stay as history.

    seen_version: how often something was written on it when the page was read; 0 for nothing yet. Raises
    Refused, NothingWritten, StaleStatement.
    """
    policies.check_written(text)
    Plan.objects.select_for_update().get(pk=plan_id)  # two editors take turns
    plan = writable(plan_id, by)
    stands = {row.topic: row for row in read(stored.STATEMENTS, [plan_id], StatementRow)}.get(topic)
    if (stands.version if stands else 0) != seen_version:
        raise StaleStatement(stands)
    written_at = clock.after(stands.written_at if stands else None, by.now)
    Statement.objects.create(
        id=uuid4(),
        plan_id=plan.id,
        subject_id=plan.subject_id,
        topic=topic,
        text=text.strip(),
        written_by_id=by.post_id,
        written_at=written_at,
    )


@transaction.atomic
def write_note(
    *, plan_id: UUID, kind: DataKind, text: str, by: Viewer, about: UUID | None = None, sealed: bool = False
) -> UUID:
    """Write one note; whoever law and consent allow sees it, or, sealed, the writer's unit and the person.

    about: whom of a family. Raises Refused, PlanIsClosed, NothingWritten.
    """
    plan = stored.plan(plan_id)
    subject_id = about_whom(plan, about, verbs.write_note(kind), by)
    policies.check_open(plan)
    policies.check_written(text)
    note = Note.objects.create(
        id=uuid4(),
        plan_id=plan.id,
        subject_id=subject_id,
        kind=int(kind),
        text=text.strip(),
        written_by_id=by.post_id,
        written_at=by.now,
        sealed_to_id=agencies.post(by.post_id).unit_id if sealed else None,
    )
    told = facts.NoteWritten(subject_id, plan.id, int(kind))
    events.record([told], by=by.post_id, at=by.now)
    return note.id


@transaction.atomic
def hold_review(*, plan_id: UUID, next_review: date, by: Viewer) -> None:
    """The plan was gone through today; the next review is set. Raises Refused, ReviewInThePast."""
    plan = writable(plan_id, by)
    policies.check_ahead(next_review, by.now.date())
    Plan.objects.filter(pk=plan_id).update(next_review=next_review)
    told = facts.PlanReviewed(plan.subject_id, plan.id, next_review)
    events.record([told], by=by.post_id, at=by.now)


@transaction.atomic
def close_plan(*, plan_id: UUID, reason: EndReason, situation: Situation, by: Viewer) -> None:
    """End the plan today, with its reason and what the person lives on and does now. Raises Refused."""
    plan = writable(plan_id, by)
    Plan.objects.filter(pk=plan_id).update(ends_before=by.now.date(), end_reason=reason)
    told = facts.PlanEnded(
        subject_id=plan.subject_id,
        plan_id=plan.id,
        ended_on=by.now.date(),
        reason=reason,
        support=situation.support,
        occupation=situation.occupation,
    )
    events.record([told], by=by.post_id, at=by.now)


def writable(plan_id: UUID, by: Viewer) -> StoredPlan:
    """An open plan that the viewer may write in. Raises Refused, PlanIsClosed, Plan.DoesNotExist."""
    plan = stored.plan(plan_id)
    ask.require(by, verbs.WRITE_PLAN, plan.subject_id)
    policies.check_open(plan)
    return plan


def about_whom(plan: StoredPlan, about: UUID | None, verb: Verb, by: Viewer) -> UUID:
    """Whom an item is about: the plan's subject, or some of its family. Raises Refused, NotOfThisFamily."""
    subject_id = plan.subject_id if about is None else about
    ask.require(by, verb, subject_id)
    if subject_id != plan.subject_id:
        found = families.families([plan.subject_id, subject_id])
        of_family = {member.person_id for member in found.get(plan.subject_id, ())}
        wanted = {member.person_id for member in found.get(subject_id, ())} or {subject_id}
        policies.check_of_family(wanted, of_family)
    return subject_id


def _to_revise(goal_id: UUID, seen_version: int, by: Viewer) -> tuple[Goal, GoalVersion]:
    """The goal and what it says, if that was seen; two editors take turns. Raises Refused, StaleGoal."""
    goal = Goal.objects.get(pk=goal_id)
    ask.require(by, verbs.WRITE_PLAN, goal.subject_id)
    Plan.objects.select_for_update().get(pk=goal.plan_id)
    ask.require(by, verbs.WRITE_PLAN, goal.subject_id)
    writable(goal.plan_id, by)
    newest = GoalVersion.objects.filter(goal=goal).order_by("-version")[0]
    if newest.version != seen_version:
        raise StaleGoal(newest_goal(goal_id))
    return goal, newest


def _write_version(goal: Goal, said: GoalVersion, *, version: int, by: Viewer) -> int:
    said.id, said.goal, said.subject_id, said.version = uuid4(), goal, goal.subject_id, version
    said.written_by_id, said.written_at = by.post_id, by.now
    said.save(force_insert=True)
    return version
