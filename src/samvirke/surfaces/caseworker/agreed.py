"""What a plan's parties have agreed on as a whole, and the worker's own answer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.coordination import queries as coordination
from samvirke.kernel.gate_words import DataKind
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import writable_page
from samvirke.surfaces.components.agreed_page import agreed_page, answered, fixed
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.law_labels import STATEMENT

ROUTES = {"answer_route": "answer_plan", "fix_route": "fix_plan"}


@require_safe
@page_for(WORKERS)
def agreed(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The versions of the whole plan."""
    page = coordination.plan_page(request.viewer, plan_id)
    may_answer = DataKind.PLAN in page.may_write_kinds
    back = reverse("plan", args=[plan_id])
    return agreed_page(request, page, back=back, labels=STATEMENT, may_answer=may_answer, **ROUTES)


@require_POST
@page_for(WORKERS)
def fix(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The plan as it stands becomes the next version."""
    return fixed(request, writable_page(request, plan_id), to=reverse("agreed", args=[plan_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def answer(request: SignedInRequest, plan_id: UUID, number: int) -> HttpResponse:
    """The worker's answer, for the agency."""
    page, to = writable_page(request, plan_id), reverse("agreed", args=[plan_id])
    if request.method != "POST":
        return redirect(to)  # read again after an answer that was not taken
    back = reverse("plan", args=[plan_id])
    around = {"labels": STATEMENT, "may_answer": True, **ROUTES}
    return answered(request, page, number, back=back, to=to, around=around)
