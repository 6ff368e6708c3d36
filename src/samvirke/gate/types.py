"""The gate's words: a verb, a viewer, a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from samvirke.gate.access import Basis, Refusal, Role
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.kernel.states import Lifecycle

COMMON_PLAN = "common_plan"  # what a consent is for, where no plan kind is named
CONSENT = Lifecycle(
    of="Consent",
    begins="in_force",
    next={"in_force": ("withdrawn", "expired"), "expired": ("withdrawn",), "withdrawn": ()},
)


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing somebody may do with one kind of information. Declared in a room's `verbs.py`."""

    code: str
    kind: DataKind
    purposes: Purpose
    writes: bool = False


class Refused(Exception):
    """The gate said no. Pages about a person answer 404, so that a refusal tells nothing."""

    def __init__(self, verb: Verb, refusal: Refusal) -> None:
        super().__init__(f"{verb.code} was refused: {refusal.value}.")
        self.verb = verb
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """A consent as it was recorded."""

    id: UUID
    subject_id: UUID
    given_by: UUID
    kinds: DataKind
    purposes: Purpose
    from_units: tuple[UUID, ...]
    to_units: tuple[UUID, ...]
    provisions: tuple[str, ...]
    form: str
    given_at: datetime
    valid_to: datetime
    withdrawn_at: datetime | None
    text_version: str
    what_for: str  # code of a plan kind, or common_plan
    said_on: date | None
    heard_by: UUID | None
    recorded_by: UUID
    given_with: list[UUID] | None  # the other guardians whose yes it is as well

    @property
    def givers(self) -> tuple[UUID, ...]:
        """Everybody whose yes it is."""
        return (self.given_by, *(self.given_with or ()))

    def in_force(self, now: datetime) -> bool:
        """Whether the consent holds now."""
        return self.given_at <= now and self.status(now) == CONSENT.begins

    def status(self, now: datetime) -> str:
        """A consent is withdrawn or runs out; neither is undone."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "in_force" if now < self.valid_to else "expired"


@dataclass(frozen=True, slots=True)
class Opened:
    """Every kind a viewer may read, and may write, about one subject."""

    reads: DataKind
    writes: DataKind


@dataclass(frozen=True, slots=True)
class Audience:
    """Whether a holder sees a kind, and the basis or refusal that decides."""

    sees: bool
    reason: str  # self, consent, own_record, guardian, circle; or the code of a refusal


@dataclass(frozen=True, slots=True)
class Explained:
    """Which rule decides for a post: the refusal, or the basis of a yes."""

    role: Role | None
    refusal: Refusal | None
    basis: Basis | None


@dataclass(frozen=True, slots=True)
class RestedOn:
    """A grant that opened something: its basis, and the consent or provision it came with."""

    basis: str
    consent_id: UUID | None
    provision: str


@dataclass(frozen=True, slots=True)
class BarRow:
    """A conflict of interest that holds."""

    bar_id: UUID
    holder_id: UUID
    subject_id: UUID
    reason: str  # Refusal
    since: datetime


@dataclass(frozen=True, slots=True)
class LiftRow:
    """Broken glass. The reason is empty for all but the worker and the reviewer."""

    lift_id: UUID
    subject_id: UUID
    post_id: UUID
    reviewer_id: UUID
    kinds: DataKind
    purpose: Purpose
    lifted_at: datetime
    valid_to: datetime
    verdict: str | None  # accepted, misuse
    reviewed_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class KeptBackRow:
    """Visits that are, or were, kept back from a reader. The reason is empty for the reader."""

    exception_id: UUID
    subject_id: UUID
    reader_id: UUID
    holders: tuple[UUID, ...]
    case_type: str
    provision: str
    decided_by: UUID
    reviewer_id: UUID
    since: datetime
    review_until: datetime
    until: datetime
    verdict: str | None  # accepted, ended
    reviewed_at: datetime | None
    ended_at: datetime | None
    reason: str

    def over_at(self) -> datetime:
        """When the reader is told again, as things stand."""
        if self.ended_at is not None:
            return self.ended_at
        return self.until if self.verdict else self.review_until


class AccessLine(Protocol):
    """A line of the access log, as it is read."""

    @property
    def at(self) -> datetime: ...
    @property
    def request_id(self) -> UUID: ...
    @property
    def subject_id(self) -> UUID: ...
    @property
    def post_id(self) -> UUID: ...
    @property
    def purpose(self) -> int: ...
    @property
    def verb(self) -> str: ...
    @property
    def kinds(self) -> int: ...
    @property
    def refused_kinds(self) -> int: ...
    @property
    def basis(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def reaches_back_to(self) -> date | None: ...


@dataclass(slots=True)
class Line:
    """One line for the access log, not yet written: all that a request asked about one subject."""

    subject_id: UUID
    verbs: list[str] = field(default_factory=list)  # codes, in the order asked
    kinds: int = 0
    refused_kinds: int = 0
    basis: str = ""
    outcome: str = ""
    refusal: str = ""  # the first one
    reaches_back_to: date | None = None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is here: one post, for one purpose, in one request. Made by `session.enter` alone."""

    post_id: UUID
    role: Role
    purpose: Purpose
    holders: tuple[UUID, ...]
    barred: Mapping[UUID, Refusal]
    now: datetime
    request_id: UUID
    lines: dict[UUID, Line] = field(default_factory=dict, compare=False)  # by subject

    @property
    def is_citizen(self) -> bool:
        """Whether this is the person, not staff."""
        return self.role is Role.CITIZEN
