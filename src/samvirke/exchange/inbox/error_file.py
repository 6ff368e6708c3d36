"""The refused rows as they came, with the reason beside each: to correct, and to send again.

Made from the file itself, which whoever sent it still has, and from the report, which holds no row's content.
So nothing about persons who were refused, and who are no subjects here, is ever kept. See ADR 0015.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO
from uuid import UUID

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from samvirke.exchange.inbox.fields import OUR_COLUMNS, BadField
from samvirke.exchange.inbox.operations import file_hash
from samvirke.exchange.inbox.readers import SYSTEMS
from samvirke.exchange.inbox.types import Original, RefusalRow, RefusedRow
from samvirke.exchange.models import ImportRun, RefusedLine
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind

XLSX, CSV = ".xlsx", ".csv"
Say = Callable[[str], str]
# ISO 8859-1 has no such signs.
_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "…": "...", "–": "-", "’": "'"})


class NotTheSameFile(Exception):
    """The file is another than the one that was taken in."""

    def __init__(self, file_name: str) -> None:
        super().__init__(
            f"This is not the file {file_name} as it was taken in. Choose that file, unchanged: "
            "its rows are not kept here."
        )


class NoErrorFile(Exception):
    """The system's files are no tables."""

    def __init__(self) -> None:
        super().__init__(
            "Messages are not given back as a file. Correct them in the case system and send them again."
        )


def suffix(system: AgencyKind, path: Path) -> str:
    """What kind of file comes back: the kind that came; for XML a CSV."""
    if system is AgencyKind.FOLLOW_UP_SERVICE and path.suffix.lower() == XLSX:
        return XLSX
    return CSV


def of_run(*, run_id: UUID, path: Path, target: IO[bytes], by: Viewer, say: Say = str) -> int:
    """Write the error file of an import whose file is at `path`. Returns how many rows it holds.

    say: puts a message id into the reader's language. Raises NotTheSameFile, NoErrorFile,
    ImportRun.DoesNotExist.
    """
    run = ImportRun.objects.filter(unit_id__in=by.holders, undoes__isnull=True).get(pk=run_id)
    if file_hash(path) != run.file_hash:
        raise NotTheSameFile(run.file_name)
    lines = RefusedLine.objects.filter(run=run).order_by("row", "id").iterator(chunk_size=2_000)
    refused = (RefusalRow(line.row, line.field, line.reason, line.params, line.what_to_do) for line in lines)
    return write(AgencyKind(run.system), path, refused, target, say=say)


def write(
    system: AgencyKind,
    path: Path,
    refused: Iterable[RefusedRow | RefusalRow],
    target: IO[bytes],
    *,
    say: Say = str,
) -> int:
    """The same of refusals at hand, by row: after a dry run."""
    reader = SYSTEMS[system]
    if reader.originals is None:
        raise NoErrorFile
    rows = _rows(reader.originals(path), refused, say)
    if suffix(system, path) == XLSX:
        return _write_xlsx(rows, target)
    return _write_csv(rows, target, encoding=reader.encoding, delimiter=_delimiter(path))


def _rows(
    originals: Iterator[Original], refused: Iterable[RefusedRow | RefusalRow], say: Say
) -> Iterator[Sequence[str]]:
    """The header, then each refused row: what came, and what is said of it. Both sides come by row."""
    try:
        header = next(originals).cells
    except (BadField, StopIteration):
        header = ()
    yield (*header, *OUR_COLUMNS)
    current: Original | None = None
    for one in refused:
        while current is None or current.row < one.row:
            following = _next(originals)
            if following is None:
                break
            current = following
        found = current.cells if current is not None and current.row == one.row else ()
        cells = [*found, *[""] * (len(header) - len(found))]
        yield (*cells, str(one.row), one.field, *(say(text).format(**one.params) for text in _texts(one)))


def _texts(one: RefusedRow | RefusalRow) -> tuple[str, str]:
    return one.reason, one.what_to_do


def _next(originals: Iterator[Original]) -> Original | None:
    """The next row, as far as the file can be read."""
    try:
        return next(originals, None)
    except BadField:
        return None


def _delimiter(path: Path) -> str:
    """The file's own separator; a semicolon where it has none."""
    with path.open("rb") as stream:
        header = stream.readline(64 * 1024).replace(b"\0", b"")
    counted = {sign: header.count(sign.encode()) for sign in (";", ",", "\t")}
    best = max(counted, key=lambda sign: counted[sign])
    return best if counted[best] and not header.startswith(b"<") else ";"


def _write_csv(rows: Iterable[Sequence[str]], target: IO[bytes], *, encoding: str, delimiter: str) -> int:
    text = io.TextIOWrapper(target, encoding=encoding, errors="replace", newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    count = -1
    for row in rows:
        count += 1
        plain = encoding == "iso-8859-1"
        writer.writerow([cell.translate(_PLAIN) if plain else cell for cell in row])
    text.flush()
    text.detach()
    return count


def _write_xlsx(rows: Iterable[Sequence[str]], target: IO[bytes]) -> int:
    """Every cell as text: a number keeps its leading zeros, and nothing becomes a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    count = -1
    for row in rows:
        count += 1
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    book.save(target)
    return count
