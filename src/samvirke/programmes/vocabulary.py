"""The facts that rules may ask: what each means, which answers there are, and which room knows them.

A rule that asks anything else is refused when it is saved, since nobody would ever answer it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from samvirke.kernel.codes import Occupation, SupportSource
from samvirke.kernel.gate_words import DataKind


class Answers(StrEnum):
    """Which answers a fact has."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class AskedFact:
    """One fact about a record."""

    code: str
    meaning: str  # message id
    answers: Answers
    kind: DataKind  # who may not see this kind is not told that the fact would change anything
    room: str = "people"  # which room knows
    unit: str = ""  # message id
    codes: tuple[str, ...] = ()


KNOWN_SUPPORT = tuple(code.value for code in SupportSource if code is not SupportSource.UNKNOWN)
KNOWN_OCCUPATION = tuple(code.value for code in Occupation if code is not Occupation.UNKNOWN)

FACTS = (
    AskedFact(
        "main_income", "What the person mainly lives on", Answers.CODE, DataKind.ECONOMY, codes=KNOWN_SUPPORT
    ),
    AskedFact(
        "occupation",
        "What fills the person’s days",
        Answers.CODE,
        DataKind.EMPLOYMENT,
        codes=KNOWN_OCCUPATION,
    ),
    AskedFact(
        "assistance_months_last_year",
        "Social assistance in the last year",
        Answers.NUMBER,
        DataKind.ECONOMY,
        unit="months",
    ),
    AskedFact(
        "assistance_years_of_last_three",
        "How many of the last three years had social assistance in them",
        Answers.NUMBER,
        DataKind.ECONOMY,
        unit="years",
    ),
    AskedFact("age", "Age on the day of screening", Answers.NUMBER, DataKind.IDENTITY, unit="years"),
    AskedFact("is_single_provider", "Lone parent", Answers.YES_NO, DataKind.EMPLOYMENT),
    AskedFact("has_insurance_rights", "Has rights in national insurance", Answers.YES_NO, DataKind.ECONOMY),
    AskedFact("is_immigrant_or_refugee", "Immigrant or refugee", Answers.YES_NO, DataKind.EMPLOYMENT),
    AskedFact(
        "assessed_at_risk",
        "Assessed as at risk of permanently losing attachment to working life",
        Answers.YES_NO,
        DataKind.EMPLOYMENT,
    ),
    AskedFact(
        "relevant_for_labour_market",
        "Considered relevant for labour-market interventions",
        Answers.YES_NO,
        DataKind.EMPLOYMENT,
    ),
    AskedFact(
        "assessed_needs_special_help",
        "Assessed as needing special help to get work",
        Answers.YES_NO,
        DataKind.EMPLOYMENT,
    ),
)
BY_CODE = {fact.code: fact for fact in FACTS}


def can_be(fact: AskedFact, value: object) -> bool:
    """Whether a record can have this answer."""
    if fact.answers is Answers.YES_NO:
        return isinstance(value, bool)
    if fact.answers is Answers.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool)
    return value in fact.codes
