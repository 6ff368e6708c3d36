"""The gate that keeps the rules covered: what it refuses, and what it lets pass."""

from __future__ import annotations

from typing import Any

import pytest

from manual.covered import failures, is_strict


def measured(missing: list[int], *, lines: int = 10) -> dict[str, Any]:
    """What coverage.py says of one file."""
    summary = {"num_statements": lines, "covered_lines": lines - len(missing)}
    return {"missing_lines": missing, "summary": summary}


@pytest.mark.parametrize(
    ("name", "strict"),
    [
        ("gate/queries.py", True),
        ("plan/policies.py", True),
        ("statistics/suppression.py", True),
        ("gate/migrations/0001_initial.py", False),
        ("plan/queries.py", False),
        ("surfaces/commands/demo/policies.py", True),
    ],
)
def test_which_files_must_run_line_for_line(name: str, strict: bool) -> None:
    assert is_strict(name) is strict


def test_a_line_of_the_rules_that_no_test_runs_is_named() -> None:
    files = {"src/samvirke/gate/queries.py": measured([12, 13])}
    (said,) = failures(files, {}, 0)
    assert said.startswith("gate/queries.py: no test runs line 12, 13.")
    assert failures({"src/samvirke/gate/queries.py": measured([])}, {}, 0) == []


def test_an_exception_has_a_reason_and_goes_when_it_is_idle() -> None:
    files = {"src/samvirke/gate/queries.py": measured([12])}
    assert failures(files, {"gate/queries.py:12": "only a broken disk gets here"}, 0) == []
    assert "needs a reason" in failures(files, {"gate/queries.py:12": " "}, 0)[0]
    covered = {"src/samvirke/gate/queries.py": measured([])}
    assert "is run, or is gone" in failures(covered, {"gate/queries.py:12": "once"}, 0)[0]
    assert "is run, or is gone" in failures({}, {"gate/gone.py:1": "once"}, 0)[0]


def test_the_rest_stays_above_its_floor() -> None:
    files = {"src/samvirke/plan/queries.py": measured([1, 2])}
    assert failures(files, {}, 80) == []
    assert "80.0 % of the other rooms' lines, and it was 81 %" in failures(files, {}, 81)[0]
