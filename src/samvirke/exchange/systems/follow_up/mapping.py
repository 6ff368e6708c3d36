"""One row of the service's list → ours, by the columns that somebody has chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any, TypeVar

from samvirke.exchange.inbox.fields import (
    BadField,
    clean_text,
    municipality,
    national_id,
    read_code,
    required_text,
    shortened,
)
from samvirke.exchange.inbox.types import ClientRecordIn
from samvirke.exchange.systems.follow_up.columns import YES_NO, Columns, plain_code, read_day
from samvirke.kernel.codes import Occupation, Sex, SupportSource
from samvirke.people.national_ids import NationalId

T = TypeVar("T")
Cell = str | int | float | bool | date | None
LARGEST_VERSION = 2**63 - 1
MOST_REMEMBERED = 10_000  # different cells of one column
_WHOLE = re.compile(r"[0-9]{1,18}", re.ASCII)
# What a spreadsheet shows instead of a value.
BROKEN_CELLS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#I/T"})


class RowReader:
    """Reads rows after one header. Prepared once, since a list may be long.

    What stands in few cells in different ways, such as a code, is read once and remembered.
    """

    def __init__(self, columns: Columns, headings: Sequence[str], *, file: str) -> None:
        self._places = {field: headings.index(heading) for field, heading in columns.headings.items()}
        self._headings = {field: shortened(heading) for field, heading in columns.headings.items()}
        self._date_format = columns.date_format
        self._file = file
        self._remembered = {
            field: (self._places[field], _remember(partial(read, field)))
            for field, read in self._readers(columns).items()
            if field in self._places
        }

    def _readers(self, columns: Columns) -> Mapping[str, Callable[[str, Cell], Any]]:
        """Of the fields that a list may leave out."""
        meant: dict[str, Callable[[str], object]] = {
            "sex": Sex,
            "occupation": Occupation,
            "main_income": SupportSource,
            **dict.fromkeys(YES_NO, _is_true),
        }
        return {
            "birth_date": self._birth_date,
            "municipality": self._municipality,
            "source_version": self._version,
            **{field: partial(self._code, columns.code(field), ours) for field, ours in meant.items()},
        }

    def record(self, cells: Sequence[Cell], *, row: int) -> ClientRecordIn:
        """One row in our words. Raises `BadField`, with the service's own heading."""
        person = national_id(self._heading("national_id"), self._number(cells))
        said = {
            field: read(cells[place])
            for field, (place, read) in self._remembered.items()
            if place < len(cells)
        }
        self._check_beside(person, said.pop("birth_date", None), said.pop("sex", None))
        said.setdefault("municipality", "")
        return ClientRecordIn(
            external_id=self._required(cells, "external_id"),
            national_id=person.number,
            given_name=self._required(cells, "given_name"),
            family_name=self._required(cells, "family_name"),
            birth_date=person.birth_date,
            sex=person.sex,
            row=row,
            file=self._file,
            **said,
        )

    def _check_beside(self, person: NationalId, born: date | None, sex: Sex | None) -> None:
        """What the list says of birth and sex, beside what the number tells."""
        if born not in (None, person.birth_date):
            raise BadField(
                self._heading("birth_date"),
                "The birth date is not the one in the national id.",
                "Find out which of the two is right, correct the other and send the list again.",
            )
        if sex not in (None, Sex.UNKNOWN, person.sex):
            raise BadField(
                self._heading("sex"),
                "The sex is not the one in the national id.",
                "Find out which of the two is right, correct the other and send the list again.",
            )

    def _heading(self, field: str) -> str:
        return self._headings.get(field, field)

    def _text(self, field: str, cell: Cell) -> str:
        text = cell_text(cell)
        if text in BROKEN_CELLS:
            raise BadField(
                self._heading(field),
                "The cell holds an error of the spreadsheet: {value}.",
                "Put the value itself into the cell and send the list again.",
                value=text,
            )
        return text

    def _chosen(self, cells: Sequence[Cell], field: str) -> Cell:
        """The field's cell; a row may end before it."""
        place = self._places.get(field, len(cells))
        return cells[place] if place < len(cells) else None

    def _required(self, cells: Sequence[Cell], field: str) -> str:
        return required_text(self._heading(field), self._text(field, self._chosen(cells, field)))

    def _number(self, cells: Sequence[Cell]) -> str:
        return self._digits("national_id", self._chosen(cells, "national_id"), 11)

    def _digits(self, field: str, cell: Cell, length: int) -> str:
        """The text; a number that is one digit short has lost its leading zero in a spreadsheet."""
        text = self._text(field, cell).strip()
        return f"0{text}" if len(text) == length - 1 and text.isascii() and text.isdigit() else text

    def _municipality(self, field: str, cell: Cell) -> str:
        text = self._digits(field, cell, 4)
        return municipality(self._heading(field), text) if text else ""

    def _birth_date(self, field: str, cell: Cell) -> date | None:
        text = self._text(field, cell)
        if not text.strip():
            return None
        stated = _day(cell) or read_day(text, self._date_format)
        if stated is None:
            raise BadField(
                self._heading(field),
                "“{value}” is not a day written as {form}.",
                "Write the day that way, or choose how days are written on the page for columns.",
                value=shortened(text),
                form=self._date_format.value,
            )
        return stated

    def _code(self, codes: dict[str, str], ours: Callable[[str], T], field: str, cell: Cell) -> T | None:
        text = plain_code(self._text(field, cell))
        return ours(read_code(self._heading(field), text, codes=codes)) if text else None

    def _version(self, field: str, cell: Cell) -> int:
        """A list without versions has version 0 throughout: the last one taken in counts."""
        text = self._text(field, cell).strip()
        if not text:
            return 0
        if _WHOLE.fullmatch(text) is None or int(text) > LARGEST_VERSION:
            raise BadField(
                self._heading(field),
                "“{value}” is not a whole number from 0 to {largest}.",
                "Correct it in the list and send the list again.",
                value=shortened(text),
                largest=str(LARGEST_VERSION),
            )
        return int(text)


def _remember(read: Callable[[Cell], T]) -> Callable[[Cell], T]:
    """The same reader, which answers what it has been asked before. True and 1 are two cells, so typed."""
    return lru_cache(maxsize=MOST_REMEMBERED, typed=True)(read)


def cell_text(cell: Cell) -> str:
    """A cell as text. A whole number in a spreadsheet may be stored as a fraction."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def checked_heading(cell: Cell) -> str:
    """A heading without outer blanks. Raises BadField for one that cannot be printed."""
    return clean_text("header", cell_text(cell))


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else None


def _is_true(code: str) -> bool:
    return code == "true"
