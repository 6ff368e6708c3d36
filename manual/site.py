"""Hooks of mkdocs: an entry of the navigation that is a folder stands for the pages in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

INDEXES = ("index.md", "README.md")


def on_config(config: Any) -> Any:
    """A new page needs no line in `mkdocs.yml`."""
    config.nav = list(_entries(config.nav, Path(config.docs_dir)))
    return config


def _entries(nav: list[Any], docs: Path) -> Iterator[Any]:
    for entry in nav:
        match entry:
            case dict():
                ((title, below),) = entry.items()
                found = list(_entries(below if isinstance(below, list) else [below], docs))
                yield {title: found if isinstance(below, list) or len(found) > 1 else found[0]}
            case str() if entry.endswith("/"):
                yield from _pages(docs, docs / entry)
            case _:
                yield entry


def _pages(docs: Path, folder: Path) -> Iterator[str]:
    """The page that leads the folder first, then the others by name; of the top, those that lead nothing."""
    pages = sorted(folder.glob("*.md"), key=lambda path: (path.name not in INDEXES, path.name))
    for path in pages:
        if path.parent != docs or path.name not in INDEXES:
            yield path.relative_to(docs).as_posix()
