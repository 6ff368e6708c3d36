"""The page of needs: every need once, known marks, true counts, and tests that exist."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click

from samvirke import evidence
from samvirke.surfaces.commands import main

TESTS = Path(__file__).parents[1]
PACKAGE = TESTS.parent / "src" / "samvirke"
PAGE = TESTS.parent / "docs" / "needs.md"
MARKS = {"met", "partly", "open", "evidence"}
NEEDS = [f"N{number}" for number in range(1, 181)]


@dataclass(frozen=True, slots=True)
class Need:
    """One row of the page."""

    code: str
    words: str
    mark: str
    where: str
    test: str

    @property
    def tests(self) -> list[str]:
        """What the row names in its last cell."""
        return re.findall(r"`([^`]+)`", self.test)

    @property
    def places(self) -> list[str]:
        """The rooms, folders and modules where the row says that it is met."""
        return re.findall(r"`([^`]+)`", self.where.partition("; missing: ")[0])


@cache
def table_rows() -> list[list[str]]:
    """The cells of every table row of the page."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]


def needs() -> list[Need]:
    """The rows about needs."""
    return [Need(*cells) for cells in table_rows() if re.fullmatch(r"N\d+", cells[0])]


@cache
def functions_in(path: Path) -> set[str]:
    """The test functions of a file, those of its classes among them."""
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {
        node.name for node in found if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def exists(cited: str) -> bool:
    """Whether `file::function` is a test."""
    file, _, function = cited.partition("::")
    return (TESTS / file).is_file() and function in functions_in(TESTS / file)


def test_every_need_stands_once_and_in_order() -> None:
    assert [need.code for need in needs()] == NEEDS


def test_every_mark_is_known() -> None:
    assert {need.code: need.mark for need in needs() if need.mark not in MARKS} == {}


def test_the_counts_in_the_head_are_right() -> None:
    said = {cells[0]: int(cells[1]) for cells in table_rows() if cells[0] in MARKS}
    assert said == Counter(need.mark for need in needs())


def test_every_test_it_names_exists() -> None:
    assert {cited for need in needs() for cited in need.tests if not exists(cited)} == set()
    assert not exists("architecture/test_needs.py::test_that_nobody_wrote")
    assert not exists("architecture/test_nothing.py::test_every_mark_is_known")


def stands(place: str) -> bool:
    """Whether `room`, `room/folder` or `room/module` is there, or `samvirke` has the command."""
    if place.startswith("samvirke "):
        return place.removeprefix("samvirke ") in main.list_commands(click.Context(main))
    return (PACKAGE / place).is_dir() or (PACKAGE / f"{place}.py").is_file()


def test_what_is_met_wholly_or_partly_is_met_somewhere_that_exists() -> None:
    claimed = [need for need in needs() if need.mark in {"met", "partly"}]
    assert [need.code for need in claimed if not need.places] == []
    assert {place for need in claimed for place in need.places if not stands(place)} == set()
    assert stands("gate/access")
    assert not stands("gate/nothing")
    assert not stands("samvirke nothing")


def test_the_last_cell_holds_tests_or_a_dash() -> None:
    assert [need.code for need in needs() if re.sub(r"`[^`]+`|<br>", "", need.test) not in {"", "-"}] == []


def test_a_need_that_is_met_names_a_test() -> None:
    assert [need.code for need in needs() if need.mark == "met" and not need.tests] == []


def test_a_need_that_is_partly_met_says_what_is_missing() -> None:
    assert [
        need.code for need in needs() if ("; missing: " in need.where) is not (need.mark == "partly")
    ] == []


def test_an_open_need_names_no_test() -> None:
    assert [need.code for need in needs() if need.mark == "open" and need.tests] == []


def test_a_row_of_evidence_names_a_record_that_holds_it() -> None:
    held = {filed.record.id: filed.record.needs for filed in evidence.read().filed}
    rows = {need.code: re.findall(r"`([^`]+)`", need.where) for need in needs() if need.mark == "evidence"}
    assert [code for code, records in rows.items() if not records] == []
    assert {
        (code, record)
        for code, records in rows.items()
        for record in records
        if code not in held.get(record, frozenset())
    } == set()
