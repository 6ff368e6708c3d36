"""The published tables of a statistics delivery: each column with its meaning, type, constraint and codes.

A change that an old reader would misread raises the first figure of `SCHEMA_VERSION`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from samvirke.kernel.codes import EndReason, Occupation, Sex, SupportSource, TargetGroup

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


class Published:
    """A published table. The class docstring says what a row is; rows are sorted by the column `key`."""

    name: ClassVar[str]
    key: ClassVar[str]
    columns: ClassVar[dict[str, Column]]

    def __init_subclass__(cls, *, name: str, key: str) -> None:
        cls.name, cls.key = name, key
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


TABLES: dict[str, type[Published]] = {table.name: table for table in (Episodes, Flow)}
