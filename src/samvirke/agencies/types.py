"""The organisation as it is handed in, and as it is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from samvirke.gate.access import Role
from samvirke.kernel.codes import AgencyKind, Country


class Shows(StrEnum):
    """What persons are shown of an agency's workers."""

    NAME = "name"
    ROLE = "role"  # what the post is called, and its unit
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post to be set up."""

    id: UUID
    title: str
    role: Role
    is_leader: bool = False


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be set up, with its posts. Without a municipality it serves the whole partnership."""

    id: UUID
    name: str
    municipality: str | None
    posts: tuple[NewPost, ...]
    office: str = ""  # the joint office it is a part of: one word for all its parts; empty: of none


@dataclass(frozen=True, slots=True)
class NewAgency:
    """An agency to be set up, with its units."""

    id: UUID
    kind: AgencyKind
    name: str
    organisation_number: str
    units: tuple[NewUnit, ...]


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post in the directory."""

    post_id: UUID
    title: str
    unit_id: UUID
    unit_name: str
    agency_id: UUID
    agency_name: str
    agency_kind: AgencyKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit is, and whose it is."""

    municipality: str  # code; empty for a unit that serves the whole partnership
    organisation_number: str
    country: Country


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the directory."""

    unit_id: UUID
    name: str
    agency_name: str
    agency_kind: AgencyKind


@dataclass(frozen=True, slots=True)
class PostOfUnit:
    """A post as its unit lists it."""

    id: UUID
    role: Role
    is_leader: bool


@dataclass(frozen=True, slots=True)
class NameOfKind:
    """What agencies of a kind were called, and in which years. None: no source says."""

    kind: AgencyKind
    name: str
    used_from: int | None
    used_to: int | None
    source: str


@dataclass(frozen=True, slots=True)
class UnitOfParty:
    """A unit of a party, and the municipality it serves; empty: the whole partnership."""

    unit_id: UUID
    name: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Party:
    """An agency as it takes part in a partnership: with which units, and in which roles."""

    name: str
    organisation_number: str
    kind: AgencyKind
    units: tuple[UnitOfParty, ...]
    roles: tuple[Role, ...]
