"""What is said of guardians, and what pages get."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from samvirke.kernel.gate_words import DataKind
from samvirke.people.types import DraftRow


class View(StrEnum):
    """What a child thinks of a question."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NONE_TOLD = "none_told"  # did not want to say, or is too young to


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGuardian:
    """Who acts for a person: on which footing, for what, on which document, to and including which day."""

    citizen_id: UUID
    name: str  # what the person acted for calls them
    footing: str  # a guardian kind in `statutes`
    scope: DataKind
    lives_with: bool
    reference: str
    seen_on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class GuardianRow:
    """A guardian, as the viewer may know them."""

    guardianship_id: UUID
    citizen_id: UUID
    name: str
    footing: str  # code
    scope: tuple[DataKind, ...]
    recorded_at: datetime
    valid_to: datetime | None
    ended_at: datetime | None
    is_in_force: bool
    is_stale: bool  # the age lines have changed since its days were reckoned
    reference: str  # empty where the viewer may not read it
    seen_on: date | None
    lives_with: bool | None


@dataclass(frozen=True, slots=True)
class WardRow:
    """A person whom the citizen acts for."""

    person_id: UUID
    name: str
    footing: str
    scope: tuple[DataKind, ...]
    valid_to: datetime | None


@dataclass(frozen=True, slots=True)
class AskedPart:
    """What of a question goes to the person, or to those who act for them; until when a yes would last."""

    kinds: DataKind
    until: datetime
    asks_guardians: bool


@dataclass(frozen=True, slots=True)
class Answering:
    """Who must answer for a child: how many yeses it takes, and from whom."""

    needed: int
    citizens: tuple[UUID, ...]

    @property
    def lacks(self) -> int:
        """How many are needed and recorded nowhere."""
        return max(0, self.needed - len(self.citizens))


@dataclass(frozen=True, slots=True)
class Said:
    """Whose yes somebody notes, until when it lasts, and what a child thought before its guardians spoke."""

    givers: tuple[UUID, ...]  # nobody: the person, who is not made yet
    until: datetime
    view: View | None = None


@dataclass(frozen=True, slots=True)
class ChildQuestion:
    """A question about a child, and how far its answers have come. Nobody's reasons, nobody's place."""

    asked: DraftRow
    said: str  # the viewer's own answer: yes, no; empty: none yet
    others_said: int  # yeses of others
    others_left: int  # who must still answer
    lacks: int  # needed, and recorded nowhere
    may_answer: bool
    in_force: bool  # the consent that a yes made
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """For those who asked: one guardian and what they said."""

    name: str
    answer: str  # yes, no; empty: none yet


@dataclass(frozen=True, slots=True)
class Progress:
    """For those who asked: how far a question to the guardians has come."""

    answers: tuple[AnswerRow, ...]
    needed: int
    lacks: int  # needed, and recorded nowhere
    view: str  # what the child thought: agrees, disagrees, none_told; empty: not asked
