"""The worker's plan page, and the one note written on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.applications import queries as applications
from samvirke.coordination import continuity, follow_ups, meetings
from samvirke.coordination import queries as coordination
from samvirke.interventions import queries as interventions
from samvirke.kernel.gate_words import DataKind
from samvirke.people import emergencies, places
from samvirke.plan import consents, operations
from samvirke.plan.audience import readers
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.places import plan_names
from samvirke.surfaces.components import easy_document, plan_document, plan_parts
from samvirke.surfaces.components.application_parts import answered_by
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import UNIT_LEADERS, WORKERS, page_for
from samvirke.surfaces.components.forms import NoteForm
from samvirke.surfaces.components.intervention_forms import kinds_to_note


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def plan(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The plan; a POST writes a note, or only shows who would read it."""
    page = coordination.plan_page(request.viewer, plan_id)
    if request.method != "POST":
        return _shown(request, page, NoteForm(kinds=page.may_write_kinds))
    form = NoteForm(request.POST, kinds=page.may_write_kinds)
    if "look" in request.POST:
        return _looked(request, page, form)
    if not form.is_valid():
        return _shown(request, page, form, status=422)
    return _written(request, plan_id, form)


@require_safe
@page_for(WORKERS)
def document(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The plan as one document, as this worker may see it; made anew each time, and kept nowhere."""
    return plan_document.answer(coordination.plan_page(request.viewer, plan_id), request.viewer.now)


@require_safe
@page_for(WORKERS)
def easy(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The plan in easy words, to print for the person: what this worker may see of it."""
    page = coordination.plan_page(request.viewer, plan_id)
    shown = {"plan_id": plan_id, "easy": easy_document.contents(page, request.viewer.now)}
    return render(request, "caseworker/easy.html", shown)


@require_safe
@page_for(WORKERS)
def easy_file(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The plan in easy words as a file; made anew each time, and kept nowhere."""
    return easy_document.answer(coordination.plan_page(request.viewer, plan_id), request.viewer.now)


@require_safe
@page_for(WORKERS)
def audience(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The part of the page that says who would read a note of this kind."""
    try:
        kind = DataKind(int(request.GET.get("kind", "")))
    except ValueError:
        return HttpResponseBadRequest()
    rows = readers(request.viewer, plan_id, kind, sealed="sealed" in request.GET)
    return render(request, "caseworker/audience.html", {"audience": rows, "kind": kind})


def _written(request: SignedInRequest, plan_id: UUID, form: NoteForm) -> HttpResponse:
    operations.write_note(plan_id=plan_id, by=request.viewer, **form.cleaned_data)
    messages.success(request, _("The note is saved. You do not need to write it anywhere else."))
    return redirect("plan", plan_id)


def _looked(request: SignedInRequest, page: PlanPage, form: NoteForm) -> HttpResponse:
    """Without a script: the same page, what was typed kept, and the readers listed."""
    form.is_valid()
    kind = form.cleaned_data.get("kind")
    form.errors.pop("text", None)  # looking is not saving; the text may still be missing
    if kind is None:
        return _shown(request, page, form, status=422)
    rows = readers(request.viewer, page.plan_id, kind, sealed=form.cleaned_data["sealed"])
    return _shown(request, page, form, audience=rows, kind=kind)


def _shown(
    request: SignedInRequest, page: PlanPage, form: NoteForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    today = local_day(request.viewer.now)
    names = plan_names(page)
    protections = places.protections(request.viewer, names)
    ends = None if page.family else consents.ends_soon(request.viewer, [page.plan_id]).get(page.plan_id)
    met = meetings.of_plan(request.viewer, page.plan_id)
    applied_for = applications.about(request.viewer, page.subject_id)
    parts = {
        "page": page,
        "goals": plan_parts.numbered_goals(page),
        "groups": plan_parts.action_groups(page, today),
        "own_voice": plan_parts.own_voice(page),
        "statements": plan_parts.statements(page),
        "warnings": plan_parts.reminders(protections, names)
        + plan_parts.consent_ends(ends)
        + plan_parts.two_hats(answered_by(page.coordinator.post_id, applied_for))
        + plan_parts.warnings(page, today),
        "consent_ends": ends,
        "protections": protections,
        "may_keep_back": request.viewer.role in UNIT_LEADERS,
        "may_revise": DataKind.PLAN in page.may_write_kinds,
        "form": form,
        "applications": applied_for,
        "needs": () if page.family else interventions.about(request.viewer, page.subject_id),
        "may_note_need": bool(kinds_to_note(page)),
        "follow_ups": None if page.status == "active" else follow_ups.of_plan(request.viewer, page.plan_id),
        "meetings": met,
        "so_far": continuity.of(page, met, today),
        "may_move": page.status == "active" and not page.family and DataKind.PLAN in page.may_write_kinds,
        "emergencies": emergencies.about(request.viewer, [page.subject_id]),
    }
    return render(request, "caseworker/plan.html", parts | more, status=status)
