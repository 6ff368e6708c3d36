"""The second opinion is one: it is written from the access document, and knows nothing of the program."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ORACLE = Path(__file__).resolve().parents[2] / "proof" / "oracle"
OWN = "proof.oracle"


def known(source: str) -> Iterator[str]:
    """The modules a source imports that are neither of the standard library nor of the oracle."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        elif isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            names = [name] if name in {"__import__", "import_module"} else []
        else:
            names = []
        yield from (name for name in names if not may_be_known(name))


def may_be_known(name: str) -> bool:
    """Whether a module is of the standard library or of the oracle."""
    return name.partition(".")[0] in sys.stdlib_module_names or f"{name}.".startswith(f"{OWN}.")


def test_the_oracle_imports_nothing_but_itself_and_the_standard_library() -> None:
    found = {path.name: list(known(path.read_text("utf-8"))) for path in ORACLE.rglob("*.py")}
    assert len(found) > 5
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("from samvirke.gate import access", "samvirke.gate"),
        ("import people", "people"),
        ("from proof import scene", "proof"),
        ("import proof.oracle_rows", "proof.oracle_rows"),
        ("from .. import scene", ".."),
        ("def f():\n    import django.db", "django.db"),
        ("importlib.import_module('samvirke')", "import_module"),
    ],
)
def test_one_that_knows_more_is_found(source: str, told: str) -> None:
    assert list(known(source)) == [told]


@pytest.mark.parametrize(
    "source", ["import proof.oracle.words", "from proof.oracle import acts", "import ast"]
)
def test_what_it_may_know_is_let_by(source: str) -> None:
    assert list(known(source)) == []
