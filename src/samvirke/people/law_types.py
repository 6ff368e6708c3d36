"""What is opened by law, as it is asked for and as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samvirke.agencies.types import PostRow
from samvirke.kernel.gate_words import DataKind, Purpose


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be opened: to whom, what, what for, on which rule, until when, and why it holds.

    met: in words, by the condition's code; by the empty code where the rule names none.
    """

    to_post: UUID
    provision: str
    kinds: DataKind
    purposes: Purpose
    until: datetime
    met: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MetRow:
    """A condition, and how it is met for this person."""

    condition: str  # code; empty where the rule names none
    words: str


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """What a unit opened by law, as the person, those around, the unit or the post may know it."""

    opening_id: UUID
    person_id: UUID
    person_name: str  # empty where the viewer does not see the person for this purpose
    to: PostRow
    opened_by: PostRow
    kinds: tuple[DataKind, ...]
    purposes: tuple[Purpose, ...]
    label: str  # message id: what the rule is, in plain words
    citation: str  # empty: nobody has compared it with the law
    opened_at: datetime
    until: datetime
    ended_at: datetime | None
    status: str  # code: running, ended, over
    met: tuple[MetRow, ...]
    may_end: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that asks for no consent, as a worker may choose it."""

    code: str
    label: str  # message id
    citation: str
    source: str
    verified_on: date | None
    is_law_here: bool  # whether anything may be opened on it
    kinds: DataKind
    purposes: Purpose
    conditions: tuple[tuple[str, ...], ...]  # codes; one of each group must hold
