"""Records as files: JSON that says its format, the same bytes for the same record."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Unreadable(Protocol):
    """What is raised where the file holds no such record."""

    def __call__(self, path: Path, *, reason: str) -> Exception: ...


def save(content: Mapping[str, Any], path: Path) -> None:
    """Write the record; the same record gives the same bytes."""
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def load(path: Path, *, form: str, record: Callable[[dict[str, Any]], T], unreadable: Unreadable) -> T:
    """The record in the file. Raises what `unreadable` makes when it is something else."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        found = content.pop("format", None)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise unreadable(path, reason=f"{error}.") from error
    if found != form:
        raise unreadable(path, reason=f"it says {found!r} and not {form!r}.")
    try:
        return record(content)
    except (KeyError, TypeError, ValueError) as error:
        raise unreadable(path, reason=f"a field is wrong ({error}).") from error
