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
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import families
from samvirke.people import queries as people
from samvirke.plan import queries as plan
from samvirke.plan.types import CoordinatorRow, PlanPage, WorklistRow


def plan_page(viewer: Viewer, plan_id: UUID) -> PlanPage:
    """One plan with its coordinator, as the viewer may see it. Raises Refused, Duty.DoesNotExist."""
    return plan.page(viewer, plan_id, coordinator=coordinator(plan_id, viewer.now.date()))


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


def coordinator(plan_id: UUID, today: date) -> CoordinatorRow:
    """Who coordinates the plan today, and who steps in. Raises Duty.DoesNotExist."""
    turn = (
        Turn.objects.filter(duty__plan_id=plan_id, starts_on__lte=today)
        .select_related("duty", "post__unit__agency", "deputy__unit__agency")
        .order_by("-starts_on")
        .first()
    )
    if turn is None:
        raise Duty.DoesNotExist
    waiting = (
        Handover.objects.filter(duty_id=turn.duty_id, accepted_at__isnull=True)
        .select_related("to_post__unit__agency")
        .order_by("-offered_at")
        .first()
    )
    seats = [turn.post, turn.deputy, *([waiting.to_post] if waiting else [])]
    posts = people.known(turn.subject_id, {post.pk: agencies.row_of(post) for post in seats})
    return CoordinatorRow(
        post_id=turn.post_id,
        post_title=posts[turn.post_id].title,
        unit_name=posts[turn.post_id].unit_name,
        deputy_title=posts[turn.deputy_id].title,
        since=turn.starts_on,
        waiting_for=posts[waiting.to_post_id].title if waiting else "",
        role=turn.duty.role,
        agency_kind=posts[turn.post_id].agency_kind,
        deputy_kind=posts[turn.deputy_id].agency_kind,
        waiting_kind=posts[waiting.to_post_id].agency_kind if waiting else "",
    )


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
