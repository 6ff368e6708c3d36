"""Who coordinates, and the plan page with that on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.coordination import meetings, verbs
from samvirke.coordination import rows as stored
from samvirke.coordination.models import Duty, Handover
from samvirke.coordination.types import OfferRow
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.access import Role
from samvirke.gate.reading import ids
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import queries as plan
from samvirke.plan.types import CoordinatorRow, PlanPage, Seats, WorklistRow

ADDRESSED = """
SELECT id FROM coordination_handover WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM coordination_meeting WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM coordination_followup WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM coordination_changewish WHERE subject_id = ANY (%(about)s)
UNION ALL SELECT id FROM coordination_proposal WHERE subject_id = ANY (%(about)s)
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
    """The viewer's plans, each with who coordinates it now, and for whom where that post stands in."""
    duties = ask.visible(viewer, verbs.READ_OFFERS, Duty.objects.filter(closed_on__isnull=True))
    found = _coordinators(duties.values_list("id", flat=True), viewer.now.date())
    rows = plan.worklist(viewer, {plan_id: one.now for plan_id, one in found.items()})
    met = meetings.last_met(viewer)
    return [_with_stand_in(_with_contact(row, met), found.get(row.plan_id), viewer) for row in rows]


def offers(viewer: Viewer) -> list[OfferRow]:
    """Duties offered to the viewer's post and not yet answered, oldest first; each is logged as read."""
    waiting = Handover.objects.filter(
        to_post_id=viewer.post_id, accepted_at__isnull=True, duty__closed_on__isnull=True
    )
    found = list(
        ask.visible(viewer, verbs.READ_OFFERS, waiting)
        .select_related("duty__unit__agency")
        .order_by("offered_at")
    )
    near = ask.near_hidden({offer.subject_id for offer in found}) if found else frozenset()
    names = families.titles({offer.subject_id for offer in found})
    shown = DataKind.IDENTITY | DataKind.PLAN
    audit.note(viewer, verbs.READ_OFFERS, subject_ids=list(names), basis="consent", kinds=shown)
    return [
        OfferRow(
            handover_id=offer.id,
            plan_id=offer.duty.plan_id,
            person_name=names[offer.subject_id],
            unit_name=_named_unit(viewer, offer, near),
            offered_at=offer.offered_at,
            agency_kind=offer.duty.unit.agency.kind,
        )
        for offer in found
        if offer.subject_id in names  # not where the consent was withdrawn just now
    ]


def addressed(subject_ids: Iterable[UUID]) -> list[UUID]:
    """Ids that an address may name about these subjects, as far as the viewer may see them."""
    return ids(ADDRESSED, subject_ids)


def _named_unit(viewer: Viewer, offer: Handover, near: frozenset[UUID]) -> str:
    """The unit that offers the duty; of a protected person or their family, only the viewer's own."""
    unit = offer.duty.unit
    return "" if offer.subject_id in near and unit.pk not in viewer.holders else unit.name


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
    found = stored.seats(plan_id, today)
    if found is None:
        raise Duty.DoesNotExist
    goes_on = found.closed_on is None
    return Seats(
        subject_id=found.subject_id,
        role=found.role,
        since=found.since,
        post_id=found.post_id,
        deputy_id=found.deputy_id,
        waiting_id=found.waiting_id,
        acting_until=found.back_on if goes_on else None,
        acting_id=found.acting_id if goes_on else None,
    )


def acting(duty_ids: Collection[UUID], today: date) -> dict[UUID, UUID]:
    """Who acts as coordinator, by plan; of ended plans, who would."""
    return {plan_id: one.now.post_id for plan_id, one in _coordinators(duty_ids, today).items()}


def acting_post(plan_id: UUID, today: date) -> UUID:
    """The post that coordinates the plan today, or stands in. Raises Duty.DoesNotExist."""
    seats = _seats(plan_id, today)
    return seats.acting_id or seats.post_id


@dataclass(frozen=True, slots=True)
class _Coordinators:
    """Who acts on a plan now, and for whom until when, where that post stands in."""

    now: PostRow
    stands_in_for: PostRow | None
    until: date | None


def _with_contact(row: WorklistRow, met: Mapping[UUID, date]) -> WorklistRow:
    """A meeting in which the person was is a contact, as a note is."""
    days = [day for day in (row.last_contact, met.get(row.plan_id)) if day is not None]
    return dataclasses.replace(row, last_contact=max(days, default=None))


def _with_stand_in(row: WorklistRow, found: _Coordinators | None, viewer: Viewer) -> WorklistRow:
    if found is None or found.stands_in_for is None:
        return row
    return dataclasses.replace(
        row,
        stands_in_until=found.until,
        stands_in_for=found.stands_in_for.title,
        stands_in_for_kind=found.stands_in_for.agency_kind,
        i_stand_in=found.now.post_id == viewer.post_id,
    )


def _coordinators(duty_ids: Collection[UUID], today: date) -> dict[UUID, _Coordinators]:
    """Who acts on each plan; all in a few queries, and post by post only around those hidden."""
    found = stored.seats_of(duty_ids, today)
    acting = {one.plan_id: one.acting_id for one in found}
    wanted = {one.post_id for one in found} | {seat for seat in acting.values() if seat is not None}
    posts, near = agencies.posts(wanted), ask.near_hidden({one.subject_id for one in found})
    coordinators = {}
    for one in found:
        stand_in = acting[one.plan_id]
        seats = [one.post_id, *([stand_in] if stand_in else [])]
        around = people.posts_around(one.subject_id, seats) if one.subject_id in near else posts
        coordinators[one.plan_id] = _Coordinators(
            now=around[seats[-1]],
            stands_in_for=around[one.post_id] if stand_in else None,
            until=one.back_on,
        )
    return coordinators
