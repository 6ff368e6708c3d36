"""The person's own plan: own words, who helps, what happens next, what is waited for."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samvirke.applications import queries as applications
from samvirke.coordination import continuity, follow_ups, meetings, queries
from samvirke.interventions import queries as interventions
from samvirke.people import consents, emergencies, guardian_answers, openings, places, reminders
from samvirke.people import queries as people
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components import easy_document, plan_document, plan_parts
from samvirke.surfaces.components.application_parts import answered_by, arranged
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import CITIZENS, page_for


@require_safe
@page_for(CITIZENS)
def my_plan(request: SignedInRequest) -> HttpResponse:
    """The plan, or how to get one."""
    page = queries.my_plan(request.viewer)
    today, me = local_day(request.viewer.now), people.myself(request.viewer)
    families = [
        plan_parts.family_part(of_family, today) for of_family in queries.family_plans(request.viewer)
    ]
    applied_for = applications.my_applications(request.viewer)
    around = {
        "families": families,
        "mine": arranged(applied_for),
        "asked_now": consents.asked_now(request.viewer),
        "asked_for_others": guardian_answers.waiting(request.viewer),
        "reminded": reminders.due(request.viewer),
        "opened_at": emergencies.lately(request.viewer, [me]).get(me),
        "openings": openings.running(request.viewer, me),
        "protections": places.protections(request.viewer, [me]),
    }
    if page is None:
        return render(request, "citizen/no_plan.html", around)
    met = meetings.of_plan(request.viewer, page.plan_id)
    parts = {
        "page": page,
        "goals": plan_parts.numbered_goals(page),
        "own_voice": plan_parts.own_voice(page),
        "statements": plan_parts.statements(page),
        "steps": plan_parts.next_steps(page, today),
        "follow_ups": None if page.status == "active" else follow_ups.of_plan(request.viewer, page.plan_id),
        "meetings": met,
        "so_far": continuity.of(page, met, today),
        "may_revise": page.status == "active",
        "two_hats": answered_by(page.coordinator.post_id, applied_for),
        "needs": interventions.about(request.viewer, page.subject_id),
    }
    return render(request, "citizen/plan.html", around | parts)


@require_safe
@page_for(CITIZENS)
def my_document(request: SignedInRequest) -> HttpResponse:
    """The own plan as one document; made anew each time, and kept nowhere."""
    page = queries.my_plan(request.viewer)
    if page is None:
        raise Http404
    return plan_document.answer(page, request.viewer.now)


@require_safe
@page_for(CITIZENS)
def my_easy_plan(request: SignedInRequest) -> HttpResponse:
    """The own plan in easy words, to read or to print."""
    page = queries.my_plan(request.viewer)
    if page is None:
        raise Http404
    easy = easy_document.contents(page, request.viewer.now)
    return render(request, "citizen/easy.html", {"easy": easy})


@require_safe
@page_for(CITIZENS)
def my_easy_document(request: SignedInRequest) -> HttpResponse:
    """The own plan in easy words, as a file."""
    page = queries.my_plan(request.viewer)
    if page is None:
        raise Http404
    return easy_document.answer(page, request.viewer.now)
