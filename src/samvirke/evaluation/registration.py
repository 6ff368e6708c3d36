"""The registry: a protocol's versions and every reading of outcomes, in order, each entry once written.

A folder per protocol holds one JSON file per entry: registered, amended or read. Each entry carries the
SHA-256 of the one before, so a trail that was changed afterwards is seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from samvirke.evaluation.amendments import Change, Late, differences
from samvirke.evaluation.protocol import Protocol


class NotRegistered(ValueError):
    """The protocol was not registered, so outcomes are not read."""

    def __init__(self, protocol: Protocol, *, folder: Path) -> None:
        super().__init__(
            f"The protocol {protocol.id} is not registered in {folder}, so no outcome was read. "
            "Register it first: samvirke evaluate register PROTOCOL --registry DIR."
        )


class ProtocolChanged(ValueError):
    """The protocol is not the one that was registered."""

    def __init__(self, protocol: Protocol, *, registered_at: str) -> None:
        super().__init__(
            f"The protocol {protocol.id} has changed since it was registered at {registered_at}, so no "
            "outcome was read. Use the registered file, or say what changed and why: "
            "samvirke evaluate amend PROTOCOL --registry DIR."
        )


class AlreadyRegistered(ValueError):
    """Another content stands registered under this id."""

    def __init__(self, protocol: Protocol, *, registered_at: str) -> None:
        super().__init__(
            f"Another protocol was registered as {protocol.id} at {registered_at}. A registration is never "
            "overwritten: amend it (samvirke evaluate amend), or give the other protocol an id of its own."
        )


class NothingChanged(ValueError):
    """An amendment that changes nothing."""

    def __init__(self, protocol: Protocol) -> None:
        super().__init__(
            f"The protocol {protocol.id} is the registered one, so there is nothing to amend. "
            "Change the file first."
        )


class BrokenTrail(ValueError):
    """The registry's entries do not follow each other."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} does not follow from the entry before it, so the trail was changed after it was written "
            "and no outcome was read. Bring back the registry from a copy."
        )


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a protocol: its hash, when (ISO 8601), by whom and why it came, and what it changed.

    outcomes_read: whether outcomes had been read by then, by this registry or by what the amender says.
    """

    version: int
    hash: str
    at: str
    by: str
    why: str
    outcomes_read: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Outcomes were read: under which version, for which look, when, from which files (SHA-256)."""

    version: int
    look: int
    at: str
    data: dict[str, str]


@dataclass(frozen=True, slots=True)
class History:
    """A protocol's versions, oldest first, what each said, and the readings."""

    versions: tuple[Version, ...]
    protocols: tuple[Protocol, ...]
    readings: tuple[Reading, ...]

    @property
    def late(self) -> Late:
        """What came into the current version after outcomes were read."""
        pairs = zip(self.versions, self.protocols, strict=True)
        beforehand = [protocol for version, protocol in pairs if not version.outcomes_read]
        return Late(self.protocols[-1], beforehand[-1])


def register(protocol: Protocol, *, folder: Path, at: datetime, by: str) -> Version:
    """Write the registration with the protocol's content; the same protocol again keeps the first time.

    Raises AlreadyRegistered when the id stands for another content.
    """
    earlier = _history(protocol, folder)
    if earlier is not None:
        if earlier.versions[-1].hash != protocol.hash:
            raise AlreadyRegistered(protocol, registered_at=earlier.versions[-1].at)
        return earlier.versions[0]
    version = Version(1, protocol.hash, at.isoformat(), by, "", outcomes_read=False, changes=())
    _append(protocol, folder, "registered", {**asdict(version), "content": _content(protocol)})
    return version


def amend(
    protocol: Protocol, *, folder: Path, at: datetime, by: str, why: str, outcomes_read: bool
) -> Version:
    """Write the changed protocol as the next version, with what changed.

    outcomes_read: whether somebody has read outcomes elsewhere; what this registry knows counts besides.
    Raises NotRegistered or NothingChanged.
    """
    earlier = _history(protocol, folder)
    if earlier is None:
        raise NotRegistered(protocol, folder=folder)
    if earlier.versions[-1].hash == protocol.hash:
        raise NothingChanged(protocol)
    last = earlier.versions[-1]
    version = Version(
        last.version + 1,
        protocol.hash,
        at.isoformat(),
        by,
        why,
        outcomes_read=outcomes_read or last.outcomes_read or bool(earlier.readings),
        changes=tuple(differences(_content(earlier.protocols[-1]), _content(protocol))),
    )
    _append(protocol, folder, "amended", {**asdict(version), "content": _content(protocol)})
    return version


def registered(protocol: Protocol, *, folder: Path) -> History:
    """The history of exactly this protocol. Raises NotRegistered, ProtocolChanged or BrokenTrail."""
    found = _history(protocol, folder)
    if found is None:
        raise NotRegistered(protocol, folder=folder)
    if found.versions[-1].hash != protocol.hash:
        raise ProtocolChanged(protocol, registered_at=found.versions[-1].at)
    return found


def note_reading(
    protocol: Protocol, history: History, *, folder: Path, at: datetime, look: int, data: Mapping[str, str]
) -> None:
    """Write down that outcomes are about to be read; the same reading again is not a new one."""
    reading = Reading(history.versions[-1].version, look, at.isoformat(), dict(data))
    known = {(one.version, one.look, *sorted(one.data.items())) for one in history.readings}
    if (reading.version, reading.look, *sorted(reading.data.items())) not in known:
        _append(protocol, folder, "read", asdict(reading))


def _content(protocol: Protocol) -> Any:
    return json.loads(protocol.canonical())


def _entries(protocol: Protocol, folder: Path) -> list[Path]:
    return sorted((folder / protocol.id).glob("[0-9][0-9][0-9][0-9]-*.json"))


def _append(protocol: Protocol, folder: Path, kind: str, entry: dict[str, Any]) -> None:
    before = _entries(protocol, folder)
    path = folder / protocol.id / f"{len(before) + 1:04}-{kind}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"kind": kind, "previous": _sha256(before[-1]) if before else "", **entry}
    with path.open("x", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
        file.write("\n")


def _history(protocol: Protocol, folder: Path) -> History | None:
    versions, protocols, readings, previous = [], [], [], ""
    for path in _entries(protocol, folder):
        entry = json.loads(path.read_text(encoding="utf-8"))
        kind = entry.pop("kind")
        if entry.pop("previous") != previous:
            raise BrokenTrail(path)
        previous = _sha256(path)
        if kind == "read":
            readings.append(Reading(**entry))
            continue
        protocols.append(Protocol.model_validate(entry.pop("content")))
        changes = tuple(Change(**change) for change in entry.pop("changes"))
        versions.append(Version(**entry, changes=changes))
        if protocols[-1].hash != versions[-1].hash:
            raise BrokenTrail(path)
    return History(tuple(versions), tuple(protocols), tuple(readings)) if versions else None


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
