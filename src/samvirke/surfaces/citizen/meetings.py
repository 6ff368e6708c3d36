"""The person's own meetings: when, what about, what was agreed and proposed, and a yes or a no to that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.coordination import agendas, meetings, proposals, queries
from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination.meeting_types import ProposalRow
from samvirke.coordination.types import MeetingRow
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components import calendar_file
from samvirke.surfaces.components.days import in_words
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.labels import words as label_of
from samvirke.surfaces.components.meeting_forms import PointForm
from samvirke.surfaces.components.proposal_forms import ConfirmForm

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@page_for(CITIZENS)
def my_meeting(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting; a POST puts a point of the person's own on its agenda."""
    page, row = _mine(request, meeting_id)
    form = PointForm(request.POST if request.method == "POST" else None)
    may_add = not row.minutes and not row.is_called_off
    if form.is_bound and not may_add:
        raise Http404
    if form.is_bound and form.is_valid():
        agendas.add_point(meeting_id=meeting_id, text=form.cleaned_data["text"], by=request.viewer)
        messages.success(request, _("Your point is on the agenda."))
        return redirect("my_meeting", meeting_id)
    parts = {
        "row": row,
        "form": form,
        "may_add": may_add,
        "items": agendas.items_of(page, meeting_id),
        "contributions": agendas.contributions(request.viewer, page.plan_id, meeting_id),
        "proposals": proposals.of_plan(request.viewer, page.plan_id, meeting_id),
    }
    return render(request, "citizen/meeting.html", parts, status=422 if form.is_bound else 200)


@require_safe
@page_for(CITIZENS)
def my_invitation(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting as a file for the person's own calendar; made anew each time, and kept nowhere."""
    page, row = _mine(request, meeting_id)
    return calendar_file.answer(row, page.country)


@require_http_methods(PAGE)
@page_for(CITIZENS)
def my_proposal(request: SignedInRequest, proposal_id: UUID) -> HttpResponse:
    """Something that was proposed: the person says yes or no."""
    row, _now = proposals.one(request.viewer, proposal_id)
    page, meeting = _mine(request, row.meeting_id)
    if page.plan_id != row.plan_id or row.person_says is not None:
        raise Http404
    form = ConfirmForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        try:
            proposals.confirm(proposal_id=proposal_id, by=request.viewer, **said)
        except refusals.AlreadyAnswered:
            form.add_error("says_yes", _("You have answered this already. Read the meeting again."))

    words = Words(
        title=_("Do you want this?"),
        lead=_told(row),
        submit=_("Save my answer"),
        done=_("Your answer stands beside the proposal."),
        back=_("Back to the meeting"),
    )
    return form_page(request, form, act, words=words, back=reverse("my_meeting", args=[meeting.meeting_id]))


def _told(row: ProposalRow) -> str:
    """What is proposed, in one line."""
    parts = [f"{label_of(row.change, code_list='proposed_change')}: {row.what}"]
    if row.due_on is not None:
        parts.append(_("By %(day)s") % {"day": in_words(row.due_on)})
    return " · ".join([*parts, row.why] if row.why else parts)


def _mine(request: SignedInRequest, meeting_id: UUID) -> tuple[PlanPage, MeetingRow]:
    """A meeting about the own plan. Raises Http404 for others."""
    page = queries.my_plan(request.viewer)
    if page is not None:
        part = meetings.of_plan(request.viewer, page.plan_id)
        for row in (*part.ahead, *part.past):
            if row.meeting_id == meeting_id:
                return page, row
    raise Http404
