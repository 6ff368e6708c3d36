"""A question about a disclosure and its answer: what is to be shared, what was agreed, what is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from samvirke.kernel.codes import AgencyKind, Country
from samvirke.kernel.gate_words import DataKind, Purpose


class Effect(StrEnum):
    """What a rule on telling another body does."""

    LIFTS = "lifts"
    DUTY_TO_TELL = "duty_to_tell"  # one tells, in the single case; nothing stays open by it
    NEVER_COORDINATION = "never_coordination"  # for something else, such as against crime


class Within(StrEnum):
    """Where alone a rule holds."""

    JOINT_OFFICE = "joint_office"  # of state and municipality: neither one agency nor one body


class Named(StrEnum):
    """What a consent must say to be one by a rule."""

    KINDS = "kinds"
    SOURCES = "sources"
    CASE = "case"


class Condition(StrEnum):
    """Something that holds only where somebody has found it to hold, for this person and this time."""

    NEEDED_IN_OFFICE = "needed_in_office"
    MUNICIPALITY_S_TASKS = "municipality_s_tasks"
    SERIOUS_DANGER = "serious_danger"
    GIVER_S_OWN_WORK = "giver_s_own_work"
    OLDER_PERSON = "older_person"
    DISABLED_PERSON = "disabled_person"
    BOTH_HAVE_JOINED = "both_have_joined"
    NOT_PROTECTED = "not_protected"


class Obstacle(StrEnum):
    """Why a basis does not carry a disclosure."""

    ANOTHER_COUNTRY = "another_country"
    FROM_MEMORY = "from_memory"
    NOT_READ = "not_read"
    NOT_IN_FORCE = "not_in_force"
    DUTY_TO_TELL = "duty_to_tell"
    NEVER_COORDINATION = "never_coordination"
    PURPOSE = "purpose"
    KINDS = "kinds"
    GIVER = "giver"
    RECEIVER = "receiver"
    NOT_ONE_OFFICE = "not_one_office"
    CONDITION = "condition"
    OBJECTED = "objected"
    NO_CONSENT = "no_consent"
    NOT_IN_WRITING = "not_in_writing"
    CONSENT_OVER = "consent_over"
    TOO_GENERAL = "too_general"
    ANOTHER_SOURCE = "another_source"
    ANOTHER_RECEIVER = "another_receiver"
    ANOTHER_CASE = "another_case"
    KINDS_NOT_AGREED = "kinds_not_agreed"
    PURPOSE_NOT_AGREED = "purpose_not_agreed"


@dataclass(frozen=True, slots=True)
class Body:
    """Who tells or is told: a unit's agency, which keeps its own secrets, and the office it shares."""

    agency_id: UUID
    kind: AgencyKind
    country: Country
    office: str = ""  # the joint office it is a part of; empty: of none


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person has said yes to, as far as a rule asks about it."""

    kinds: DataKind
    purposes: Purpose
    sources: frozenset[UUID]  # agencies
    receivers: frozenset[UUID]  # agencies
    case: str  # empty: no case was named
    in_writing: bool
    until: date  # the last day


@dataclass(frozen=True, slots=True)
class Sharing:
    """What one body is to tell another, why, in which case, on which day, and what somebody has found."""

    giver: Body
    receiver: Body
    kinds: DataKind
    purposes: Purpose
    case: str
    day: date
    found: frozenset[Condition] = frozenset()
    objected: bool = False


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What stands in the way of a disclosure, in words: what, why, what next."""

    obstacle: Obstacle
    sentence: str  # message id
