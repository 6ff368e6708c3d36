"""Calling the team together, and writing what was agreed."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samvirke.coordination import meetings, policies
from samvirke.coordination.types import MeetingRow, MeetingsPart
from samvirke.plan import teams
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.meeting_forms import AddForm, CallForm, MinutesForm

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@page_for(WORKERS)
def call(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Call a meeting of the plan's team."""
    _team_part(request, plan_id)
    form = CallForm(request.POST if request.method == "POST" else None)
    parts = {"form": form, "plan_id": plan_id}
    if not form.is_bound:
        return render(request, "caseworker/call_meeting.html", parts)
    if form.is_valid():
        try:
            meetings.call_meeting(plan_id=plan_id, by=request.viewer, **form.cleaned_data)
        except policies.DayHasBeen:
            form.add_error("day", _("The day has been already. Choose today or a day ahead."))
        except policies.PlanHasEnded:
            form.add_error("day", _("The plan has ended, so its team meets no more."))
        else:
            messages.success(request, _("The meeting is called. Everybody on the plan sees it."))
            return redirect("plan", plan_id)
    return render(request, "caseworker/call_meeting.html", parts, status=422)


@require_http_methods(PAGE)
@page_for(WORKERS)
def meeting(request: SignedInRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """One meeting; a POST writes the minutes, or adds to them."""
    part = _team_part(request, plan_id)
    row = next((row for row in (*part.ahead, *part.past) if row.meeting_id == meeting_id), None)
    if row is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, part, row, AddForm() if row.minutes else MinutesForm(team=part.team))
    if "text" in request.POST:
        return _added(request, part, row, AddForm(request.POST))
    return _written(request, part, row, MinutesForm(request.POST, team=part.team))


def _written(
    request: SignedInRequest, part: MeetingsPart, row: MeetingRow, form: MinutesForm
) -> HttpResponse:
    if row.minutes:  # written meanwhile: what was typed becomes something to add
        typed = AddForm(initial={"text": request.POST.get("agreed", "")})
        return _shown(request, part, row, typed, status=409)
    if form.is_valid():
        try:
            said = form.cleaned_data
            there = [teams.post_of_member(part.plan_id, member_id) for member_id in said.pop("there")]
            meetings.write_minutes(meeting_id=row.meeting_id, there=there, by=request.viewer, **said)
        except policies.NotHeldYet:
            form.add_error(
                "agreed", _("The meeting lies ahead. Write what was agreed when it has been held.")
            )
        else:
            messages.success(request, _("The minutes are saved. Everybody on the plan can read them."))
            return redirect("plan", part.plan_id)
    return _shown(request, part, row, form, status=422)


def _added(request: SignedInRequest, part: MeetingsPart, row: MeetingRow, form: AddForm) -> HttpResponse:
    if not form.is_valid():
        return _shown(request, part, row, form, status=422)
    meetings.add_to_minutes(meeting_id=row.meeting_id, by=request.viewer, text=form.cleaned_data["text"])
    messages.success(request, _("It is added. What was agreed before stands as it was."))
    return redirect("meeting", part.plan_id, row.meeting_id)


def _team_part(request: SignedInRequest, plan_id: UUID) -> MeetingsPart:
    part = meetings.of_plan(request.viewer, plan_id)
    if not part.may_write:
        raise Http404
    return part


def _shown(
    request: SignedInRequest, part: MeetingsPart, row: MeetingRow, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    parts = {"plan_id": part.plan_id, "row": row, "form": form, "is_late": status == 409}
    return render(request, "caseworker/meeting.html", parts, status=status)
