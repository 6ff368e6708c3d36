"""Registration: the protocol's hash and the time, written down before outcomes are read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from samvirke.evaluation.protocol import Protocol


class NotRegistered(ValueError):
    """The protocol was not registered, so outcomes are not read."""

    def __init__(self, protocol: Protocol, *, folder: Path) -> None:
        super().__init__(
            f"The protocol {protocol.id} is not registered in {folder}, so no outcome was read. "
            "Register it first: samvirke register PROTOCOL --registry DIR."
        )


class ProtocolChanged(ValueError):
    """The protocol is not the one that was registered."""

    def __init__(self, protocol: Protocol, *, registered_at: str) -> None:
        super().__init__(
            f"The protocol {protocol.id} has changed since it was registered at {registered_at}, so no "
            "outcome was read. Use the registered file, or register the changed one under a new id and say "
            "so in the report."
        )


class AlreadyRegistered(ValueError):
    """Another content stands registered under this id."""

    def __init__(self, protocol: Protocol, *, registered_at: str) -> None:
        super().__init__(
            f"Another protocol was registered as {protocol.id} at {registered_at}. "
            "A registration is never overwritten: give the changed protocol a new id."
        )


@dataclass(frozen=True, slots=True)
class Registration:
    """A protocol's id, the hash of its content, and when it was registered (ISO 8601)."""

    protocol: str
    hash: str
    registered_at: str


def register(protocol: Protocol, *, folder: Path, at: datetime) -> Registration:
    """Write the registration with the protocol's content; the same protocol again keeps the first time.

    Raises AlreadyRegistered when the id stands for another content.
    """
    earlier = _read(protocol, folder)
    if earlier is not None:
        if earlier.hash != protocol.hash:
            raise AlreadyRegistered(protocol, registered_at=earlier.registered_at)
        return earlier
    entry = Registration(protocol.id, protocol.hash, at.isoformat())
    folder.mkdir(parents=True, exist_ok=True)
    content = {**asdict(entry), "content": json.loads(protocol.canonical())}
    with _path(protocol, folder).open("x", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
        file.write("\n")
    return entry


def registered(protocol: Protocol, *, folder: Path) -> Registration:
    """The registration of exactly this protocol. Raises NotRegistered or ProtocolChanged."""
    entry = _read(protocol, folder)
    if entry is None:
        raise NotRegistered(protocol, folder=folder)
    if entry.hash != protocol.hash:
        raise ProtocolChanged(protocol, registered_at=entry.registered_at)
    return entry


def _path(protocol: Protocol, folder: Path) -> Path:
    return folder / f"{protocol.id}.registration.json"


def _read(protocol: Protocol, folder: Path) -> Registration | None:
    path = _path(protocol, folder)
    if not path.exists():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    return Registration(content["protocol"], content["hash"], content["registered_at"])
