"""Telling somebody where a protected person is: what a level bars, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from samvirke.kernel.codes import AgencyKind

# They pay for work and follow it up, and decide on nobody: none of them has a use for a place.
NO_AUTHORITY = frozenset({AgencyKind.ASSOCIATION})


class ToldTo(StrEnum):
    """Whom somebody who knows a place may let know it. The persons themselves name whom they choose."""

    OWN_UNIT = "own_unit"  # named staff of the unit that knows it: no other authority, nobody private
    AUTHORITIES = "authorities"  # named staff of other public authorities too, and nobody private
    ASSESSED = "assessed"  # whom, is assessed each time


@dataclass(frozen=True, slots=True)
class Telling:
    """Who would be told by whom."""

    by_person: bool  # by the person, signed in
    in_own_unit: bool  # the receiver is of the unit of who tells
    receiver: AgencyKind
    is_assessed: bool = False  # who tells has assessed that this receiver may know


class Bar(StrEnum):
    """Why somebody may not be told."""

    NO_AUTHORITY = "no_authority"
    OWN_UNIT_ALONE = "own_unit_alone"
    NOT_ASSESSED = "not_assessed"


BARS: Mapping[Bar, str] = {
    Bar.NO_AUTHORITY: (
        "They decide on nobody and need no address, and this protection lets no private party know one. "
        "Choose somebody else."
    ),
    Bar.OWN_UNIT_ALONE: (
        "With this protection the place is told to named staff of your own unit, and to no other authority. "
        "Only the person can name somebody elsewhere, signed in. Ask the person to do it, or go through the "
        "person."
    ),
    Bar.NOT_ASSESSED: (
        "This marking is a warning: each time, somebody must assess whether this receiver may know. Assess "
        "it, say that you have, and try again."
    ),
}


def bar(told_to: ToldTo, telling: Telling) -> Bar | None:
    """What stands in the way; None where nothing does. A level that says nobody is asked first."""
    if telling.receiver in NO_AUTHORITY:
        return Bar.NO_AUTHORITY
    if telling.by_person:
        return None
    if told_to is ToldTo.OWN_UNIT and not telling.in_own_unit:
        return Bar.OWN_UNIT_ALONE
    if told_to is ToldTo.ASSESSED and not telling.is_assessed:
        return Bar.NOT_ASSESSED
    return None
