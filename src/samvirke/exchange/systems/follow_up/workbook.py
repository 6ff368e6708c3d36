"""A list as XLSX: the first sheet, row by row."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.parsers.expat import ExpatError

from openpyxl.utils.exceptions import InvalidFileException

from samvirke.exchange.inbox.fields import WHOLE_FILE, BadField
from samvirke.exchange.systems.follow_up import sheet
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
    StopIteration,
    ExpatError,
)


def rows(path: Path) -> Iterator[tuple[int, list[Cell], None]]:
    """The row number and cells of every row that holds something, the header's included. Raises BadField."""
    _check_parts(path)
    try:
        with path.open("rb") as stream:
            for number, cells in sheet.rows(sheet.opened(stream), widest=WIDEST):
                while cells and cell_text(cells[-1]).strip() == "":
                    cells.pop()
                if cells:
                    yield number, cells, None
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
