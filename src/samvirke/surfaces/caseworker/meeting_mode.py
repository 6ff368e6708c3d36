"""Meeting mode: one screen for the whole meeting, its draft, and the view that all who are there may see."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.coordination import agendas, meeting_mode, policies
from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination import queries as coordination
from samvirke.coordination.types import MeetingRow, MeetingsPart
from samvirke.plan import teams
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.meetings import PAGE, one_meeting
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.hold_form import MANY, HoldForm


@require_http_methods(PAGE)
@page_for(WORKERS)
def hold(request: SignedInRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The whole meeting on one screen; a POST saves the draft, or makes minutes and proposals of it."""
    part, row, page = _to_hold(request, plan_id, meeting_id)
    if row.minutes:
        messages.error(request, _("The minutes are written already. What is missing can be added to them."))
        return redirect("meeting", plan_id, meeting_id)
    kept = meeting_mode.draft(request.viewer, plan_id, meeting_id)
    items = agendas.items_of(page, meeting_id)
    if request.method != "POST":
        form = HoldForm.from_draft(kept, items=items, page=page, team=part.team)
        return _shown(request, part, row, page, form)
    form = HoldForm(request.POST, items=items, page=page, team=part.team)
    if "finish" in request.POST:
        return _finished(request, part, row, page, form)
    try:
        _save(request, row, form)
    except refusals.StaleDraft as problem:
        typed = request.POST.copy()
        typed["seen_version"] = str(problem.version)
        form = HoldForm.from_draft(None, items=items, page=page, team=part.team)
        form.initial = {
            name: typed.getlist(name) if name in MANY else typed.get(name) for name in form.fields
        }
        return _shown(request, part, row, page, form, status=409)
    messages.success(request, _("The draft is saved. Nobody else reads it."))
    return redirect("hold_meeting", plan_id, meeting_id)


@require_POST
@page_for(WORKERS)
def save_draft(request: SignedInRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The part of the page that says when it was saved; the page's script asks while somebody types."""
    part, row, page = _to_hold(request, plan_id, meeting_id)
    form = HoldForm(request.POST, items=agendas.items_of(page, meeting_id), page=page, team=part.team)
    parts: dict[str, object] = {"version": request.POST.get("seen_version", ""), "now": request.viewer.now}
    try:
        parts["version"] = _save(request, row, form)
    except refusals.StaleDraft:
        parts["is_stale"] = True
    except policies.MinutesAreWritten:
        parts["is_over"] = True
    return render(request, "caseworker/draft_saved.html", parts)


@require_safe
@page_for(WORKERS)
def projected(request: SignedInRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """What all who are there may see, in big type; who is there is ticked in meeting mode."""
    _part, row, page = _to_hold(request, plan_id, meeting_id)
    kept = meeting_mode.draft(request.viewer, plan_id, meeting_id)
    typed, posts = kept.typed if kept else {}, teams.members_of(plan_id)
    there = [post_id for member_id, post_id in posts.items() if str(member_id) in typed.get("there", [])]
    of_family = [one.person_id for one in page.family]
    persons = [one for one in of_family if not kept or str(one) in typed.get("family", [])]
    parts: dict[str, object] = {"plan_id": plan_id, "row": row}
    try:
        items = agendas.items_of(page, meeting_id)
        parts["items"] = meeting_mode.for_all(
            request.viewer, page, items, there, persons if of_family else [page.subject_id]
        )
    except refusals.TooManyPresent:
        parts["too_many"] = True
    return render(request, "caseworker/projected.html", parts)


def _to_hold(
    request: SignedInRequest, plan_id: UUID, meeting_id: UUID
) -> tuple[MeetingsPart, MeetingRow, PlanPage]:
    """A meeting that is held now, or was. Raises Http404 for one called off, and one that lies ahead."""
    part, row = one_meeting(request, plan_id, meeting_id)
    if row.is_called_off or local_day(request.viewer.now) < row.day:
        raise Http404
    return part, row, coordination.plan_page(request.viewer, plan_id)


def _save(request: SignedInRequest, row: MeetingRow, form: HoldForm) -> int:
    """Raises StaleDraft, MinutesAreWritten."""
    said = request.POST.get("seen_version", "")
    return meeting_mode.save_draft(
        meeting_id=row.meeting_id,
        typed=form.typed(request.POST),
        seen_version=int(said) if said.isdecimal() else 0,
        by=request.viewer,
    )


def _finished(
    request: SignedInRequest, part: MeetingsPart, row: MeetingRow, page: PlanPage, form: HoldForm
) -> HttpResponse:
    if not form.is_valid():
        return _shown(request, part, row, page, form, status=422)
    said = form.cleaned_data
    try:
        made = meeting_mode.finish(
            meeting_id=row.meeting_id,
            agreed=said["agreed"],
            said=form.said(),
            proposed=form.proposed(),
            there=[teams.post_of_member(part.plan_id, member_id) for member_id in said["there"]],
            person_was_there=said["person_was_there"],
            by=request.viewer,
        )
    except refusals.MayNotKnow:
        text = _("One you chose to answer for something may not read what it is about. Choose another.")
        form.add_error("agreed", text)
    except (refusals.ActionIsGone, policies.NotInTheTeam):
        form.add_error("agreed", _("The plan has changed since you opened the page. Read it again."))
    except policies.MinutesAreWritten:
        form.add_error("agreed", _("Somebody wrote the minutes while you were writing. Add yours to them."))
    else:
        text = _("The minutes are saved. Everybody on the plan can read them.")
        if made:
            text += " " + _("What you propose waits for those who would answer for it, and for the person.")
        messages.success(request, text)
        return redirect("meeting", part.plan_id, row.meeting_id)
    return _shown(request, part, row, page, form, status=422)


def _shown(
    request: SignedInRequest,
    part: MeetingsPart,
    row: MeetingRow,
    page: PlanPage,
    form: HoldForm,
    *,
    status: int = 200,
) -> HttpResponse:
    kept = meeting_mode.draft(request.viewer, part.plan_id, row.meeting_id)
    parts = {
        "plan_id": part.plan_id,
        "page": page,
        "row": row,
        "form": form,
        "sections": list(form.sections()),
        "contributions": agendas.contributions(request.viewer, part.plan_id, row.meeting_id),
        "kept": kept,
        "kept_texts": [text for text in kept.typed.values() if isinstance(text, str)] if kept else [],
        "is_stale": status == 409,
    }
    return render(request, "caseworker/hold_meeting.html", parts, status=status)
