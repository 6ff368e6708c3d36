"""What came in from the agency's own case system, and which rows were refused."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from samvirke.exchange.inbox import queries
from samvirke.exchange.inbox.types import RefusalRow
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import IMPORTERS, page_for

WHOLE_MESSAGE = "$"  # the path of what could not be read at all


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A refused row in the reader's language."""

    row: int
    field: str
    reason: str
    what_to_do: str


@require_safe
@page_for(IMPORTERS)
def runs(request: SignedInRequest) -> HttpResponse:
    """All imports, the newest first."""
    return render(request, "caseworker/imports.html", {"runs": queries.runs(request.viewer)})


@require_safe
@page_for(IMPORTERS)
def run(request: SignedInRequest, run_id: UUID) -> HttpResponse:
    """One import: what became of its rows, and what to do about those that were refused."""
    page = queries.run(request.viewer, run_id)
    refusals = [_refused(row) for row in page.refusals]
    return render(request, "caseworker/import_run.html", {"run": page.row, "refusals": refusals})


def _refused(row: RefusalRow) -> RefusedRow:
    return RefusedRow(
        row=row.row,
        field=gettext("The whole message") if row.field == WHOLE_MESSAGE else row.field,
        reason=gettext(row.reason).format(**row.params),
        what_to_do=gettext(row.what_to_do).format(**row.params),
    )
