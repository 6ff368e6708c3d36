"""One visit of the access log: why it was allowed or stopped, and a question to who answers for it."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import log, log_questions
from samvirke.people.exception_types import Explanation, Visit
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.citizen.seen import addressed, by_day
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.log_forms import AskWhyForm
from samvirke.surfaces.components.paging import moment_asked

FORM = ["GET", "HEAD", "POST"]


class Decided(NamedTuple):
    """One rule, and all that it decided of a visit."""

    rule: Explanation
    kinds: list[DataKind]


@require_http_methods(FORM)
@page_for(CITIZENS)
def my_visit(request: SignedInRequest, visit_id: UUID) -> HttpResponse:
    """Why somebody could look, or was stopped; and who can be asked."""
    viewer = request.viewer
    try:
        visit = log.visit(viewer, visit_id, asked=addressed(viewer))
    except log.NoSuchVisit:
        raise Http404 from None
    back = reverse("my_seen")
    answer = _asked(request, visit, back=back)
    if isinstance(answer, HttpResponse):
        return answer
    explained = log_questions.explained(viewer, visit) if visit.about_id == visit.person_id else []
    return _page(request, visit, answer, {"explained": _by_rule(explained), "back": back})


@require_safe
@page_for(CITIZENS)
def seen_of_child(request: SignedInRequest, child_id: UUID) -> HttpResponse:
    """What a guardian is told of a child's log."""
    name = _child(request.viewer, child_id)
    before = moment_asked(request)
    seen = log.who_has_seen_child(request.viewer, child_id, before=before)
    parts = {"days": by_day(seen.rows), "earlier": seen.earlier, "before": before}
    return render(request, "citizen/seen_child.html", {**parts, "name": name, "child_id": child_id})


@require_http_methods(FORM)
@page_for(CITIZENS)
def visit_of_child(request: SignedInRequest, child_id: UUID, visit_id: UUID) -> HttpResponse:
    """The same visit on a page of its own, where a guardian can ask."""
    name = _child(request.viewer, child_id)
    try:
        visit = log.visit_of_child(request.viewer, child_id, visit_id)
    except log.NoSuchVisit:
        raise Http404 from None
    back = reverse("child_seen", args=[child_id])
    answer = _asked(request, visit, back=back)
    if isinstance(answer, HttpResponse):
        return answer
    return _page(request, visit, answer, {"explained": [], "back": back, "whom": name})


def _by_rule(explained: list[Explanation]) -> list[Decided]:
    """Kinds that the same rule opened, or kept closed, are told together."""
    found: dict[object, Decided] = {}
    for one in explained:
        rule = (one.basis, one.refusal, one.consents, one.provisions)
        found.setdefault(rule, Decided(one, [])).kinds.append(one.kind)
    return list(found.values())


def _child(viewer: Viewer, child_id: UUID) -> str:
    name = log.my_child(viewer, child_id)
    if name is None:
        raise Http404
    return name


def _asked(request: SignedInRequest, visit: Visit, *, back: str) -> AskWhyForm | HttpResponse:
    form = AskWhyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            log_questions.ask_why(visit=visit, text=form.cleaned_data["text"], by=request.viewer)
        except log_questions.AskedAlready:
            messages.info(request, _("You have asked about this visit already."))
            return redirect(request.path)
        except log_questions.NobodyToAnswer:
            form.add_error("text", _("Nobody here could answer. Ask your coordinator."))
        else:
            messages.success(request, _("Your question is sent. You find the answer on this page."))
            return redirect(back)
    return form


def _page(request: SignedInRequest, visit: Visit, form: AskWhyForm, more: dict[str, object]) -> HttpResponse:
    mine = log_questions.asked_by_me(request.viewer)
    question = next((one for one in mine if one.visit_id == visit.row.visit_id), None)
    parts = {"row": visit.row, "form": form, "question": question, **more}
    return render(request, "citizen/visit.html", parts, status=422 if form.errors else 200)
