"""What a unit reads about its own imports."""

from __future__ import annotations

from uuid import UUID

from samvirke.exchange.inbox.types import RefusalRow, RunPage, RunRow
from samvirke.exchange.models import ImportRun, RefusedLine
from samvirke.gate.types import Viewer

NEWEST_RUNS = 50


def runs(viewer: Viewer) -> list[RunRow]:
    """The newest imports of the viewer's unit."""
    found = ImportRun.objects.filter(unit_id__in=viewer.holders).select_related("undone_by")
    found = found.order_by("-started_at", "id")
    return [_row(run) for run in found[:NEWEST_RUNS]]


def run(viewer: Viewer, run_id: UUID) -> RunPage:
    """One import with its refused rows. Raises ImportRun.DoesNotExist."""
    mine = ImportRun.objects.filter(unit_id__in=viewer.holders).select_related("undone_by")
    found = mine.get(pk=run_id)
    lines = RefusedLine.objects.filter(run=found).order_by("row", "id")
    return RunPage(
        row=_row(found),
        refusals=tuple(
            RefusalRow(line.row, line.field, line.reason, line.params, line.what_to_do) for line in lines
        ),
    )


def _row(run: ImportRun) -> RunRow:
    return RunRow(
        run_id=run.id,
        system=run.system,
        file_name=run.file_name,
        started_at=run.started_at,
        rows=run.rows,
        new=run.new,
        changed=run.changed,
        same=run.same,
        refused=run.refused,
        held_back=run.held_back,
        withdrawn=run.withdrawn,
        undoes=run.undoes_id,
        undone_by=run.undone_by.pk if hasattr(run, "undone_by") else None,
    )
