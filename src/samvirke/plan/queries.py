"""What pages read of a plan. Each answer holds only what its viewer may see."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Max, Q

from samvirke.agencies import queries as agencies
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind, kinds_in
from samvirke.people import queries as people
from samvirke.plan import content, verbs
from samvirke.plan.models import Action, Goal, GoalVersion, Note, Plan, Statement, TeamMember
from samvirke.plan.types import (
    ActionRow,
    AudienceRow,
    CoordinatorRow,
    GoalRow,
    NoteRow,
    PlanPage,
    StatementRow,
    TeamRow,
    WorklistRow,
)

UNDONE = ("planned", "in_progress")
NOTE_KINDS = (
    DataKind.PLAN
    | DataKind.EMPLOYMENT
    | DataKind.EDUCATION
    | DataKind.ECONOMY
    | DataKind.HOUSING
    | DataKind.HEALTH
    | DataKind.SOCIAL
    | DataKind.NETWORK
)


def plan_of(subject_id: UUID) -> UUID | None:
    """The subject's newest plan, if there is one the viewer of this transaction may see."""
    return (
        Plan.objects.filter(subject_id=subject_id).order_by("-starts_on").values_list("id", flat=True).first()
    )


def my_plan(viewer: Viewer) -> UUID | None:
    """The citizen's own plan. Raises Refused."""
    person_id = people.myself(viewer)
    ask.require(viewer, verbs.READ_PLAN, person_id)
    return plan_of(person_id)


def open_kinds(subject_id: UUID) -> tuple[str, ...]:
    """The kinds of the subject's open plan; empty without one that the viewer of this transaction may see."""
    kinds = Plan.objects.filter(subject_id=subject_id, ends_before__isnull=True).values_list(
        "kinds", flat=True
    )
    return tuple(kinds.first() or ())


def page(viewer: Viewer, plan_id: UUID, *, coordinator: CoordinatorRow) -> PlanPage:
    """One plan, as the viewer may see it. Raises Refused, Plan.DoesNotExist."""
    plan = Plan.objects.get(pk=plan_id)
    opened = ask.require(viewer, verbs.READ_PLAN, plan.subject_id)
    person = people.persons({plan.subject_id})[plan.subject_id]
    members = _members(plan)
    team = tuple(_team_row(member, coordinator) for member in members if member.left_on is None)
    goals = _goals(plan)
    actions = _actions(plan, members, opened.reads, viewer)
    notes = _notes(plan, opened.reads)
    statements = _statements(plan)
    shown = DataKind.PLAN | _mask([*actions, *notes])
    audit.note(viewer, verbs.READ_PLAN, subject_ids=[plan.subject_id], basis="", kinds=shown)
    found = content.keys(
        plan,
        goals,
        actions,
        statements,
        has_team=bool(team),
        consents=ask.consents([plan.subject_id]),
        now=viewer.now,
    )
    return PlanPage(
        plan_id=plan.id,
        subject_id=plan.subject_id,
        person_name=people.name_of(person),
        kinds=tuple(plan.kinds),
        status="active" if plan.ends_before is None else "closed",
        starts_on=plan.starts_on,
        ends_before=plan.ends_before,
        next_review=plan.next_review,
        coordinator=coordinator,
        team=team,
        goals=goals,
        actions=actions,
        statements=statements,
        notes=notes,
        content_checks=tuple(content.check(kind, found) for kind in plan.kinds),
        may_write_kinds=_note_kinds(viewer, plan, opened.writes),
    )


def worklist(viewer: Viewer, coordinators: dict[UUID, str]) -> list[WorklistRow]:
    """The open plans whose team the viewer is in, nearest review first; each is logged as read.

    coordinators: post titles by plan.
    """
    mine = Q(team__post_id=viewer.post_id, team__left_on__isnull=True)
    found = (
        ask.visible(viewer, verbs.READ_PLAN, Plan.objects.filter(mine, ends_before__isnull=True))
        .annotate(
            open_actions=Count(
                "actions",
                distinct=True,
                filter=Q(actions__status__in=UNDONE, actions__accountable_member__post_id=viewer.post_id),
            ),
            last_note=Max("notes__written_at"),
        )
        .order_by("next_review", "id")
    )
    plans = list(found)
    persons = people.persons({plan.subject_id for plan in plans})
    shown = DataKind.IDENTITY | DataKind.PLAN
    audit.note(viewer, verbs.READ_PLAN, subject_ids=list(persons), basis="consent", kinds=shown)
    return [
        WorklistRow(
            plan_id=plan.id,
            person_name=people.name_of(persons[plan.subject_id]),
            kinds=tuple(plan.kinds),
            next_review=plan.next_review,
            coordinator=coordinators.get(plan.id, ""),
            open_actions=plan.open_actions,
            last_contact=plan.last_note.date() if plan.last_note else None,
        )
        for plan in plans
    ]


def audience(viewer: Viewer, plan_id: UUID, kind: DataKind) -> list[AudienceRow]:
    """Who around the person sees what is written of this kind, and why. Raises Refused, Plan.DoesNotExist."""
    plan = Plan.objects.get(pk=plan_id)
    answers = ask.who_sees(viewer, verbs.SEE_AUDIENCE, plan.subject_id, kind)
    posts = agencies.posts(answers)
    person = people.persons({plan.subject_id})[plan.subject_id]
    rows = [
        AudienceRow(
            who=posts[holder].title if holder in posts else people.name_of(person),
            agency_name=posts[holder].agency_name if holder in posts else "",
            sees=answer.sees,
            reason=answer.reason,
        )
        for holder, answer in answers.items()
        if holder in posts or holder == person.citizen_id
    ]
    return sorted(rows, key=lambda row: (bool(row.agency_name), row.agency_name, row.who))


def newest_goal(goal: Goal) -> GoalRow:
    """A goal as it stands now."""
    return _goal_row(goal, GoalVersion.objects.filter(goal=goal).order_by("-version")[0])


def _members(plan: Plan) -> list[TeamMember]:
    """Everybody who is or was in the team: who left may still stand as accountable for what is done."""
    found = TeamMember.objects.filter(plan=plan).select_related("post__unit__agency")
    return list(found.order_by("joined_on", "id"))


def _team_row(member: TeamMember, coordinator: CoordinatorRow) -> TeamRow:
    post = member.post
    return TeamRow(
        member_id=member.id,
        post_title=post.title,
        unit_name=post.unit.name,
        agency_name=post.unit.agency.name,
        is_coordinator=member.post_id == coordinator.post_id,
        since=member.joined_on,
    )


def _goals(plan: Plan) -> tuple[GoalRow, ...]:
    newest = (
        GoalVersion.objects.filter(goal__plan=plan)
        .select_related("goal")
        .order_by("goal_id", "-version")
        .distinct("goal_id")
    )
    return tuple(_goal_row(version.goal, version) for version in newest)


def _goal_row(goal: Goal, version: GoalVersion) -> GoalRow:
    return GoalRow(
        goal_id=goal.id,
        version=version.version,
        own_words=version.own_words,
        life_domain=goal.life_domain,
        target=version.target,
        by_when=version.by_when,
    )


def _actions(plan: Plan, members: list[TeamMember], kinds: DataKind, viewer: Viewer) -> tuple[ActionRow, ...]:
    accountable = {member.id: member for member in members}
    found = Action.objects.filter(plan=plan).order_by("due_on", "id")
    return tuple(
        _action_row(action, accountable[action.accountable_member_id], viewer)
        for action in found
        if action.kind & kinds
    )


def _action_row(action: Action, member: TeamMember, viewer: Viewer) -> ActionRow:
    return ActionRow(
        action_id=action.id,
        goal_id=action.goal_id,
        what=action.what,
        how=action.how,
        extent=action.extent,
        accountable=member.post.title,
        accountable_agency=member.post.unit.agency.name,
        kind=DataKind(action.kind),
        standing=action.standing,
        decision_reference=action.decision_reference,
        status=action.status,
        starts_on=action.starts_on,
        due_on=action.due_on,
        is_mine=member.post_id == viewer.post_id,
    )


def _notes(plan: Plan, kinds: DataKind) -> tuple[NoteRow, ...]:
    found = Note.objects.filter(plan=plan).select_related("written_by__unit__agency").order_by("-written_at")
    return tuple(
        NoteRow(
            note_id=note.id,
            kind=DataKind(note.kind),
            text=note.text,
            written_at=note.written_at,
            author=note.written_by.title,
            agency_name=note.written_by.unit.agency.name,
        )
        for note in found
        if note.kind & kinds
    )


def _statements(plan: Plan) -> tuple[StatementRow, ...]:
    newest = Statement.objects.filter(plan=plan).order_by("topic", "-written_at").distinct("topic")
    return tuple(StatementRow(row.topic, row.text, row.written_at) for row in newest)


def _mask(rows: list[ActionRow | NoteRow]) -> DataKind:
    mask = DataKind(0)
    for row in rows:
        mask |= row.kind
    return mask


def _note_kinds(viewer: Viewer, plan: Plan, writable: DataKind) -> tuple[DataKind, ...]:
    """Kinds of which this viewer may write a note. The person writes wishes and goals, not case notes."""
    if viewer.is_citizen or plan.ends_before is not None:
        return ()
    return tuple(kinds_in(writable & NOTE_KINDS))
