"""What those who help have promised each other about the person, for the person to read."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samvirke.plan import commitments_read, queries
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import CITIZENS, page_for


@require_safe
@page_for(CITIZENS)
def my_commitments(request: SignedInRequest) -> HttpResponse:
    """All of it, with who promised what, by when, and what came of it."""
    own = queries.my_plan(request.viewer)
    plans = [*([own] if own else []), *queries.family_plans(request.viewer)]
    if not plans:
        raise Http404
    parts = [commitments_read.of_plan(request.viewer, plan_id) for plan_id in plans]
    return render(request, "citizen/commitments.html", {"parts": parts})
