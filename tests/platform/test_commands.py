"""The command line: what it imports, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from samvirke.surfaces.commands import main, serve
from samvirke.surfaces.commands.lazy import Later, LazyGroup
from samvirke.surfaces.commands.postgres import Connection

PROBE = """
import json, sys
from samvirke.surfaces.commands import main
try:
    main(json.loads(sys.argv[1]), prog_name="samvirke")
except SystemExit as end:
    code = end.code
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


def imported_by(*words: str) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(words)], capture_output=True, text=True, check=True
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, set(modules)


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["evaluate", "--help"],
        ["statistics", "--help"],
        ["evaluate", "run", "--help"],
        ["evidence", "list"],
    ],
)
def test_the_insight_tower_imports_no_django(words: list[str]) -> None:
    code, modules = imported_by(*words)
    assert code == 0
    assert not modules & {"django", "psycopg"}


def test_help_names_every_command() -> None:
    said = CliRunner().invoke(main, ["--help"]).output
    for name in (
        "audit",
        "db",
        "deliver",
        "demo",
        "doctor",
        "evaluate",
        "evidence",
        "import",
        "jobs",
        "programmes",
        "serve",
        "statistics",
        "work",
    ):
        assert f"\n  {name} " in said


def test_a_command_whose_part_is_not_installed_says_which() -> None:
    group = LazyGroup("g", later={"one": Later("no_such_library_at_all:one", "One.", "insight")})
    result = CliRunner().invoke(group, ["one"])
    assert result.exit_code == 1
    assert "pip install 'samvirke[insight]'" in result.output


def test_an_unknown_command_is_an_ordinary_usage_error() -> None:
    assert CliRunner().invoke(main, ["no-such"]).exit_code == 2


def test_without_a_database_each_command_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVIRKE_HOME", str(tmp_path))
    monkeypatch.delenv("SAMVIRKE_DATABASE_URL", raising=False)
    for words in (["db", "start"], ["db", "stop"], ["db", "url", "app"], ["db", "reset", "--yes"], ["serve"]):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 1, words
        assert "samvirke db init" in result.output, words


def test_the_launcher_leaves_a_database_that_stands_elsewhere_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVIRKE_DATABASE_URL", "postgresql://db.example.no/samvirke")
    for words in (["db", "init"], ["db", "start"], ["db", "stop"], ["db", "reset", "--yes"]):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 1
        assert "stands elsewhere" in result.output


@pytest.mark.parametrize(
    ("host", "database", "refused"),
    [
        ("127.0.0.1", "127.0.0.1", False),
        ("::1", "localhost", False),
        ("0.0.0.0", "127.0.0.1", True),
        ("127.0.0.1", "db.example.no", True),
    ],
)
def test_a_simulated_database_is_served_on_loopback_only(
    monkeypatch: pytest.MonkeyPatch, host: str, database: str, *, refused: bool
) -> None:
    monkeypatch.setattr("samvirke.surfaces.commands.postgres.is_simulated", lambda place: True)
    place = Connection(database, 5432, "samvirke", "samvirke_app", "")
    if not refused:
        serve.refuse_simulated(place, host=host)
        return
    with pytest.raises(click.ClickException, match="simulated clock"):
        serve.refuse_simulated(place, host=host)
