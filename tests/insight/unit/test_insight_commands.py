"""The commands, one after the other, as an evaluator runs them; and what they refuse."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import samvirke
from insight import study
from insight.rows import delivered, many_episodes
from samvirke.surfaces.commands import main, tertial


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_from_protocol_and_delivery_to_a_page(tmp_path: Path) -> None:
    protocol, files = study.protocol_file(tmp_path / "p.yaml"), study.extract_files(tmp_path)
    delivered(tmp_path / "delivery", many_episodes(200, seed=2))
    registry, result, figures = tmp_path / "registry", tmp_path / "r.json", tmp_path / "s.json"
    data = [word for source, file in files.items() for word in ("--data", f"{source}={file}")]
    running = ("evaluate", "run", protocol, "--registry", registry, *data, "--out", result)

    assert "is whole" in run("evaluate", "check", protocol).output
    refused = run(*running)
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: The protocol one-plan-2026 is not registered")

    assert "stands registered at" in run("evaluate", "register", protocol, "--registry", registry).output
    assert "7 effects of protocol one-plan-2026, version 1" in run(*running).output
    assert "5 protected tables" in run("statistics", tmp_path / "delivery", "--out", figures).output
    page = tmp_path / "report.html"
    done = run("evaluate", "report", result, "--statistics", figures, "--language", "nb", "--out", page)
    assert done.exit_code == 0, done.output
    assert '<html lang="nb">' in page.read_text(encoding="utf-8")

    study.protocol_file(protocol, alpha=0.1)
    assert "samvirke evaluate amend PROTOCOL" in run(*running).output
    amend = ("evaluate", "amend", protocol, "--registry", registry, "--why", "Another level.")
    amended = run(*amend).output
    assert "is now version 2. Changed:\n- alpha\nOutcomes had been read" in amended
    assert "version 2" in run(*running).output
    run("evaluate", "report", result, "--language", "en", "--out", page)
    text = page.read_text(encoding="utf-8")
    assert "Another level." in text
    assert "Users (exploratory): the effect was" in text


def test_a_protocol_is_begun_checked_and_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    assert run("evaluate", "init", path, "--design", "weighting").exit_code == 0
    said = run("evaluate", "check", path)
    assert said.exit_code == 1
    assert "- line 11: commissioner: still holds the template's question mark" in said.output
    again = run("evaluate", "init", path, "--design", "weighting")
    assert again.exit_code == 1
    assert "is not written over" in again.output


def test_a_file_without_its_source_is_a_usage_error(tmp_path: Path) -> None:
    protocol = study.protocol_file(tmp_path / "p.yaml")
    said = run(
        "evaluate", "run", protocol, "--registry", tmp_path, "--data", "x.csv", "--out", tmp_path / "r"
    )
    assert said.exit_code == 2
    assert "is not SOURCE=FILE with one of: survey, register, persons, panel" in said.output


def test_an_unreadable_file_is_told_without_a_trace(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text("{}", encoding="utf-8")
    refused = run("evaluate", "report", tmp_path / "r.json", "--out", tmp_path / "page.html")
    assert refused.exit_code == 1
    assert "Make it again with" in refused.output
    assert "Traceback" not in refused.output


def test_a_folder_that_is_no_delivery_is_told(tmp_path: Path) -> None:
    refused = run("statistics", tmp_path, "--out", tmp_path / "s.json")
    assert refused.exit_code == 1
    assert "there is no receipt.json" in refused.output


LEVELS = ("kernel", "delivery", "statistics", "evaluation", "evidence", "report")


def imported(path: Path) -> set[str]:
    """The modules a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


@pytest.mark.parametrize("room", ["delivery", "statistics", "evaluation", "report"])
def test_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    allowed = {f"samvirke.{below}" for below in LEVELS[: LEVELS.index(room) + 1]}
    for path in (Path(samvirke.__file__).parent / room).glob("*.py"):
        for module in imported(path):
            assert not module.startswith(("django", "psycopg")), path
            if module.startswith("samvirke."):
                assert ".".join(module.split(".")[:2]) in allowed, path


def test_from_deliveries_to_a_tertial_report(tmp_path: Path) -> None:
    for number, source in enumerate(("North", "South")):
        rows = many_episodes(60, seed=number)
        delivered(tmp_path / source, rows, source=source)
    expected = tmp_path / "expected.yaml"
    expected.write_text("deliveries:\n  - source: North\n  - source: West\n", encoding="utf-8")
    page, record = tmp_path / "t.html", tmp_path / "t.json"
    words = ("--period", "2024-T1", "--out", page, "--record", record, "--expected", expected)
    done = run_tertial(tmp_path / "North", tmp_path / "South", *words)
    assert done.exit_code == 0, done.output
    assert "2 deliveries are in the report" in done.output
    assert "Missing: West." in done.output
    assert '<html lang="nb">' in page.read_text(encoding="utf-8")
    again = run_tertial(tmp_path / "North", "--period", "2024-T2", "--out", page, "--earlier", record)
    assert again.exit_code == 0, again.output


@pytest.mark.parametrize(
    ("words", "says"),
    [(("--period", "2024-T9"), "is no tertial"), (("--period", "2027-T1"), "Ask for a newer one")],
)
def test_a_refused_tertial_report_says_why(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    delivered(tmp_path / "North", many_episodes(10, seed=1))
    refused = run_tertial(tmp_path / "North", *words, "--out", tmp_path / "t.html")
    assert refused.exit_code == 1
    assert says in refused.output
    assert not (tmp_path / "t.html").exists()


def run_tertial(*words: object) -> Result:
    return CliRunner().invoke(tertial.tertial, [str(word) for word in words])
