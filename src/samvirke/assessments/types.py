"""Instruments as files say them, answers as they are handed in, and the rows that pages get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictInt, StringConstraints

from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import DataKind
from samvirke.programmes.files import FilePart

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{1,39}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=300)]
KindName = Literal[
    "plan",
    "employment",
    "education",
    "economy",
    "housing",
    "health",
    "substance_use",
    "child_welfare",
    "social",
    "network",
]


class Respondent(StrEnum):
    """Whose view an answer is."""

    PERSON = "person"
    WORKER = "worker"


class SharedWith(StrEnum):
    """Whom the person lets see an assessment."""

    NOBODY = "nobody"
    UNIT = "unit"
    TEAM = "team"


class Cover(StrEnum):
    """Whether an agency has an answer that it needs, as far as the viewer may see."""

    HAS = "has"
    CLOSED = "closed"  # answered, and not open to that agency
    LACKS = "lacks"


class Words(FilePart):
    """One text in the languages of the pages."""

    en: Text
    nb: Text
    da: Text
    sv: Text


class Scale(FilePart):
    """The steps of an answer. Each end has a name, and so may steps between."""

    lowest: StrictInt = Field(ge=0, le=100)
    highest: StrictInt = Field(ge=1, le=100)
    better: Literal["higher", "lower"]
    names: dict[int, Words] = Field(default_factory=dict)


class Item(FilePart):
    """One question. Its texts are missing only where the licence holder has not delivered them."""

    code: Code
    kind: KindName  # the data kind of what an answer tells, and its life domain
    name: Words | None = None
    asked: dict[Respondent, Words] = Field(default_factory=dict)


class Licence(FilePart):
    """Who may use the instrument. With `needs_agreement`, the file may stand without texts, as a slot."""

    name: Text
    holder: Text
    needs_agreement: bool


class InstrumentFile(FilePart):
    """An instrument, as its file says it."""

    code: Code
    version: StrictInt = Field(ge=1)
    title: Words
    about: Words
    source: Text
    licence: Licence
    verified_on: date
    answered_by: Annotated[tuple[Respondent, ...], Field(min_length=1)]
    every_months: StrictInt = Field(ge=1, le=24)
    scale: Scale
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=40)]
    needed_by: dict[AgencyKind, tuple[Code, ...]] = Field(default_factory=dict)

    @property
    def waits_for_text(self) -> bool:
        """Whether the licence holder's texts are not loaded, so that nobody can answer."""
        return not self.scale.names or any(
            item.name is None or set(self.answered_by) - item.asked.keys() for item in self.items
        )


def kind_of(item: Item) -> DataKind:
    """The data kind that an answer to the item tells."""
    return DataKind[item.kind.upper()]


@dataclass(frozen=True, slots=True)
class Given:
    """Answers as they are handed in: an item without a value was skipped.

    shared_with: nobody (the person alone), a unit, or the team. why: only where it puts something right.
    """

    values: Mapping[str, int | None]
    shared_with: SharedWith
    unit_id: UUID | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One time that somebody answered, with those answers that the viewer may see."""

    assessment_id: UUID
    instrument: str
    version: int
    respondent: Respondent
    noted_by: UUID
    unit_id: UUID | None  # of the worker whose view it is, or who wrote the person's answers down
    day: date
    answers: Mapping[str, int]
    shared_with: SharedWith
    sealed_to: UUID | None
    corrects: UUID | None
    why: str


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """Of what kind an answer is, and to whom it is sealed, if to anybody."""

    kind: DataKind
    sealed_to: UUID | None

    def is_open_to(self, unit_id: UUID) -> bool:
        """Whether posts of the unit see it, where its kind is open to them."""
        return self.sealed_to is None or self.sealed_to == unit_id


@dataclass(frozen=True, slots=True)
class Point:
    """One answer, or that there is none, on a day."""

    day: date
    value: int | None
    version: int


@dataclass(frozen=True, slots=True)
class Series:
    """One view of one item over time: the person's, or that of the workers of one unit. Never joined."""

    respondent: Respondent
    unit_id: UUID | None  # none: the person's view
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """How one item has gone, view by view."""

    item: Item
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class CoverRow:
    """What one kind of agency needs, as far as the viewer may see it."""

    agency_kind: AgencyKind
    items: tuple[tuple[Item, Cover], ...]


@dataclass(frozen=True, slots=True)
class DueRow:
    """An assessment that is to be answered anew."""

    subject_id: UUID
    person_name: str
    instrument: InstrumentFile
    last_on: date
    due_on: date
    is_late: bool
