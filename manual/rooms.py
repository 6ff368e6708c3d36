"""The rooms by their door signs, and the words that are law."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules

from manual.markdown import PACKAGE, ROOT, page


def rooms() -> str:
    """Each package's own docstring."""
    found = sorted(one.name for one in iter_modules([str(PACKAGE)]) if one.ispkg)
    return page(
        "Rooms",
        "Each package begins with a sign: what goes in, what comes out, and what never happens there. "
        "Imports run downward only; contracts in `pyproject.toml` keep it so.",
        *(f"## {name}\n\n```text\n{_sign(name)}\n```" for name in found),
    )


def _sign(name: str) -> str:
    return inspect.getdoc(import_module(f"samvirke.{name}")) or ""


def words() -> str:
    """The glossary, one step down."""
    return (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").replace("# Glossary", "# Words", 1)
