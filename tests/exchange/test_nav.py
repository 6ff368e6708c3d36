"""Nav's client list: what each column becomes, and how each kind of fault is named."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.envelopes import SOMEBODY
from samvirke.exchange.inbox.types import ClientRecordIn, Parsed, RefusedRow
from samvirke.exchange.systems import nav
from samvirke.exchange.systems.nav.client_list import NothingToRead
from samvirke.exchange.systems.nav.mapping import COLUMNS
from samvirke.kernel.codes import Occupation, SupportSource

FULL = {
    "BRUKER_ID": "N-1",
    "VERSJON": "4",
    "FNR": SOMEBODY,
    "FØDSELSDATO": "17.05.1990",
    "FORNAVN": "Åse",
    "ETTERNAVN": "Bjørkø",
    "KOMMUNENR": "9901",
    "INNVANDRER_FLYKTNING": "N",
    "ENEFORSØRGER": "J",
    "FOLKETRYGDRETT": "",
    "HOVEDINNTEKT": "UFØ",
    "SH_MND_SISTE_ÅR": "6,5",
    "SH_ÅR_SISTE_TRE": "2",
    "RISIKO_VARIG_UTENFOR": "J",
    "AKTUELL_ARBEIDSMARKED": "J",
    "BEHOV_SÆRLIG_BISTAND": "N",
    "YRKESSTATUS": "SØK",
}


def line(**changes: str) -> str:
    return ";".join((FULL | changes).values())


def received(folder: Path, *lines: str, header: str = ";".join(COLUMNS)) -> Parsed:
    path = folder / "nav.csv"
    path.write_bytes("\r\n".join((header, *lines)).encode("iso-8859-1"))
    return Parsed.of(nav.read(path))


def test_a_full_line(tmp_path: Path) -> None:
    parsed = received(tmp_path, line())
    assert parsed.refused == ()
    record = parsed.records[0]
    assert (record.given_name, record.family_name, record.municipality) == ("Åse", "Bjørkø", "9901")
    assert (record.external_id, record.source_version, record.row) == ("N-1", 4, 2)
    assert record.main_income is SupportSource.DISABILITY_PENSION
    assert record.occupation is Occupation.JOB_SEEKING
    assert (record.is_single_provider, record.is_immigrant_or_refugee) == (True, False)
    assert record.has_insurance_rights is None
    assert (record.assistance_months_last_year, record.assistance_years_of_last_three) == (7, 2)


def test_columns_may_stand_in_any_order_and_texts_in_quotes(tmp_path: Path) -> None:
    backwards = dict(reversed(FULL.items())) | {"FORNAVN": '"Åse; Marie"'}
    parsed = received(tmp_path, ";".join(backwards.values()), "", header=";".join(backwards))
    assert [record.given_name for record in parsed.records] == ["Åse; Marie"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"BRUKER_ID": ""}, "BRUKER_ID"),
        ({"VERSJON": "-1"}, "VERSJON"),
        ({"FNR": "17859012345"}, "FNR"),
        ({"FNR": ""}, "FNR"),
        ({"FØDSELSDATO": "18.05.1990"}, "FØDSELSDATO"),
        ({"FØDSELSDATO": "1990-05-17"}, "FØDSELSDATO"),
        ({"FØDSELSDATO": "31.02.1990"}, "FØDSELSDATO"),
        ({"FORNAVN": " "}, "FORNAVN"),
        ({"ETTERNAVN": "Bj\x9drk"}, "ETTERNAVN"),
        ({"KOMMUNENR": "301"}, "KOMMUNENR"),
        ({"ENEFORSØRGER": "?"}, "ENEFORSØRGER"),
        ({"HOVEDINNTEKT": "XX"}, "HOVEDINNTEKT"),
        ({"SH_MND_SISTE_ÅR": "12,5"}, "SH_MND_SISTE_ÅR"),
        ({"SH_MND_SISTE_ÅR": "6.5"}, "SH_MND_SISTE_ÅR"),
        ({"SH_ÅR_SISTE_TRE": "4"}, "SH_ÅR_SISTE_TRE"),
        ({"YRKESSTATUS": "søk"}, "YRKESSTATUS"),
        ({"FORNAVN": 'Å"se"'}, ""),
        ({"FORNAVN": '"Åse'}, "line"),
        ({"FORNAVN": "Åse;Marie"}, "line"),
    ],
)
def test_a_fault_is_named_by_its_column(tmp_path: Path, changes: dict[str, str], field: str) -> None:
    parsed = received(tmp_path, line(**changes), line())
    assert [refusal.field for refusal in parsed.refused] == ([field] if field else [])
    assert all(refusal.row == 2 and refusal.what_to_do for refusal in parsed.refused)
    assert parsed.records[-1].row == 3


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("", "BRUKER_ID"),
        (";".join(COLUMNS[:-1]), "YRKESSTATUS"),
        (";".join((*COLUMNS, "FNR")), "FNR"),
        (";".join((*COLUMNS, "HUDFARGE")), "HUDFARGE"),
        (",".join(COLUMNS), "BRUKER_ID"),
    ],
)
def test_a_wrong_header_refuses_the_list(tmp_path: Path, header: str, field: str) -> None:
    parsed = received(tmp_path, line(), header=header)
    assert [(refusal.row, refusal.field) for refusal in parsed.refused] == [(1, field)]
    assert parsed.records == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_list_saved_as_utf_8_is_told_so(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "nav.csv"
    path.write_bytes("\n".join((";".join(COLUMNS), line())).encode(encoding))
    parsed = Parsed.of(nav.read(path))
    assert [refusal.reason for refusal in parsed.refused] == ["The list is saved as UTF-8."]


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "nav.csv"
    with path.open("w", encoding="iso-8859-1") as stream:
        stream.write(";".join(COLUMNS) + "\n")
        stream.writelines(line(BRUKER_ID=f"N-{number}") + "\n" for number in range(5_000))
    tracemalloc.start()
    try:
        assert sum(1 for _ in nav.read(path)) == 5_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 500_000  # a list of all records would take some megabytes


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "nav.csv"
    path.write_bytes(";".join(COLUMNS).encode("iso-8859-1") + b"\n" + content)
    assert all(isinstance(item, RefusedRow) for item in nav.read(path))


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(st.characters(max_codepoint=255), max_size=30)))
def test_any_cell_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, str]
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "nav.csv"
    path.write_bytes((";".join(COLUMNS) + "\n" + line(**changes)).encode("iso-8859-1"))
    for item in nav.read(path):
        assert isinstance(item, ClientRecordIn) or (item.field and item.reason.format(**item.params))


def test_nothing_to_read_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="Give the place"):
        list(nav.read(tmp_path / "missing.csv"))
