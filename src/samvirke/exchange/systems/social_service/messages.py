"""Finding the messages in what was delivered, one at a time, however many there are."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from samvirke.exchange.inbox.types import RefusedRow

LARGEST_MESSAGE = 4 * 1024 * 1024  # bytes; the longest real case histories stay below a tenth of this
BLOCK = 1024 * 1024
ENDINGS = (".json", ".jsonl")


class NothingToRead(Exception):
    """There is no delivery at the given place."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is neither a folder nor a .json, .jsonl or .zip file. "
            "Give the place where the delivery was saved."
        )


@dataclass(frozen=True, slots=True)
class Message:
    """The bytes of one envelope and where they stood."""

    content: bytes
    row: int  # line of a .jsonl file; otherwise 1
    file: str


def messages(path: Path) -> Iterator[Message | RefusedRow]:
    """Every message of a file, a zip file or a folder, in the order of names and lines."""
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and inner.suffix in (*ENDINGS, ".zip"):
                yield from _of_file(inner, name=inner.relative_to(path).as_posix())
    elif path.is_file() and path.suffix in (*ENDINGS, ".zip"):
        yield from _of_file(path, name=path.name)
    else:
        raise NothingToRead(path)


def count(path: Path) -> int:
    """About how many messages a delivery holds; what lies in a zip file is not counted."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(_count(file) for file in files if file.suffix in ENDINGS and file.is_file())


def _count(path: Path) -> int:
    if path.suffix == ".json":
        return 1
    with path.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(BLOCK), b""))


def _of_file(path: Path, *, name: str) -> Iterator[Message | RefusedRow]:
    if path.suffix == ".zip":
        yield from _of_zip(path, name=name)
        return
    with path.open("rb") as stream:
        yield from _of_stream(stream, name=name)


def _of_zip(path: Path, *, name: str) -> Iterator[Message | RefusedRow]:
    inner = ""
    try:
        with zipfile.ZipFile(path) as archive:
            for inner in sorted(archive.namelist()):
                if inner.endswith(ENDINGS):
                    with archive.open(inner) as stream:
                        yield from _of_stream(stream, name=f"{name}/{inner}")
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        yield RefusedRow(
            row=1,
            file=f"{name}/{inner}" if inner else name,
            field="$",
            reason="The zip file is damaged, locked with a password or packed in an unusual way.",
            what_to_do="Pack the files again as an ordinary zip file; rows above this one were read.",
        )


def _of_stream(stream: IO[bytes], *, name: str) -> Iterator[Message | RefusedRow]:
    if name.endswith(".json"):
        yield _message(stream.read(LARGEST_MESSAGE + 1), row=1, file=name)
        return
    row = 0
    while line := stream.readline(LARGEST_MESSAGE + 1):
        row += 1
        if line.strip():
            yield _message(line, row=row, file=name)
        while len(line) > LARGEST_MESSAGE and not line.endswith(b"\n"):
            line = stream.readline(LARGEST_MESSAGE + 1)


def _message(content: bytes, *, row: int, file: str) -> Message | RefusedRow:
    if len(content) <= LARGEST_MESSAGE:
        return Message(content, row, file)
    return RefusedRow(
        row=row,
        file=file,
        field="$",
        reason="The message is larger than {largest} bytes.",
        what_to_do="Split the delivery: one envelope on each line, one case in each envelope.",
        params={"largest": str(LARGEST_MESSAGE)},
    )
