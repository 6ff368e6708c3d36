"""One calendar of a person or a family, as a worker may see it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samvirke.coordination import calendars
from samvirke.people import families
from samvirke.plan import queries as plans
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.calendar_parts import DAYS, first_of_week, week
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import WORKERS, page_for


@require_safe
@page_for(WORKERS)
def calendar(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """A week of it."""
    today = local_day(request.viewer.now)
    first = first_of_week(request.GET.get("week", ""), today)
    entries = calendars.of_plan(request.viewer, plan_id, first, DAYS)
    name, family = families.named(plans.subject_of(plan_id))
    parts = {"plan_id": plan_id, "name": name, "is_family": bool(family), "week": week(entries, first, today)}
    return render(request, "caseworker/calendar.html", parts)
