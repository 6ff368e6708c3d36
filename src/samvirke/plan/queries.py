"""What pages read of a plan. Each answer holds only what its viewer may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from samvirke.agencies.types import PostRow
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.reading import ids
from samvirke.gate.reading import rows as read
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Country, EndReason
from samvirke.kernel.gate_words import DataKind, kinds_in, mask_of
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.people.verbs import READ_FAMILY
from samvirke.plan import content, page_rows, policies, verbs
from samvirke.plan import rows as stored
from samvirke.plan.action_types import ActionRow
from samvirke.plan.models import Plan, TeamMember
from samvirke.plan.rows import UNDONE, StoredCase, StoredGoal, StoredPlan
from samvirke.plan.types import CoordinatorRow, GoalRow, NoteRow, PlanPage, Seats, WorklistRow

OLDEST_FIRST = "starts_on", F("ends_before").asc(nulls_last=True)  # of two of one day, the one that goes on
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


def subject_of(plan_id: UUID) -> UUID:
    """Whom a plan is about. Raises Plan.DoesNotExist."""
    return stored.plan(plan_id).subject_id


def partnership_of(plan_id: UUID) -> UUID:
    """The local partnership a plan is in. Raises Plan.DoesNotExist."""
    partnership_id: UUID = Plan.objects.values_list("partnership_id", flat=True).get(pk=plan_id)
    return partnership_id


def country_of(plan_id: UUID) -> Country:
    """Whose law and clocks a plan follows. Raises Plan.DoesNotExist."""
    return Country(stored.plan(plan_id).country)


def plan_of(subject_id: UUID) -> UUID | None:
    """The subject's newest plan, if there is one the viewer of this transaction may see."""
    return (
        Plan.objects.filter(subject_id=subject_id).order_by(*OLDEST_FIRST).values_list("id", flat=True).last()
    )


def has_open_plan(subject_id: UUID) -> bool:
    """Whether a plan of the subject's own is open, as the viewer of this transaction may see it."""
    return Plan.objects.filter(subject_id=subject_id, ends_before__isnull=True).exists()


def newest_plans(person_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Each person's newest plan, their own or their family's, as far as the viewer may see it."""
    around = families.with_circles(person_ids)
    found = Plan.objects.filter(subject__in=[subject for subject, _ in around]).order_by(*OLDEST_FIRST)
    newest = dict(found.values_list("subject_id", "id"))
    return {person_id: newest[subject] for subject, person_id in around if subject in newest}


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


def page(viewer: Viewer, plan_id: UUID, *, seats: Seats) -> PlanPage:
    """One plan, as the viewer may see it. Raises Refused, Plan.DoesNotExist."""
    plan = stored.plan(plan_id)
    opened = ask.require(viewer, verbs.READ_PLAN, plan.subject_id)
    name, family = families.named(plan.subject_id)
    rows = page_rows.of_plan(viewer, plan, opened.reads, name, family, seats)
    coordinator = CoordinatorRow.of(seats, rows.posts)
    there = [member for member in rows.members.values() if member.left_on is None]
    team = tuple(page_rows.team_row(rows, one, coordinator) for one in there if one.post_id is not None)
    goals = tuple(
        sorted(
            (page_rows.goal_row(goal, rows.about(goal)) for goal in rows.goals),
            key=lambda row: not row.is_active,
        )
    )
    may_write = _note_kinds(viewer, plan, opened.writes)
    actions = tuple(
        page_rows.action_row(rows, action, viewer.post_id, may_write, is_open=plan.ends_before is None)
        for action in rows.actions
    )
    notes = tuple(page_rows.note_row(rows, note) for note in rows.notes)
    statements = tuple(rows.statements)
    shown = DataKind.PLAN | _mask([*actions, *notes])
    moments = [*(one.written_at for one in notes), *(one.written_at for one in statements)]
    dated = [at.date() for at in moments]
    audit.note(viewer, verbs.READ_PLAN, subject_ids=[plan.subject_id], basis="", kinds=shown, dated=dated)
    _note_family(viewer, rows.others | {member.person_id for member in family}, shown, dated)
    found = content.keys(
        plan,
        goals,
        actions,
        statements,
        has_team=bool(team),
        consents=ask.consents([plan.subject_id]),
        now=viewer.now,
    )
    governed_on = viewer.now.date() if plan.ends_before is None else plan.ends_before
    return PlanPage(
        plan_id=plan.id,
        subject_id=plan.subject_id,
        person_name=name,
        country=Country(plan.country),
        kinds=tuple(plan.kinds),
        status=policies.status(plan),
        starts_on=plan.starts_on,
        ends_before=plan.ends_before,
        next_review=plan.next_review,
        coordinator=coordinator,
        team=team,
        goals=goals,
        actions=actions,
        statements=statements,
        notes=notes,
        content_checks=tuple(
            content.check(kind, found, on=governed_on, exempt_from=plan.exempt_from) for kind in plan.kinds
        ),
        may_write_kinds=may_write,
        family=family,
        own_side=tuple(page_rows.own_side_row(rows, one) for one in there if one.post_id is None),
        may_read_conditions=DataKind.ECONOMY in opened.reads and not family,
    )


def addressed(subject_ids: Iterable[UUID]) -> list[UUID]:
    """Ids that an address may name about these subjects, as far as the viewer may see them."""
    return ids(stored.ADDRESSED, subject_ids)


def family_plans(viewer: Viewer) -> list[UUID]:
    """The newest plan of each family the citizen is in, as far as the viewer may see them."""
    found = [plan_of(circle) for circle in families.circles_of(people.myself(viewer))]
    return [plan_id for plan_id in found if plan_id is not None]


def end_reason(plan_id: UUID) -> EndReason | None:
    """Why a plan ended; None while it goes on, and for whom may not see it."""
    found = Plan.objects.filter(pk=plan_id).values_list("end_reason", flat=True).first()
    return EndReason(found) if found else None


def teams(plan_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, UUID]]:
    """Who is in the teams now: by plan, each post's consent; as the viewer of this transaction sees it."""
    found: dict[UUID, dict[UUID, UUID]] = {plan_id: {} for plan_id in plan_ids}
    members = TeamMember.objects.filter(plan_id__in=list(found), left_on__isnull=True, post__isnull=False)
    for plan_id, post_id, consent_id in members.values_list("plan_id", "post_id", "consent_id"):
        found[plan_id][post_id] = consent_id
    return found


def worklist(viewer: Viewer, coordinators: dict[UUID, PostRow]) -> list[WorklistRow]:
    """The open plans whose team the viewer is in, nearest review first; each is logged as read.

    coordinators: by plan.
    """
    mine = Q(team__post_id=viewer.post_id, team__left_on__isnull=True)
    found = ask.visible(viewer, verbs.READ_PLAN, Plan.objects.filter(mine, ends_before__isnull=True))
    which = {
        "plans": list(found.values_list("id", flat=True)),
        "post": viewer.post_id,
        "undone": list(UNDONE),
    }
    plans = read(stored.CASES, which, StoredCase)
    names = families.titles({plan.subject_id for plan in plans})
    circles = families.families(names)
    shown = DataKind.IDENTITY | DataKind.PLAN
    audit.note(viewer, verbs.READ_PLAN, subject_ids=list(names), basis="consent", kinds=shown)
    _note_family(viewer, {member.person_id for circle in circles.values() for member in circle}, shown)
    return [
        WorklistRow(
            plan_id=plan.id,
            subject_id=plan.subject_id,
            person_name=names[plan.subject_id],
            kinds=tuple(plan.kinds),
            next_review=plan.next_review,
            coordinator=coordinators[plan.id].title if plan.id in coordinators else "",
            open_actions=plan.open_actions,
            last_contact=plan.last_note.date() if plan.last_note else None,
            coordinator_kind=coordinators[plan.id].agency_kind if plan.id in coordinators else "",
            is_family=plan.subject_id in circles,
        )
        for plan in plans
        if plan.subject_id in names  # not where the consent was withdrawn just now
    ]


def newest_goal(goal_id: UUID) -> GoalRow:
    """A goal as it stands now."""
    (goal,) = read(stored.GOAL, [goal_id], StoredGoal)
    return page_rows.goal_row(goal)


def _note_family(
    viewer: Viewer, person_ids: Iterable[UUID], shown: DataKind, dated: Iterable[date] = ()
) -> None:
    """A read of a family's plan stands in the log of each member; who in the family reads it does not."""
    if not viewer.is_citizen:
        audit.note(viewer, READ_FAMILY, subject_ids=person_ids, basis="circle", kinds=shown, dated=dated)


def _mask(rows: list[ActionRow | NoteRow]) -> DataKind:
    return mask_of(row.kind for row in rows)


def _note_kinds(viewer: Viewer, plan: StoredPlan, writable: DataKind) -> tuple[DataKind, ...]:
    """Kinds of which this viewer may write a note. The person writes wishes and goals, not case notes."""
    if viewer.is_citizen or plan.ends_before is not None:
        return ()
    return tuple(kinds_in(writable & NOTE_KINDS))
