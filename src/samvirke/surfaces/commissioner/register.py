"""The evidence register: all of it, one record, and the answer of those who received it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke import evidence, report
from samvirke.agencies import queries as agencies
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import EVIDENCE_ANSWERERS, EVIDENCE_READERS, page_for
from samvirke.surfaces.components.evidence_forms import ResponseForm

NAMES: Mapping[str, Promise] = {
    "form": gettext_lazy("Form of cooperation"),
    "theme": gettext_lazy("Theme"),
    "method": gettext_lazy("Method"),
    "target_group": gettext_lazy("Target group"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """One list to choose records by, with what is chosen."""

    name: str
    label: Promise
    choices: tuple[tuple[str, str], ...]
    chosen: str


@require_safe
@page_for(EVIDENCE_READERS)
def overview(request: SignedInRequest) -> HttpResponse:
    """What has been ordered, found and answered; money against evaluations; what nobody has evaluated."""
    register = evidence.read(_folder())
    chosen = {name: request.GET.get(name, "") for name in NAMES}
    parts = report.evidence_overview(
        register,
        shown=register.choose(**chosen),
        href=lambda record_id: reverse("evidence_record", args=[record_id]),
        language=_language(),
        this_year=request.viewer.now.year,
    )
    filters = list(_filters(register, chosen))
    shown = {"parts": parts, "filters": filters, "is_chosen": any(chosen.values())}
    return render(request, "commissioner/evidence.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(EVIDENCE_READERS)
def record(request: SignedInRequest, evidence_id: str) -> HttpResponse:
    """One record with its numbers and answers; a POST writes down a further answer."""
    may_answer = request.viewer.role in EVIDENCE_ANSWERERS
    if request.method == "POST" and not may_answer:
        raise Http404
    try:
        filed = evidence.read(_folder()).one(evidence_id)
    except evidence.UnknownRecord:
        raise Http404 from None
    today = request.viewer.now.date()
    if request.method != "POST":
        return _shown(request, filed, ResponseForm(today=today) if may_answer else None)
    form = ResponseForm(request.POST, today=today)
    if not form.is_valid():
        return _shown(request, filed, form, status=422)
    evidence.respond(
        evidence_id,
        evidence.Response(**form.cleaned_data),
        folder=_folder(),
        by=agencies.post(request.viewer.post_id).title,
        at=request.viewer.now,
    )
    messages.success(request, _("It is written down. What stood before is kept below it."))
    return redirect("evidence_record", evidence_id)


def _shown(
    request: SignedInRequest, filed: evidence.Filed, form: ResponseForm | None, *, status: int = 200
) -> HttpResponse:
    language = _language()
    parts = {
        "title": filed.record.title.in_language(language),
        "parts": report.evidence_record(filed, language=language),
        "form": form,
    }
    return render(request, "commissioner/record.html", parts, status=status)


def _filters(register: evidence.Register, chosen: Mapping[str, str]) -> Iterator[Filter]:
    for choice in report.evidence_choices(register, language=_language()):
        yield Filter(choice.name, NAMES[choice.name], choice.codes, chosen[choice.name])


def _folder() -> Path:
    """Where this installation keeps its own records and all answers."""
    return Path(settings.HOME) / "evidence"


def _language() -> str:
    return "nb" if get_language() == "nb" else "en"
