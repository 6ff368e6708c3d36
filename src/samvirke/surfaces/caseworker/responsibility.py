"""Who answers for what around a plan, and whom to ask today; to be read, never an access of its own."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samvirke.coordination import queries as coordination
from samvirke.coordination import responsibility
from samvirke.plan import commitments_read
from samvirke.plan import queries as plans
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.mandate_page import mandate_page


@require_safe
@page_for(WORKERS)
def of_plan(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """What the agreements in force say, for the plan's partnership."""
    parts = {
        "divisions": responsibility.of_plan(request.viewer, plan_id),
        "kept": commitments_read.kept(request.viewer, plans.partnership_of(plan_id)),
        "authority": responsibility.authority_on(request.viewer, plan_id),
        "plan_id": plan_id,
    }
    return render(request, "caseworker/responsibility.html", parts)


@require_safe
@page_for(WORKERS)
def of_coordinator(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """What the coordinator of the plan has to do, may ask for, and may decide."""
    page = coordination.plan_page(request.viewer, plan_id)
    return mandate_page(request, page, back=reverse("plan", args=[plan_id]))
