"""Target-group rules as data, and what screening says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, model_validator

from samvirke.kernel.codes import TargetGroup


class Outcome(StrEnum):
    """What the rules say. Missing information is unknown, never a no."""

    ADMITTED = "admitted"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """Whether a group is central or agreed locally; statistics keep them apart."""

    CENTRAL = "central"
    LOCAL = "local"


class Criterion(BaseModel):
    """One question to one fact about a record."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    sentence: str  # message id
    fact: str
    equals: str | bool | None = None
    more_than: int | None = None
    at_least: int | None = None
    at_most: int | None = None


class Group(BaseModel):
    """A target group: all of some criteria and any of others."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: TargetGroup
    scope: Scope
    all: tuple[str, ...]
    any: tuple[str, ...] = ()


class Rules(BaseModel):
    """The rules of one programme."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    source: str
    criteria: tuple[Criterion, ...]
    groups: tuple[Group, ...]

    @model_validator(mode="after")
    def groups_use_known_criteria(self) -> Rules:
        """A group that names an unknown criterion would never admit anybody."""
        known = {criterion.code for criterion in self.criteria}
        for group in self.groups:
            unknown = {*group.all, *group.any} - known
            if unknown:
                raise ValueError(f"the group {group.code} names unknown criteria: {sorted(unknown)}")
        return self


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one record, and the criteria that decided."""

    outcome: Outcome
    target_group: TargetGroup | None
    scope: Scope
    deciding: tuple[str, ...]


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
