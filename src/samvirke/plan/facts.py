"""What the plan tells the log of facts. Codes and ids only; the statistics delivery is made of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from samvirke.kernel.codes import EndReason, Occupation, Sex, SupportSource, TargetGroup
from samvirke.kernel.gate_words import DataKind


@dataclass(frozen=True, slots=True)
class PlanEntered:
    """A plan started. What the person lived on and did then stands in the fact."""

    code: ClassVar[str] = "plan_entered"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    partnership_id: UUID
    municipality: str
    sex: Sex
    birth_year: int
    target_group: TargetGroup
    asked_on: date
    entered_on: date
    support: SupportSource
    occupation: Occupation
    months_assistance: int | None


@dataclass(frozen=True, slots=True)
class FamilyPlanOpened:
    """A family's plan started."""

    code: ClassVar[str] = "family_plan_opened"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    partnership_id: UUID


@dataclass(frozen=True, slots=True)
class TeamMemberJoined:
    """A post joined the plan's team."""

    code: ClassVar[str] = "team_member_joined"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    agency_kind: str


@dataclass(frozen=True, slots=True)
class TeamMemberLeft:
    """A post left the plan's team, and its access ended."""

    code: ClassVar[str] = "team_member_left"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    agency_kind: str


@dataclass(frozen=True, slots=True)
class OwnSideNamed:
    """The person, a relative or an organiser they found was named as one who answers for something."""

    code: ClassVar[str] = "own_side_named"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    side: str


@dataclass(frozen=True, slots=True)
class GoalStatusSet:
    """A goal was reached, set aside, or taken up again."""

    code: ClassVar[str] = "goal_status_set"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    goal_id: UUID
    life_domain: str
    status: str


@dataclass(frozen=True, slots=True)
class ActionAdded:
    """An action was agreed on, or wished for, perhaps with a day by which it is to be done."""

    code: ClassVar[str] = "action_added"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    action_id: UUID
    standing: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ActionStatusSet:
    """An action was planned, started, done, dropped or refused."""

    code: ClassVar[str] = "action_status_set"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    action_id: UUID
    status: str


@dataclass(frozen=True, slots=True)
class ActionChanged:
    """An action was agreed anew; what was agreed before is kept."""

    code: ClassVar[str] = "action_changed"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    action_id: UUID
    version: int
    standing: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class NoteWritten:
    """A note was written once, for all who may see it."""

    code: ClassVar[str] = "note_written"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    about: int  # data kind


@dataclass(frozen=True, slots=True)
class PlanVersionFixed:
    """The whole plan became a version for each party to answer."""

    code: ClassVar[str] = "plan_version_fixed"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class PlanAnswered:
    """A party said what it thinks of a version, so many days after it was fixed."""

    code: ClassVar[str] = "plan_answered"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    number: int
    party: str  # code: person, or an agency kind
    answer: str
    days: int


@dataclass(frozen=True, slots=True)
class PlanReviewed:
    """A plan was gone through, and the next review set."""

    code: ClassVar[str] = "plan_reviewed"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    next_review: date


@dataclass(frozen=True, slots=True)
class PlanEnded:
    """A plan ended, why, and what the person lives on and does now."""

    code: ClassVar[str] = "plan_ended"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    ended_on: date
    reason: EndReason
    support: SupportSource
    occupation: Occupation


@dataclass(frozen=True, slots=True)
class CommitmentAsked:
    """One agency was asked by another for something by a day, perhaps as a counter-demand."""

    code: ClassVar[str] = "commitment_asked"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    commitment_id: UUID
    of_kind: str  # agency kinds
    by_kind: str
    by_when: date
    is_counter: bool


@dataclass(frozen=True, slots=True)
class CommitmentAnswered:
    """An agency answered what it was asked for, after some days, and what the agreement says."""

    code: ClassVar[str] = "commitment_answered"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    commitment_id: UUID
    of_kind: str
    by_kind: str
    answer: str  # accepted, declined, countered
    days: int
    promised_days: int | None


@dataclass(frozen=True, slots=True)
class CommitmentSettled:
    """A commitment was kept or broken, or lapsed since nobody of a party is in the team any more."""

    code: ClassVar[str] = "commitment_settled"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    plan_id: UUID
    commitment_id: UUID
    of_kind: str
    by_kind: str
    outcome: str  # kept, broken, lapsed
    on_day: date
    by_when: date


@dataclass(frozen=True, slots=True)
class OwnWordsWritten:
    """A person wrote in their own room."""

    code: ClassVar[str] = "own_words_written"
    kind: ClassVar[DataKind] = DataKind.PLAN

    subject_id: UUID
    own_words_id: UUID


@dataclass(frozen=True, slots=True)
class ConditionSet:
    """An agency tied a benefit of its own to something the person does."""

    code: ClassVar[str] = "condition_set"
    kind: ClassVar[DataKind] = DataKind.ECONOMY

    subject_id: UUID
    plan_id: UUID
    condition_id: UUID
    by_kind: str  # agency kind
    benefit: str


@dataclass(frozen=True, slots=True)
class ConditionMoved:
    """Something became of a condition; a sanction and a review have a day."""

    code: ClassVar[str] = "condition_moved"
    kind: ClassVar[DataKind] = DataKind.ECONOMY

    subject_id: UUID
    plan_id: UUID
    condition_id: UUID
    status: str
    until: date | None
