"""The register: folders of YAML files, one for each record, and beside them what came later.

`FOLDER/ID.yaml` is a record. `FOLDER/ID/0001.yaml` and on are its history: a new version of the record, or a
management response. An entry is a file of its own that is made once and never written again, so a folder can
be kept in git, and two who write at once get two entries.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import yaml
from pydantic import ValidationError, model_validator

from samvirke.evidence.records import Record, Response
from samvirke.evidence.words import Line, Strict

SHIPPED = Path(__file__).parent / "register"
T = TypeVar("T", bound=Strict)
ENTRY = re.compile(r"[0-9]{4}\.yaml")


class UnreadableEvidence(ValueError):
    """A file of the register does not hold what it should."""

    def __init__(self, path: Path | str, *, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(
            f"{path} was not read as evidence, so nothing was taken from it. Correct it and try again; the "
            "fields are described in docs/reference/evidence.schema.json:\n"
            + "\n".join(f"- {reason}" for reason in self.reasons)
        )


class UnknownRecord(LookupError):
    """No record has this id."""

    def __init__(self, record_id: str) -> None:
        super().__init__(
            f"The register holds no record {record_id!r}. `samvirke evidence list` shows those it holds."
        )


class FiledTwice(ValueError):
    """Two files claim the same id."""

    def __init__(self, path: Path, *, other: Path) -> None:
        super().__init__(
            f"{path} has the id of {other}, so it is not clear which holds. Give one of them another id, or "
            "add the newer one as a version with `samvirke evidence add`."
        )


class Entry(Strict):
    """One thing that happened to a record: a new version, or a management response. Written once."""

    at: datetime
    by: Line
    record: Record | None = None
    response: Response | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Entry:
        if (self.record is None) is (self.response is None):
            raise ValueError("an entry holds a record or a response, one of them")
        if self.at.tzinfo is None:
            raise ValueError("the time has no time zone; write it as 2026-03-02T09:00:00+00:00")
        return self


@dataclass(frozen=True, slots=True)
class Filed:
    """A record as it stands now, and its history, the oldest entry first."""

    record: Record
    history: tuple[Entry, ...] = ()

    @property
    def responses(self) -> tuple[Entry, ...]:
        """The management's responses, the newest first."""
        return tuple(entry for entry in reversed(self.history) if entry.response is not None)

    @property
    def is_answered(self) -> bool:
        """Whether somebody has decided something because of it."""
        return bool(self.responses)


@dataclass(frozen=True, slots=True)
class Register:
    """All records, the newest report first."""

    filed: tuple[Filed, ...]

    def one(self, record_id: str) -> Filed:
        """The record with its history. Raises UnknownRecord."""
        for filed in self.filed:
            if filed.record.id == record_id:
                return filed
        raise UnknownRecord(record_id)

    def choose(
        self, *, theme: str = "", method: str = "", form: str = "", target_group: str = ""
    ) -> Register:
        """Those that carry all of the codes; an empty code asks for nothing."""
        return Register(
            tuple(
                filed
                for filed in self.filed
                if (not theme or theme in filed.record.report.themes)
                and (not method or method in filed.record.report.methods)
                and (not form or form in filed.record.report.forms)
                and (not target_group or target_group in filed.record.report.target_groups)
            )
        )


def read(folder: Path | None = None) -> Register:
    """The records that come with Samvirke, and those of the folder. Raises UnreadableEvidence, FiledTwice.

    A folder that is not there yet holds nothing.
    """
    folders = [SHIPPED, *([folder] if folder is not None and folder.is_dir() else [])]
    records = _first_versions(folders)
    history = _histories(folders)
    filed = [
        Filed(
            _standing(record_id, records.get(record_id), history.get(record_id, ())),
            history.get(record_id, ()),
        )
        for record_id in {**records, **history}
    ]
    return Register(tuple(sorted(filed, key=_newest_first)))


def _newest_first(filed: Filed) -> tuple[int, str]:
    report = filed.record.report
    return -(report.year or report.period_to or 0), filed.record.id


def read_record(path: Path) -> Record:
    """The record in a file. Raises UnreadableEvidence with one line for each fault."""
    return _valid(Record, path, _content(path))


def respond(record_id: str, response: Response, *, folder: Path, by: str, at: datetime) -> Entry:
    """Write a management response beside the record. Raises UnknownRecord."""
    read(folder).one(record_id)
    return _append(record_id, Entry(at=at, by=by, response=response), folder)


def add(record: Record, *, folder: Path, by: str, at: datetime) -> Entry | None:
    """Write the record, or a new version of it; what stands already is not written again."""
    known = {filed.record.id: filed.record for filed in read(folder).filed}
    if known.get(record.id) == record:
        return None
    return _append(record.id, Entry(at=at, by=by, record=record), folder)


def _first_versions(folders: Iterable[Path]) -> dict[str, Record]:
    found: dict[str, Path] = {}
    records = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.yaml"))):
        record = _record_in(path, path.stat().st_mtime_ns)
        if record.id in found:
            raise FiledTwice(path, other=found[record.id])
        if record.id != path.stem:
            raise UnreadableEvidence(
                path, reasons=[f"id: it is {record.id!r}; name the file {record.id}.yaml"]
            )
        found[record.id], records[record.id] = path, record
    return records


def _histories(folders: Iterable[Path]) -> dict[str, tuple[Entry, ...]]:
    return {
        place.name: tuple(_entries_in(place))
        for folder in folders
        for place in sorted(folder.iterdir())
        if place.is_dir() and any(_entry_files(place))
    }


def _entry_files(place: Path) -> list[Path]:
    return sorted(path for path in place.iterdir() if ENTRY.fullmatch(path.name))


def _entries_in(place: Path) -> Iterator[Entry]:
    for path in _entry_files(place):
        entry = _entry_in(path, path.stat().st_mtime_ns)
        if entry.record is not None and entry.record.id != place.name:
            raise UnreadableEvidence(path, reasons=[f"record.id: it stands in the folder of {place.name!r}"])
        yield entry


def _standing(record_id: str, first: Record | None, history: Iterable[Entry]) -> Record:
    versions = [first, *(entry.record for entry in history)]
    standing = [version for version in versions if version is not None]
    if not standing:
        raise UnreadableEvidence(
            record_id, reasons=["there is an answer to a record that the register lacks"]
        )
    return standing[-1]


@lru_cache(maxsize=512)
def _record_in(path: Path, written_at: int) -> Record:
    return read_record(path)


@lru_cache(maxsize=2048)
def _entry_in(path: Path, written_at: int) -> Entry:
    return _valid(Entry, path, _content(path))


def _content(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadableEvidence(path, reasons=[str(error)]) from error


def _valid(kind: type[T], path: Path, content: Any) -> T:
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        raise UnreadableEvidence(path, reasons=[_fault(fault) for fault in error.errors()]) from error


def _fault(fault: Any) -> str:
    where = ".".join(str(part) for part in fault["loc"]) or "the file"
    return f"{where}: {fault['msg']}"


def _append(record_id: str, entry: Entry, folder: Path) -> Entry:
    """Write the entry whole, then link it under the next free number: a taken number is never written to."""
    place = folder / record_id
    place.mkdir(parents=True, exist_ok=True)
    draft = place / f"{uuid4()}.tmp"
    with draft.open("x", encoding="utf-8") as file:
        content = entry.model_dump(mode="json", exclude_defaults=True)
        yaml.safe_dump(content, file, allow_unicode=True, sort_keys=False, width=100)
        file.flush()
        os.fsync(file.fileno())
    try:
        _link_next(draft, place)
    finally:
        draft.unlink()
    return entry


def _link_next(written: Path, place: Path) -> None:
    number = len(_entry_files(place)) + 1
    while True:
        try:
            os.link(written, place / f"{number:04}.yaml")
        except FileExistsError:
            number += 1
        else:
            return
