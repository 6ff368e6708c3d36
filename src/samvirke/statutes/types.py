"""A law pack as it is checked when it is read."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, field_validator

from samvirke.kernel.codes import AgencyKind


class Provision(BaseModel):
    """What every entry of a pack carries: what it is, where it was seen, from when it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    label: str  # message id
    provision: str  # as the law is cited
    source: str
    excerpt_seen: str  # year and month an excerpt was read
    valid_from: date
    valid_to: date | None = None
    verified_on: date | None = None  # compared with the law itself; empty: never shown as law

    def holds_on(self, day: date) -> bool:
        """Whether the provision is in force that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class DisclosureBasis(Provision):
    """What lifts secrecy between bodies. Kept apart from the legal basis of the GDPR."""

    needs_consent: bool
    purposes: tuple[str, ...]
    givers: tuple[AgencyKind, ...]
    receivers: tuple[AgencyKind, ...]


class Requirement(BaseModel):
    """One element a law requires a plan to hold, and the plan content that fills it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    label: str  # message id
    needs: tuple[str, ...]  # keys of plan content; all must be there
    who: str  # message id: who can fill it

    @field_validator("needs")
    @classmethod
    def needs_something(cls, needs: tuple[str, ...]) -> tuple[str, ...]:
        """A requirement that needs nothing would always be filled."""
        if not needs:
            raise ValueError("a requirement needs at least one key of plan content")
        return needs


class PlanKind(Provision):
    """A kind of plan that a law knows."""

    requirements: tuple[Requirement, ...]


class Right(Provision):
    """Something a person may be entitled to, and where to ask for it. Shown as possible, never promised."""

    sentence: str  # message id: what it is
    for_whom: str  # message id: "If you ..."
    agency_kinds: tuple[AgencyKind, ...] = ()  # where to apply; empty: outside the partnership
    plan_kind: str | None = None  # a plan of this kind means that it is in place
    age_from: int | None = None
    age_before: int | None = None

    def fits_age(self, age: int) -> bool:
        """Whether somebody of this age may be meant; a line that the law does not draw leaves nobody out."""
        return (self.age_from is None or self.age_from <= age) and (
            self.age_before is None or age < self.age_before
        )


class Duty(Provision):
    """A role that a law lays on somebody, and its tasks."""

    role: str  # code of the duty to coordinate
    tasks: tuple[str, ...]  # message ids


class Pack(BaseModel):
    """One country's law."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: str
    owner: str
    disclosure_bases: tuple[DisclosureBasis, ...] = ()
    plan_kinds: tuple[PlanKind, ...] = ()
    rights: tuple[Right, ...] = ()
    duties: tuple[Duty, ...] = ()
