"""Rows about what is out of the ordinary: conflicts, shields, broken glass, explanations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samvirke.agencies.types import PostRow
from samvirke.gate.access import LIFTABLE
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people.types import SeenRow


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A conflict of interest in the viewer's unit."""

    conflict_id: UUID
    who: str  # post title
    reason: str  # code: own_case, close_relation, former_partner
    since: datetime
    is_own: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class Shielding:
    """Whether a case is kept from colleagues, and what the viewer may do about it."""

    is_shielded: bool
    is_mine_to_say: bool
    may_name: tuple[PostRow, ...]


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """Broken glass, as the worker, the reviewer, the person or the team may know it."""

    lift_id: UUID
    subject_id: UUID
    who: str  # post title
    unit_name: str
    agency_name: str
    agency_kind: str  # code; stands in for who, where who would tell a protected place
    kinds: tuple[DataKind, ...]
    lifted_at: datetime
    valid_to: datetime
    verdict: str  # code: waiting, accepted, misuse
    reviewed_at: datetime | None
    reason: str  # empty for all but the worker and the reviewer
    is_mine_to_review: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """A post that breaks the glass more often than others."""

    who: str
    unit_name: str
    times: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a post may, or may not, see a kind: one rule of the access table."""

    who: str
    unit_name: str
    agency_name: str
    kind: DataKind
    purpose: Purpose
    at: datetime
    basis: str  # code; empty where the answer is no
    refusal: str  # code; empty where the answer is yes
    consents: tuple[UUID, ...] = ()  # that the access rested on; for the person alone
    provisions: tuple[str, ...] = ()

    @property
    def is_liftable(self) -> bool:
        """Whether the glass may be broken on it."""
        return self.refusal in LIFTABLE


@dataclass(frozen=True, slots=True)
class Seen:
    """Visits, newest first: a piece of the access log, as long as one page takes."""

    rows: tuple[SeenRow, ...]
    earlier: datetime | None  # the next piece is from before it; None where the log goes no further back


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of the access log that the viewer may ask more of."""

    visit_id: UUID
    person_id: UUID
    about_id: UUID  # whom or what its line names
    post_id: UUID
    row: SeenRow


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question why somebody looked, as who asked or who answers may know it."""

    question_id: UUID
    visit_id: UUID
    name: str  # whom it is about
    who: str
    unit_name: str
    agency_name: str
    at: datetime  # of the visit
    kinds: tuple[DataKind, ...]
    was_shown: bool
    text: str
    asked_at: datetime
    due_on: date
    answer: str
    answered_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class KeptBackView:
    """Lines that are kept back, as the leader, the reviewer or, afterwards, the reader sees it."""

    exception_id: UUID
    case_label: str  # message id
    rests_on: str  # the provision; empty where nobody has compared it with the law
    units: tuple[str, ...]
    from_whom: str  # code: person, guardian; empty where it is not told
    decided_by: str  # post title and unit
    since: datetime
    review_until: datetime
    until: datetime  # when the reader is told, as things stand
    state: str  # code: waiting, accepted, ended, over
    reason: str  # empty for the reader
    may_accept: bool
    may_end: bool
