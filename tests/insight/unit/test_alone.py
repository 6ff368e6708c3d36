"""The insight part on files alone: without Django, without PostgreSQL, and the same bytes each time.

Installing it into an empty environment needs a package index, so that is `tests/proof/insight_alone`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import samvirke
from insight import real, study
from insight.rows import delivered, many_episodes
from insight.unit.test_report_designs import invented_panel
from samvirke import evaluation
from samvirke.evaluation import Protocol, Source

# Stands in for an environment where the service part is not installed.
BLOCKER = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "psycopg", "procrastinate", "structlog", "gunicorn"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
"""
DRIVER = """
import json, sys
from samvirke.surfaces.commands import main
for words in json.loads(sys.argv[1]):
    main(words, standalone_mode=False)
"""
COMMANDS = list[list[str]]


def alone(folder: Path, commands: COMMANDS, *, hash_seed: str = "0") -> subprocess.CompletedProcess[str]:
    """The commands one after the other, in a process that has no service part."""
    blocked = folder / "blocked"
    blocked.mkdir(exist_ok=True)
    (blocked / "sitecustomize.py").write_text(BLOCKER, encoding="utf-8")
    path = os.pathsep.join([str(blocked), str(Path(samvirke.__file__).parents[1])])
    return subprocess.run(
        [sys.executable, "-c", DRIVER, json.dumps(commands)],
        env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=False,
    )


def studies(folder: Path) -> dict[str, tuple[Protocol, dict[Source, Path]]]:
    """One study per design, each with its files."""
    starts, rows = invented_panel(gain=1.0)
    panel, weighted = real.panel_protocol(starts), real.persons_protocol("weighting")
    drawn = real.persons_protocol("experiment")
    return {
        "change": (study.protocol(), study.extract_files(folder)),
        "panel": (panel, {Source.PANEL: real.panel_file(folder / "panel.csv", rows, panel)}),
        "weighted": (
            weighted,
            {Source.PERSONS: real.persons_file(folder / "w.csv", real.nsw(), weighted)},
        ),
        "drawn": (drawn, {Source.PERSONS: real.persons_file(folder / "d.csv", real.nsw(), drawn)}),
    }


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, COMMANDS]:
    """Protocols of every design, registered; and the commands that answer them into {out}."""
    folder = tmp_path_factory.mktemp("alone")
    commands = []
    for name, (protocol, files) in studies(folder).items():
        path, registry = folder / f"{name}.yaml", folder / "registry" / name
        path.write_text(protocol.model_dump_json(), encoding="utf-8")  # JSON is YAML too
        evaluation.register(protocol, folder=registry, at=real.AT, by="Kari")
        data = [word for source, file in files.items() for word in ("--data", f"{source}={file}")]
        words = ["evaluate", "run", str(path), "--registry", str(registry), *data]
        commands.append([*words, "--out", f"{{out}}/{name}.json"])
    return folder, commands


def into(commands: COMMANDS, out: Path) -> COMMANDS:
    out.mkdir()
    return [[word.replace("{out}", str(out)) for word in words] for words in commands]


def test_every_design_is_answered_alone_and_with_the_same_bytes(registered: tuple[Path, COMMANDS]) -> None:
    folder, commands = registered
    for seed in ("1", "4711"):
        done = alone(folder, into(commands, folder / seed), hash_seed=seed)
        assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (folder / "1").iterdir())
    assert names == ["change.json", "drawn.json", "panel.json", "weighted.json"]
    for name in names:
        assert (folder / "1" / name).read_bytes() == (folder / "4711" / name).read_bytes()
        result = evaluation.load(folder / "1" / name)
        assert result.effects[0].estimate is not None
        assert set(result.libraries) >= {"numpy", "pandas", "statsmodels", "csdid"}
        assert result.package_version


def test_protocol_statistics_and_page_are_made_alone(tmp_path: Path) -> None:
    delivered(tmp_path / "delivery", many_episodes(150, seed=4))
    files = study.extract_files(tmp_path)
    data = [word for source, file in files.items() for word in ("--data", f"{source}={file}")]
    protocol, registry = str(study.protocol_file(tmp_path / "p.yaml")), str(tmp_path / "registry")
    result, figures, page = (str(tmp_path / name) for name in ("r.json", "s.json", "page.html"))
    done = alone(
        tmp_path,
        [
            ["evaluate", "init", str(tmp_path / "begun.yaml"), "--design", "experiment"],
            ["evaluate", "check", protocol],
            ["evaluate", "register", protocol, "--registry", registry, "--by", "Kari"],
            ["evaluate", "run", protocol, "--registry", registry, *data, "--out", result],
            ["statistics", str(tmp_path / "delivery"), "--out", figures],
            ["evaluate", "report", result, "--statistics", figures, "--language", "en", "--out", page],
        ],
    )
    assert done.returncode == 0, done.stderr
    assert "The effect is the change from before to after" in Path(page).read_text(encoding="utf-8")


def test_the_blocker_blocks(tmp_path: Path) -> None:
    done = alone(tmp_path, [["deliver", "--help"]])
    assert done.returncode != 0
    assert "pip install 'samvirke[service]'" in done.stderr


def test_looking_at_a_protocol_waits_for_no_estimator(tmp_path: Path) -> None:
    """csdid takes seconds to import; only a run that asks for its design pays for it."""
    probe = DRIVER + "assert not {'csdid', 'statsmodels'} & set(sys.modules), 'imported'"
    path = study.protocol_file(tmp_path / "p.yaml")
    done = subprocess.run(
        [sys.executable, "-c", probe, json.dumps([["evaluate", "check", str(path)]])],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
