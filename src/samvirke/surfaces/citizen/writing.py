"""What the person writes in the own plan: goals, wishes, about themselves, and how their own part goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.coordination import queries
from samvirke.kernel.gate_words import DataKind, kinds_in
from samvirke.plan import actions, operations, own_room, policies
from samvirke.plan.action_types import ActionRow, Agreed
from samvirke.plan.queries import NOTE_KINDS
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.action_forms import OwnDropForm, WishForm
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.forms import MyGoalForm
from samvirke.surfaces.components.goal_page import goal_page, goal_status_page
from samvirke.surfaces.components.history_page import action_history, goal_history, statement_history
from samvirke.surfaces.components.law_labels import MY_STATEMENT
from samvirke.surfaces.components.plan_forms import NewGoalForm
from samvirke.surfaces.components.statement_page import Routes, statement_page, topics_page

FORM = ["GET", "HEAD", "POST"]
CHANGED = (policies.StatusCannotFollow, policies.PlanIsClosed, policies.ReasonMissing)


@require_http_methods(FORM)
@page_for(CITIZENS)
def my_goal(request: SignedInRequest, goal_id: UUID) -> HttpResponse:
    """The person says a goal anew."""
    page = _open_page(request)
    return goal_page(request, page, goal_id, back=reverse("my_plan"), form_of=MyGoalForm)


@require_http_methods(FORM)
@page_for(CITIZENS)
def new_goal(request: SignedInRequest) -> HttpResponse:
    """The person writes a goal."""
    page = _open_page(request)
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


@require_http_methods(FORM)
@page_for(CITIZENS)
def my_goal_status(request: SignedInRequest, goal_id: UUID) -> HttpResponse:
    """A goal is reached, set aside, or taken up again."""
    return goal_status_page(request, _open_page(request), goal_id, back=reverse("my_plan"))


@require_safe
@page_for(CITIZENS)
def my_topics(request: SignedInRequest) -> HttpResponse:
    """What I dream of, what matters to me, how I want to be met, and what else the plan builds on."""
    routes = Routes("my_statement", "my_statement_history")
    words = (
        _("About me"),
        _("You decide what stands here, in your own words. You may leave out what you like."),
    )
    page, back = _open_page(request), reverse("my_plan")
    return topics_page(request, page, routes, labels=MY_STATEMENT, words=words, back=back)


@require_http_methods(FORM)
@page_for(CITIZENS)
def my_statement(request: SignedInRequest, topic: str) -> HttpResponse:
    """The person writes on one topic."""
    page = _open_page(request)
    lead = _("Write it in your own words. Everybody on your plan can read it.") + _reminder(
        request, page.subject_id
    )
    return statement_page(request, page, topic, labels=MY_STATEMENT, back=reverse("my_plan"), lead=lead)


@require_safe
@page_for(CITIZENS)
def my_statement_history(request: SignedInRequest, topic: str) -> HttpResponse:
    """All that the plan has said on a topic."""
    page, back = _my_page(request), reverse("my_plan")
    again = reverse("my_statement", args=[topic]) if page.status == "active" else ""
    return statement_history(request, page, topic, labels=MY_STATEMENT, back=back, again=again)


@require_POST
@page_for(CITIZENS)
def my_action_status(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """What the person answers for is begun or done."""
    row = _mine_to_move(request, action_id)
    try:
        actions.move_own(action_id=row.action_id, status=request.POST.get("status", ""), by=request.viewer)
    except CHANGED:
        messages.error(request, _("The plan has changed since you opened the page. Read it again."))
    else:
        messages.success(request, _("It is saved. Everybody on the plan sees it now."))
    return redirect("my_plan")


@require_http_methods(FORM)
@page_for(CITIZENS)
def drop_my_action(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """What the person answers for comes to nothing, and it is said why."""
    row = _mine_to_move(request, action_id)
    form = OwnDropForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        try:
            actions.move_own(action_id=action_id, status="dropped", why=said["why"], by=request.viewer)
        except CHANGED:
            form.add_error("why", _("The plan has changed since you opened the page. Read it again."))

    words = Words(
        title=_("It comes to nothing"),
        lead=_("“%(what)s” stays in the plan as dropped, with the reason.") % {"what": row.what},
        submit=_("Save"),
        done=_("It is saved. Everybody on the plan sees it now."),
    )
    return form_page(request, form, act, words=words, back=reverse("my_plan"))


@require_safe
@page_for(CITIZENS)
def my_goal_history(request: SignedInRequest, goal_id: UUID) -> HttpResponse:
    """All that a goal has said."""
    page, back = _my_page(request), reverse("my_plan")
    again = reverse("my_goal", args=[goal_id]) if page.status == "active" else ""
    return goal_history(request, page, goal_id, back=back, again=again)


@require_safe
@page_for(CITIZENS)
def my_action_history(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """All that was agreed on an action."""
    return action_history(request, _my_page(request), action_id, back=reverse("my_plan"))


@require_http_methods(FORM)
@page_for(CITIZENS)
def new_wish(request: SignedInRequest) -> HttpResponse:
    """The person wishes for something; the coordinator answers for an answer."""
    page = _open_page(request)
    if not any(goal.is_active for goal in page.goals):
        raise Http404

    def act(said: dict[str, Any]) -> None:
        actions.add(
            plan_id=page.plan_id,
            goal_id=said["goal_id"],
            kind=DataKind.PLAN,
            agreed=Agreed(said["what"], said["how"]),
            accountable=queries.acting_post(page.plan_id, request.viewer.now.date()),
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


def _open_page(request: SignedInRequest) -> PlanPage:
    """The own plan, while it goes on. Raises Http404."""
    page = _my_page(request)
    if page.status != "active":
        raise Http404
    return page


def _mine_to_move(request: SignedInRequest, action_id: UUID) -> ActionRow:
    """What the person answers for, in the own plan or the family's. Raises Http404."""
    mine = queries.my_plan(request.viewer)
    for page in ([mine] if mine else []) + queries.family_plans(request.viewer):
        for row in page.actions:
            if row.action_id == action_id and row.may_become:
                return row
    raise Http404


def _reminder(request: SignedInRequest, person_id: UUID) -> str:
    """Said before a young person writes where those who act for them can read it."""
    if not own_room.guardians_read(request.viewer, person_id, DataKind.PLAN):
        return ""
    return " " + _("Remember that those who act for you can read what you write here, too.")
