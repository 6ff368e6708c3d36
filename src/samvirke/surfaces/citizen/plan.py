"""The person's own plan: own words, who helps, what happens next, what is waited for."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.coordination import queries
from samvirke.people import places
from samvirke.people import queries as people
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components import plan_parts
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.goal_page import goal_page


@require_safe
@page_for(CITIZENS)
def my_plan(request: SignedInRequest) -> HttpResponse:
    """The plan, or how to get one."""
    page = queries.my_plan(request.viewer)
    today = local_day(request.viewer.now)
    families = [
        plan_parts.family_part(of_family, today) for of_family in queries.family_plans(request.viewer)
    ]
    protections = places.protections(request.viewer, [people.myself(request.viewer)])
    if page is None:
        parts = {"families": families, "protections": protections}
        return render(request, "citizen/no_plan.html", parts)
    parts = {
        "page": page,
        "families": families,
        "protections": protections,
        "goals": plan_parts.numbered_goals(page),
        "statements": plan_parts.statements(page),
        "steps": plan_parts.next_steps(page, today),
        "may_revise": page.status == "active",
    }
    return render(request, "citizen/plan.html", parts)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(CITIZENS)
def my_goal(request: SignedInRequest, goal_id: UUID) -> HttpResponse:
    """The person says a goal anew."""
    page = queries.my_plan(request.viewer)
    if page is None or page.status != "active":
        raise Http404
    return goal_page(request, page, goal_id, back=reverse("my_plan"))
