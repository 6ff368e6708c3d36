"""Writing in a plan: goals, what it builds on, reviews, its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.coordination import operations as coordination_operations
from samvirke.coordination import queries as coordination
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import linked, operations, policies
from samvirke.plan.types import PlanPage, Situation
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.history_page import statement_history
from samvirke.surfaces.components.law_labels import STATEMENT
from samvirke.surfaces.components.plan_forms import (
    EndForm,
    ReviewForm,
    WorkersGoalForm,
)
from samvirke.surfaces.components.statement_page import Routes, statement_page, topics_page

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@page_for(WORKERS)
def new_goal(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """A goal, said by the person and written by the worker."""
    page = writable_page(request, plan_id)

    def act(said: dict[str, Any]) -> None:
        operations.set_goal(plan_id=plan_id, by=request.viewer, **said)

    words = Words(
        title=_("A new goal"),
        lead=_("Ask what the person dreams of. Write it as it was said; the first step can be small."),
        submit=_("Save the goal"),
        done=_("The goal stands in the plan."),
    )
    family = linked.may_be_about(request.viewer, page.family)
    form = WorkersGoalForm(request.POST or None, kinds=page.may_write_kinds, family=family)
    return _form(request, page, form, act, words)


@require_safe
@page_for(WORKERS)
def topics(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """What the plan says on dreams, strengths, needs, contributions, and what may be written."""
    page = writable_page(request, plan_id)
    words = _("What the plan builds on"), _("Write it together with the person, in the words they use.")
    routes = Routes("plan_statement", "statement_history", (plan_id,))
    return topics_page(request, page, routes, labels=STATEMENT, words=words, back=_back(page))


@require_http_methods(FORM)
@page_for(WORKERS)
def statement(request: SignedInRequest, plan_id: UUID, topic: str) -> HttpResponse:
    """What the plan says on one topic, written anew."""
    page = writable_page(request, plan_id)
    lead = _("Write it together with the person, in the words they use.")
    return statement_page(request, page, topic, labels=STATEMENT, back=_back(page), lead=lead)


@require_safe
@page_for(WORKERS)
def said_before(request: SignedInRequest, plan_id: UUID, topic: str) -> HttpResponse:
    """All that the plan has said on a topic."""
    page = coordination.plan_page(request.viewer, plan_id)
    may_write = DataKind.PLAN in page.may_write_kinds
    again = reverse("plan_statement", args=[plan_id, topic]) if may_write else ""
    return statement_history(request, page, topic, labels=STATEMENT, back=_back(page), again=again)


@require_http_methods(FORM)
@page_for(WORKERS)
def review(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The plan was gone through today."""
    page = writable_page(request, plan_id)
    form = ReviewForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        try:
            operations.hold_review(plan_id=plan_id, by=request.viewer, **said)
        except policies.ReviewInThePast:
            form.add_error("next_review", _("The day has been already. Choose a day ahead."))

    words = Words(
        title=_("We have gone through the plan"),
        lead=_("Today you went through the plan with the person. When is the next time?"),
        submit=_("Save the review"),
        done=_("The review is noted, and the next one has its day."),
    )
    return _form(request, page, form, act, words)


@require_http_methods(FORM)
@page_for(WORKERS)
def end(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The plan ends, with its reason and what came of it."""
    page = writable_page(request, plan_id)

    def act(said: dict[str, Any]) -> None:
        coordination_operations.end_plan(
            plan_id=plan_id,
            reason=said["reason"],
            situation=Situation(said["support"], said["occupation"]),
            by=request.viewer,
        )

    words = Words(
        title=_("End the plan"),
        lead=_("The plan is kept as it was and cannot be changed afterwards. A new one can be made any day."),
        submit=_("End the plan"),
        done=_("The plan has ended."),
    )
    return _form(request, page, EndForm(request.POST or None), act, words)


def page_of_one(request: SignedInRequest, plan_id: UUID) -> PlanPage:
    """The plan of one person. What is about each of a family stands on their own plans. Raises Http404."""
    page = coordination.plan_page(request.viewer, plan_id)
    if page.family:
        raise Http404
    return page


def writable_page(request: SignedInRequest, plan_id: UUID) -> PlanPage:
    """The plan, for those who may write in it. Raises Http404 for others."""
    page = coordination.plan_page(request.viewer, plan_id)
    if DataKind.PLAN not in page.may_write_kinds:
        raise Http404
    return page


def _form(request: SignedInRequest, page: PlanPage, form: forms.Form, act: Any, words: Words) -> HttpResponse:
    return form_page(request, form, act, words=words, back=_back(page), whom=page.person_name)


def _back(page: PlanPage) -> str:
    return reverse("plan", args=[page.plan_id])
