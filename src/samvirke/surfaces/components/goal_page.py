"""Saying a goal anew: the person and the workers use the same page, each with their own plan."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samvirke.plan import operations
from samvirke.plan.types import GoalRow, PlanPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.forms import GoalForm


def goal_page(request: SignedInRequest, page: PlanPage, goal_id: UUID, *, back: str) -> HttpResponse:
    """Show the form, or save a new version of the goal. `back` is the address of the plan."""
    goal = _goal_in(page, goal_id)
    if request.method != "POST":
        return _shown(request, page, goal, GoalForm.of(goal), back=back)
    form = GoalForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, goal, form, back=back, status=422)
    try:
        operations.revise_goal(goal_id=goal_id, by=request.viewer, **form.cleaned_data)
    except operations.StaleGoal as stale:
        return _shown(request, page, stale.current, _again(form, stale.current), back=back, is_stale=True)
    messages.success(request, _("The goal is saved. The earlier words are kept as history."))
    return redirect(back)


def _goal_in(page: PlanPage, goal_id: UUID) -> GoalRow:
    for goal in page.goals:
        if goal.goal_id == goal_id:
            return goal
    raise Http404


def _again(form: GoalForm, current: GoalRow) -> GoalForm:
    """What was typed, ready to be saved on top of the version that is now shown beside it."""
    return GoalForm(initial={**form.cleaned_data, "seen_version": current.version})


def _shown(
    request: SignedInRequest,
    page: PlanPage,
    goal: GoalRow,
    form: GoalForm,
    *,
    back: str,
    is_stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    parts = {"page": page, "goal": goal, "form": form, "back": back, "is_stale": is_stale}
    return render(request, "components/goal_page.html", parts, status=409 if is_stale else status)
