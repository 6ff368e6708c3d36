"""The four commands, one after the other, as an evaluator runs them; and what they refuse."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import samvirke
from insight import study
from insight.rows import delivered, many_episodes
from samvirke.surfaces.commands import insight, tertial


def run(command: str, *words: object) -> Result:
    return CliRunner().invoke(getattr(insight, command), [str(word) for word in words])


def test_from_protocol_and_delivery_to_a_page(tmp_path: Path) -> None:
    protocol, files = study.protocol_file(tmp_path / "p.yaml"), study.extract_files(tmp_path)
    delivered(tmp_path / "delivery", many_episodes(200, seed=2))
    extracts = ("--survey", files["survey"], "--register", files["register"])
    registry, result, figures = tmp_path / "registry", tmp_path / "r.json", tmp_path / "s.json"

    refused = run("evaluate", protocol, "--registry", registry, *extracts, "--out", result)
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: The protocol one-plan-2026 is not registered")

    assert "stands registered at" in run("register", protocol, "--registry", registry).output
    assert "7 effects" in run("evaluate", protocol, "--registry", registry, *extracts, "--out", result).output
    assert "5 protected tables" in run("statistics", tmp_path / "delivery", "--out", figures).output
    page = tmp_path / "report.html"
    done = run("report", result, "--statistics", figures, "--language", "nb", "--out", page)
    assert done.exit_code == 0, done.output
    assert '<html lang="nb">' in page.read_text(encoding="utf-8")


def test_an_unreadable_file_is_told_without_a_trace(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text("{}", encoding="utf-8")
    refused = run("report", tmp_path / "r.json", "--out", tmp_path / "page.html")
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
