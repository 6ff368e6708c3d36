"""Every command of the tutorial, in its order, in an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

import cluster
from manual.markdown import ROOT

TUTORIAL = ROOT / "docs" / "tutorial" / "first-day.md"
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"^\$ (.+)$", re.MULTILINE)
SET_UP = ["make", "setup"]  # whoever runs this test has done it
SERVE = ["samvirke", "serve"]
PATIENCE = 60


def commands() -> list[list[str]]:
    """The tutorial's commands as words."""
    text = TUTORIAL.read_text(encoding="utf-8")
    return [shlex.split(line) for block in CONSOLE.findall(text) for line in COMMAND.findall(block)]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder as after a clone, in which nothing has run; its database is stopped afterwards."""
    home = cluster.HOME / "tutorial"
    if home.exists():
        _run(["samvirke", "db", "stop"], home, check=False)
        shutil.rmtree(home)
    home.mkdir(parents=True)
    (home / "src").symlink_to(ROOT / "src")
    yield home
    _run(["samvirke", "db", "stop"], home, check=False)


def _environment() -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("SAMVIRKE_", "DJANGO_"))
    }
    return kept | {"PYTHONPATH": str(ROOT / "src"), "SAMVIRKE_NODE_MODULES": str(ROOT / "node_modules")}


def _run(words: list[str], folder: Path, *, check: bool = True) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        _ours(words), cwd=folder, env=_environment(), capture_output=True, text=True, check=False
    )
    assert not check or done.returncode == 0, f"{shlex.join(words)}\n{done.stdout}\n{done.stderr}"
    return done


def _ours(words: list[str]) -> list[str]:
    return [str(Path(sys.executable).with_name("samvirke")), *words[1:]]


def test_every_command_runs_in_its_order(folder: Path) -> None:
    said = {shlex.join(words[:2]): _followed(words, folder) for words in commands()}
    assert "0 would be new, 0 changed" in said["samvirke import"]
    assert "The report is in" in said["samvirke evaluate"]
    assert (folder / "var" / "first-day" / "report.html").stat().st_size > 10_000
    assert {"make setup", "samvirke demo", "samvirke serve", "samvirke deliver"} <= said.keys()


def _followed(words: list[str], folder: Path) -> str:
    if words == SET_UP:
        assert "\nsetup:" in (ROOT / "Makefile").read_text(encoding="utf-8")
        return ""
    return _front_page(folder) if words == SERVE else _run(words, folder).stdout


def _front_page(folder: Path) -> str:
    """What the served front page says; another port, since this machine may use the ordinary one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = subprocess.Popen(_ours([*SERVE, "--port", str(port)]), cwd=folder, env=_environment())
    try:
        return _asked(f"http://127.0.0.1:{port}/")
    finally:
        serving.terminate()
        serving.wait(PATIENCE)


def _asked(address: str) -> str:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
