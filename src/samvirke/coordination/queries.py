"""Who coordinates, and the plan page with that on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.coordination import absences, meetings, policies, verbs
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

# With who of coordinator, deputy and the unit's leader is away today, and who of them is in the team.
SEATS = """
SELECT d.subject_id, d.role, t.starts_on, t.post_id, t.deputy_id, l.id, (
    SELECT h.to_post_id FROM coordination_handover h WHERE h.duty_id = d.id AND h.accepted_at IS NULL
    ORDER BY h.offered_at DESC LIMIT 1), (
    SELECT a.back_on FROM coordination_absence a
    WHERE d.closed_on IS NULL AND a.post_id = t.post_id
      AND a.away_from <= %(today)s AND %(today)s < a.back_on LIMIT 1), ARRAY (
    SELECT a.post_id FROM coordination_absence a
    WHERE a.post_id = ANY (ARRAY[t.post_id, t.deputy_id, l.id])
      AND a.away_from <= %(today)s AND %(today)s < a.back_on), ARRAY (
    SELECT m.post_id FROM plan_teammember m
    WHERE m.plan_id = d.plan_id AND m.left_on IS NULL
      AND m.post_id = ANY (ARRAY[t.post_id, t.deputy_id, l.id]))
FROM coordination_duty d JOIN coordination_turn t ON t.duty_id = d.id
LEFT JOIN agencies_post l ON l.unit_id = d.unit_id AND l.is_leader
WHERE d.plan_id = %(plan)s AND t.starts_on <= %(today)s ORDER BY t.starts_on DESC LIMIT 1
"""


class _Stored(NamedTuple):
    """What the tables hold of a plan's seats on a day."""

    subject_id: UUID
    role: str
    since: date
    post_id: UUID
    deputy_id: UUID
    leader_id: UUID | None
    waiting_id: UUID | None
    back_on: date | None
    away: list[UUID]
    in_team: list[UUID]

    @property
    def acting_id(self) -> UUID | None:
        """Who acts while the coordinator is away; where nobody can, the last of them answers for it."""
        if self.back_on is None:
            return None
        seats = (self.post_id, self.deputy_id, self.leader_id)
        chain = list(dict.fromkeys(seat for seat in seats if seat is not None))
        return policies.acting(chain, self.away, self.in_team) or chain[-1]


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
    found = _coordinators(list(duties), viewer.now.date())
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
    ]


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
    for found in rows(SEATS, {"plan": plan_id, "today": today}, _Stored):
        return Seats(
            subject_id=found.subject_id,
            role=found.role,
            since=found.since,
            post_id=found.post_id,
            deputy_id=found.deputy_id,
            waiting_id=found.waiting_id,
            acting_until=found.back_on,
            acting_id=found.acting_id,
        )
    raise Duty.DoesNotExist


def acting(duties: Sequence[Duty], today: date) -> dict[UUID, UUID]:
    """Who acts as coordinator, by plan; of ended plans, who would."""
    return {plan_id: one.now.post_id for plan_id, one in _coordinators(duties, today).items()}


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


def _coordinators(duties: Sequence[Duty], today: date) -> dict[UUID, _Coordinators]:
    """Who acts on each plan; all in a few queries, and post by post only around those hidden."""
    turns = (
        Turn.objects.filter(duty_id__in=[duty.id for duty in duties], starts_on__lte=today)
        .annotate(back_on=absences.back_again(today))
        .select_related("duty")
        .order_by("duty_id", "-starts_on")
        .distinct("duty_id")
    )
    acting = absences.acting_for({turn: turn.back_on for turn in turns}, today)
    posts = agencies.posts(
        [turn.post_id for turn in turns] + [stand_in.post_id for stand_in in acting.values()]
    )
    near = ask.near_hidden({turn.subject_id for turn in turns})
    found = {}
    for turn in turns:
        stand_in = acting.get(turn.id)
        seats = [turn.post_id, *([stand_in.post_id] if stand_in else [])]
        around = people.posts_around(turn.subject_id, seats) if turn.subject_id in near else posts
        found[turn.duty.plan_id] = _Coordinators(
            now=around[seats[-1]],
            stands_in_for=around[turn.post_id] if stand_in else None,
            until=stand_in.until if stand_in else None,
        )
    return found
