"""The words of uploads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from samvirke.kernel.codes import AgencyKind

LARGEST = 32 * 1024 * 1024  # bytes: a list of 100 000 rows has a third of that
KEPT_FOR = timedelta(days=1)


class Stage(StrEnum):
    """How far a file has come."""

    RECEIVED = "received"
    CHECKING = "checking"
    CHECKED = "checked"
    TAKING_IN = "taking_in"
    TAKEN_IN = "taken_in"


UNDER_WAY = frozenset({Stage.CHECKING, Stage.TAKING_IN})


@dataclass(frozen=True, slots=True, kw_only=True)
class HowFar:
    """How far a worker has come with something, as it told last."""

    done: int
    expected: int
    told_at: datetime | None  # at first: when it was asked for
    has_failed: bool  # the worker has given up

    @property
    def has_begun(self) -> bool:
        """Whether a worker has taken the job."""
        return self.expected > 0

    @property
    def percent(self) -> int:
        """Never all of it, as long as it is told of."""
        return min(99, 100 * self.done // self.expected) if self.expected else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRow(HowFar):
    """One file on its way in, as the post that sent it sees it."""

    upload_id: UUID
    system: AgencyKind
    file_name: str
    size: int
    uploaded_at: datetime
    keep_until: datetime
    stage: Stage
    new: int
    changed: int
    same: int
    refused: int
    is_broken: bool
    run_id: UUID | None
    is_kept: bool  # the file itself is still there

    @property
    def rows(self) -> int:
        """Every row of the file, once it has been checked."""
        return self.new + self.changed + self.same + self.refused

    @property
    def good(self) -> int:
        """Rows that would be taken in, or are in already."""
        return self.rows - self.refused

    @property
    def has_columns(self) -> bool:
        """Whether somebody has to say which column is what."""
        return self.system is AgencyKind.FOLLOW_UP_SERVICE

    @property
    def has_table(self) -> bool:
        """Whether refused rows can be given back as a file. Messages are no table."""
        return self.system is not AgencyKind.SOCIAL_SERVICE
