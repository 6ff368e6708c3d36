"""Calling the team together, and writing what was agreed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samvirke.coordination import agendas, meeting_days, meetings, policies, proposals
from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination import queries as coordination
from samvirke.coordination.calendar_types import TimeIsTaken
from samvirke.coordination.types import MeetingRow, MeetingsPart
from samvirke.plan import teams
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.meeting_forms import AddForm, CallForm, MinutesForm, WhenForm

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@page_for(WORKERS)
def call(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Call a meeting of the plan's team."""
    part = team_part(request, plan_id)
    page = coordination.plan_page(request.viewer, plan_id)
    open_points = agendas.proposed(page, local_day(request.viewer.now))
    form = CallForm(
        request.POST if request.method == "POST" else None, team=part.team, open_points=open_points
    )
    parts = {"form": form, "plan_id": plan_id}
    if not form.is_bound:
        return render(request, "caseworker/call_meeting.html", parts)
    if form.is_valid():
        said = form.cleaned_data
        with said_of_day(form):
            meetings.call_meeting(
                plan_id=plan_id,
                day=said["day"],
                agenda=said["agenda"],
                arranged=form.arranged(),
                open_points=agendas.points_of(open_points, said.get("points", ())),
                by=request.viewer,
            )
    if form.is_valid():
        messages.success(request, _("The meeting is called. Everybody on the plan sees it."))
        return redirect("plan", plan_id)
    return render(request, "caseworker/call_meeting.html", parts, status=422)


@contextmanager
def said_of_day(form: WhenForm) -> Iterator[None]:
    """What a meeting's day refuses is said beside the field it is about."""
    try:
        yield
    except policies.DayHasBeen:
        form.add_error("day", _("The day has been already. Choose today or a day ahead."))
    except refusals.TimeHasBeen:
        form.add_error("starts", _("The time has been already. Choose a later one."))
    except refusals.NoSuchTime:
        text = _("The clocks are put forward that night, and never show this time. Choose another.")
        form.add_error("starts", text)
    except TimeIsTaken as problem:
        form.say_taken(problem.found)
    except policies.PlanHasEnded:
        form.add_error("day", _("The plan has ended, so its team meets no more."))
    except policies.NotInTheTeam:
        form.add_error("invited", _("The plan has changed. Choose again."))


@require_http_methods(PAGE)
@page_for(WORKERS)
def meeting(request: SignedInRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """One meeting; a POST writes the minutes, or adds to them."""
    part, row = one_meeting(request, plan_id, meeting_id)
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
        except refusals.MeetingIsOver:
            form.add_error("agreed", _("The meeting was called off. Call a new one to go on."))
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


def team_part(request: SignedInRequest, plan_id: UUID) -> MeetingsPart:
    """The meetings, for those in the team. Raises Http404 for others."""
    part = meetings.of_plan(request.viewer, plan_id)
    if not part.may_write:
        raise Http404
    return part


def one_meeting(request: SignedInRequest, plan_id: UUID, meeting_id: UUID) -> tuple[MeetingsPart, MeetingRow]:
    """One of the meetings, for those in the team. Raises Http404 for others."""
    part = team_part(request, plan_id)
    for row in (*part.ahead, *part.past):
        if row.meeting_id == meeting_id:
            return part, row
    raise Http404


def _shown(
    request: SignedInRequest, part: MeetingsPart, row: MeetingRow, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    page = coordination.plan_page(request.viewer, part.plan_id)
    may_change = not row.minutes and not row.is_called_off
    invited = [seat for member, seat in part.team if member in row.invited]
    parts = {
        "plan_id": part.plan_id,
        "page": page,
        "row": row,
        "form": form,
        "is_late": status == 409,
        "items": agendas.items_of(page, row.meeting_id),
        "contributions": agendas.contributions(request.viewer, part.plan_id, row.meeting_id),
        "proposals": proposals.of_plan(request.viewer, part.plan_id, row.meeting_id),
        "earlier": meeting_days.earlier(request.viewer, part.plan_id, row.meeting_id)[1:],
        "invited": invited,
        "all_invited": len(invited) == len(part.team),
        "may_change": may_change,
        "may_hold": may_change and row.day <= local_day(request.viewer.now),
    }
    return render(request, "caseworker/meeting.html", parts, status=status)
