"""What became of a file's rows, which were refused, and taking it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.exchange.inbox import queries
from samvirke.exchange.inbox import undo as inbox_undo
from samvirke.exchange.uploads import queries as uploads
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import IMPORTERS, SENDERS, page_for
from samvirke.surfaces.components.import_parts import refusal


@require_safe
@page_for(IMPORTERS)
def run(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """One import: what became of its rows, and what to do about those that were refused."""
    page = queries.run(request.viewer, run_id)
    sent = uploads.of_run(request.viewer, run_id)
    parts = {
        "run": page.row,
        "refusals": [refusal(row) for row in page.refusals],
        "sent": sent,
        "may_undo": request.viewer.role in SENDERS and inbox_undo.may_be_taken_back(run_id, request.viewer),
    }
    return render(request, "caseworker/import_run.html", parts)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(SENDERS)
def undo(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """What taking an import back would do; a POST takes it back."""
    try:
        if request.method == "POST":
            told = inbox_undo.take_back(run_id=run_id, by=request.viewer)
            messages.success(request, _("The import is taken back. Below you see what was done."))
            return redirect("import_run", told)
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
