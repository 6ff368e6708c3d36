"""Commitments as they are asked for, and as pages read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samvirke.kernel.gate_words import DataKind
from samvirke.plan.action_types import Party


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody is asked to do, by when, and what the asker does in return."""

    kind: DataKind
    what: str
    by_when: date
    in_return: str = ""
    in_return_for: UUID | None = None  # a commitment of the same plan


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing that became of a commitment."""

    status: str  # code: accepted, declined, countered, kept, broken, lapsed
    why: str
    on_day: date
    who: Party | None  # None: a holder who is no post


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment between two of the team, and its way so far."""

    commitment_id: UUID
    kind: DataKind
    what: str
    by_when: date
    who_gives: Party
    who_asked: Party
    asked_on: date
    in_return: str
    in_return_for: str  # what the other commitment says, where the viewer may see it
    is_counter: bool
    status: str  # code: asked, or that of the last step
    steps: tuple[StepRow, ...]
    is_ours_to_give: bool
    is_ours_to_get: bool
    is_late: bool
    answered_in: int | None  # days
    waited: int  # days without an answer so far
    promised_days: int | None  # by the agreement; None: no agreement says, or it would tell a place
    is_compared: bool  # whether the agreement was looked at
    may_become: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.status in OPEN

    @property
    def is_answer_late(self) -> bool:
        """Whether the answer took, or takes, longer than the agreement says."""
        used = self.waited if self.answered_in is None else self.answered_in
        return self.promised_days is not None and used > self.promised_days


OPEN = ("asked", "countered", "accepted")


@dataclass(frozen=True, slots=True)
class CommitmentsPart:
    """A plan's commitments, for one viewer."""

    plan_id: UUID
    rows: tuple[CommitmentRow, ...]
    others: tuple[tuple[UUID, Party], ...]  # those of other units whom the viewer may ask, by seat
    kinds: tuple[DataKind, ...]  # of which the viewer may write

    @property
    def may_ask(self) -> bool:
        """Whether the viewer may ask for one."""
        return bool(self.others and self.kinds)


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One open commitment on a worker's list."""

    plan_id: UUID
    person_name: str
    row: CommitmentRow


@dataclass(frozen=True, slots=True)
class KeptRow:
    """What became of the commitments that one unit was asked for, as far as the viewer takes part."""

    unit_name: str
    asked: int
    answered: int
    mean_days: int  # rounded
    compared: int  # answers to which an agreement promised days
    in_time: int  # of these
    kept: int
    broken: int
