"""The published tables of a statistics delivery: each column with its meaning, type, constraint and codes.

A change that an old reader would misread raises the first figure of `SCHEMA_VERSION`; a new table raises the
second, and a delivery of an earlier one is read without it (`tables_of`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from samvirke.kernel.codes import (
    AgencyKind,
    EndReason,
    InterventionKind,
    Occupation,
    Sex,
    SupportSource,
    TargetGroup,
    UnmetReason,
)

SCHEMA_VERSION = "1.1"


class Kind(StrEnum):
    """The type of a column, in CSVW's words."""

    TEXT = "string"
    WHOLE = "integer"
    DAY = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One published column."""

    kind: Kind
    description: str
    never_null: bool = False
    codes: tuple[str, ...] = ()
    pattern: str = ""
    least: int | None = None
    most: int | None = None


def column(kind: Kind, description: str, *, never_null: bool = True) -> Column:
    """A column without codes or bounds."""
    return Column(kind, description, never_null=never_null)


def coded(codes: type[StrEnum], description: str, *, never_null: bool = True) -> Column:
    """A column that holds a code of the list. Other values are delivered as they are, and counted."""
    return Column(Kind.TEXT, description, never_null=never_null, codes=tuple(codes))


def counted(description: str) -> Column:
    """A column that counts something."""
    return Column(Kind.WHOLE, description, never_null=True, least=0)


MUNICIPALITY = Column(Kind.TEXT, "Municipality number, four digits.", never_null=True, pattern=r"[0-9]{4}")


class Way(StrEnum):
    """How somebody was in contact around a plan."""

    MEETING = "meeting"
    CALL = "call"
    NOTE = "note"


class Change(StrEnum):
    """Who coordinates from a turn on, compared with before. The unit's leader answers until the first one."""

    OPENING = "opening"
    FIRST_COORDINATOR = "first_coordinator"
    SAME_COORDINATOR = "same_coordinator"
    OTHER_COORDINATOR = "other_coordinator"


class NeedOutcome(StrEnum):
    """What has come of a need for an intervention."""

    WAITING = "waiting"
    PLACED = "placed"
    UNMET = "unmet"
    WITHDRAWN = "withdrawn"


class CheckResult(StrEnum):
    """What a check of an agreement's routines found."""

    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    NOT_KEPT = "not_kept"


class Answer(StrEnum):
    """Yes or no."""

    YES = "yes"
    NO = "no"


class Published:
    """A published table. The class docstring says what a row is; rows are sorted by the column `key`.

    since: the first schema version that has it.
    """

    name: ClassVar[str]
    key: ClassVar[str]
    since: ClassVar[str]
    columns: ClassVar[dict[str, Column]]

    def __init_subclass__(cls, *, name: str, key: str, since: str = "1.0") -> None:
        cls.name, cls.key, cls.since = name, key, since
        cls.columns = {field: value for field, value in vars(cls).items() if isinstance(value, Column)}


class Episodes(Published, name="episodes", key="episode_key"):
    """One row per plan episode: a person's time with one plan, from the question to the end."""

    person_key = column(Kind.TEXT, "Pseudonym of the person, stable within one study.")
    episode_key = column(Kind.TEXT, "Pseudonym of the episode. Each occurs once.")
    municipality = MUNICIPALITY
    sex = coded(Sex, "Legal sex, as the registers hold it.")
    birth_year = Column(Kind.WHOLE, "Year of birth.", never_null=True, least=1900, most=2100)
    target_group = coded(TargetGroup, "The group through which the person was admitted.")
    asked_on = column(Kind.DAY, "The day the person was asked, or asked for a plan.")
    entered_on = column(Kind.DAY, "First day with a plan. Never before asked_on.")
    ended_on = column(
        Kind.DAY, "Last day with the plan; null while it is open. Never before entered_on.", never_null=False
    )
    end_reason = coded(
        EndReason,
        "Why the plan ended; null while it is open. A wrong_registration was no plan: do not count it.",
        never_null=False,
    )
    support_before = coded(
        SupportSource, "Main source of support at entry. Count a value outside the codes as unknown."
    )
    occupation_before = coded(Occupation, "Main occupation at entry.")
    support_after = coded(
        SupportSource,
        "Main source of support at the end; null while open. Count a value outside the codes as unknown.",
        never_null=False,
    )
    occupation_after = coded(Occupation, "Main occupation at the end; null while open.", never_null=False)
    months_assistance_before = Column(
        Kind.WHOLE, "Months with social assistance in the year before entry.", least=0, most=12
    )


class Flow(Published, name="flow", key="municipality"):
    """One row per municipality: how many went each step of the way to a plan, since the start."""

    municipality = MUNICIPALITY
    imported = counted("Client records read from the agencies' own files.")
    refused_rows = counted("Rows of those files that were refused with a reason.")
    screened = counted("Client records the target-group rules were applied to.")
    admitted = counted("Client records the rules admitted to the target group.")
    asked = counted("Persons who were asked.")
    consented = counted("Persons who consented.")
    on_plan = counted("Persons who got a plan.")


class Contacts(Published, name="contacts", key="contact_key", since="1.1"):
    """One row per contact around a plan. A note is the weakest sign of one."""

    contact_key = column(Kind.TEXT, "Pseudonym of the contact. Each occurs once.")
    episode_key = column(Kind.TEXT, "Pseudonym of the plan episode.")
    way = coded(Way, "A meeting the person was in, a call after the plan, or a note that was written.")
    on_day = column(Kind.DAY, "The day of the contact.")


class Turns(Published, name="turns", key="turn_key", since="1.1"):
    """One row per turn of coordinating a plan; a turn lasts until the next one starts."""

    turn_key = column(Kind.TEXT, "Pseudonym of the turn. Each occurs once.")
    episode_key = column(Kind.TEXT, "Pseudonym of the plan episode.")
    starts_on = column(Kind.DAY, "First day of the turn.")
    change = coded(Change, "Whether the coordinating post is another than in the turn before.")


class Promises(Published, name="promises", key="action_key", since="1.1"):
    """One row per action that somebody is to do by a stated day."""

    action_key = column(Kind.TEXT, "Pseudonym of the action. Each occurs once.")
    episode_key = column(Kind.TEXT, "Pseudonym of the plan episode.")
    due_on = column(Kind.DAY, "The day by which it was to be done.")
    done_on = column(Kind.DAY, "The day it was first marked as done; null until then.", never_null=False)
    dropped_on = column(
        Kind.DAY, "The day it was dropped, or the wish refused; null if it was not.", never_null=False
    )


class Needs(Published, name="needs", key="need_key", since="1.1"):
    """One row per need for an intervention: a person who was found ready, and what came of it."""

    need_key = column(Kind.TEXT, "Pseudonym of the need. Each occurs once.")
    person_key = column(Kind.TEXT, "Pseudonym of the person, stable within one study.")
    municipality = MUNICIPALITY
    intervention_kind = coded(InterventionKind, "The kind of intervention the person was found ready for.")
    noted_on = column(Kind.DAY, "The day the person was found ready, and began to wait.")
    outcome = coded(NeedOutcome, "What has come of it.")
    settled_on = column(Kind.DAY, "The day it was settled; null while the person waits.", never_null=False)
    unmet_because = coded(UnmetReason, "Why it was not met; null for other outcomes.", never_null=False)
    days_waited = Column(Kind.WHOLE, "Days from noted_on until it was settled; null until then.", least=0)


class Agreements(Published, name="agreements", key="party_key", since="1.1"):
    """One row per version of an agreement and unit it binds. About agencies, not persons."""

    party_key = column(Kind.TEXT, "Pseudonym of this row. Each occurs once.")
    agreement_key = column(Kind.TEXT, "Pseudonym of the agreement.")
    version = Column(Kind.WHOLE, "Number of the version, from 1.", never_null=True, least=1)
    agency_kind = coded(AgencyKind, "The kind of agency the unit is a part of.")
    municipality = MUNICIPALITY
    signed_on = column(Kind.DAY, "The day it was signed.")
    valid_from = column(Kind.DAY, "First day it holds.")
    valid_until = column(Kind.DAY, "Last day it holds; null: until another version.", never_null=False)
    next_check_on = column(Kind.DAY, "The day by which its routines were to be checked.")


class AgreementChecks(Published, name="agreement_checks", key="check_key", since="1.1"):
    """One row per check of an agreement's routines. About agencies, not persons."""

    check_key = column(Kind.TEXT, "Pseudonym of the check. Each occurs once.")
    agreement_key = column(Kind.TEXT, "Pseudonym of the agreement.")
    done_on = column(Kind.DAY, "The day of the check.")
    result = coded(CheckResult, "Whether the routines were kept.")
    next_check_on = column(Kind.DAY, "The day by which they are to be checked again.")


class ContactPersons(Published, name="contact_persons", key="contact_person_key", since="1.1"):
    """One row per contact person of a unit: a position set aside. No post, no name."""

    contact_person_key = column(Kind.TEXT, "Pseudonym of this row. Each occurs once.")
    agency_kind = coded(AgencyKind, "The kind of agency the unit is a part of.")
    municipality = MUNICIPALITY
    share_percent = Column(Kind.WHOLE, "Per cent of a full position.", never_null=True, least=1, most=100)
    deputy = coded(Answer, "Whether another post stands in.")
    starts_on = column(Kind.DAY, "First day.")
    ends_before = column(Kind.DAY, "The day it ended; null while it lasts.", never_null=False)


TABLES: dict[str, type[Published]] = {
    table.name: table
    for table in (
        Episodes,
        Flow,
        Contacts,
        Turns,
        Promises,
        Needs,
        Agreements,
        AgreementChecks,
        ContactPersons,
    )
}


def tables_of(version: str) -> dict[str, type[Published]]:
    """The tables that a delivery of this schema version has."""
    wanted = _figures(version)
    return {name: table for name, table in TABLES.items() if _figures(table.since) <= wanted}


def _figures(version: str) -> tuple[int, ...]:
    return tuple(int(figure) for figure in version.split("."))
