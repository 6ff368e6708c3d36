"""Reading the list, XLSX or CSV, into client records row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from samvirke.exchange.inbox.fields import OUR_COLUMNS, BadField
from samvirke.exchange.inbox.types import Original, Received
from samvirke.exchange.systems.follow_up import csv_file, workbook
from samvirke.exchange.systems.follow_up.columns import Columns, check
from samvirke.exchange.systems.follow_up.mapping import Cell, RowReader, cell_text, checked_heading

XLSX = ".xlsx"
BLOCK = 1024 * 1024
Line = tuple[int, Sequence[Cell], BadField | None]


class NothingToRead(Exception):
    """There is no list at the given place."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not a file. Give the place where the list was saved, as XLSX or CSV.")


def headings(path: Path, *, first_rows: int = 20) -> tuple[list[str], list[list[Cell]]]:
    """Headings and the first rows below them, for choosing columns. Raises BadField, NothingToRead."""
    found = _cells(path)
    header = _header(next(found, None))
    kept = [place for place, name in enumerate(header) if name and name not in OUR_COLUMNS]
    rows = [
        [cells[place] if place < len(cells) else None for place in kept]
        for _, cells, problem in islice(found, first_rows)
        if problem is None
    ]
    return [header[place] for place in kept], rows


def read(path: Path, columns: Columns) -> Iterator[Received]:
    """Every row of a list: a client record or a refusal. Wrong columns refuse the file.

    Rows are counted as the spreadsheet counts them, the header's included.
    """
    row, file = 1, path.name
    try:
        found = _cells(path)
        header = _header(next(found, None))
        problems = check(columns, header)
        for problem in problems:
            yield problem.refused(row=1, file=file)
        if problems:
            return
        reader = RowReader(columns, header, file=file)
        for row, cells, unreadable in found:
            yield _received(cells, unreadable, reader, row=row, file=file)
    except BadField as problem:
        yield problem.refused(row=row, file=file)


def count(path: Path) -> int:
    """About how many rows the list has."""
    if path.suffix.lower() == XLSX:
        return workbook.count(path)
    with path.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(BLOCK), b""))


def originals(path: Path) -> Iterator[Original]:
    """The cells of every row as they came, the header first, without what an error file added."""
    found = _cells(path)
    header = _header(next(found, None))
    kept = [place for place, name in enumerate(header) if name not in OUR_COLUMNS]
    yield Original(0, tuple(header[place] for place in kept))
    for row, cells, unreadable in found:
        places = kept if unreadable is None else range(len(cells))
        yield Original(row, tuple(cell_text(cells[place]) if place < len(cells) else "" for place in places))


def _received(
    cells: Sequence[Cell], unreadable: BadField | None, reader: RowReader, *, row: int, file: str
) -> Received:
    try:
        if unreadable is not None:
            raise unreadable
        return reader.record(cells, row=row)
    except BadField as problem:
        return problem.refused(row=row, file=file)


def _cells(path: Path) -> Iterator[Line]:
    if not path.is_file():
        raise NothingToRead(path)
    if path.suffix.lower() == XLSX:
        yield from workbook.rows(path)
    else:
        yield from csv_file.rows(path, csv_file.shape(path))


def _header(first: Line | None) -> list[str]:
    if first is None:
        raise BadField("header", "The list is empty.", "Choose the list that was saved, and send it again.")
    _, cells, unreadable = first
    if unreadable is not None:
        raise unreadable
    return [checked_heading(cell) for cell in cells]
