"""What is said about a meeting, and the rows that pages get of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from samvirke.coordination.types import SeatRow
from samvirke.kernel.codes import AgendaPoint, MeetingKind, ProposedChange
from samvirke.kernel.gate_words import DataKind

USUAL_LENGTH = 60
Typed = Mapping[str, str | list[str]]  # by the name of a field


@dataclass(frozen=True, slots=True)
class Arranged:
    """What a meeting is, beside its day: told to all on the plan."""

    kind: MeetingKind = MeetingKind.TEAM
    starts: time | None = None  # by the clocks of the plan's country
    minutes_long: int = USUAL_LENGTH
    language: str = ""  # of an interpreter
    invited: tuple[UUID, ...] | None = None  # team members; None: all of them
    invites_person: bool = True
    despite: str = ""  # why it must be then, where somebody who is called has something else


ONLY_A_DAY = Arranged()


@dataclass(frozen=True, slots=True)
class TermsRow:
    """What was said about when a meeting is, from a moment on."""

    number: int
    day: date
    starts_at: datetime | None
    is_called_off: bool
    why: str
    said_by: SeatRow
    said_at: datetime


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something open in a plan that a meeting could talk about."""

    point: AgendaPoint
    about_id: UUID | None
    subject_id: UUID
    kind: DataKind
    text: str  # what the action or goal says; empty for points that are about the plan itself
    due_on: date | None = None
    goal_id: UUID | None = None

    @property
    def key(self) -> str:
        """The point as a form names it."""
        return f"{self.point}:{self.about_id or ''}"


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A point of the agenda, for one who may see what it is about."""

    item_id: UUID
    point: AgendaPoint
    kind: DataKind
    subject_id: UUID
    about_id: UUID | None
    text: str
    due_on: date | None
    goal_id: UUID | None
    discussion: str  # what was said
    is_persons: bool  # the person added it


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """What one who cannot come wants said."""

    by: SeatRow
    text: str
    written_at: datetime
    is_mine: bool


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What the viewer has typed in meeting mode."""

    typed: Typed
    version: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class NewProposal:
    """A change of the plan that somebody is asked to answer for."""

    change: ProposedChange
    kind: DataKind
    what: str
    accountable_member: UUID | None = None  # None: whoever answers for the action now
    goal_id: UUID | None = None
    action_id: UUID | None = None
    due_on: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as it stands."""

    proposal_id: UUID
    plan_id: UUID
    meeting_id: UUID
    change: ProposedChange
    kind: DataKind
    what: str
    why: str
    due_on: date | None
    action_id: UUID | None
    accountable: SeatRow
    is_mine: bool  # the viewer would answer for it
    proposed_at: datetime
    party_says: bool | None  # None: no answer yet
    party_why: str
    person_says: bool | None
    person_why: str

    @property
    def waits_for_party(self) -> bool:
        """Whether the one who would answer for it has still to say something."""
        return self.party_says is None and self.person_says is not False


@dataclass(frozen=True, slots=True)
class MineRow:
    """A proposal that waits for the viewer's answer."""

    proposal: ProposalRow
    person_name: str


@dataclass(frozen=True, slots=True)
class Now:
    """What the plan says now of the action that a proposal would change."""

    what: str
    due_on: date | None
    status: str
    version: int
