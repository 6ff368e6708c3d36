"""One row of the service's list → ours, by the columns that somebody has chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

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

T = TypeVar("T")
Cell = str | int | float | bool | date | None
LARGEST_VERSION = 2**63 - 1
_WHOLE = re.compile(r"[0-9]{1,18}", re.ASCII)
# What a spreadsheet shows instead of a value.
BROKEN_CELLS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#I/T"})


class RowReader:
    """Reads rows after one header. Prepared once, since a list may be long."""

    def __init__(self, columns: Columns, headings: Sequence[str], *, file: str) -> None:
        self._places = {field: headings.index(heading) for field, heading in columns.headings.items()}
        self._headings = {field: shortened(heading) for field, heading in columns.headings.items()}
        self._date_format = columns.date_format
        self._codes: Mapping[str, dict[str, str]] = {
            field: columns.code(field)
            for field in ("sex", "occupation", "main_income", *YES_NO)
            if field in self._places
        }
        self._file = file

    def record(self, cells: Sequence[Cell], *, row: int) -> ClientRecordIn:
        """One row in our words. Raises `BadField`, with the service's own heading."""
        person = national_id(self._heading("national_id"), self._digits(cells, "national_id", 11))
        self._check_birth_date(cells, known=person.birth_date)
        stated = self._code(cells, "sex", Sex)
        if stated not in (None, Sex.UNKNOWN, person.sex):
            raise BadField(
                self._heading("sex"),
                "The sex is not the one in the national id.",
                "Find out which of the two is right, correct the other and send the list again.",
            )
        return ClientRecordIn(
            external_id=self._required(cells, "external_id"),
            national_id=person.number,
            given_name=self._required(cells, "given_name"),
            family_name=self._required(cells, "family_name"),
            birth_date=person.birth_date,
            sex=person.sex,
            municipality=self._municipality(cells),
            occupation=self._code(cells, "occupation", Occupation),
            main_income=self._code(cells, "main_income", SupportSource),
            source_version=self._version(cells),
            row=row,
            file=self._file,
            is_single_provider=self._yes_no(cells, "is_single_provider"),
            has_insurance_rights=self._yes_no(cells, "has_insurance_rights"),
            is_immigrant_or_refugee=self._yes_no(cells, "is_immigrant_or_refugee"),
            assessed_at_risk=self._yes_no(cells, "assessed_at_risk"),
            relevant_for_labour_market=self._yes_no(cells, "relevant_for_labour_market"),
            assessed_needs_special_help=self._yes_no(cells, "assessed_needs_special_help"),
        )

    def _heading(self, field: str) -> str:
        return self._headings.get(field, field)

    def _text(self, cells: Sequence[Cell], field: str) -> str:
        place = self._places.get(field)
        if place is None or place >= len(cells):
            return ""
        text = cell_text(cells[place])
        if text in BROKEN_CELLS:
            raise BadField(
                self._heading(field),
                "The cell holds an error of the spreadsheet: {value}.",
                "Put the value itself into the cell and send the list again.",
                value=text,
            )
        return text

    def _required(self, cells: Sequence[Cell], field: str) -> str:
        return required_text(self._heading(field), self._text(cells, field))

    def _digits(self, cells: Sequence[Cell], field: str, length: int) -> str:
        """The text; a number that is one digit short has lost its leading zero in a spreadsheet."""
        text = self._text(cells, field).strip()
        return f"0{text}" if len(text) == length - 1 and text.isascii() and text.isdigit() else text

    def _municipality(self, cells: Sequence[Cell]) -> str:
        text = self._digits(cells, "municipality", 4)
        return municipality(self._heading("municipality"), text) if text else ""

    def _check_birth_date(self, cells: Sequence[Cell], *, known: date) -> None:
        place = self._places.get("birth_date")
        cell = cells[place] if place is not None and place < len(cells) else None
        text = self._text(cells, "birth_date")
        if not text.strip():
            return
        stated = _day(cell) or read_day(text, self._date_format)
        if stated is None:
            raise BadField(
                self._heading("birth_date"),
                "“{value}” is not a day written as {form}.",
                "Write the day that way, or choose how days are written on the page for columns.",
                value=shortened(text),
                form=self._date_format.value,
            )
        if stated != known:
            raise BadField(
                self._heading("birth_date"),
                "The birth date is not the one in the national id.",
                "Find out which of the two is right, correct the other and send the list again.",
            )

    def _code(self, cells: Sequence[Cell], field: str, ours: Callable[[str], T]) -> T | None:
        codes = self._codes.get(field)
        text = plain_code(self._text(cells, field)) if codes is not None else ""
        if codes is None or not text:
            return None
        return ours(read_code(self._heading(field), text, codes=codes))

    def _yes_no(self, cells: Sequence[Cell], field: str) -> bool | None:
        return self._code(cells, field, _is_true)

    def _version(self, cells: Sequence[Cell]) -> int:
        """A list without versions has version 0 throughout: the last one taken in counts."""
        text = self._text(cells, "source_version").strip()
        if not text:
            return 0
        if _WHOLE.fullmatch(text) is None or int(text) > LARGEST_VERSION:
            raise BadField(
                self._heading("source_version"),
                "“{value}” is not a whole number from 0 to {largest}.",
                "Correct it in the list and send the list again.",
                value=shortened(text),
                largest=str(LARGEST_VERSION),
            )
        return int(text)


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
