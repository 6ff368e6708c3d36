"""Every proof has a test and a row; the table says what was kept and nothing else."""

from __future__ import annotations

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
