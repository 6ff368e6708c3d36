"""What everybody on the plan has agreed on as a whole, and the person's own answer; the family's plan too."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.coordination import queries
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.agreed_page import agreed_page, answered, fixed
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.law_labels import MY_STATEMENT

AROUND: dict[str, Any] = {
    "labels": MY_STATEMENT,
    "may_answer": True,
    "answer_route": "my_answer_to_plan",
    "fix_route": "fix_my_plan",
}


@require_safe
@page_for(CITIZENS)
def my_agreed(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The versions of the whole plan."""
    return agreed_page(request, _page(request, plan_id), back=reverse("my_plan"), **AROUND)


@require_POST
@page_for(CITIZENS)
def fix(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The plan as it stands becomes the next version."""
    return fixed(request, _page(request, plan_id), to=reverse("my_agreed", args=[plan_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(CITIZENS)
def answer(request: SignedInRequest, plan_id: UUID, number: int) -> HttpResponse:
    """The person's own answer."""
    page, to = _page(request, plan_id), reverse("my_agreed", args=[plan_id])
    if request.method != "POST":
        return redirect(to)  # read again after an answer that was not taken
    return answered(request, page, number, back=reverse("my_plan"), to=to, around=AROUND)


def _page(request: SignedInRequest, plan_id: UUID) -> PlanPage:
    """The own plan, or one of the family. Raises Http404 for others."""
    mine = queries.my_plan(request.viewer)
    for page in ([mine] if mine else []) + queries.family_plans(request.viewer):
        if page.plan_id == plan_id:
            return page
    raise Http404
