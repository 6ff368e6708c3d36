"""Agreeing on calls after a plan has ended, and noting how it goes."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samvirke.coordination import follow_ups, policies
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.follow_up_forms import AgreeForm, CallForm

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@page_for(WORKERS)
def agree(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Agree on days after the plan's end."""
    part = follow_ups.of_plan(request.viewer, plan_id)
    if not part.may_agree or part.ended_on is None:
        raise Http404
    form = AgreeForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _shown(request, "agree_follow_ups", form, plan_id=plan_id)
    if form.is_valid():
        try:
            follow_ups.agree_follow_ups(plan_id=plan_id, days=form.days(part.ended_on), by=request.viewer)
        except policies.DayHasBeen:
            form.add_error("months", _("One of these days has been already. Choose a later one."))
        else:
            messages.success(
                request, _("It is agreed. The call comes on the list of who coordinates the plan.")
            )
            return redirect("plan", plan_id)
    return _shown(request, "agree_follow_ups", form, plan_id=plan_id, status=422)


@require_http_methods(PAGE)
@page_for(WORKERS)
def call(request: SignedInRequest, plan_id: UUID, follow_up_id: UUID) -> HttpResponse:
    """Note how it goes."""
    part = follow_ups.of_plan(request.viewer, plan_id)
    row = next((row for row in part.rows if row.follow_up_id == follow_up_id), None)
    if row is None or not part.may_call:
        raise Http404
    if row.called_on is not None:
        return _called_already(request, plan_id)
    form = CallForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _shown(request, "call", form, plan_id=plan_id)
    if not form.is_valid():
        return _shown(request, "call", form, plan_id=plan_id, status=422)
    try:
        follow_ups.note_call(
            follow_up_id=follow_up_id,
            situation=form.situation(),
            open_anew=form.cleaned_data["open_anew"],
            by=request.viewer,
        )
    except policies.AlreadyCalled:
        return _called_already(request, plan_id)
    messages.success(request, _("The call is noted."))
    return redirect("plan", plan_id)


def _called_already(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    messages.error(request, _("Somebody has called already. Here you see how it went."))
    return redirect("plan", plan_id)


def _shown(
    request: SignedInRequest, page: str, form: forms.Form, *, plan_id: UUID, status: int = 200
) -> HttpResponse:
    parts = {"form": form, "plan_id": plan_id}
    return render(request, f"caseworker/{page}.html", parts, status=status)
