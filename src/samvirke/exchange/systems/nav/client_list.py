"""Reading the list line by line, so that memory stays flat however long it is."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from samvirke.exchange.inbox.fields import OUR_COLUMNS, BadField, shortened
from samvirke.exchange.inbox.types import Original, Received
from samvirke.exchange.systems.nav.mapping import COLUMNS, client_record

ENCODING = "iso-8859-1"
DELIMITER = ";"
LONGEST_LINE = 64 * 1024
BLOCK = 1024 * 1024
_HEADER_FIELD = "header"


class NothingToRead(Exception):
    """There is no list at the given place."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not a file. Give the place where the list was saved.")


def read(path: Path) -> Iterator[Received]:
    """Every line of a list: a client record or a refusal. A wrong header refuses the file."""
    if not path.is_file():
        raise NothingToRead(path)
    with path.open("rb") as stream:
        yield from _received(stream, file=path.name)


def count(path: Path) -> int:
    """About how many lines the list has."""
    with path.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(BLOCK), b""))


def originals(path: Path) -> Iterator[Original]:
    """The cells of every line as they came, the header first, without what an error file added."""
    with path.open("rb") as stream:
        lines = _lines(stream)
        header = _as_came(next(lines, b""))
        kept = [place for place, name in enumerate(header) if name not in OUR_COLUMNS]
        yield Original(0, tuple(header[place] for place in kept))
        for row, line in enumerate(lines, start=2):
            cells = _as_came(line)
            places = kept if len(cells) == len(header) else range(len(cells))
            yield Original(row, tuple(cells[place] for place in places))


def _as_came(line: bytes) -> list[str]:
    """The cells of a line, or the line itself where it falls into none."""
    try:
        return _split(line)
    except BadField:
        return [line[:LONGEST_LINE].decode(ENCODING).rstrip("\r\n")]


def _received(stream: IO[bytes], *, file: str) -> Iterator[Received]:
    lines = _lines(stream)
    try:
        header = _header(next(lines, b""))
    except BadField as problem:
        yield problem.refused(row=1, file=file)
        return
    for row, line in enumerate(lines, start=2):
        if line.strip():
            yield _row(line, header=header, row=row, file=file)


def _row(line: bytes, *, header: list[str], row: int, file: str) -> Received:
    try:
        return client_record(_cells(line, header=header), row=row, file=file)
    except BadField as problem:
        return problem.refused(row=row, file=file)


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines, each cut one byte above the longest allowed; the rest of a longer one is passed over."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)


def _header(line: bytes) -> list[str]:
    if line.startswith(b"\xef\xbb\xbf") or "Ã" in line.decode(ENCODING):
        raise BadField(
            _HEADER_FIELD, "The list is saved as UTF-8.", "Save it again as ISO 8859-1, also called Latin-1."
        )
    header = [name.strip() for name in _split(line)]
    for name in COLUMNS:
        _check_once(name, times=header.count(name))
    unknown = [name for name in header if name not in COLUMNS and name not in OUR_COLUMNS]
    if unknown:
        raise BadField(
            shortened(unknown[0]),
            "The list has a column that is not known here: “{column}”.",
            "Leave the column out and send the list again.",
            column=shortened(unknown[0]),
        )
    return header


def _check_once(name: str, *, times: int) -> None:
    if times == 0:
        raise BadField(
            name,
            "The column “{column}” is missing.",
            "Add it, empty where nothing is known; the first line must hold the names of the columns.",
            column=name,
        )
    if times > 1:
        raise BadField(
            name,
            "The column “{column}” stands {times} times.",
            "Keep one of them and send the list again.",
            column=name,
            times=str(times),
        )


def _cells(line: bytes, *, header: list[str]) -> dict[str, str]:
    cells = _split(line)
    if len(cells) != len(header):
        raise BadField(
            "line",
            "The line has {found} cells; the header has {expected}.",
            "Put a text that holds a semicolon in double quotes, and send the list again.",
            found=str(len(cells)),
            expected=str(len(header)),
        )
    return dict(zip(header, cells, strict=True))


def _split(line: bytes) -> list[str]:
    if len(line) > LONGEST_LINE:
        raise BadField(
            "line",
            "The line is longer than {longest} bytes.",
            "Check that each client stands on a line of its own.",
            longest=str(LONGEST_LINE),
        )
    text = line.decode(ENCODING).rstrip("\r\n")
    try:
        return next(csv.reader([text], delimiter=DELIMITER, strict=True), [])
    except csv.Error as problem:
        raise BadField(
            "line",
            "The quotation marks of the line do not fit together.",
            "Double each quotation mark inside a text, and close each text that a quotation mark opens.",
        ) from problem
