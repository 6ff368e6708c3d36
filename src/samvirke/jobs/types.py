"""The words of jobs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import Purpose

Work = Callable[[Viewer, Sequence[UUID]], None]
"""What a task does: it gets whoever asked, entered anew, and the ids. It asks the gate like a page does."""


class Outcome(StrEnum):
    """How a job ended. One that breaks is tried again, and has no outcome until it ends."""

    DONE = "done"
    REFUSED = "refused"


class JobRefused(Exception):
    """The job may not be done for whoever asked. `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The job was refused: {reason}. Whoever asked may no longer have it done.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Job:
    """One job as the queue hands it over: ids and codes."""

    id: int
    task: str
    post_id: UUID
    purpose: Purpose
    ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """How many jobs of a task ended in one way since a day, and when last."""

    task: str
    outcome: str
    reason: str
    count: int
    last: datetime
