"""Setting a document: data into a template of typst, out as a tagged PDF."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

STANDARD: Final = "ua-1"  # a tagged PDF that a screen reader can read


def pdf(template: Path, data: dict[str, str], made_at: datetime) -> bytes:
    """The template with this data as a tagged PDF.

    A letter that no font here can show costs the file its standard, not the person the document.
    """
    compiler = typst.Compiler(template, font_paths=_fonts())
    seconds = int(made_at.timestamp())
    try:
        made = compiler.compile(sys_inputs=data, format="pdf", pdf_standards=STANDARD, timestamp=seconds)
    except typst.TypstError:
        made = compiler.compile(sys_inputs=data, format="pdf", timestamp=seconds)
    assert isinstance(made, bytes)
    return made


def printable(value: Any) -> Any:
    """The same lists, tables and texts without control characters in what people wrote."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    return value


def clean(text: str) -> str:
    """Without control characters, but for the ends of lines."""
    lines = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(letter for letter in lines if letter == "\n" or unicodedata.category(letter) != "Cc")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts()
