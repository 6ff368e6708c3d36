"""Markdown from values."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence
from enum import Flag
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import samvirke

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
PACKAGE = Path(samvirke.__file__).parent


def page(title: str, lead: str, *parts: str) -> str:
    """A whole page."""
    return "\n\n".join([f"# {title}", lead, *parts]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; what is empty is a dash, so that no cell looks forgotten."""
    lines = [head, ["---"] * len(head), *([cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: object) -> str:
    """One line without bars."""
    text = " ".join(str(value).split()).replace("|", "\\|")
    return text or "–"


def code(value: object) -> str:
    """Set as code; nothing stays nothing."""
    return f"`{value}`" if str(value) else ""


def codes(values: Iterable[object]) -> str:
    """Several, with commas."""
    return ", ".join(code(value) for value in values)


def flags(value: Flag) -> str:
    """The names in a flag, in its own order."""
    return ", ".join(str(one.name).lower() for one in type(value) if one in value)


def first_line(thing: object) -> str:
    """The sentence a definition begins with."""
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")


def modules(last: str) -> Iterator[ModuleType]:
    """Every module of this name, in whatever room, in the rooms' alphabetical order."""
    for found in sorted(walk_packages([str(PACKAGE)], "samvirke."), key=lambda one: one.name):
        if found.name.rpartition(".")[2] == last:
            yield import_module(found.name)


def room_of(module: ModuleType) -> str:
    """Where a module stands: `exchange.inbox` for `samvirke.exchange.inbox.facts`."""
    return module.__name__.removeprefix("samvirke.").rpartition(".")[0]
