"""Actions of a plan: agreed on, agreed on anew with what a delay moves, decided, begun, done or dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.coordination import queries as coordination
from samvirke.coordination import responsibility
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import actions, chains, histories, policies, teams
from samvirke.plan.action_types import ActionRow, MovedRow, VersionRow, Who
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.changing import changeable, nothing_typed_is_lost
from samvirke.surfaces.caseworker.writing import FORM, writable_page
from samvirke.surfaces.components.action_forms import (
    ActionForm,
    ChangeActionForm,
    DecisionForm,
    DropForm,
    NewActionForm,
)
from samvirke.surfaces.components.days import in_words
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.history_page import AGAIN, action_history, asked_number

CHANGED = (policies.StatusCannotFollow, policies.PlanIsClosed, policies.NoWish)
SEEN = "moves"  # what was shown to move along: ids with versions


@require_http_methods(FORM)
@page_for(WORKERS)
def new_action(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Something to be done for a goal, by one who answers for it."""
    page = writable_page(request, plan_id)
    if not any(goal.is_active for goal in page.goals):
        messages.error(request, _("Write a goal first. An action serves a goal."))
        return redirect("plan_new_goal", plan_id)
    form = NewActionForm(request.POST or None, page=page)
    if form.is_bound and form.is_valid() and _added(request, page, form):
        messages.success(request, _("The action stands in the plan."))
        _tell_who_is_named(request, page, form)
        if form.cleaned_data["decision_reference"]:
            _tell_whose_decision(request, page, form.cleaned_data["kind"])
        return redirect(_back(page))
    named = responsibility.named(request.viewer, plan_id, page.may_write_kinds)
    return _shown(request, page, form, named=named)


@require_http_methods(FORM)
@page_for(WORKERS)
@nothing_typed_is_lost
def action(request: SignedInRequest, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """An action is agreed on anew; what a delay would move is shown before anything is written."""
    page, row = changeable(request, plan_id, action_id)
    if request.method != "POST":
        earlier = _earlier(request, row)
        return _shown(request, page, ChangeActionForm.of(page, row, earlier=earlier), row=row)
    form = ChangeActionForm.of(page, row, data=request.POST)
    if not form.is_valid():
        return _shown(request, page, form, row=row)
    moved = _effect(page, form, row)
    if not form.errors and moved and "along" not in request.POST:
        return _shown(request, page, form, row=row, moved=moved, status=200)
    try:
        done = not form.errors and _changed(request, page, form, row)
    except actions.StaleAction:
        page, row = changeable(request, plan_id, action_id)  # as it is now
        again = ChangeActionForm.of(page, row, data=_on_top_of(request, row))
        return _shown(request, page, again, row=row, is_stale=True, status=409)
    except actions.StaleChain:
        return _shown(request, page, form, row=row, moved=moved, is_stale_chain=True, status=409)
    if done:
        messages.success(request, _("It is saved. What was agreed before is kept as history."))
        return redirect(_back(page))
    return _shown(request, page, form, row=row)


@require_http_methods(FORM)
@page_for(WORKERS)
@nothing_typed_is_lost
def decide(request: SignedInRequest, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """A wish was decided: yes with a reference, or no with a reason. Either way it stays in the plan."""
    page, row = changeable(request, plan_id, action_id)
    if row.standing != "wish" and request.method != "POST":
        raise Http404
    form = DecisionForm(request.POST or None, initial={"seen_version": row.version})

    def act(said: dict[str, Any]) -> None:
        try:
            if said["is_granted"]:
                actions.decide(
                    action_id=action_id,
                    reference=said["reference"],
                    by=request.viewer,
                    seen_version=said["seen_version"],
                )
                _tell_whose_decision(request, page, row.kind)
            else:
                _ended(request, action_id, "refused", said)
        except CHANGED:
            form.add_error("is_granted", _("The plan has changed since you opened the page. Read it again."))

    words = Words(
        title=_("What became of the wish?"),
        lead=_("“%(what)s” stands in the plan as a wish. A wish that is refused stays, with the reason.")
        % {"what": row.what},
        submit=_("Save the decision"),
        done=_("It is saved. Everybody on the plan sees it now."),
    )
    return _settled(request, page, action_id, form, act, words)


@require_http_methods(FORM)
@page_for(WORKERS)
@nothing_typed_is_lost
def drop(request: SignedInRequest, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """An action comes to nothing, and it is said why."""
    page, row = changeable(request, plan_id, action_id)
    form = DropForm(request.POST or None, initial={"seen_version": row.version})

    def act(said: dict[str, Any]) -> None:
        try:
            _ended(request, action_id, "dropped", said)
        except CHANGED:
            form.add_error("why", _("The plan has changed since you opened the page. Read it again."))

    words = Words(
        title=_("It comes to nothing"),
        lead=_("“%(what)s” stays in the plan as dropped, with the reason.") % {"what": row.what},
        submit=_("Save"),
        done=_("It is saved. Everybody on the plan sees it now."),
    )
    return _settled(request, page, action_id, form, act, words)


@require_POST
@page_for(WORKERS)
def action_status(request: SignedInRequest, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """An action is begun or done."""
    try:
        actions.set_status(action_id=action_id, status=request.POST.get("status", ""), by=request.viewer)
    except (policies.StatusCannotFollow, policies.PlanIsClosed, policies.ReasonMissing):
        messages.error(request, _("The plan has changed since you opened the page. Read it again."))
    else:
        messages.success(request, _("It is saved. Everybody on the plan sees it now."))
    return redirect(f"{reverse('plan', args=[plan_id])}#actions")


@require_safe
@page_for(WORKERS)
def history(request: SignedInRequest, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """All that was agreed on an action."""
    page = coordination.plan_page(request.viewer, plan_id)
    may_change = any(row.action_id == action_id and row.may_change for row in page.actions)
    again = reverse("action", args=[plan_id, action_id]) if may_change else ""
    return action_history(request, page, action_id, back=_back(page), again=again)


def _settled(
    request: SignedInRequest,
    page: PlanPage,
    action_id: UUID,
    form: DecisionForm | DropForm,
    act: Callable[[dict[str, Any]], None],
    words: Words,
) -> HttpResponse:
    """The form, and both beside each other where somebody changed the action since it was read."""
    try:
        return form_page(request, form, act, words=words, back=_back(page), whom=page.person_name)
    except actions.StaleAction:
        page, row = changeable(request, page.plan_id, action_id)  # as it is now
        again = type(form)(_on_top_of(request, row))
        parts = {"form": again, "words": words, "back": _back(page), "whom": page.person_name, "row": row}
        return render(request, "caseworker/settle_stale.html", parts, status=409)


def _ended(request: SignedInRequest, action_id: UUID, status: str, said: dict[str, Any]) -> None:
    actions.set_status(
        action_id=action_id,
        status=status,
        why=said["why"],
        by=request.viewer,
        seen_version=said["seen_version"],
    )


def _back(page: PlanPage) -> str:
    return f"{reverse('plan', args=[page.plan_id])}#actions"


def _added(request: SignedInRequest, page: PlanPage, form: NewActionForm) -> bool:
    said, there = form.cleaned_data, teams.taking_part(page.plan_id)
    with _said_in(form):
        actions.add(
            plan_id=page.plan_id,
            goal_id=said["goal_id"],
            kind=said["kind"],
            agreed=form.agreed(there),
            accountable=_who(form, there),
            decision_reference=said["decision_reference"],
            by=request.viewer,
        )
    return not form.errors


def _tell_who_is_named(request: SignedInRequest, page: PlanPage, form: NewActionForm) -> None:
    """Another may be chosen than the agreement names; it is said, and nothing more."""
    said = form.cleaned_data
    chosen = next((row for row in page.team if row.member_id == said["member_id"]), None)
    if chosen is None:
        return  # the person's own side, of whom no agreement says anything
    named = responsibility.named(request.viewer, page.plan_id, [said["kind"]])
    units = [unit.unit_name for row in named for unit in row.units]
    if chosen.unit_name and units and chosen.unit_name not in units:
        text = _("By the agreement %(unit)s answers for this. You chose another, and that holds.")
        messages.info(request, text % {"unit": ", ".join(units)})


def _tell_whose_decision(request: SignedInRequest, page: PlanPage, kind: DataKind) -> None:
    """Who decides for another agency is told when no authority is recorded; nothing is stopped."""
    units = responsibility.lacks_authority(request.viewer, page.plan_id, kind)
    if units:
        text = _(
            "By the agreement %(unit)s answers for this, and no delegated authority is recorded for your "
            "post. It is saved as you wrote it. Make sure that whoever decided may decide it."
        )
        messages.warning(request, text % {"unit": ", ".join(unit.unit_name for unit in units)})


def _changed(request: SignedInRequest, page: PlanPage, form: ChangeActionForm, row: ActionRow) -> bool:
    said, there = form.cleaned_data, teams.taking_part(page.plan_id)
    along = _seen(request) if request.POST.get("along") == "all" else None
    with _said_in(form):
        actions.change(
            action_id=row.action_id,
            seen_version=said["seen_version"],
            agreed=form.agreed(there),
            accountable=_who(form, there),
            why=said["why"],
            by=request.viewer,
            along=along,
        )
    return not form.errors


def _earlier(request: SignedInRequest, row: ActionRow) -> VersionRow | None:
    """What was agreed earlier, to be taken up again where the address says which."""
    number = asked_number(request, AGAIN)
    if not number:
        return None
    versions = histories.of_action(request.viewer, row.action_id)
    return next((one for one in versions if one.version == number), None)


def _who(form: ActionForm, there: Mapping[UUID, Who]) -> Who:
    """Raises NotInTheTeam for one who has left since the page was read."""
    who = form.accountable(there)
    if who is None:
        raise policies.NotInTheTeam
    return who


def _effect(page: PlanPage, form: ChangeActionForm, row: ActionRow) -> tuple[MovedRow, ...]:
    """What comes after the action and would move, of what this viewer may change and what not."""
    try:
        return chains.effect(page.actions, row.action_id, form.cleaned_data["due_on"])
    except chains.WaitForEachOther:
        return ()  # said when it is saved


def _seen(request: SignedInRequest) -> Mapping[UUID, int]:
    """What was shown to move along. Raises StaleChain where the page did not say it so."""
    try:
        pairs = [said.split(":") for said in request.POST.getlist(SEEN)]
        return {UUID(one): int(version) for one, version in pairs}
    except ValueError:
        raise actions.StaleChain from None


def _on_top_of(request: SignedInRequest, row: ActionRow) -> Any:
    """What was typed, ready to be saved on top of the version that is now shown beside it."""
    typed = request.POST.copy()
    typed["seen_version"] = str(row.version)
    return typed


@contextmanager
def _said_in(form: ActionForm) -> Iterator[None]:
    """What the plan refuses is said beside the field it is about."""
    try:
        yield
    except chains.WaitForEachOther:
        text = _("These would wait for each other, and none could begin. Choose again what comes first.")
        form.add_error("comes_after", text)
    except policies.NotInThePlan:
        form.add_error("comes_after", _("The plan has changed. Choose again."))
    except policies.NameTooLong:
        form.add_error("called", _("Write who it is in a few words, such as “grandmother”."))
    except (policies.NotInTheTeam, policies.NotOfThisFamily):
        form.add_error("member_id", _("The plan has changed. Choose again."))
    except CHANGED:
        form.add_error("what", _("The plan has changed since you opened the page. Read it again."))
    except policies.BeforeThePlan as problem:
        day = in_words(problem.starts_on)
        form.add_error("due_on", _("The plan begins on %(day)s. Choose a later day.") % {"day": day})


def _shown(
    request: SignedInRequest,
    page: PlanPage,
    form: ActionForm,
    *,
    row: ActionRow | None = None,
    moved: tuple[MovedRow, ...] = (),
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    movable = [one for one in moved if one.action.may_change]
    parts = {
        "page": page,
        "form": form,
        "row": row,
        "movable": movable,
        "unmovable": [one for one in moved if not one.action.may_change],
        "back": _back(page),
    }
    code = status or (422 if form.is_bound else 200)
    return render(request, "caseworker/action.html", parts | more, status=code)
