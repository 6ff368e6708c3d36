"""What is told onward: facts, published views, the delivery, code lists, and what other systems send."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator
from enum import Enum, StrEnum
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

from manual.markdown import PACKAGE, code, codes, first_line, flags, modules, page, room_of, table
from samvirke.delivery import schema
from samvirke.kernel import codes as kernel_codes
from samvirke.kernel import gate_words

SELECTED = re.compile(r"(?:^|\n)SELECT\b(.*?)\nFROM\b", re.DOTALL)
NAME = re.compile(r"(\w+)\s*$")


def facts() -> str:
    """Each room's facts with their fields."""
    return page(
        "Facts",
        "What happened, in codes and ids, appended and never changed. Statistics are made of these alone.",
        *(
            f"## {room_of(module)}\n\n" + table(["fact", "meaning", "kind", "holds"], _facts_of(module))
            for module in modules("facts")
        ),
    )


def _facts_of(module: ModuleType) -> Iterator[list[str]]:
    for value in vars(module).values():
        if dataclasses.is_dataclass(value) and isinstance(value, type) and hasattr(value, "code"):
            hints = get_type_hints(value)
            names = [f"{one.name}: {_type(hints[one.name])}" for one in dataclasses.fields(value)]
            yield [code(value.code), first_line(value), flags(value.kind), codes(names)]


def _type(hint: object) -> str:
    return hint.__name__ if isinstance(hint, type) else str(hint).replace("datetime.", "")


def views() -> str:
    """The SQL views that the insight role reads."""
    parts = []
    for path in sorted(PACKAGE.rglob("published/*.sql")):
        text = path.read_text(encoding="utf-8")
        parts.append(f"## {path.stem}\n\n{_comment(text)}\n\n{table(['column'], _columns(text))}")
    return page(
        "Published views",
        "All that leaves the database for statistics. The role `insight` reads these views and nothing else; "
        "a change that an old reader would misread makes a new view.",
        *parts,
    )


def _comment(text: str) -> str:
    lines = (line.removeprefix("--").strip() for line in text.splitlines() if line.startswith("--"))
    return "\n".join(lines)


def _columns(text: str) -> Iterator[list[str]]:
    """The names that the last SELECT at the start of a line gives."""
    selected = SELECTED.findall(text)[-1]
    depth, current = 0, ""
    for sign in f"{selected},":
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            found = NAME.search(current)
            yield [code(found.group(1) if found else current.strip())]
            current = ""
        else:
            current += sign


def delivery() -> str:
    """The schema with what each column means."""
    return page(
        "Statistics delivery",
        f"Version {schema.SCHEMA_VERSION}. A folder of Parquet files with a receipt; persons and episodes "
        "under pseudonyms of one study.",
        *(
            f"## {name}\n\n{inspect.getdoc(published)}\n\nSorted by `{published.key}`.\n\n"
            + table(["column", "type", "meaning", "always there", "codes or bounds"], _published(published))
            for name, published in schema.TABLES.items()
        ),
    )


def _published(published: type[schema.Published]) -> Iterator[list[str]]:
    for name, column in published.columns.items():
        must = "yes" if column.never_null else "no"
        yield [code(name), column.kind, column.description, must, _bounds(column)]


def _bounds(column: schema.Column) -> str:
    if column.codes:
        return codes(column.codes)
    if column.pattern:
        return code(column.pattern)
    bounds = (("least", column.least), ("most", column.most))
    return ", ".join(f"{word} {bound}" for word, bound in bounds if bound is not None)


def code_lists() -> str:
    """Every code list of the kernel."""
    return page(
        "Code lists",
        "Codes are stored and sent; words for them are the pages' business, in the reader's language.",
        *(
            f"## {name}\n\n{first_line(found)}\n\n" + table(["code"], [[code(_code(one))] for one in found])
            for module in (kernel_codes, gate_words)
            for name, found in vars(module).items()
            if isinstance(found, type) and issubclass(found, Enum) and found.__module__ == module.__name__
        ),
    )


def _code(member: Enum) -> str:
    return str(member.value) if isinstance(member, StrEnum) else f"{member.value} {str(member.name).lower()}"


def formats() -> str:
    """What stands on each system's own folder."""
    found = sorted(PACKAGE.rglob("systems/*/README.md"))
    return page(
        "Formats of other systems",
        "Each stands beside the code that reads it.",
        *(_one_step_down(path) for path in found),
    )


def _one_step_down(path: Path) -> str:
    """Headings one level lower; links to files beside it become names."""
    text = re.sub(r"^#", "##", path.read_text(encoding="utf-8").strip(), flags=re.MULTILINE)
    return re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]*\)", r"\1", text)
