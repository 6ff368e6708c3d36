"""Saying a goal anew: the person and the workers use the same page, each with their own plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samvirke.plan import histories, operations, policies
from samvirke.plan.action_types import GoalVersionRow
from samvirke.plan.types import GoalRow, PlanPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.forms import GoalForm
from samvirke.surfaces.components.history_page import AGAIN, asked_number
from samvirke.surfaces.components.plan_forms import GoalStatusForm


def goal_page(
    request: SignedInRequest,
    page: PlanPage,
    goal_id: UUID,
    *,
    back: str,
    form_of: type[GoalForm] = GoalForm,
) -> HttpResponse:
    """Show the form, or save a new version of the goal. `back` is the address of the plan."""
    goal = _goal_in(page, goal_id)
    if request.method != "POST":
        return _shown(request, page, goal, form_of.of(goal, _earlier(request, goal)), back=back)
    form = form_of(request.POST)
    if not form.is_valid():
        return _shown(request, page, goal, form, back=back, status=422)
    try:
        operations.revise_goal(goal_id=goal_id, by=request.viewer, **form.cleaned_data)
    except operations.StaleGoal as stale:
        return _shown(request, page, stale.current, _again(form, stale.current), back=back, is_stale=True)
    messages.success(request, _("The goal is saved. The earlier words are kept as history."))
    return redirect(back)


def goal_status_page(request: SignedInRequest, page: PlanPage, goal_id: UUID, *, back: str) -> HttpResponse:
    """Whether the goal is reached, set aside, or taken up again. What it says stays as it is."""
    goal = _goal_in(page, goal_id)
    form = GoalStatusForm(request.POST or None, goal=goal)

    def act(said: dict[str, Any]) -> None:
        try:
            operations.set_goal_status(goal_id=goal_id, by=request.viewer, **said)
        except (operations.StaleGoal, policies.StatusCannotFollow):
            form.add_error("status", _("The goal was changed while you were writing. Read it again."))

    words = Words(
        title=_("How did it go?"),
        lead=_("“%(words)s” stays in the plan, whatever you choose.") % {"words": goal.own_words},
        submit=_("Save"),
        done=_("It is saved. Everybody on the plan sees it now."),
    )
    return form_page(request, form, act, words=words, back=back, whom=page.person_name)


def _earlier(request: SignedInRequest, goal: GoalRow) -> GoalVersionRow | None:
    """What the goal said earlier, to be taken up again where the address says which."""
    number = asked_number(request, AGAIN)
    if not number:
        return None
    versions = histories.of_goal(request.viewer, goal.goal_id)
    return next((one for one in versions if one.version == number), None)


def _goal_in(page: PlanPage, goal_id: UUID) -> GoalRow:
    for goal in page.goals:
        if goal.goal_id == goal_id:
            return goal
    raise Http404


def _again(form: GoalForm, current: GoalRow) -> GoalForm:
    """What was typed, ready to be saved on top of the version that is now shown beside it."""
    return type(form)(initial={**form.cleaned_data, "seen_version": current.version})


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
