"""The text of a PDF as the pages make it: through each font's own table from glyphs to letters."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(?s)\n(\d+) 0 obj\n(.*?)\nendobj")
STREAM = re.compile(rb"(?s)stream\r?\n(.*?)endstream")
INNERMOST = rb"\((?:\\.|[^\\()])*\)"
INNER = rb"\((?:\\.|[^\\()]|" + INNERMOST + rb")*\)"
NESTED = rb"\((?:\\.|[^\\()]|" + INNER + rb")*\)"  # a bracket that has its match is not marked
SHOWN = re.compile(rb"(?s)/Lang\(\w+\)|/(\w+) [\d.]+ Tf|" + NESTED + rb"|\b(ET)\b")
ESCAPE = re.compile(rb"(?s)\\([0-7]{1,3}|.)")
LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
Objects = dict[int, bytes]


def pdf_text(file: bytes) -> str:
    """All that can be read in a PDF, one space between words, and what its outline and title say."""
    objects = {int(found[1]): found[2] for found in OBJECT.finditer(file)}
    shown = "".join(
        text for content in objects.values() if b"/Type/Page/" in content for text in _page(objects, content)
    )
    return f"{' '.join(shown.split())} {' '.join(_plain(objects))}"


def _plain(objects: Objects) -> Iterator[str]:
    """Titles: they stand outside the page, in letters."""
    for content in objects.values():
        for found in re.findall(rb"(?s)/(?:Title|T|Alt|ActualText)\(((?:\\.|[^\\()])*)\)", content):
            text = _unescaped(found)
            yield text.decode("utf-16") if text.startswith(b"\xfe\xff") else text.decode("latin-1")


def _page(objects: Objects, page: bytes) -> Iterator[str]:
    resources = objects[_number(rb"/Resources (\d+) 0 R", page)]
    fonts = {
        name: _letters(objects, objects[int(number)])
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    }
    letters: dict[int, str] = {}
    for found in SHOWN.finditer(_stream(objects[_number(rb"/Contents (\d+) 0 R", page)])):
        if found[1]:
            letters = fonts[found[1]]
        elif found[2]:
            yield " "
        elif found[0].startswith(b"("):
            codes = _unescaped(found[0][1:-1])
            pairs = zip(codes[::2], codes[1::2], strict=True)
            yield "".join(letters[high * 256 + low] for high, low in pairs)


def _letters(objects: Objects, font: bytes) -> dict[int, str]:
    """A font's table from glyphs to letters."""
    table = _stream(objects[_number(rb"/ToUnicode (\d+) 0 R", font)])
    found: dict[int, str] = {}
    for glyph, text in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>\n", table):
        found[int(glyph, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return found


def _stream(content: bytes) -> bytes:
    found = STREAM.search(content)
    assert found is not None
    return zlib.decompressobj().decompress(found[1])  # which ends by itself, before the end of the line


def _number(pattern: bytes, content: bytes) -> int:
    found = re.search(pattern, content)
    assert found is not None, pattern
    return int(found[1])


def _unescaped(text: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        said = found[1]
        return bytes([int(said, 8)]) if said.isdigit() else LETTERS.get(said, said)

    return ESCAPE.sub(one, text)
