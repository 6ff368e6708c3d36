"""What the post that sent a file reads about it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from samvirke.exchange.inbox import differences, error_file
from samvirke.exchange.inbox.types import RowDifference
from samvirke.exchange.models import Upload, UploadPart
from samvirke.exchange.systems import follow_up
from samvirke.exchange.systems.follow_up.columns import Columns, propose
from samvirke.exchange.systems.follow_up.mapping import cell_text
from samvirke.exchange.uploads import differing, sealed
from samvirke.exchange.uploads.types import Stage, UploadRow
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind

SHOWN = 50  # rows on a page of differences
FIRST_ROWS = 500  # in which columns and codes are looked for


def upload(viewer: Viewer, upload_id: UUID) -> UploadRow:
    """One file of the viewer's own. Raises Upload.DoesNotExist."""
    return _row(_mine(viewer).get(pk=upload_id))


def unfinished(viewer: Viewer) -> list[UploadRow]:
    """Files of the viewer's own that are not taken in yet, the newest first."""
    found = _mine(viewer).exclude(stage=Stage.TAKEN_IN).filter(_kept())
    return [_row(one) for one in found.order_by("-uploaded_at", "id")[:SHOWN]]


def of_run(viewer: Viewer, run_id: UUID) -> UploadRow | None:
    """The viewer's own file that became this import, while it is known."""
    found = _mine(viewer).filter(run_id=run_id).first()
    return _row(found) if found is not None else None


def opened(row: UploadRow) -> AbstractContextManager[Path]:
    """The file, for a reader."""
    parts = UploadPart.objects.filter(upload_id=row.upload_id).order_by("number")
    found = parts.values_list("number", "sealed").iterator(chunk_size=2)
    return sealed.opened(row.upload_id, row.file_name, found)


def columns(row: UploadRow) -> tuple[list[str], list[list[str]], Columns]:
    """Headings, first rows as text, and the columns that its headings propose. Raises BadField."""
    with opened(row) as path:
        headings, cells = follow_up.headings(path, first_rows=FIRST_ROWS)
    rows = [[cell_text(cell) for cell in one] for one in cells]
    return headings, rows, propose(headings, cells)


def differs(
    viewer: Viewer, row: UploadRow, *, after: int, only: str = ""
) -> tuple[list[RowDifference], int | None]:
    """The next rows that would change something or are refused, and after which row to go on, if any.

    only: one verdict. Which rows these are the dry run has found; what they would do is judged anew.
    """
    verdicts = (only,) if only else differing.VERDICTS
    found = differing.after(row.upload_id, after, verdicts=verdicts, most=SHOWN + 1)
    shown = found[:SHOWN]
    return differences.told(shown, by=viewer), shown[-1].row if len(found) > SHOWN else None


def write_errors(viewer: Viewer, row: UploadRow, target: IO[bytes], *, say: error_file.Say) -> int:
    """The refused rows as they came, with the reason beside each. Raises NoErrorFile, NotTheSameFile."""
    with opened(row) as path:
        if row.run_id is not None:
            return error_file.of_run(run_id=row.run_id, path=path, target=target, by=viewer, say=say)
        refused = map(differences.refused_row, differing.refused(row.upload_id))
        return error_file.write(row.system, path, refused, target, say=say)


def _mine(viewer: Viewer) -> QuerySet[Upload]:
    mine = Upload.objects.filter(unit_id__in=viewer.holders, uploaded_by_id=viewer.post_id)
    return mine.annotate(is_kept=_kept())


def _kept() -> Exists:
    return Exists(UploadPart.objects.filter(upload_id=OuterRef("pk")))


def _row(one: Upload) -> UploadRow:
    return UploadRow(
        upload_id=one.id,
        system=AgencyKind(one.system),
        file_name=one.file_name,
        size=one.size,
        uploaded_at=one.uploaded_at,
        keep_until=one.keep_until,
        stage=Stage(one.stage),
        done=one.done,
        expected=one.expected,
        new=one.new,
        changed=one.changed,
        same=one.same,
        refused=one.refused,
        is_broken=one.is_broken,
        run_id=one.run_id,
        is_kept=getattr(one, "is_kept", True),
        told_at=one.told_at,
        has_failed=one.has_failed,
    )
