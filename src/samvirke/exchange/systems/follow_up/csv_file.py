"""A list as CSV: encoding and separator are found out, rows come one at a time."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from samvirke.exchange.inbox.fields import WHOLE_FILE, BadField

SEPARATORS = (";", ",", "\t")
LONGEST_LINE = 64 * 1024  # characters
BLOCK = 1024 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Nordic letters of UTF-8, as they look to somebody who reads one byte at a time.
_TWO_BYTES = re.compile(rb"\xc3[\x80-\xbf]")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is written."""

    encoding: str
    separator: str


def shape(path: Path) -> Shape:
    """How the file is written. Raises BadField for a file that is no table of text."""
    encoding = _encoding(path)
    with _opened(path, encoding) as stream:
        header = stream.readline(LONGEST_LINE + 1)
    return Shape(encoding, _separator(header))


def rows(path: Path, how: Shape) -> Iterator[tuple[int, list[str], BadField | None]]:
    """The line number and cells of every line, the header's included; and why a line cannot be read."""
    with _opened(path, how.encoding) as stream:
        expected = 0
        for number, line in enumerate(_lines(stream), start=1):
            if not line.strip("\r\n\t ;,"):
                continue
            cells = [line[:LONGEST_LINE].rstrip("\r\n")]
            try:
                cells = split(line, how.separator)
                expected = expected or len(cells)
                if len(cells) != expected:
                    raise _wrong_width(line, cells, how.separator, expected)
            except BadField as problem:
                yield number, cells, problem
            else:
                yield number, cells, None


def split(line: str, separator: str) -> list[str]:
    """The cells of a line. Raises BadField."""
    if len(line) > LONGEST_LINE:
        raise BadField(
            "line",
            "The line is longer than {longest} characters.",
            "Check that each client stands on a line of its own.",
            longest=str(LONGEST_LINE),
        )
    text = line.rstrip("\r\n")
    if '"' not in text:
        return text.split(separator)
    try:
        return next(csv.reader([text], delimiter=separator, strict=True), [])
    except csv.Error as problem:
        raise BadField(
            "line",
            "The quotation marks of the line do not fit together.",
            "Double each quotation mark inside a text, and close each text that a quotation mark opens.",
        ) from problem


def _wrong_width(line: str, cells: list[str], separator: str, expected: int) -> BadField:
    for other in SEPARATORS:
        if other != separator and line.count(other) == expected - 1:
            return BadField(
                "line",
                "The line is separated by another sign than the header: {found} instead of {expected}.",
                "Use the same separator in the whole file, and send it again.",
                found=_name(other),
                expected=_name(separator),
            )
    return BadField(
        "line",
        "The line has {found} cells; the header has {expected}.",
        "Put a text that holds the separator in double quotes, and send the list again.",
        found=str(len(cells)),
        expected=str(expected),
    )


def _encoding(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(BLOCK)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            _check_decodes(path, encoding)
            return encoding
    if b"\0" in head:
        raise BadField(
            WHOLE_FILE,
            "The file is no text: it holds bytes that no list has.",
            "Save it as CSV with UTF-8, or as XLSX, and send it again.",
        )
    broken = _first_undecodable(path, "utf-8")
    if broken is None:
        return "utf-8"
    if _holds(path, _TWO_BYTES):
        raise BadField(
            WHOLE_FILE,
            "The file mixes two encodings: most of it is UTF-8, but line {line} is not.",
            "Save the whole file as UTF-8 and send it again.",
            line=str(broken),
        )
    return "cp1252" if _first_undecodable(path, "cp1252") is None else "iso-8859-1"


def _check_decodes(path: Path, encoding: str) -> None:
    broken = _first_undecodable(path, encoding)
    if broken is not None:
        raise BadField(
            WHOLE_FILE,
            "The file says that it is {encoding}, but line {line} is not.",
            "Save the whole file again as UTF-8 and send it.",
            encoding=encoding.upper(),
            line=str(broken),
        )


def _first_undecodable(path: Path, encoding: str) -> int | None:
    """The first line with letters that are not of this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError as problem:
                return line + block[: problem.start].count(b"\n")
            line += block.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def _holds(path: Path, pattern: re.Pattern[bytes]) -> bool:
    with path.open("rb") as stream:
        return any(pattern.search(block) for block in iter(lambda: stream.read(BLOCK), b""))


def _separator(header: str) -> str:
    if not header.strip():
        raise BadField(WHOLE_FILE, "The file is empty.", "Choose the list that was saved, and send it again.")
    widths = {sign: header.count(sign) for sign in SEPARATORS}
    best = max(widths, key=lambda sign: widths[sign])
    if widths[best] and sum(width == widths[best] for width in widths.values()) > 1:
        raise BadField(
            "header",
            "The header is separated by two signs, and none of them is used more often.",
            "Use one separator between all headings, and send the list again.",
        )
    return best


def _name(separator: str) -> str:
    return "TAB" if separator == "\t" else separator


def _opened(path: Path, encoding: str) -> IO[str]:
    return path.open(encoding=encoding, newline="")


def _lines(stream: IO[str]) -> Iterator[str]:
    """Lines, each cut one character above the longest allowed; the rest of a longer one is passed over."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(("\n", "\r")):
            line = stream.readline(LONGEST_LINE + 1)
