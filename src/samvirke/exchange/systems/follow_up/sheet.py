"""The first sheet of an XLSX as a stream of rows, so that the first ones are there at once.

openpyxl tells where the parts lie and which styles are days. The long parts, the sheet and the texts that its
cells share, are read element by element; texts are read as far as a cell asks for one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, Any
from xml.parsers import expat
from zipfile import ZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import column_index_from_string
from openpyxl.utils import datetime as spreadsheet
from openpyxl.xml.constants import SHARED_STRINGS

from samvirke.exchange.systems.follow_up.mapping import Cell

WORKSHEET = "/worksheet"
BLOCK = 64 * 1024  # bytes
DIGITS = "0123456789"
MOMENTS: Any = spreadsheet  # has no types
OUT_OF_CALENDAR = "#VALUE!"
ESCAPED = "x005F_"  # before what would otherwise look like the code of a sign


class Texts:
    """The texts that cells share, by number. Kept as bytes, since a long list has many."""

    def __init__(self, coming: Iterator[str]) -> None:
        self._coming = coming
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def __getitem__(self, number: int) -> str:
        """Raises IndexError where the book holds no such text."""
        while number + 1 >= len(self._ends):
            self._read_one()
        if number < 0:
            raise IndexError(number)
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode()

    def _read_one(self) -> None:
        text = next(self._coming, None)
        if text is None:
            raise IndexError
        self._bytes += text.encode()
        self._ends.append(len(self._bytes))


@dataclass(frozen=True, slots=True)
class Book:
    """What is needed beside the sheet to read its cells."""

    archive: ZipFile
    sheet: str  # the part's name
    texts: Texts
    day_styles: frozenset[int]
    duration_styles: frozenset[int]
    epoch: Any


def opened(stream: IO[bytes]) -> Book:
    """A workbook, its long parts unread. Raises what openpyxl raises at something else."""
    reader: Any = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    shared = reader.package.find(SHARED_STRINGS)
    return Book(
        archive=reader.archive,
        sheet=next(
            where.target for _, where in reader.parser.find_sheets() if where.Type.endswith(WORKSHEET)
        ),
        texts=Texts(
            _parsed(reader.archive, shared.PartName[1:], _Shared()) if shared is not None else iter(())
        ),
        day_styles=frozenset(reader.wb._date_formats),
        duration_styles=frozenset(reader.wb._timedelta_formats),
        epoch=reader.wb.epoch,
    )


def rows(book: Book, *, widest: int) -> Iterator[tuple[int, list[Cell]]]:
    """Number and cells of every row that stands in the sheet; cells that are left out are empty."""
    return _parsed(book.archive, book.sheet, _Sheet(book, widest))


class _Listener:
    """Hears the parser, and keeps what it has made of it until it is asked."""

    def __init__(self) -> None:
        self.made: list[Any] = []
        self.text = ""
        self._is_text = self._is_pronunciation = False

    def start(self, tag: str, said: dict[str, str]) -> None:
        """An element begins. Texts of how to pronounce another text are none."""
        if tag in ("v", "t"):
            self._is_text = not self._is_pronunciation
        elif tag == "rPh":
            self._is_pronunciation = True

    def data(self, text: str) -> None:
        """What stands in an element."""
        if self._is_text:
            self.text += text

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("v", "t"):
            self._is_text = False
        elif tag == "rPh":
            self._is_pronunciation = False


class _Shared(_Listener):
    """Makes texts."""

    def start(self, tag: str, said: dict[str, str]) -> None:
        if tag == "si":
            self.text = ""
        else:
            super().start(tag, said)

    def end(self, tag: str) -> None:
        if tag == "si":
            self.made.append(self.text.replace(ESCAPED, ""))
        else:
            super().end(tag)


class _Sheet(_Listener):
    """Makes rows."""

    def __init__(self, book: Book, widest: int) -> None:
        super().__init__()
        self._book, self._widest = book, widest
        self._number = self._place = 0
        self._cells: list[Cell] = []
        self._cell: dict[str, str] = {}

    def start(self, tag: str, said: dict[str, str]) -> None:
        if tag == "c":
            reference = said.get("r")
            self._place = _column(reference.rstrip(DIGITS)) if reference else self._place + 1
            self._cell, self.text = said, ""
        elif tag == "row":
            self._number = int(said.get("r") or self._number + 1)
            self._cells, self._place = [], 0
        else:
            super().start(tag, said)

    def end(self, tag: str) -> None:
        if tag == "c":
            if self.text and self._place <= self._widest:
                self._cells.extend([None] * (self._place - len(self._cells)))
                self._cells[self._place - 1] = _value(self.text, self._cell, self._book)
        elif tag == "row":
            self.made.append((self._number, self._cells))
        else:
            super().end(tag)


def _parsed(archive: ZipFile, part: str, listener: _Listener) -> Iterator[Any]:
    """What the listener makes of a part, piece by piece. Raises ExpatError, ValueError."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, said: listener.start(tag.rpartition(":")[2], said)
    parser.EndElementHandler = lambda tag: listener.end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = listener.data
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(part) as stream:
        while block := stream.read(BLOCK):
            parser.Parse(block, False)
            yield from listener.made
            listener.made.clear()
        parser.Parse(b"", True)


def _refuse(*said: object) -> None:
    raise ValueError("A workbook declares no document type.")


@lru_cache(maxsize=1_000)
def _column(letters: str) -> int:
    return int(column_index_from_string(letters))


def _value(text: str, cell: dict[str, str], book: Book) -> Cell:
    kind = cell.get("t", "n")
    if kind == "s":
        return book.texts[int(text)]
    if kind == "n":
        return _number(text, int(cell.get("s", 0)), book)
    if kind == "b":
        return bool(int(text))
    return _plain(MOMENTS.from_ISO8601(text)) if kind == "d" else text


def _number(text: str, style: int, book: Book) -> Cell:
    value = float(text) if "." in text or "E" in text or "e" in text else int(text)
    if style not in book.day_styles:
        return value
    try:
        return _plain(MOMENTS.from_excel(value, book.epoch, timedelta=style in book.duration_styles))
    except (OverflowError, ValueError):
        return OUT_OF_CALENDAR


def _plain(moment: Any) -> Cell:
    """A day or a moment; a time or a length of time, which no field is, as text."""
    return moment if hasattr(moment, "year") else str(moment)
