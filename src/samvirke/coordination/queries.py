"""Who coordinates, and the plan page with that on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.coordination import verbs
from samvirke.coordination.models import Duty, Handover, Turn
from samvirke.coordination.types import OfferRow
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.access import Role
from samvirke.gate.reading import rows
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import queries as plan
from samvirke.plan.types import CoordinatorRow, PlanPage, Seats, WorklistRow

SEATS = """
SELECT d.subject_id, d.role, t.starts_on, t.post_id, t.deputy_id, (
    SELECT h.to_post_id FROM coordination_handover h WHERE h.duty_id = d.id AND h.accepted_at IS NULL
    ORDER BY h.offered_at DESC LIMIT 1)
FROM coordination_duty d JOIN coordination_turn t ON t.duty_id = d.id
WHERE d.plan_id = %s AND t.starts_on <= %s ORDER BY t.starts_on DESC LIMIT 1
"""


def plan_page(viewer: Viewer, plan_id: UUID) -> PlanPage:
    """One plan with its coordinator, as the viewer may see it. Raises Refused, Duty.DoesNotExist."""
    return plan.page(viewer, plan_id, seats=_seats(plan_id, viewer.now.date()))


def my_plan(viewer: Viewer) -> PlanPage | None:
    """The citizen's own plan, or None before there is one. Raises Refused."""
    plan_id = plan.my_plan(viewer)
    return None if plan_id is None else plan_page(viewer, plan_id)


def family_plans(viewer: Viewer) -> list[PlanPage]:
    """The plans of the citizen's families, as this one of the family may see them."""
    return [plan_page(viewer, plan_id) for plan_id in plan.family_plans(viewer)]


def worklist(viewer: Viewer) -> list[WorklistRow]:
    """The viewer's plans, each with who coordinates it."""
    duties = ask.visible(viewer, verbs.READ_OFFERS, Duty.objects.filter(closed_on__isnull=True))
    return plan.worklist(viewer, _coordinators(list(duties), viewer.now.date()))


def offers(viewer: Viewer) -> list[OfferRow]:
    """Duties offered to the viewer's post and not yet answered, oldest first; each is logged as read."""
    waiting = Handover.objects.filter(
        to_post_id=viewer.post_id, accepted_at__isnull=True, duty__closed_on__isnull=True
    )
    found = list(
        ask.visible(viewer, verbs.READ_OFFERS, waiting).select_related("duty__unit").order_by("offered_at")
    )
    names = families.titles({offer.subject_id for offer in found})
    shown = DataKind.IDENTITY | DataKind.PLAN
    audit.note(viewer, verbs.READ_OFFERS, subject_ids=list(names), basis="consent", kinds=shown)
    return [
        OfferRow(
            handover_id=offer.id,
            plan_id=offer.duty.plan_id,
            person_name=names[offer.subject_id],
            unit_name=offer.duty.unit.name,
            offered_at=offer.offered_at,
        )
        for offer in found
    ]


def may_coordinate(viewer: Viewer, plan_id: UUID) -> list[PostRow]:
    """The coordinators of the unit whose duty it is. Raises Refused, Duty.DoesNotExist."""
    duty = Duty.objects.get(plan_id=plan_id)
    ask.require(viewer, verbs.HAND_OVER, duty.subject_id)
    return coordinators_of(duty.unit_id)


def coordinators_of(unit_id: UUID) -> list[PostRow]:
    """The posts of a unit that coordinate plans, by title."""
    of_role = {post.id for post in agencies.posts_of(unit_id) if post.role is Role.COORDINATOR}
    return [post for post in agencies.workers_in([unit_id]) if post.post_id in of_role]


def coordinator(plan_id: UUID, today: date) -> CoordinatorRow:
    """Who coordinates the plan today, and who steps in. Raises Duty.DoesNotExist."""
    seats = _seats(plan_id, today)
    return CoordinatorRow.of(seats, people.posts_around(seats.subject_id, seats.posts))


def _seats(plan_id: UUID, today: date) -> Seats:
    for seats in rows(SEATS, [plan_id, today], Seats):
        return seats
    raise Duty.DoesNotExist


def _coordinators(duties: list[Duty], today: date) -> dict[UUID, PostRow]:
    """Who coordinates each plan; all in a few queries, and post by post only around those hidden."""
    plans = {duty.id: duty.plan_id for duty in duties}
    turns = list(_current(plans, today))
    posts = agencies.posts(turn.post_id for turn in turns)
    near = ask.near_hidden({turn.subject_id for turn in turns})
    found = {}
    for turn in turns:
        around = people.posts_around(turn.subject_id, [turn.post_id]) if turn.subject_id in near else posts
        found[plans[turn.duty_id]] = around[turn.post_id]
    return found


def _current(duty_ids: Iterable[UUID], today: date) -> Iterable[Turn]:
    return (
        Turn.objects.filter(duty_id__in=list(duty_ids), starts_on__lte=today)
        .order_by("duty_id", "-starts_on")
        .distinct("duty_id")
    )
