"""A list as XLSX: the first sheet, row by row."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from samvirke.exchange.inbox.fields import WHOLE_FILE, BadField
from samvirke.exchange.systems.follow_up.mapping import Cell, cell_text

LARGEST_UNPACKED = 512 * 1024 * 1024  # bytes of all parts; a list of 100 000 rows has a tenth
LARGEST_RATIO = 200
WIDEST = 200  # columns
HEAD = 4096
FIRST_SHEET = "xl/worksheets/sheet1.xml"
DIMENSION = re.compile(rb'<dimension ref="[A-Z]+[0-9]+:[A-Z]+([0-9]{1,7})"')
# What the library raises at something that is no workbook: of the package, of its parts, of the XML inside.
UNREADABLE = (
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    EOFError,
    SyntaxError,
)


def rows(path: Path) -> Iterator[tuple[int, list[Cell], None]]:
    """The row number and cells of every row that holds something, the header's included. Raises BadField."""
    _check_parts(path)
    try:
        with path.open("rb") as stream:
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            yield from _filled(book.worksheets[0])
    except BadField:
        raise
    except UNREADABLE:
        raise _broken() from None


def count(path: Path) -> int:
    """About how many rows the first sheet has, by its own word; 0 where it says nothing."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(FIRST_SHEET) as stream:
            found = DIMENSION.search(stream.read(HEAD))
    except UNREADABLE:
        return 0
    return int(found[1]) - 1 if found else 0


def _filled(sheet: Any) -> Iterator[tuple[int, list[Cell], None]]:
    """The sheet's own size may be wrong, so it is not believed."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=WIDEST), start=1):
        values = list(cells)
        while values and cell_text(values[-1]).strip() == "":
            values.pop()
        if values:
            yield number, values, None


def _check_parts(path: Path) -> None:
    """Small enough unpacked, and without document types, which an XLSX never has."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            packed = max(1, path.stat().st_size)
            if unpacked > LARGEST_UNPACKED or unpacked // packed > LARGEST_RATIO:
                raise BadField(
                    WHOLE_FILE,
                    "The workbook is far larger unpacked than a list of clients can be.",
                    "Save the list alone as a new XLSX or as CSV, and send it again.",
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        _check_head(stream.read(HEAD))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        raise _broken() from None


def _check_head(head: bytes) -> None:
    if b"<!DOCTYPE" in head.replace(b"\0", b""):
        raise BadField(
            WHOLE_FILE,
            "The workbook declares a document type, which no spreadsheet program does.",
            "Save the list as a new XLSX or as CSV, and send it again.",
        )


def _broken() -> BadField:
    return BadField(
        WHOLE_FILE,
        "The file is no XLSX workbook, or it is damaged or locked with a password.",
        "Open it in the spreadsheet program, save it as XLSX without a password, and send it again.",
    )
