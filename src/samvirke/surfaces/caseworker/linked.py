"""The family around a plan: who is in it, whose plan may be opened, and what they want together."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samvirke.plan import linked
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import WORKERS, page_for


@require_safe
@page_for(WORKERS)
def family(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Each of its families."""
    parts = {"plan_id": plan_id, "families": linked.of_plan(request.viewer, plan_id)}
    return render(request, "caseworker/linked.html", parts)
