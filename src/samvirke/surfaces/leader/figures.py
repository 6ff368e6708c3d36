"""The partnership's figures: tables that have passed disclosure control, with hidden numbers explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from samvirke.agencies import funding
from samvirke.agencies import queries as agencies
from samvirke.jobs import operations as jobs
from samvirke.report import code_label
from samvirke.statistics import ProtectedTable, StatisticsRecord, WaitingDays, load
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import FIGURE_READERS, page_for
from samvirke.surfaces.jobs import figures as made

TITLES: dict[str, tuple[Promise, Promise]] = {
    "flow": (
        _("The way to a plan"),
        _("How many came from one step to the next, in each municipality."),
    ),
    "states": (_("Plans so far"), _("How many plans are open, and how many have ended.")),
    "end_reasons": (_("Why plans ended"), _("A plan that was registered by mistake is counted on its own.")),
    "in_out_support": (
        _("What people lived on before and after"),
        _("Each line is what people lived on when the plan began; each column is what it was when it ended."),
    ),
    "in_out_occupation": (
        _("What people did before and after"),
        _("Each line is what people did when the plan began; each column is what they did at its end."),
    ),
}
ORDER = ("flow", "states", "end_reasons", "in_out_support", "in_out_occupation")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table. A hidden number is None."""

    label: str
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table in words."""

    name: str
    title: Promise
    explanation: Promise
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    totals: Line
    hidden: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All tables of one delivery, and where they are from."""

    source: str
    made_on: date
    tables: tuple[Table, ...]
    waiting: WaitingDays


@require_safe
@page_for(FIGURE_READERS)
def figures(request: SignedInRequest) -> HttpResponse:
    """The newest figures, or how to make them; and what the own association's parties pay."""
    path = made.path(request.viewer)
    found = load(path) if path is not None and path.exists() else None
    parts = {
        "figures": _in_words(found, agencies.municipality_names()) if found is not None else None,
        "may_make": request.viewer.role in made.MAKERS,
        "funding": funding.of_own_association(request.viewer),
    }
    return render(request, "leader/figures.html", parts)


@require_POST
@page_for(made.MAKERS)
def make_anew(request: SignedInRequest) -> HttpResponse:
    """Ask for the figures to be made anew. Nobody waits for it."""
    if jobs.defer(task=made.TASK, by=request.viewer):
        messages.success(request, _("The figures are being made. Open this page again in a few minutes."))
    else:
        messages.info(request, _("You have asked for them already. Open this page again in a few minutes."))
    return redirect("figures")


def _in_words(record: StatisticsRecord, municipalities: Mapping[str, str]) -> Figures:
    by_name = {table.name: table for table in record.tables}
    return Figures(
        source=record.source,
        made_on=date.fromisoformat(record.made_at[:10]),
        tables=tuple(_table(by_name[name], municipalities) for name in ORDER if name in by_name),
        waiting=record.waiting,
    )


def _table(table: ProtectedTable, municipalities: Mapping[str, str]) -> Table:
    title, explanation = TITLES[table.name]
    has_totals = bool(table.row_totals) and len(table.columns) > 1
    margins = [(total,) for total in table.row_totals] if has_totals else [()] * len(table.rows)
    lines = [
        Line(municipalities.get(code) or _word(code), (*cells, *margin))
        for code, cells, margin in zip(table.rows, table.cells, margins, strict=True)
    ]
    corner = (table.total,) if has_totals else ()
    columns = (*table.columns, "total") if has_totals else table.columns
    return Table(
        name=table.name,
        title=title,
        explanation=explanation,
        columns=_words(columns),
        lines=tuple(lines),
        totals=Line(_word("total"), (*table.column_totals, *corner)),
        hidden=table.hidden,
    )


def _words(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(_word(code) for code in codes)


def _word(code: str) -> str:
    return code_label(code, "nb" if get_language() == "nb" else "en")
