"""Every proof has a test and a row; the table says what was kept and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from proof import table
from proof.table import BEGIN, END, Result

HERE = Path(__file__).resolve().parent
ROWS = Result("rows", 100, 7, 3_000, (), "two worlds", 12.4, "2031-03-14", "abc1234")


def test_every_proof_has_a_test_and_a_row() -> None:
    document = table.DOCUMENT.read_text(encoding="utf-8")
    told = table.rows(document.split(BEGIN)[1].split(END)[0].splitlines())
    assert table.proofs()
    for name, what in table.proofs().items():
        assert (HERE / f"test_{name}.py").exists(), f"{name} has no test"
        assert name in told, f"{name} is in no row: run `python -m proof --only-table`"
        assert what.endswith("."), f"{name} does not say in its first line what it proves"
    assert told.keys() == table.proofs().keys()


def test_a_row_tells_the_bound_where_nothing_failed() -> None:
    assert ROWS.row("What it is.").startswith(
        "| `rows` | What it is. two worlds | 3 000 | 0 | 0.001 | 12 | 7 |"
    )
    failed = Result("rows", 100, 7, 3_000, ("a leak",), "", 12.4, "2031-03-14", "abc1234")
    assert "| 3 000 | 1 | - |" in failed.row("What it is.")


def test_a_proof_may_tell_a_bound_of_its_own() -> None:
    assert "| 3 000 | 0 | here 0.1; there 0.2 |" in replace(ROWS, bound="here 0.1; there 0.2").row("What.")
    assert "| - |" in replace(ROWS, bound="here 0.1", failures=("a leak",)).row("What.")


def test_the_hours_of_all_rows_stand_under_them() -> None:
    document = f"{BEGIN}\n{replace(ROWS, name='old', seconds=3_600).row('With a | in it.')}\n{END}\n"
    named = {"new": "A new one.", "old": "An old one.", "rows": "It runs."}
    written = table.written(document, named, {"rows": replace(ROWS, seconds=120)})
    assert f"\n\nAll that stands here took 1 h 2 min.\n{END}" in written
    assert table.written(written, named, {}) == written


def test_what_is_not_kept_stays_as_it_is_and_new_proofs_are_told_of() -> None:
    old = ROWS.row("As before.")
    document = f"# Security\n\n{BEGIN}\nsomething else\n{old}\n| `gone` | x |\n{END}\n\nEnd\n"
    written = table.written(document, {"other": "Another.", "rows": "Now."}, {})
    assert old in written
    assert "| `other` | Another. | not run at full size yet |" in written
    assert "something else" not in written
    assert "`gone`" not in written
    assert written.endswith(f"{END}\n\nEnd\n")
    assert table.written(written, {"rows": "Now."}, {"rows": ROWS}).count("`rows`") == 1


def test_what_is_kept_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "RESULTS", tmp_path)
    assert table.kept("rows") is None
    table.keep(ROWS)
    assert table.kept("rows") == ROWS


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of one file, of which all is proved."""
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "gate.py").write_text("closed = True\n", encoding="utf-8")
    monkeypatch.setattr(table, "ROOT", tmp_path)
    monkeypatch.setattr(table, "PROVED", (folder,))
    monkeypatch.setattr(table, "RESULTS", tmp_path / "results")
    table.keep(replace(ROWS, code=table.code()))
    assert table.finished("rows") == table.kept("rows")
    return folder


def test_what_was_proved_of_other_code_is_not_finished_and_keeps_its_row(program: Path) -> None:
    (program / "gate.cpython-311.pyc").write_bytes(b"made from it")
    assert table.finished("rows")
    (program / "gate.py").write_text("closed = False\n", encoding="utf-8")
    assert table.finished("rows") is None
    assert table.kept("rows")


def test_a_file_of_another_name_is_other_code(program: Path) -> None:
    (program / "gate.py").rename(program / "door.py")
    assert table.finished("rows") is None


def test_what_failed_is_not_finished(program: Path) -> None:
    table.keep(replace(ROWS, code=table.code(), failures=("a leak",)))
    assert table.finished("rows") is None
