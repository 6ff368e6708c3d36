"""What every entry of a law pack carries, and how a pack lists the words of the gate."""

from __future__ import annotations

from datetime import date
from enum import IntFlag, StrEnum
from functools import partial
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, model_validator

from samvirke.kernel.gate_words import DataKind, Purpose

Words = TypeVar("Words", bound=IntFlag)


def _flags(members: type[Words], names: object) -> Words:
    """Several words of the gate, as a pack lists them: by their names in small letters."""
    if not isinstance(names, list):
        raise ValueError("write a list of names")
    known = {str(member.name).lower(): member for member in members}
    found = members(0)
    for name in names:
        if name not in known:
            raise ValueError(f"{name!r} is unknown; use some of {', '.join(known)}")
        found |= known[name]
    return found


Kinds = Annotated[DataKind, PlainValidator(partial(_flags, DataKind))]
Purposes = Annotated[Purpose, PlainValidator(partial(_flags, Purpose))]


class Reading(StrEnum):
    """How an entry is known. What stands from memory is kept for whoever checks it, and shown to nobody."""

    EXCERPT = "excerpt"
    MEMORY = "memory"


class Provision(BaseModel):
    """What every entry of a pack carries: what it is, where it was seen, from when it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    label: str  # message id
    provision: str  # as the law is cited; pages ask `policies.citation`
    source: str = Field(min_length=1)
    reading: Reading = Reading.EXCERPT
    excerpt_seen: str = ""  # year and month an excerpt was read
    valid_from: date
    valid_to: date | None = None
    verified_on: date | None = None  # compared with the law itself; empty: never shown as law

    @model_validator(mode="after")
    def says_what_was_read(self) -> Provision:
        """An excerpt was read some month; what stands from memory was not, and is compared with no law."""
        if self.reading is Reading.EXCERPT and not self.excerpt_seen:
            raise ValueError("it says that an excerpt was read, and not when: fill in excerpt_seen")
        if self.reading is Reading.MEMORY and (self.excerpt_seen or self.verified_on):
            raise ValueError("it stands from memory and yet was read: set reading to excerpt")
        return self

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Provision:
        """A validity without a day would hold never."""
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise ValueError(
                f"it ends on {self.valid_to} and begins on {self.valid_from}: correct one of them"
            )
        return self

    @property
    def is_usable(self) -> bool:
        """Whether anything may rest on it."""
        return self.reading is not Reading.MEMORY

    def holds_on(self, day: date) -> bool:
        """Whether the provision is in force that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
