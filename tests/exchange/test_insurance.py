"""The insurance agency's caseload: what each field becomes, and each way in which a file can be unsound."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from exchange.envelopes import SOMEBODY
from samvirke.exchange.inbox.types import ClientRecordIn, Parsed, RefusedRow
from samvirke.exchange.systems import insurance
from samvirke.exchange.systems.insurance.caseload import NAMESPACE, SCHEMA, NothingToRead
from samvirke.kernel.codes import Occupation, Sex, SupportSource

FIELDS = {
    "external_id": "T-1",
    "national_id": SOMEBODY,
    "given_name": "Åse",
    "family_name": "Bjørkø",
    "birth_date": "1990-05-17",
    "sex": "female",
    "municipality": "9901",
}
UNEMPLOYED = '<benefit kind="unemployment" from="2026-01-01" amount="16000.50"/>'
IDLE = (
    '<employment in_work="false" subsidised="false" in_education="false" seeking_work="true" insured="true"/>'
)
HEADER = (
    "<header><sender>310990940</sender><created>2026-03-01</created>"
    '<period from="2026-02-01" to="2026-02-28"/></header>'
)


def person(*, more: str = UNEMPLOYED + IDLE, version: str = "4", **changes: str) -> str:
    """One person; a field that is None in `changes` is left out."""
    fields = "".join(f"<{name}>{text}</{name}>" for name, text in (FIELDS | changes).items() if text != "-")
    return f"<person>{fields}{more}<version>{version}</version></person>"


def caseload(*persons: str, header: str = HEADER, root: str = "caseload", before: str = "") -> str:
    """A whole file."""
    return f'{before}<{root} xmlns="{NAMESPACE}">{header}{"".join(persons)}</{root}>'


def received(folder: Path, text: str | bytes) -> Parsed:
    path = folder / "trygd.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Parsed.of(insurance.read(path))


def test_a_full_person(tmp_path: Path) -> None:
    (record,) = received(tmp_path, caseload(person())).records
    assert (record.given_name, record.family_name, record.municipality) == ("Åse", "Bjørkø", "9901")
    assert (record.external_id, record.source_version, record.row) == ("T-1", 4, 1)
    assert (record.main_income, record.occupation) == (
        SupportSource.UNEMPLOYMENT_BENEFIT,
        Occupation.JOB_SEEKING,
    )
    assert (record.has_insurance_rights, record.sender_org) == (True, "310990940")
    assert record.sex is Sex.FEMALE


def test_the_example_keeps_the_published_schema() -> None:
    assert SCHEMA.validate(etree.fromstring(caseload(person(), person(more="")).encode()))


@pytest.mark.parametrize(
    ("more", "income", "occupation"),
    [
        ("", None, None),
        (UNEMPLOYED, None, None),  # nobody says that there are no wages beside it
        (UNEMPLOYED + '<employment in_work="true"/>', None, Occupation.ORDINARY_JOB),
        (UNEMPLOYED + '<employment in_work="false"/>', SupportSource.UNEMPLOYMENT_BENEFIT, None),
        (
            UNEMPLOYED + '<benefit kind="disability" from="2025-01-01" amount="20000"/>'
            '<employment in_work="false"/>',
            SupportSource.DISABILITY_PENSION,
            None,
        ),
        (
            '<benefit kind="disability" from="2025-01-01" to="2026-02-28" amount="20000"/>'
            '<employment in_work="false"/>',
            None,
            None,
        ),
        (
            UNEMPLOYED + '<benefit kind="student" from="2025-01-01" amount="16000.50"/>'
            '<employment in_work="false"/>',
            None,
            None,
        ),
    ],
)
def test_the_main_income_is_never_guessed(
    tmp_path: Path, more: str, income: SupportSource | None, occupation: Occupation | None
) -> None:
    (record,) = received(tmp_path, caseload(person(more=more))).records
    assert (record.main_income, record.occupation) == (income, occupation)


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (person(external_id=" "), "person/external_id"),
        (person(external_id="-"), "person/national_id"),
        (person(national_id="17859012345"), "person/national_id"),
        (person(national_id="1785901234"), "person/national_id"),
        (person(given_name="x" * 101), "person/given_name"),
        (person(birth_date="1990-05-18"), "person/birth_date"),
        (person(birth_date="1990-02-31"), "person/birth_date"),
        (person(birth_date="17.05.1990"), "person/birth_date"),
        (person(sex="male"), "person/sex"),
        (person(sex="M"), "person/sex"),
        (person(municipality="301"), "person/municipality"),
        (person(version="-1"), "person/version"),
        (person(version=""), "person/version"),
        (person(more='<benefit kind="lottery" from="2026-01-01" amount="1"/>'), "person/benefit/@kind"),
        (person(more='<benefit kind="student" from="2026-01-01" amount="-1"/>'), "person/benefit/@amount"),
        (person(more='<benefit kind="student" amount="1"/>'), "person/benefit"),
        (
            person(more='<benefit kind="student" from="2026-02-01" to="2026-01-01" amount="1"/>'),
            "person/benefit/@to",
        ),
        (person(more='<employment in_work="maybe"/>'), "person/employment/@in_work"),
        (person(more="<shoe_size>44</shoe_size>"), "person/shoe_size"),
    ],
)
def test_a_fault_is_named_by_row_and_path(tmp_path: Path, bad: str, field: str) -> None:
    parsed = received(tmp_path, caseload(person(), bad, person()))
    (refusal,) = parsed.refused
    assert (refusal.row, refusal.field, refusal.ends_file) == (2, field, False)
    assert refusal.reason.format(**refusal.params)
    assert refusal.what_to_do
    assert [record.row for record in parsed.records] == [1, 3]
    assert "1785901234" not in str(refusal)


BILLION_LAUGHS = (
    '<!DOCTYPE caseload [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "The file is not whole"),
        ("saksnr;fnr", "The file is not whole"),
        (caseload(person())[:-30], "The file is not whole"),
        (caseload(person(), person()).replace("</person></caseload>", ""), "The file is not whole"),
        (caseload(person(), "<person>&who;</person>"), "The file is not whole"),
        (caseload(person(), before=BILLION_LAUGHS), "The file declares a document type"),
        (caseload(person(given_name="&c;"), before=BILLION_LAUGHS), "The file declares a document type"),
        (
            caseload(person(), before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
            "The file declares a document type",
        ),
        (caseload(person(), root="persons"), "The file is XML, but no caseload"),
        ("<caseload/>", "The file is XML, but no caseload"),
        (caseload(person(), header=""), "The file has no header before its first person"),
        (caseload(person(), header="<header/>"), "The header of the file does not follow the schema"),
        (
            caseload(person(), header=HEADER.replace("02-28", "01-28")),
            "The period of the file ends before it begins",
        ),
        (caseload(person(), "<animal/>"), "The file holds something else than persons"),
        (
            caseload(person()).encode() + b"<!-- " + b"\xff" + b" -->",
            "the letters are not in the encoding",
        ),
        (
            caseload(person(), person(family_name="Bjørkø")).encode("iso-8859-1"),
            "the letters are not in the encoding",
        ),
    ],
)
def test_an_unsound_file_is_refused_as_a_whole(tmp_path: Path, text: str | bytes, reason: str) -> None:
    refusals = received(tmp_path, text).refused
    assert refusals[-1].ends_file
    assert reason in refusals[-1].reason
    assert refusals[-1].reason.format(**refusals[-1].params)
    assert len([one for one in refusals if one.ends_file]) == 1


def test_another_declared_encoding_is_read(tmp_path: Path) -> None:
    text = caseload(person(), before='<?xml version="1.0" encoding="ISO-8859-1"?>')
    assert received(tmp_path, text.encode("iso-8859-1")).records[0].family_name == "Bjørkø"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="is not a file"):
        list(insurance.read(tmp_path / "none.xml"))


def test_the_originals_are_the_texts_as_they_came(tmp_path: Path) -> None:
    path = tmp_path / "trygd.xml"
    path.write_text(caseload(person(), person(sex="M", municipality="-")), encoding="utf-8")
    header, first, second = insurance.originals(path)
    assert dict(zip(header.cells, first.cells, strict=True)) == FIELDS | {"version": "4"}
    assert dict(zip(header.cells, second.cells, strict=True))["sex"] == "M"
    assert insurance.count(path) == 2


def test_memory_stays_flat(tmp_path: Path) -> None:
    """Ten times as many persons need no more memory than the smaller file."""
    peaks = []
    for size in (500, 5_000):
        path = tmp_path / f"{size}.xml"
        path.write_text(caseload(*[person(external_id=f"T-{n}") for n in range(size)]), encoding="utf-8")
        tracemalloc.start()
        try:
            assert sum(isinstance(one, ClientRecordIn) for one in insurance.read(path)) == size
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 50_000


def test_only_a_handful_of_elements_is_alive_at_a_time(tmp_path: Path) -> None:
    """The tree lies outside Python's own memory, so it is counted: what one block of the parser holds."""
    path = tmp_path / "trygd.xml"
    path.write_text(caseload(*[person() for _ in range(3_000)]), encoding="utf-8")
    most = 0
    for element in insurance.caseload._top_level(path):
        most = max(most, len(element.getparent()))
    assert most <= 2 * 32 * 1024 / len(person().encode())


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60))
def test_no_text_crashes_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    parsed = received(tmp_path_factory.mktemp("fuzz"), caseload(person(given_name=escaped)))
    assert len(parsed.records) + len(parsed.refused) == 1


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "trygd.xml"
    path.write_bytes(caseload(person())[:-11].encode() + content)
    assert any(isinstance(one, RefusedRow) and one.ends_file for one in insurance.read(path))
