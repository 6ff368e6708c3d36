"""XLSX as a stream: the same cells as another reader finds, and what a workbook may not hold."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from samvirke.exchange.inbox.fields import BadField
from samvirke.exchange.systems.follow_up import sheet, workbook

WIDEST = 20
SHEET = "xl/worksheets/sheet1.xml"
BORN = datetime.fromisoformat("1990-05-17")  # a spreadsheet knows no time zone
MOMENT = datetime.fromisoformat("2026-03-02T09:30")
OF_MANY_KINDS: list[list[Any]] = [
    ["Tekst", "Tall", "Dag"],
    ["Åse", 12, BORN.date()],
    [],
    [None, 12.5, MOMENT, None, "etter et hull"],
    [True, False, time(9, 30), timedelta(hours=30), 10**15, -0.25, 1e-7],
    ["_x000D_", "a&b <c>", "  blank  ", "linje\nto", "#N/A", "=1+1"],
]
Change = Callable[[bytes], bytes]


def read(path: Path) -> list[tuple[int, list[Any]]]:
    with path.open("rb") as stream:
        return list(sheet.rows(sheet.opened(stream), widest=WIDEST))


def as_openpyxl_reads(path: Path) -> list[tuple[int, list[Any]]]:
    """The same by the library's own reader; times and lengths of time as text."""
    found = load_workbook(path, data_only=True).worksheets[0].iter_rows(values_only=True)
    return [(number, [as_text(cell) for cell in cells]) for number, cells in enumerate(found, start=1)]


def as_text(cell: Any) -> Any:
    return str(cell) if isinstance(cell, time | timedelta) else cell


def without_blanks(rows: list[tuple[int, list[Any]]]) -> list[tuple[int, list[Any]]]:
    """Rows that hold something, up to the last cell that does."""
    kept = []
    for number, cells in rows:
        while cells and cells[-1] in (None, ""):
            cells = cells[:-1]
        if cells:
            kept.append((number, cells))
    return kept


def saved(folder: Path, rows: list[list[Any]], *, epoch: Any = None) -> Path:
    book = Workbook()
    book.epoch = epoch or book.epoch
    for row in rows:
        book.active.append(row)
    book.save(folder / "liste.xlsx")
    return folder / "liste.xlsx"


def rewritten(path: Path, change: Change, part: str = SHEET) -> Path:
    """The workbook with one part of it changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_it_reads_what_the_library_reads(tmp_path: Path, epoch: Any) -> None:
    path = saved(tmp_path, OF_MANY_KINDS, epoch=epoch)
    found = without_blanks(read(path))
    assert found == without_blanks(as_openpyxl_reads(path))
    assert found[1] == (2, ["Åse", 12, BORN])


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF), max_size=8),
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=5))
def test_it_reads_any_cells_as_the_library_does(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]]
) -> None:
    path = saved(tmp_path_factory.mktemp("book"), rows)
    assert without_blanks(read(path)) == without_blanks(as_openpyxl_reads(path))


def test_texts_in_runs_and_in_the_cells_themselves(tmp_path: Path) -> None:
    path = saved(tmp_path, [[CellRichText("Kari ", TextBlock(InlineFont(b=True), "Nord"))]])
    assert read(path) == [(1, ["Kari Nord"])]
    inline = (
        b'<row><c t="inlineStr"><is><t>Ka</t><r><t>ri</t></r><rPh><t>no</t></rPh></is></c>'
        b"<c><v>7</v></c></row>"
    )
    path = rewritten(path, lambda content: content.replace(b"</sheetData>", inline + b"</sheetData>"))
    assert read(path)[1:] == [(2, ["Kari", 7])]  # neither row nor cell says where it stands


def test_parts_whose_elements_have_a_prefix(tmp_path: Path) -> None:
    path = saved(tmp_path, [])
    sheet_xml = (
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        b'<x:row r="3"><x:c r="B3"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert read(rewritten(path, lambda _: sheet_xml)) == [(3, [None, 7])]


def test_cells_beyond_the_widest_are_left_out(tmp_path: Path) -> None:
    path = saved(tmp_path, [list(range(1, WIDEST + 5))])
    assert read(path) == [(1, list(range(1, WIDEST + 1)))]


def with_shared_texts(path: Path) -> Path:
    """The workbook as spreadsheet programs write it: its cells name texts by number."""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    texts = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<si><t>Kari</t></si><si><r><t>No</t></r><r><t>rd</t></r>"
        b"<rPh sb='0' eb='2'><t>no</t></rPh></si><si><t/></si></sst>"
    )
    rows = b'<row r="1">' + b"".join(
        b'<c r="' + place + b'1" t="s"><v>' + number + b"</v></c>"
        for place, number in zip((b"A", b"B", b"C", b"D"), (b"1", b"0", b"2", b"1"), strict=True)
    )
    rewritten(path, lambda content: content.replace(b"</Types>", part), "[Content_Types].xml")
    rewritten(path, lambda content: content.replace(b"</sheetData>", rows + b"</row></sheetData>"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", texts)
    return path


def test_texts_that_cells_share(tmp_path: Path) -> None:
    path = with_shared_texts(saved(tmp_path, []))
    assert read(path) == [(1, ["Nord", "Kari", "", "Nord"])]
    assert without_blanks(read(path)) == without_blanks(as_openpyxl_reads(path))


def test_a_text_that_is_not_there_refuses_the_file(tmp_path: Path) -> None:
    path = with_shared_texts(saved(tmp_path, []))
    for number in (b"3", b"-1"):
        rewritten(
            path, lambda content, number=number: re.sub(b"<v>[^<]*</v>", b"<v>" + number + b"</v>", content)
        )
        with pytest.raises(BadField, match="no XLSX workbook"):
            list(workbook.rows(path))


def test_texts_are_read_only_as_far_as_a_cell_asks(tmp_path: Path) -> None:
    taken = []

    def coming() -> Any:
        for number in range(1_000):
            taken.append(number)
            yield f"tekst {number}"

    texts = sheet.Texts(coming())
    assert [texts[3], texts[1], texts[3]] == ["tekst 3", "tekst 1", "tekst 3"]
    assert len(taken) == 4
    for number in (-1, 1_000):
        with pytest.raises(IndexError):
            texts[number]


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(b"<sheetData>", b"<!--" + b"x" * 9_000 + b"--><sheetData>")[:-30],
        lambda content: (
            content.replace(b"?>", b"?><!--" + b"x" * 9_000 + b"--><!DOCTYPE worksheet>", 1)
            if b"?>" in content
            else b"<!--" + b"x" * 9_000 + b"--><!DOCTYPE worksheet>" + content
        ),
        lambda content: content.replace(b'r="1"', b'r="en"'),
    ],
    ids=["cut off", "a document type far down", "a row without a number"],
)
def test_what_is_unsound_refuses_the_file(tmp_path: Path, change: Change) -> None:
    path = rewritten(saved(tmp_path, [["Åse"]]), change)
    with pytest.raises(BadField, match="no XLSX workbook"):
        list(workbook.rows(path))
