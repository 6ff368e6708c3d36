"""A worker says a goal anew, together with the person, and reads what it said before."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.coordination import queries as coordination
from samvirke.kernel.gate_words import DataKind
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import writable_page
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.goal_page import goal_page, goal_status_page
from samvirke.surfaces.components.history_page import goal_history


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def goal(request: SignedInRequest, plan_id: UUID, goal_id: UUID) -> HttpResponse:
    """One goal of a plan the worker may see."""
    page = writable_page(request, plan_id)
    return goal_page(request, page, goal_id, back=reverse("plan", args=[plan_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def status(request: SignedInRequest, plan_id: UUID, goal_id: UUID) -> HttpResponse:
    """A goal is reached, set aside, or taken up again."""
    page = writable_page(request, plan_id)
    return goal_status_page(request, page, goal_id, back=reverse("plan", args=[plan_id]))


@require_safe
@page_for(WORKERS)
def history(request: SignedInRequest, plan_id: UUID, goal_id: UUID) -> HttpResponse:
    """All that a goal has said."""
    page = coordination.plan_page(request.viewer, plan_id)
    may_write = DataKind.PLAN in page.may_write_kinds
    again = reverse("plan_goal", args=[plan_id, goal_id]) if may_write else ""
    return goal_history(request, page, goal_id, back=reverse("plan", args=[plan_id]), again=again)
