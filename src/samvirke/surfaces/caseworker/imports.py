"""What became of a file's rows, which were refused, and taking it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from samvirke.exchange.inbox import queries
from samvirke.exchange.inbox import undo as inbox_undo
from samvirke.exchange.uploads import queries as uploads
from samvirke.exchange.uploads import taking_back
from samvirke.exchange.uploads.types import HowFar
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import IMPORTERS, SENDERS, page_for
from samvirke.surfaces.components.import_parts import refusal
from samvirke.surfaces.components.progress import progress


@require_safe
@page_for(IMPORTERS)
def run(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """One import: what became of its rows, what to do about those that were refused, and taking it back."""
    page = queries.run(request.viewer, run_id)
    under_way = None if page.row.undone_by else taking_back.under_way(request.viewer, run_id)
    if under_way is not None and request.htmx:
        return render(request, "components/progress.html", _taking_back(request, run_id, under_way))
    if page.row.undone_by is not None and "looks" in request.GET:
        return _shown(request, page.row.undone_by)
    may_undo = request.viewer.role in SENDERS and inbox_undo.may_be_taken_back(run_id, request.viewer)
    parts = {
        "run": page.row,
        "refusals": [refusal(row) for row in page.refusals],
        "sent": uploads.of_run(request.viewer, run_id),
        "may_undo": may_undo and under_way is None,
    }
    if under_way is not None:
        parts |= _taking_back(request, run_id, under_way)
    return render(request, "caseworker/import_run.html", parts)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(SENDERS)
def undo(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """What taking an import back would do; a POST asks a worker to take it back."""
    try:
        if request.method == "POST":
            taking_back.ask(run_id=run_id, by=request.viewer)
            return redirect("import_run", run_id)
        found = inbox_undo.consequences(run_id=run_id, by=request.viewer)
    except inbox_undo.NotToBeTakenBack:
        messages.info(request, _("This import cannot be taken back, or has been taken back already."))
        return redirect("import_run", run_id)
    page = queries.run(request.viewer, run_id)
    parts = {
        "run": page.row,
        "withdrawn": found.withdrawn,
        "restored": found.restored,
        "kept": [refusal(row) for row in found.kept],
        "kept_in_all": found.kept_in_all,
    }
    return render(request, "caseworker/undo_import.html", parts)


def _taking_back(request: SignedInRequest, run_id: UUID, job: HowFar) -> dict[str, object]:
    return progress(
        request,
        request.viewer,
        job,
        under_way=_("The import is being taken back"),
        again=reverse("undo_import", args=[run_id]),
    )


def _shown(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """The run that took back, for a page that has waited for it."""
    messages.success(request, _("The import is taken back. Below you see what was done."))
    if request.htmx:
        return HttpResponseClientRedirect(reverse("import_run", args=[run_id]))
    return redirect("import_run", run_id)
