"""The agencies' own systems: how each one's files are read, counted and given back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from samvirke.agencies.types import PostRow
from samvirke.exchange.inbox import mappings
from samvirke.exchange.inbox.types import Original, Received
from samvirke.exchange.systems import follow_up, insurance, nav
from samvirke.exchange.systems.social_service import envelope, messages
from samvirke.kernel.codes import AgencyKind


class NotYourSystem(Exception):
    """The post belongs to an agency of another kind than the file's system."""

    def __init__(self, system: AgencyKind, unit_name: str) -> None:
        super().__init__(
            f"{unit_name} has no system of the kind {system.value}. "
            "Import the file as a post of its own agency."
        )


def _needs_columns(path: Path) -> Iterator[Received]:
    raise AssertionError(f"{path} is read by columns, which `reader_for` adds")


@dataclass(frozen=True, slots=True)
class Reader:
    """How files of one system are read. Each function takes the place of the file."""

    read: Callable[[Path], Iterator[Received]]
    count: Callable[[Path], int]  # about; for progress
    originals: Callable[[Path], Iterator[Original]] | None  # none where rows are no table
    encoding: str = "utf-8-sig"  # of an error file; a spreadsheet knows UTF-8 by its mark
    tells_events: bool = False  # what has happened in a case: not to be taken back


SYSTEMS: Mapping[AgencyKind, Reader] = {
    AgencyKind.SOCIAL_SERVICE: Reader(envelope.read, messages.count, None, tells_events=True),
    AgencyKind.NAV_STATE: Reader(nav.read, nav.count, nav.originals, encoding="iso-8859-1"),
    AgencyKind.INSURANCE: Reader(insurance.read, insurance.count, insurance.originals),
    AgencyKind.FOLLOW_UP_SERVICE: Reader(_needs_columns, follow_up.count, follow_up.originals),
}


def reader_for(system: AgencyKind, post: PostRow) -> Reader:
    """How the post's own agency's files are read. Raises NotYourSystem, NoColumns."""
    if post.agency_kind is not system or system not in SYSTEMS:
        raise NotYourSystem(system, post.unit_name)
    reader = SYSTEMS[system]
    if system is not AgencyKind.FOLLOW_UP_SERVICE:
        return reader
    columns = mappings.saved_columns(post.unit_id)
    if columns is None:
        raise mappings.NoColumns(post.unit_name)
    return Reader(partial(follow_up.read, columns=columns), reader.count, reader.originals)
