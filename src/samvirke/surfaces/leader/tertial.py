"""The tertial report of the own partnership, with the levels above where several are in."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samvirke.report import TertialPage, tertial_page
from samvirke.statistics import load, load_tertial
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import FIGURE_READERS, page_for
from samvirke.surfaces.components.figures_folder import figures_folder


@require_safe
@page_for(FIGURE_READERS)
def tertial(request: SignedInRequest) -> HttpResponse:
    """The newest report, or how to make one."""
    folder = figures_folder(request.viewer)
    return render(request, "leader/tertial.html", {"report": _report(folder) if folder else None})


def _report(folder: Path) -> TertialPage | None:
    """The record as this partnership reads it: its own lines, known by who stands in its own figures."""
    path, figures = folder / "tertial.json", folder / "statistics.json"
    if not path.exists():
        return None
    record = load_tertial(path)
    sources = [one.source for one in record.returned]
    own = load(figures).source if figures.exists() else sources[0]
    if own not in sources:
        return None
    return tertial_page(record, language="nb" if get_language() == "nb" else "en", only=own, charts=False)
