"""A meeting as an entry of a calendar, moved to another day, or called off; points for its agenda."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.coordination import agendas, meeting_days
from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination.types import MeetingRow
from samvirke.plan import queries as plans
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.meetings import PAGE, one_meeting, said_of_day
from samvirke.surfaces.components import calendar_file
from samvirke.surfaces.components.days import in_words
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.meeting_forms import CallOffForm, ContributionForm, MoveForm, PointForm


@require_safe
@page_for(WORKERS)
def invitation(request: SignedInRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The meeting as a file for the own calendar; made anew each time, and kept nowhere."""
    _part, row = one_meeting(request, plan_id, meeting_id)
    return calendar_file.answer(row, plans.country_of(plan_id))


@require_http_methods(PAGE)
@page_for(WORKERS)
def move(request: SignedInRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Another day or time, and why."""
    part, row = one_meeting(request, plan_id, meeting_id)
    _check_to_come(row)
    zone = ZoneInfo(plans.country_of(plan_id).zone)
    starts = row.starts_at.astimezone(zone).time() if row.starts_at else None
    form = MoveForm.of(row, starts, data=request.POST or None, team=part.team)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        with said_of_day(form), _said_if_over(form):
            meeting_days.move(
                meeting_id=meeting_id,
                day=said["day"],
                arranged=form.arranged(),
                why=said["why"],
                by=request.viewer,
            )
        if form.is_valid():
            messages.success(request, _("The meeting is moved. Everybody on the plan sees it, and why."))
            return redirect("meeting", plan_id, meeting_id)
    parts = {"form": form, "plan_id": plan_id, "row": row}
    return render(request, "caseworker/move_meeting.html", parts, status=422 if form.is_bound else 200)


@require_http_methods(PAGE)
@page_for(WORKERS)
def call_off(request: SignedInRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """It will not be held, and it is said why."""
    _part, row = one_meeting(request, plan_id, meeting_id)
    _check_to_come(row)

    form = CallOffForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        with _said_if_over(form):
            meeting_days.call_off(meeting_id=meeting_id, by=request.viewer, **said)

    words = Words(
        title=_("Call the meeting off"),
        lead=_(
            "The meeting on %(day)s stays in the plan as called off, with the reason. This cannot be undone."
        )
        % {"day": in_words(row.day)},
        submit=_("Call it off"),
        done=_("The meeting is called off. Everybody on the plan sees it, and why."),
        back=_("Back to the meeting"),
    )
    return form_page(request, form, act, words=words, back=_back(plan_id, row))


@require_http_methods(PAGE)
@page_for(WORKERS)
def add_point(request: SignedInRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """A point for the agenda."""
    _part, row = one_meeting(request, plan_id, meeting_id)
    _check_to_come(row)

    form = PointForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        with _said_if_over(form):
            agendas.add_point(meeting_id=meeting_id, by=request.viewer, **said)

    words = Words(
        title=_("A point for the agenda"),
        lead=_("Everybody on the plan sees it, the person as well."),
        submit=_("Put it on the agenda"),
        done=_("The point is on the agenda."),
        back=_("Back to the meeting"),
    )
    return form_page(request, form, act, words=words, back=_back(plan_id, row))


@require_http_methods(PAGE)
@page_for(WORKERS)
def contribute(request: SignedInRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """What one who cannot come wants said."""
    _part, row = one_meeting(request, plan_id, meeting_id)
    _check_to_come(row)
    form = ContributionForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        try:
            with _said_if_over(form):
                agendas.contribute(meeting_id=meeting_id, by=request.viewer, **said)
        except refusals.AlreadyContributed:
            text = _("You have written something for this meeting already, and it stands as it is.")
            form.add_error("text", text)

    words = Words(
        title=_("I cannot come"),
        lead=_("What you write is read in the meeting, under the points of those who could not come."),
        submit=_("Send it to the meeting"),
        done=_("It will be read in the meeting."),
        back=_("Back to the meeting"),
    )
    return form_page(request, form, act, words=words, back=_back(plan_id, row))


@contextmanager
def _said_if_over(form: forms.Form) -> Iterator[None]:
    """Somebody called it off, or wrote its minutes, while this one was writing."""
    try:
        yield
    except refusals.MeetingIsOver:
        text = _("The meeting was called off, or its minutes are written already. Call a new one to go on.")
        form.add_error(next(iter(form.fields)), text)


def _check_to_come(row: MeetingRow) -> None:
    """Raises Http404 for a meeting with minutes, or one that was called off."""
    if row.minutes or row.is_called_off:
        raise Http404


def _back(plan_id: UUID, row: MeetingRow) -> str:
    return reverse("meeting", args=[plan_id, row.meeting_id])
