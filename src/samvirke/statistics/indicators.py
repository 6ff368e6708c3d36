"""The indicators of the tertial report, declared: what each is, what it is of, and what it cannot tell.

Names and sentences are message ids. The report, the page and `docs/reference/indicators.md` read this list.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samvirke.statistics.counts import TOTAL
from samvirke.statistics.measures import MOVEMENT_IN, MOVEMENT_OUT


class Unit(StrEnum):
    """What an indicator is written in."""

    COUNT = "count"
    SHARE = "share"
    DAYS = "days"
    OFFICES = "offices"


class Direction(StrEnum):
    """Which way is better. Many numbers have none: more entries may be good or bad."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Rule(StrEnum):
    """How disclosure is controlled."""

    CELLS = "cells"
    QUANTILE = "quantile"
    AGENCIES = "agencies"


RULES = {
    Rule.CELLS: "Numbers under five are hidden, zero too, and further numbers until no small one can be "
    "worked "
    "out across levels and tertials; a share is computed from shown numbers alone.",
    Rule.QUANTILE: "Shown when at least five waited longer and five shorter.",
    Rule.AGENCIES: "About agencies, not persons: nothing is hidden.",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a measure; TOTAL for all of it."""

    measure: str
    column: str = TOTAL


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number of the report. A share has a numerator and a denominator; a count has no denominator."""

    code: str
    unit: Unit
    name: str
    definition: str
    weakness: str
    tables: tuple[str, ...]
    direction: Direction = Direction.NONE
    numerator: Cell | None = None
    denominator: Cell | None = None
    rule: Rule = Rule.CELLS


def _ended(code: str, name: str, weakness: str, direction: Direction = Direction.NONE) -> Indicator:
    return Indicator(
        code=f"ended_in_{code}",
        unit=Unit.SHARE,
        name=name,
        definition="Of plans that ended in the tertial: those that ended for this reason.",
        weakness=weakness,
        tables=("episodes",),
        direction=direction,
        numerator=Cell("exits", code),
        denominator=Cell("exits"),
    )


INDICATORS = (
    Indicator(
        code="entered",
        unit=Unit.COUNT,
        name="Plans that began",
        definition="Plans whose first day lies in the tertial. Wrong registrations are left out.",
        weakness="Says nothing about who was not asked.",
        tables=("episodes",),
        numerator=Cell(MOVEMENT_IN, "entered"),
    ),
    Indicator(
        code="ended",
        unit=Unit.COUNT,
        name="Plans that ended",
        definition="Plans whose last day lies in the tertial. Wrong registrations are left out.",
        weakness="A plan that nobody works with and nobody has ended counts as open.",
        tables=("episodes",),
        numerator=Cell(MOVEMENT_OUT, "ended"),
    ),
    Indicator(
        code="open",
        unit=Unit.COUNT,
        name="Plans open on the last day",
        definition="Plans that had begun by the last day of the tertial and had not ended.",
        weakness="A plan that nobody works with and nobody has ended counts as open.",
        tables=("episodes",),
        numerator=Cell(MOVEMENT_OUT, "open"),
    ),
    _ended(
        "job",
        "Ended in a job",
        "Depends on who was taken in: read it beside the case mix. A job that lasts a week counts like one "
        "that lasts. It describes and is no effect.",
        Direction.UP,
    ),
    _ended(
        "education",
        "Ended in education",
        "Depends on who was taken in, above all on age. It describes and is no effect.",
        Direction.UP,
    ),
    _ended(
        "granted_benefit",
        "Ended with a lasting benefit granted",
        "To be clarified can be right for one and a loss for another; so it stands apart from work and has "
        "no "
        "direction.",
    ),
    Indicator(
        code="no_place",
        unit=Unit.SHARE,
        name="Assessed, without capacity",
        definition="Of needs for an intervention that stood in the tertial: those that were answered with "
        "“no "
        "place”.",
        weakness="A need is counted where somebody noted it. Where workers stop noting what they know is "
        "full, the "
        "share falls and the shortage grows.",
        tables=("needs",),
        direction=Direction.DOWN,
        numerator=Cell("needs_out", "no_place"),
        denominator=Cell("needs_out"),
    ),
    Indicator(
        code="still_waiting",
        unit=Unit.SHARE,
        name="Still waiting for a place on the last day",
        definition="Of needs for an intervention that stood in the tertial: those that nobody had answered "
        "by its "
        "last day.",
        weakness="Does not tell how long they have waited. Needs noted on the last days weigh like old ones.",
        tables=("needs",),
        direction=Direction.DOWN,
        numerator=Cell("needs_out", "waiting"),
        denominator=Cell("needs_out"),
    ),
    Indicator(
        code="days_to_place",
        unit=Unit.DAYS,
        name="Days until a place, median",
        definition="Days from the day the need was noted until a place was given, of needs that got a place "
        "in the "
        "tertial; half waited so long or less.",
        weakness="Only those who got a place are in it. Where many wait on, the number looks better than it "
        "is.",
        tables=("needs",),
        direction=Direction.DOWN,
        rule=Rule.QUANTILE,
    ),
    Indicator(
        code="contact_within_30",
        unit=Unit.SHARE,
        name="Somebody in contact in the last 30 days",
        definition="Of plans open on the last day: those with a meeting the person was in, a call or a note "
        "in the "
        "30 days before it.",
        weakness="A note is a weak sign of contact, and a talk that nobody wrote down is not counted. How "
        "good the "
        "contact was is for surveys to ask.",
        tables=("episodes", "contacts"),
        direction=Direction.UP,
        numerator=Cell("contact", "contact_within_30"),
        denominator=Cell("contact"),
    ),
    Indicator(
        code="same_coordinator",
        unit=Unit.SHARE,
        name="The same coordinator through the tertial",
        definition="Of plans open on the last day: those with a coordinator who was not changed in the "
        "tertial. The "
        "first hand-over from the unit’s leader is no change.",
        weakness="A change can be what the person asked for. It follows the post: when somebody else gets "
        "the post, "
        "no change is seen.",
        tables=("episodes", "turns"),
        direction=Direction.UP,
        numerator=Cell("coordinator", "same_coordinator"),
        denominator=Cell("coordinator"),
    ),
    Indicator(
        code="promises_kept",
        unit=Unit.SHARE,
        name="Promises kept",
        definition="Of actions that were to be done by a day in the tertial: those marked as done by that "
        "day.",
        weakness="Actions without a day are not in it. It follows when somebody marked it, and easy "
        "promises are "
        "kept more often than hard ones.",
        tables=("episodes", "promises"),
        direction=Direction.UP,
        numerator=Cell("promises", "kept"),
        denominator=Cell("promises"),
    ),
    Indicator(
        code="with_contact_person",
        unit=Unit.OFFICES,
        name="Offices with a contact person",
        definition="Of offices of Nav and of social services in the municipalities: those with a post set "
        "aside for "
        "the joint effort on the last day.",
        weakness="Warns where nobody is set aside. That somebody is does not show that cooperation works.",
        tables=("contact_persons",),
        rule=Rule.AGENCIES,
    ),
    Indicator(
        code="with_deputy",
        unit=Unit.OFFICES,
        name="Offices whose contact person has a deputy",
        definition="Of the same offices: those where another post stands in.",
        weakness="Says that a deputy is named, not that the deputy has time.",
        tables=("contact_persons",),
        rule=Rule.AGENCIES,
    ),
    Indicator(
        code="with_agreement",
        unit=Unit.OFFICES,
        name="Offices bound by an agreement",
        definition="Of the same offices: those that a written agreement in force binds on the last day.",
        weakness="An agreement does not show that cooperation works, and some cooperate well without one. "
        "It must "
        "not stand in for a measure of cooperation.",
        tables=("agreements",),
        rule=Rule.AGENCIES,
    ),
    Indicator(
        code="check_overdue",
        unit=Unit.OFFICES,
        name="Offices where the check of the agreement is overdue",
        definition="Of the same offices: those where an agreement in force should have been checked before "
        "the last "
        "day.",
        weakness="A check that nobody noted counts as not done.",
        tables=("agreements", "agreement_checks"),
        rule=Rule.AGENCIES,
    ),
)

HEAD = """# Indicators

Made from `samvirke.statistics.indicators` by `samvirke indicators`; a test compares. Numbers are given for a
partnership, its county and the nation, per tertial: T1 January to April, T2 May to August, T3 September to
December.

Signs: `:` hidden, `..` not delivered, `.` cannot be computed (nothing to count, or of another level).
"""


def reference() -> str:
    """The reference page, as Markdown."""
    return "\n".join([HEAD, *(_section(one) for one in INDICATORS)])


def _section(one: Indicator) -> str:
    lines = [
        f"## {one.name}",
        "",
        f"`{one.code}`, {UNITS[one.unit]}. {one.definition}",
        "",
        f"- Numerator: {_cell(one.numerator)}",
        f"- Denominator: {_cell(one.denominator)}",
        f"- Source tables: {', '.join(f'`{table}`' for table in one.tables)}",
        f"- Better: {DIRECTIONS[one.direction]}",
        f"- Known weakness: {one.weakness}",
        f"- Disclosure: {RULES[one.rule]}",
        "",
    ]
    return "\n".join(lines)


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "-"
    return f"`{cell.measure}`, all" if cell.column == TOTAL else f"`{cell.measure}`, column `{cell.column}`"


UNITS = {
    Unit.COUNT: "a count",
    Unit.SHARE: "a share",
    Unit.DAYS: "days",
    Unit.OFFICES: "offices of all offices",
}
DIRECTIONS = {Direction.UP: "higher", Direction.DOWN: "lower", Direction.NONE: "neither"}
