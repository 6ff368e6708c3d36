"""Target-group rules as data, and what screening says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, StrictStr

from samvirke.kernel.codes import TargetGroup
from samvirke.programmes.files import FilePart


class Outcome(StrEnum):
    """What the rules say. Missing information is unknown, never a no."""

    ADMITTED = "admitted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """Whether a group is central or agreed locally; statistics keep them apart."""

    CENTRAL = "central"
    LOCAL = "local"


class Criterion(FilePart):
    """A question to one fact about a record, or a combination of other criteria."""

    code: str
    sentence: str  # message id, or the writer's own words
    fact: str | None = None
    equals: StrictBool | StrictInt | StrictStr | None = None
    one_of: tuple[StrictStr, ...] = ()
    more_than: StrictInt | None = None
    less_than: StrictInt | None = None
    at_least: StrictInt | None = None
    at_most: StrictInt | None = None
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    no: str | None = Field(default=None, alias="not")

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The codes of the criteria it combines."""
        return (*self.all, *self.any, *([] if self.no is None else [self.no]))


class Group(FilePart):
    """A target group: all of some criteria and any of others.

    flags: what is to be noted beside, and neither admits nor refuses anybody.
    """

    code: TargetGroup
    scope: Scope
    all: tuple[str, ...]
    any: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


class Example(FilePart):
    """Given these facts, this is what the rules are to say. A fact that is left out is unknown."""

    name: str
    facts: dict[str, StrictBool | StrictInt | StrictStr]
    outcome: Outcome
    group: TargetGroup | None = None
    scope: Scope | None = None


class Rules(FilePart):
    """The rules of one partnership, and for how long."""

    code: str
    source: str
    valid_from: date
    valid_to: date | None = None  # the first day on which they no longer hold; empty: until others begin
    criteria: tuple[Criterion, ...]
    groups: tuple[Group, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one record, and the criteria that decided."""

    outcome: Outcome
    target_group: TargetGroup | None
    scope: Scope
    deciding: tuple[str, ...]
    flags: tuple[str, ...] = ()  # noted beside: criteria that hold and decide nothing


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """Which version of the rules judged. Number 0: the rules as they are delivered."""

    number: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class Altered:
    """A criterion whose answer would be another one."""

    sentence: str  # message id
    holds: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What would have to be otherwise, and what the rules would say then."""

    altered: tuple[Altered, ...]
    outcome: str
    target_group: str
    scope: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The smallest changes that would lead to another verdict."""

    found: tuple[Change, ...]
    is_stale: bool  # what is known today would be judged otherwise than when the record was screened


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """What other rules would change for one group in the own caseload. None: too few to be told."""

    group: str  # empty: those in no group now
    newly: int | None
    no_longer: int | None
    moved: int | None  # to another group
    unknown: int | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying a text: its examples all hold, and this is what it would change."""

    examples: int
    impact: tuple[ImpactRow, ...] | None  # None: the viewer sees no cases to judge


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One saved version of a partnership's rules."""

    number: int
    valid_from: date
    valid_to: date | None  # the first day without them; empty: until others begin
    source: str
    saved_by: str  # post title
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class RulesPage:
    """A partnership's rules: the newest text to write on, and the versions before it."""

    partnership_id: UUID
    partnership: str
    text: str
    seen_version: int
    versions: tuple[VersionRow, ...]
    may_save: bool


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One client record on the agency's own list."""

    record_id: UUID
    external_id: str
    name: str  # may be empty: not every system states it
    birth_date: date
    municipality: str  # empty where it would tell this viewer a protected place
    outcome: str  # code; empty when not screened yet
    criteria: tuple[str, ...]  # sentences (message ids) of what decided
    target_group: str
    scope: str
    noted: tuple[str, ...] = ()  # sentences (message ids) that hold and decided nothing
    judged_by: JudgedBy | None = None


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A page of the agency's own records with one outcome, and how many there are of each."""

    rows: tuple[RecordRow, ...]
    outcome: str  # code; empty: not screened
    counts: tuple[tuple[str, int], ...]  # outcome code and how many
    page: int  # counted from 1
    pages: int


@dataclass(frozen=True, slots=True)
class Screened:
    """How many records the rules admitted, refused or could not judge."""

    admitted: int
    refused: int
    unknown: int
