"""The evaluation report: a file made by the insight part, served unchanged to those it is for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samvirke.gate.types import Viewer
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import REPORT_READERS, page_for
from samvirke.surfaces.components.figures_folder import figures_folder

# The report carries its own styles and drawings and nothing else; it can load and send nothing.
REPORT_ONLY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


@require_safe
@page_for(REPORT_READERS)
def report(request: SignedInRequest) -> HttpResponse:
    """What the report is, and the way to it."""
    path = _path(request.viewer)
    made_at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) if path else None
    return render(request, "evaluator/report.html", {"made_at": made_at})


@require_safe
@page_for(REPORT_READERS)
def document(request: SignedInRequest) -> HttpResponse:
    """The report itself, in the reader's language."""
    path = _path(request.viewer)
    if path is None:
        raise Http404
    response = HttpResponse(path.read_bytes())
    response.headers["Content-Security-Policy"] = REPORT_ONLY
    return response


def _path(viewer: Viewer) -> Path | None:
    """The report of the viewer's own partnership, where there is one."""
    folder = figures_folder(viewer)
    path = folder / f"report-{'nb' if get_language() == 'nb' else 'en'}.html" if folder else None
    return path if path is not None and path.exists() else None
