"""The words of who acts for whom: what a case is about, what an age means, and who may act for somebody."""

from __future__ import annotations

from enum import StrEnum


class CaseType(StrEnum):
    """What a case is about: age lines are drawn for each country and each of these."""

    GENERAL = "general"
    HEALTH = "health"
    CHILD_WELFARE = "child_welfare"
    LISTED = "listed"  # the case types that a law lists one by one
    OWN_ROOM = "own_room"  # writing for oneself in the own plan


class Meaning(StrEnum):
    """What it means to have reached an age, the weakest first."""

    IS_HEARD = "is_heard"
    IS_PARTY = "is_party"
    CONSENTS_ALONE = "consents_alone"
    OF_AGE = "of_age"


DECIDES = frozenset({Meaning.CONSENTS_ALONE, Meaning.OF_AGE})


class ForWhom(StrEnum):
    """For whom somebody of a kind acts."""

    MINORS = "minors"
    ADULTS = "adults"
