"""Why somebody sees something of a plan, or does not."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samvirke.coordination import queries as coordination
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import FORM
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.explain_page import explain_page


@require_http_methods(FORM)
@page_for(WORKERS)
def explain(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """For those around the person; asking is logged."""
    page = coordination.plan_page(request.viewer, plan_id)
    back = reverse("plan", args=[plan_id])
    return explain_page(request, page.subject_id, back=back, whom=page.person_name)
