"""What coordination tells the log of facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from samvirke.kernel.codes import MeetingKind, Occupation, ProposedChange, SupportSource
from samvirke.kernel.gate_words import DataKind


@dataclass(frozen=True, slots=True)
class TurnStarted:
    """From this day this post coordinates."""

    code: ClassVar[str] = "turn_started"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    post_id: UUID
    deputy_id: UUID
    starts_on: date


@dataclass(frozen=True, slots=True)
class StandInArranged:
    """The coordinator is away from a day until another; from the first of them this post stands in."""

    code: ClassVar[str] = "stand_in_arranged"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    post_id: UUID
    stand_in_id: UUID
    away_from: date
    back_on: date


@dataclass(frozen=True, slots=True)
class StandInEnded:
    """The coordinator came back before the day that was said."""

    code: ClassVar[str] = "stand_in_ended"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    post_id: UUID
    back_on: date


@dataclass(frozen=True, slots=True)
class MeetingCalled:
    """The plan's team was called to a meeting on a day."""

    code: ClassVar[str] = "meeting_called"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    meeting_id: UUID
    day: date


@dataclass(frozen=True, slots=True)
class MeetingHeld:
    """A meeting was held: how many posts were there, and whether the person was."""

    code: ClassVar[str] = "meeting_held"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    meeting_id: UUID
    held_on: date
    posts: int
    person_was_there: bool


@dataclass(frozen=True, slots=True)
class MeetingArranged:
    """What a called meeting is, and its day, as said at first or as moved to."""

    code: ClassVar[str] = "meeting_arranged"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    meeting_id: UUID
    meeting_kind: MeetingKind
    day: date
    needs_interpreter: bool


@dataclass(frozen=True, slots=True)
class MeetingCalledOff:
    """A called meeting will not be held."""

    code: ClassVar[str] = "meeting_called_off"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    meeting_id: UUID
    day: date


@dataclass(frozen=True, slots=True)
class ProposalMade:
    """A meeting proposed a change of the plan."""

    code: ClassVar[str] = "proposal_made"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    proposal_id: UUID
    meeting_kind: MeetingKind
    change: ProposedChange


@dataclass(frozen=True, slots=True)
class ProposalAnswered:
    """A proposal got its yes or no so many days after the meeting's proposal: of the party, or the person."""

    code: ClassVar[str] = "proposal_answered"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    proposal_id: UUID
    is_persons: bool
    says_yes: bool
    days: int


@dataclass(frozen=True, slots=True)
class FollowUpAgreed:
    """Somebody will call on this day, after the plan has ended."""

    code: ClassVar[str] = "follow_up_agreed"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    due_on: date


@dataclass(frozen=True, slots=True)
class FollowUpDone:
    """Somebody called so many days after the plan's end: what the person lives on and does now."""

    code: ClassVar[str] = "follow_up_done"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    follow_up_id: UUID
    days_after: int
    support: SupportSource
    occupation: Occupation
    open_anew: bool


@dataclass(frozen=True, slots=True)
class ChangeWished:
    """The person wished for somebody else than a post of this kind of agency."""

    code: ClassVar[str] = "change_wished"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    agency_kind: str


@dataclass(frozen=True, slots=True)
class ChangeAnswered:
    """The leader answered a wish for somebody else, so many days after it was made."""

    code: ClassVar[str] = "change_answered"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    answer: str
    days: int
