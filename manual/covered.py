"""`python -m manual.covered FILE`: the rules that matter are run by tests, line for line.

Reads coverage.py's JSON. In the rooms of `STRICT` every line runs, but for those that a marked comment or
`[tool.samvirke.uncovered]` of `pyproject.toml` gives a reason for; the rest together stays above a floor.
Measured are the tests of the rules (tests/conftest.py), so that CI can afford it.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from manual.markdown import ROOT

SOURCE = "src/samvirke/"
STRICT = ("gate/", "delivery/", "statistics/", "evaluation/")
STRICT_FILES = ("policies.py",)  # of every room
Report = Mapping[str, Mapping[str, Any]]


def is_strict(name: str) -> bool:
    """Whether every line of this file must run. Migrations run once, in the template."""
    if "/migrations/" in f"/{name}":
        return False
    return name.startswith(STRICT) or name.rpartition("/")[2] in STRICT_FILES


def failures(files: Report, exceptions: Mapping[str, str], floor: float) -> list[str]:
    """A sentence for each strict file with a line that no test runs, each idle exception, and the rest."""
    read = {name.removeprefix(SOURCE): found for name, found in files.items()}
    return [*_strict(read, exceptions), *_idle(read, exceptions), *_rest(read, floor)]


def _strict(files: Report, exceptions: Mapping[str, str]) -> Iterator[str]:
    for name, found in files.items():
        missing = [line for line in found["missing_lines"] if f"{name}:{line}" not in exceptions]
        if is_strict(name) and missing:
            lines = ", ".join(map(str, missing))
            yield f"{name}: no test runs line {lines}. Write one, or give the reason in pyproject.toml."


def _idle(files: Report, exceptions: Mapping[str, str]) -> Iterator[str]:
    for place, reason in exceptions.items():
        name, _, line = place.rpartition(":")
        if not reason.strip():
            yield f"{place}: an exception needs a reason."
        if name not in files or int(line) not in files[name]["missing_lines"]:
            yield f"{place}: is run, or is gone. Take the exception out of pyproject.toml."


def _rest(files: Report, floor: float) -> Iterator[str]:
    rest = [found["summary"] for name, found in files.items() if not is_strict(name)]
    lines = sum(one["num_statements"] for one in rest)
    covered = sum(one["covered_lines"] for one in rest)
    if lines and 100 * covered / lines < floor:
        share = 100 * covered / lines
        yield (
            f"Tests run {share:.1f} % of the other rooms' lines, and it was {floor:g} %. "
            "Write what is missing."
        )


def main(path: Path) -> None:
    """Print every failure, and fail if there is one."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["samvirke"]
    files = json.loads(path.read_text(encoding="utf-8"))["files"]
    found = failures(files, settings["uncovered"], settings["coverage"]["floor"])
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
