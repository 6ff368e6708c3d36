"""What agencies promise each other around a person: asked for, answered, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.plan import commitment_policies as rules
from samvirke.plan import commitments, commitments_read, policies, teams
from samvirke.plan.commitment_types import CommitmentRow, CommitmentsPart
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import FORM
from samvirke.surfaces.components.commitment_forms import AnswerForm, AskForm, DemandForm, OutcomeForm
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import WORKERS, page_for

CHANGED = (
    rules.CommitmentHasMoved,
    rules.NoSuchCommitment,
    rules.NotYoursToAnswer,
    rules.OfTheSameUnit,
    policies.NotInTheTeam,
    policies.PlanIsClosed,
)


@require_safe
@page_for(WORKERS)
def of_plan(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """All that the agencies have asked each other for in a plan."""
    return render(request, "caseworker/commitments.html", {"part": _part(request, plan_id)})


@require_http_methods(FORM)
@page_for(WORKERS)
def ask(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """One of another office is asked for something."""
    part = _part(request, plan_id)
    if not part.may_ask:
        raise Http404
    form = AskForm(request.POST or None, part=part)
    if form.is_bound and form.is_valid():
        with _said_in(form):
            commitments.ask_for(
                plan_id=plan_id,
                wanted=form.wanted(),
                of_post=teams.post_of_member(plan_id, form.cleaned_data["of_whom"]),
                by=request.viewer,
            )
        if not form.errors:
            messages.success(request, _("It is asked for. The other office sees it, and so does the person."))
            return redirect("commitments", plan_id)
    parts = {"form": form, "plan_id": plan_id}
    return render(request, "caseworker/ask_commitment.html", parts, status=422 if form.is_bound else 200)


@require_http_methods(FORM)
@page_for(WORKERS)
def commitment(request: SignedInRequest, plan_id: UUID, commitment_id: UUID) -> HttpResponse:
    """One commitment and its way; a POST answers, demands something in return, or says what came of it."""
    part = _part(request, plan_id)
    row = next((one for one in part.rows if one.commitment_id == commitment_id), None)
    if row is None:
        raise Http404
    said = request.POST.get("step", "") if request.method == "POST" else None
    found = _forms(request, part, row, said)
    form = found.get(said or "")
    if said is None:
        return _shown(request, part, row, found)
    if form is None:  # answered meanwhile, or not this viewer's to answer
        messages.error(request, _("The commitment has changed since you opened the page. Read it again."))
        return redirect("commitment", plan_id, commitment_id)
    if form.is_valid():
        with _said_in(form):
            _done(request, row, form)
        if not form.errors:
            messages.success(request, _("It is saved. Both offices see it, and so does the person."))
            return redirect("commitments", plan_id)
    return _shown(request, part, row, found, status=422)


def _forms(
    request: SignedInRequest, part: CommitmentsPart, row: CommitmentRow, said: str | None
) -> dict[str, forms.Form]:
    """The forms for what the viewer may make of it; the one that was sent holds what was typed."""

    def data(step: str) -> Any:
        return request.POST if said == step else None

    found: dict[str, forms.Form] = {}
    if "accepted" in row.may_become:
        found["answer"] = AnswerForm(data("answer"))
    if "countered" in row.may_become:
        found["counter"] = DemandForm(data("counter"), kinds=part.kinds)
    if "kept" in row.may_become:
        found["outcome"] = OutcomeForm(data("outcome"), today=local_day(request.viewer.now))
    return found


def _done(request: SignedInRequest, row: CommitmentRow, form: forms.Form) -> None:
    said, one, by = form.cleaned_data, row.commitment_id, request.viewer
    if isinstance(form, AnswerForm):
        status = "accepted" if said["is_accepted"] else "declined"
        commitments.answer(commitment_id=one, status=status, why=said["why"], by=by)
    elif isinstance(form, DemandForm):
        commitments.counter(commitment_id=one, wanted=form.wanted(), by=by)
    else:
        status = "kept" if said["is_kept"] else "broken"
        commitments.settle(commitment_id=one, status=status, on_day=said["on_day"], why=said["why"], by=by)


@contextmanager
def _said_in(form: forms.Form) -> Iterator[None]:
    """What the plan refuses is said beside the field it is about."""
    try:
        yield
    except rules.CannotRead:
        text = _("They may not read about this. Choose another kind, and leave out what they may not know.")
        form.add_error("kind", text)
    except rules.DueInThePast:
        form.add_error("by_when", _("The day has been already. Choose today or a day ahead."))
    except rules.NotThatDay:
        form.add_error("on_day", _("Choose a day between the one it was asked for and today."))
    except CHANGED:
        text = _("The plan has changed since you opened the page. Read it again.")
        form.add_error(next(iter(form.fields)), text)


def _part(request: SignedInRequest, plan_id: UUID) -> CommitmentsPart:
    """The plan's commitments, for who is in its team. Raises Http404 for others."""
    try:
        return commitments_read.of_plan(request.viewer, plan_id)
    except policies.NotInTheTeam:
        raise Http404 from None


def _shown(
    request: SignedInRequest,
    part: CommitmentsPart,
    row: CommitmentRow,
    found: dict[str, forms.Form],
    *,
    status: int = 200,
) -> HttpResponse:
    sent = next((form for form in found.values() if form.is_bound), None)
    parts = {"plan_id": part.plan_id, "row": row, "forms": found, "form": sent}
    return render(request, "caseworker/commitment.html", parts, status=status)
