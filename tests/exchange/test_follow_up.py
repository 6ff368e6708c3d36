"""The follow-up service's lists: columns proposed and checked, CSV and XLSX read, each fault named."""

from __future__ import annotations

import tracemalloc
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from exchange.envelopes import SOMEBODY
from samvirke.exchange.inbox.types import ClientRecordIn, Parsed, RefusedRow
from samvirke.exchange.systems import follow_up
from samvirke.exchange.systems.follow_up.columns import FIELDS, Columns, DateFormat, check, propose
from samvirke.exchange.systems.follow_up.rows import NothingToRead
from samvirke.kernel.codes import Occupation, Sex, SupportSource
from samvirke.people.national_ids import make_synthetic

FULL = {
    "Saksnr.": "O-1",
    "Fødselsnummer": SOMEBODY,
    "Fornavn": "Åse",
    "Etternavn": "Bjørkø",
    "Fødselsdato": "17.05.1990",
    "Kjønn": "Kvinne",
    "Kommune": "9901",
    "Status": "Elev",
    "Inntekt": "Lånekassen",
    "Eneforsørger": "nei",
    "Versjon": "4",
    "Merknad": "ringte; kom ikke",
}
HEADINGS = list(FULL)
COLUMNS = propose(HEADINGS, [list(FULL.values())])


def csv_text(*rows: dict[str, str], separator: str = ";", header: list[str] | None = None) -> str:
    lines = [header or HEADINGS, *[list(row.values()) for row in rows]]
    return "\r\n".join(
        separator.join(f'"{cell}"' if separator in cell else cell for cell in line) for line in lines
    )


def as_csv(folder: Path, content: str | bytes) -> Path:
    path = folder / "liste.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def as_xlsx(folder: Path, *rows: list[Any], name: str = "liste.xlsx") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def received(path: Path, columns: Columns = COLUMNS) -> Parsed:
    return Parsed.of(follow_up.read(path, columns))


class TestColumns:
    def test_they_are_proposed_from_headings(self) -> None:
        assert COLUMNS.headings == {
            "external_id": "Saksnr.",
            "national_id": "Fødselsnummer",
            "given_name": "Fornavn",
            "family_name": "Etternavn",
            "birth_date": "Fødselsdato",
            "sex": "Kjønn",
            "municipality": "Kommune",
            "occupation": "Status",
            "main_income": "Inntekt",
            "is_single_provider": "Eneforsørger",
            "source_version": "Versjon",
        }
        assert COLUMNS.date_format is DateFormat.DAY_MONTH_YEAR_DOTS

    @pytest.mark.parametrize(
        "headings",
        [
            ["Sagsnummer", "CPR-nr.", "Fornavn", "Efternavn"],
            ["Ärendenummer", "Personnummer", "Förnamn", "Efternamn"],
            ["Case number", "National ID", "First name", "Last name"],
            ["SAKSNR", "FNR", "FORNAVN", "ETTERNAVN"],
        ],
    )
    def test_in_four_languages(self, headings: list[str]) -> None:
        assert list(propose(headings).headings.values()) == headings
        assert check(propose(headings), headings) == []

    def test_how_days_are_written_is_seen(self) -> None:
        for text, how in (("2001-02-03", "yyyy-mm-dd"), ("3/2/2001", "dd/mm/yyyy"), ("20010203", "yyyymmdd")):
            assert propose(["Født"], [[text]]).date_format == how

    @pytest.mark.parametrize(
        ("columns", "headings", "sentence"),
        [
            (Columns({}), HEADINGS, "No column is chosen for external_id, which every list must hold."),
            (
                replace(COLUMNS, headings={**COLUMNS.headings, "sex": "Fornavn"}),
                HEADINGS,
                "The column “Fornavn” is chosen for several fields.",
            ),
            (COLUMNS, HEADINGS[1:], "The list has no column “Saksnr.”, which was chosen earlier."),
            (COLUMNS, [*HEADINGS, "Fornavn"], "The column “Fornavn” stands 2 times."),
            (
                replace(COLUMNS, headings={**COLUMNS.headings, "shoe_size": "Sko"}),
                [*HEADINGS, "Sko"],
                "There is no field called shoe_size here.",
            ),
            (
                replace(COLUMNS, codes={"sex": {"Mann": "man"}}),
                HEADINGS,
                "“Mann” is to mean “man”, which is no code of this field.",
            ),
            (
                replace(COLUMNS, codes={"given_name": {"a": "b"}}),
                HEADINGS,
                "The field given_name has no codes to translate, or more than 200.",
            ),
        ],
    )
    def test_wrong_columns_are_told(self, columns: Columns, headings: list[str], sentence: str) -> None:
        problems = check(columns, headings)
        assert sentence in [one.reason.format(**one.params) for one in problems]
        assert all(one.what_to_do for one in problems)

    def test_wrong_columns_refuse_the_file(self, tmp_path: Path) -> None:
        parsed = received(as_csv(tmp_path, csv_text(FULL, header=[*HEADINGS[:-2], "Versjon", "Fornavn"])))
        assert (parsed.records, [one.row for one in parsed.refused]) == ((), [1])


class TestRows:
    def test_a_full_row(self, tmp_path: Path) -> None:
        (record,) = received(as_csv(tmp_path, csv_text(FULL))).records
        assert (record.external_id, record.given_name, record.municipality) == ("O-1", "Åse", "9901")
        assert (record.occupation, record.main_income) == (
            Occupation.EDUCATION,
            SupportSource.STUDENT_FINANCE,
        )
        assert (record.is_single_provider, record.has_insurance_rights) == (False, None)
        assert (record.source_version, record.row) == (4, 2)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"Saksnr.": ""}, "Saksnr."),
            ({"Fødselsnummer": "17859012345"}, "Fødselsnummer"),
            ({"Fornavn": " "}, "Fornavn"),
            ({"Etternavn": "#N/A"}, "Etternavn"),
            ({"Fødselsdato": "1990-05-17"}, "Fødselsdato"),
            ({"Fødselsdato": "18.05.1990"}, "Fødselsdato"),
            ({"Kjønn": "Mann"}, "Kjønn"),
            ({"Kjønn": "Mannfolk"}, "Kjønn"),
            ({"Kommune": "Fjordvik"}, "Kommune"),
            ({"Status": "På vei"}, "Status"),
            ({"Eneforsørger": "kanskje"}, "Eneforsørger"),
            ({"Versjon": "1,5"}, "Versjon"),
            ({"Merknad": 'a "b'}, ""),
            ({"Fornavn": '"Åse'}, "line"),
            ({"Fornavn": "Åse\x07"}, "Fornavn"),
        ],
    )
    def test_a_fault_is_named_by_their_heading(
        self, tmp_path: Path, changes: dict[str, str], field: str
    ) -> None:
        parsed = received(as_csv(tmp_path, csv_text(FULL | changes, FULL)))
        assert [refusal.field for refusal in parsed.refused] == ([field] if field else [])
        assert all(refusal.row == 2 and refusal.what_to_do for refusal in parsed.refused)
        assert all(refusal.reason.format(**refusal.params) for refusal in parsed.refused)
        assert parsed.records[-1].row == 3

    def test_codes_that_somebody_has_chosen_count(self, tmp_path: Path) -> None:
        ours = replace(COLUMNS, codes={**(COLUMNS.codes or {}), "occupation": {"På vei": "job_seeking"}})
        path = as_csv(tmp_path, csv_text(FULL | {"Status": "på VEI"}, FULL))
        assert [one.occupation for one in received(path, ours).records] == [Occupation.JOB_SEEKING]
        assert [one.row for one in received(path, ours).refused] == [3]

    def test_what_is_not_chosen_is_not_read(self, tmp_path: Path) -> None:
        few = Columns({field: COLUMNS.headings[field] for field in FIELDS[:4]})
        (record,) = received(as_csv(tmp_path, csv_text(FULL | {"Kjønn": "?"})), few).records
        assert (record.municipality, record.occupation, record.source_version) == ("", None, 0)

    @given(st.dictionaries(st.sampled_from(HEADINGS[:-1]), st.text(max_size=30)))
    def test_no_cells_crash_the_reader(
        self, tmp_path_factory: pytest.TempPathFactory, cells: dict[str, str]
    ) -> None:
        path = tmp_path_factory.mktemp("fuzz") / "liste.csv"
        text = csv_text(FULL | cells).encode("utf-8", errors="replace")
        path.write_bytes(text)
        for one in follow_up.read(path, COLUMNS):
            assert isinstance(one, ClientRecordIn) or (one.reason.format(**one.params) and one.what_to_do)


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso-8859-1", "utf-16"])
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    def test_encoding_and_separator_are_found_out(
        self, tmp_path: Path, encoding: str, separator: str
    ) -> None:
        path = as_csv(tmp_path, csv_text(FULL, separator=separator).encode(encoding))
        parsed = received(path)
        assert parsed.refused == ()
        assert [one.family_name for one in parsed.records] == ["Bjørkø"]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "The file is empty."),
            (b"\r\n;;\r\n", "The file is empty."),
            (b"PK\x03\x04\x00\x00", "The file is no text: it holds bytes that no list has."),
            (
                csv_text(FULL).encode() + b"\r\n" + csv_text(FULL).encode("cp1252"),
                "The file mixes two encodings: most of it is UTF-8, but line 3 is not.",
            ),
            (b"\xff\xfe" + b"a\x00;\x00\x00\xd8", "The file says that it is UTF-16, but line 1 is not."),
            (b"a;b,c\r\n1;2,3", "The header is separated by two signs"),
        ],
    )
    def test_an_unsound_file_is_refused(self, tmp_path: Path, content: bytes, sentence: str) -> None:
        parsed = received(as_csv(tmp_path, content))
        assert parsed.records == ()
        assert parsed.refused[0].reason.format(**parsed.refused[0].params).startswith(sentence)

    def test_a_row_with_another_separator_is_told(self, tmp_path: Path) -> None:
        text = csv_text(FULL) + "\r\n" + csv_text(FULL, separator=",").splitlines()[1]
        (refusal,) = received(as_csv(tmp_path, text)).refused
        assert (refusal.row, refusal.field) == (3, "line")
        assert refusal.reason.format(**refusal.params) == (
            "The line is separated by another sign than the header: , instead of ;."
        )

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(NothingToRead, match="is not a file"):
            received(tmp_path / "none.csv")

    @given(st.binary(max_size=300))
    def test_no_bytes_crash_the_reader(
        self, tmp_path_factory: pytest.TempPathFactory, content: bytes
    ) -> None:
        path = tmp_path_factory.mktemp("fuzz") / "liste.csv"
        path.write_bytes(csv_text(FULL).encode() + b"\r\n" + content)
        assert all(isinstance(one, RefusedRow | ClientRecordIn) for one in follow_up.read(path, COLUMNS))

    def test_memory_stays_flat(self, tmp_path: Path) -> None:
        """Ten times as many rows need no more memory than the smaller list."""
        peaks = []
        for size in (500, 5_000):
            path = as_csv(tmp_path, csv_text(*[FULL] * size))
            tracemalloc.start()
            try:
                assert sum(isinstance(one, ClientRecordIn) for one in follow_up.read(path, COLUMNS)) == size
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
        assert peaks[1] < 1.2 * peaks[0] + 1_100_000  # the file is looked at by blocks of a megabyte


class TestXlsx:
    def test_cells_are_read_as_what_they_are(self, tmp_path: Path) -> None:
        cells = [*FULL.values()]
        cells[0], cells[6], cells[9], cells[10] = 17, 301.0, False, 4.0
        cells[4] = datetime(1990, 5, 17)  # noqa: DTZ001 - as a spreadsheet holds a day
        path = as_xlsx(tmp_path, HEADINGS, [], cells)
        (record,) = received(path).records
        assert (record.external_id, record.municipality, record.source_version) == ("17", "0301", 4)
        assert (record.is_single_provider, record.row, record.birth_date) == (False, 3, date(1990, 5, 17))

    def test_a_number_that_lost_its_zero_is_read(self, tmp_path: Path) -> None:
        number = next(one for one in numbers() if one.startswith("0"))
        row = FULL | {"Fødselsnummer": int(number), "Fødselsdato": "", "Kjønn": ""}
        (record,) = received(as_xlsx(tmp_path, HEADINGS, list(row.values()))).records
        assert record.national_id == number

    def test_the_first_sheet_counts_and_formulas_do_not_run(self, tmp_path: Path) -> None:
        row = FULL | {"Fornavn": '=HYPERLINK("http://example.org")'}
        parsed = received(as_xlsx(tmp_path, HEADINGS, list(row.values())))
        assert [one.field for one in parsed.refused] == ["Fornavn"]  # never computed, so there is no value

    @pytest.mark.parametrize(
        ("break_it", "sentence"),
        [
            (lambda path: path.write_bytes(b"not a workbook"), "The file is no XLSX workbook"),
            (lambda path: path.write_bytes(path.read_bytes()[:-200]), "The file is no XLSX workbook"),
            (lambda path: replace_part(path, b"<!DOCTYPE x>"), "The workbook declares a document type"),
            (lambda path: replace_part(path, b" " * 60_000_000), "The workbook is far larger unpacked"),
            (lambda path: replace_part(path, b"<worksheet"), "The file is no XLSX workbook"),
        ],
    )
    def test_an_unsound_workbook_is_refused(self, tmp_path: Path, break_it: Any, sentence: str) -> None:
        path = as_xlsx(tmp_path, HEADINGS, list(FULL.values()))
        break_it(path)
        (refusal,) = received(path).refused
        assert refusal.ends_file
        assert refusal.reason.startswith(sentence)

    def test_headings_and_first_rows_are_for_choosing(self, tmp_path: Path) -> None:
        path = as_xlsx(tmp_path, [*HEADINGS, "SAMVIRKE_RAD"], list(FULL.values()))
        headings, rows = follow_up.headings(path)
        assert (headings, rows) == (HEADINGS, [list(FULL.values())])
        assert follow_up.count(path) == 1


def numbers() -> Any:
    """Synthetic national ids of many days."""
    return (make_synthetic(birth_date=date(1990, 5, day), sex=Sex.FEMALE, serial=0) for day in range(1, 28))


def replace_part(path: Path, content: bytes) -> None:
    """Another first sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, old in parts.items():
            archive.writestr(name, content if name == "xl/worksheets/sheet1.xml" else old)
