"""Who may send a file, and which files are sent by a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from samvirke.exchange.inbox.fields import clean_text
from samvirke.exchange.inbox.readers import SYSTEMS
from samvirke.exchange.uploads.types import LARGEST
from samvirke.gate.access import Role
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind

SUFFIXES: Mapping[AgencyKind, tuple[str, ...]] = {
    AgencyKind.SOCIAL_SERVICE: (".jsonl", ".json", ".zip"),
    AgencyKind.NAV_STATE: (".csv",),
    AgencyKind.INSURANCE: (".xml",),
    AgencyKind.FOLLOW_UP_SERVICE: (".xlsx", ".csv"),
}
LONGEST_NAME = 120


class FileRefused(Exception):
    """The file is not taken. `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The file was not taken: {reason}. Choose a list of the unit's own system, "
            f"of at most {LARGEST // 1024 // 1024} MB."
        )
        self.reason = reason


def may_send(viewer: Viewer, kind: AgencyKind) -> bool:
    """The unit's own system sends all its files; the unit's leader sends lists of clients.

    Messages about cases tell of money, which a leader does not read.
    """
    if kind not in SYSTEMS:
        return False
    return viewer.role is Role.INTEGRATION or (
        viewer.role is Role.UNIT_LEADER and not SYSTEMS[kind].tells_events
    )


def checked_name(name: str, kind: AgencyKind) -> str:
    """The file's bare name. Raises FileRefused for a kind of file that the system does not write."""
    plain = PurePath(name.replace("\\", "/")).name[-LONGEST_NAME:]
    if PurePath(plain).suffix.lower() not in SUFFIXES[kind]:
        raise FileRefused("other_kind")
    return clean_text("file", plain)


def check_size(size: int) -> None:
    """Raises FileRefused for an empty file, and for one that is too large."""
    if size == 0:
        raise FileRefused("empty")
    if size > LARGEST:
        raise FileRefused("too_large")
