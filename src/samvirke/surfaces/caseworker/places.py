"""The protected places around a plan, for those admitted: a page of its own, never beside the plan."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samvirke.coordination import queries as coordination
from samvirke.people import levels, places
from samvirke.people.types import WhereaboutsRow
from samvirke.plan.types import PlanPage
from samvirke.statutes import queries as statutes
from samvirke.statutes.telling import ToldTo
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.place_forms import RenewForm, too_long


@dataclass(frozen=True, slots=True)
class Protected:
    """One person of the plan whose place the viewer may know."""

    person_id: UUID
    name: str
    found: WhereaboutsRow
    told_to: ToldTo  # whom the level lets the viewer tell
    form: RenewForm


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def plan_places(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Where they are; a POST renews or lifts one protection."""
    page = coordination.plan_page(request.viewer, plan_id)
    names = plan_names(page)
    known = [row.person_id for row in places.protections(request.viewer, names)]
    if not known:
        raise Http404
    if request.method != "POST":
        return _shown(request, page, known, None)
    person_id = next((one for one in known if str(one) == request.POST.get("person")), None)
    step = request.POST.get("step")
    if person_id is None or step not in {"renew", "lift"}:
        return redirect("plan_places", plan_id)
    form = _form(person_id, request)
    try:
        if step == "lift":
            places.lift_protection(person_id=person_id, by=request.viewer)
        elif form.is_valid():
            places.renew_protection(person_id=person_id, by=request.viewer, **form.cleaned_data)
        else:
            return _shown(request, page, known, (person_id, form))
    except places.DayHasBeen:
        form.add_error("expires_on", _("The day has been already. Choose a day ahead."))
        return _shown(request, page, known, (person_id, form))
    except levels.LastsTooLong as problem:
        form.add_error("expires_on", too_long(problem))
        return _shown(request, page, known, (person_id, form))
    messages.success(request, _("It is saved. The person sees it now."))
    return redirect("plan", plan_id)


def plan_names(page: PlanPage) -> dict[UUID, str]:
    """The persons a plan is about."""
    family = {member.person_id: member.name for member in page.family}
    return family or {page.subject_id: page.person_name}


def _form(person_id: UUID, request: SignedInRequest | None = None) -> RenewForm:
    return RenewForm(request.POST if request else None, auto_id=f"id_{person_id}_%s")


def _shown(
    request: SignedInRequest, page: PlanPage, known: list[UUID], sent: tuple[UUID, RenewForm] | None
) -> HttpResponse:
    names = plan_names(page)
    rows = []
    for person_id in known:
        found = places.whereabouts(request.viewer, person_id)
        form = sent[1] if sent and sent[0] == person_id else _form(person_id)
        if found is not None:
            level = statutes.protection_level(found.level, on=request.viewer.now.date())
            rows.append(Protected(person_id, names[person_id], found, level.told_to, form))
    parts = {"page": page, "rows": rows, "form": sent[1] if sent else None}
    return render(request, "caseworker/protected_places.html", parts, status=422 if sent else 200)
