"""The person's own plan: own words, who helps, what happens next, what is waited for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.applications import queries as applications
from samvirke.coordination import follow_ups, meetings, queries
from samvirke.interventions import queries as interventions
from samvirke.kernel.gate_words import DataKind, kinds_in
from samvirke.people import consents, emergencies, guardian_answers, openings, places, reminders
from samvirke.people import queries as people
from samvirke.plan import actions, operations, own_room
from samvirke.plan.action_types import Agreed
from samvirke.plan.queries import NOTE_KINDS
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components import plan_document, plan_parts
from samvirke.surfaces.components.action_forms import WishForm
from samvirke.surfaces.components.application_parts import arranged
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.goal_page import goal_page
from samvirke.surfaces.components.history_page import action_history, goal_history
from samvirke.surfaces.components.plan_forms import NewGoalForm


@require_safe
@page_for(CITIZENS)
def my_plan(request: SignedInRequest) -> HttpResponse:
    """The plan, or how to get one."""
    page = queries.my_plan(request.viewer)
    today, me = local_day(request.viewer.now), people.myself(request.viewer)
    families = [
        plan_parts.family_part(of_family, today) for of_family in queries.family_plans(request.viewer)
    ]
    around = {
        "families": families,
        "mine": arranged(applications.my_applications(request.viewer)),
        "asked_now": consents.asked_now(request.viewer),
        "asked_for_others": guardian_answers.waiting(request.viewer),
        "reminded": reminders.due(request.viewer),
        "opened_at": emergencies.lately(request.viewer, [me]).get(me),
        "openings": openings.running(request.viewer, me),
        "protections": places.protections(request.viewer, [me]),
    }
    if page is None:
        return render(request, "citizen/no_plan.html", around)
    parts = {
        "page": page,
        "goals": plan_parts.numbered_goals(page),
        "statements": plan_parts.statements(page),
        "steps": plan_parts.next_steps(page, today),
        "follow_ups": None if page.status == "active" else follow_ups.of_plan(request.viewer, page.plan_id),
        "meetings": meetings.of_plan(request.viewer, page.plan_id),
        "may_revise": page.status == "active",
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


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(CITIZENS)
def my_goal(request: SignedInRequest, goal_id: UUID) -> HttpResponse:
    """The person says a goal anew."""
    page = queries.my_plan(request.viewer)
    if page is None or page.status != "active":
        raise Http404
    return goal_page(request, page, goal_id, back=reverse("my_plan"))


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(CITIZENS)
def new_goal(request: SignedInRequest) -> HttpResponse:
    """The person writes a goal."""
    page = queries.my_plan(request.viewer)
    if page is None or page.status != "active":
        raise Http404
    plan_id = page.plan_id

    def act(said: dict[str, Any]) -> None:
        operations.set_goal(plan_id=plan_id, by=request.viewer, **said)

    words = Words(
        title=_("Something I want"),
        lead=_("Write it in your own words. Everybody on your plan who may see the goals can read it.")
        + _reminder(request, page.subject_id),
        submit=_("Save the goal"),
        done=_("The goal stands in your plan."),
    )
    form = NewGoalForm(request.POST or None, kinds=kinds_in(NOTE_KINDS))
    return form_page(request, form, act, words=words, back=reverse("my_plan"))


@require_safe
@page_for(CITIZENS)
def my_goal_history(request: SignedInRequest, goal_id: UUID) -> HttpResponse:
    """All that a goal has said."""
    return goal_history(request, _my_page(request), goal_id, back=reverse("my_plan"))


@require_safe
@page_for(CITIZENS)
def my_action_history(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """All that was agreed on an action."""
    return action_history(request, _my_page(request), action_id, back=reverse("my_plan"))


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(CITIZENS)
def new_wish(request: SignedInRequest) -> HttpResponse:
    """The person wishes for something; the coordinator answers for an answer."""
    page = _my_page(request)
    if page.status != "active" or not page.goals:
        raise Http404

    def act(said: dict[str, Any]) -> None:
        actions.add(
            plan_id=page.plan_id,
            goal_id=said["goal_id"],
            kind=DataKind.PLAN,
            agreed=Agreed(said["what"], said["how"]),
            accountable_post=queries.acting_post(page.plan_id, request.viewer.now.date()),
            decision_reference="",
            by=request.viewer,
        )

    words = Words(
        title=_("Something I wish for"),
        lead=_("A wish is no decision. Your coordinator sees to it that you get an answer, and why.")
        + _reminder(request, page.subject_id),
        submit=_("Save the wish"),
        done=_("The wish stands in your plan, and waits for an answer."),
    )
    form = WishForm(request.POST or None, page=page)
    return form_page(request, form, act, words=words, back=reverse("my_plan"))


def _my_page(request: SignedInRequest) -> PlanPage:
    """The own plan. Raises Http404 before there is one."""
    page = queries.my_plan(request.viewer)
    if page is None:
        raise Http404
    return page


def _reminder(request: SignedInRequest, person_id: UUID) -> str:
    """Said before a young person writes where those who act for them can read it."""
    if not own_room.guardians_read(request.viewer, person_id, DataKind.PLAN):
        return ""
    return " " + _("Remember that those who act for you can read what you write here, too.")
