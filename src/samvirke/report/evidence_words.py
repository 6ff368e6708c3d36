"""Codes, numbers and readings of the evidence register in words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from samvirke.evidence import (
    Confidence,
    Decision,
    Direction,
    Form,
    Method,
    Reading,
    Status,
    Strength,
    TargetGroup,
    Theme,
    Unit,
)
from samvirke.report.catalogue import N_, translator
from samvirke.report.labels import UnknownCode
from samvirke.report.numbers import count, decimal

WORDS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Confidence: {
        Confidence.HIGH: N_("Clearly printed"),
        Confidence.MEDIUM: N_("Not exact"),
        Confidence.LOW: N_("Unclear"),
        Confidence.ILLEGIBLE: N_("Illegible"),
    },
    Status: {Status.PRELIMINARY: N_("Preliminary"), Status.FINAL: N_("Final")},
    Method: {
        Method.EFFECT_EVALUATION: N_("Effect evaluation"),
        Method.COMPARISON: N_("Comparison with places without it"),
        Method.SURVEY: N_("Survey"),
        Method.INTERVIEWS: N_("Interviews"),
        Method.FOCUS_GROUP: N_("Focus group"),
        Method.CASE_STUDY: N_("Case study"),
        Method.PATHWAY_STUDY: N_("Pathway study"),
        Method.FOLLOW_UP: N_("Follow-up"),
        Method.SOCIO_ECONOMIC: N_("Socio-economic evaluation"),
        Method.DISSERTATION: N_("Dissertation"),
        Method.REPORT_BACK: N_("Report back to the government"),
        Method.REVIEW: N_("Review of other reports"),
    },
    Theme: {
        Theme.INDIVIDUAL: N_("How people fare"),
        Theme.COOPERATION: N_("Cooperation"),
        Theme.ORGANISATION: N_("Organisation"),
        Theme.ACCESS: N_("The way to services"),
        Theme.COORDINATOR: N_("The coordinator"),
        Theme.PLAN: N_("The plan"),
        Theme.MONEY: N_("Money"),
        Theme.EVALUATION: N_("Evaluation itself"),
    },
    Form: {
        Form.TWO_PARTY: N_("Two-party cooperation"),
        Form.ACTION_PLAN: N_("Cooperation by action plan"),
        Form.FOUR_PARTY: N_("Four-party cooperation"),
        Form.THREE_AGENCIES: N_("Three agencies together"),
        Form.EMPLOYMENT_AND_SOCIAL: N_("Employment and social services"),
        Form.ONE_PLAN: N_("One plan"),
        Form.CHILD_COORDINATOR: N_("Child coordinator"),
    },
    TargetGroup: {
        TargetGroup.SOCIAL_ASSISTANCE: N_("Recipients of social assistance"),
        TargetGroup.YOUTH: N_("Youth"),
        TargetGroup.SINGLE_PROVIDERS: N_("Lone parents"),
        TargetGroup.IMMIGRANTS: N_("Immigrants and refugees"),
        TargetGroup.COMPLEX_NEEDS: N_("People who need several services"),
        TargetGroup.CHILDREN_AND_FAMILIES: N_("Children and families"),
        TargetGroup.SICK_LISTED: N_("Sick-listed people"),
    },
    Direction: {
        Direction.BETTER: N_("Better"),
        Direction.NO_DIFFERENCE: N_("No difference"),
        Direction.WORSE: N_("Worse"),
        Direction.MIXED: N_("Both ways"),
        Direction.UNCERTAIN: N_("Uncertain"),
        Direction.DESCRIBES: N_("Describes"),
    },
    Strength: {
        Strength.COMPARED: N_("Compared with others"),
        Strength.COUNTED: N_("Counted, not compared"),
        Strength.TOLD: N_("Told by those asked"),
    },
    Decision: {
        Decision.CONTINUE: N_("Continue"),
        Decision.CHANGE: N_("Change"),
        Decision.STOP: N_("Stop"),
    },
}

UNITS: Mapping[Unit, str] = {
    Unit.PERCENT: N_("{n}%"),
    Unit.MILLION_NOK: N_("{n} million NOK"),
    Unit.MILLION_SEK: N_("{n} million SEK"),
    Unit.NOK_A_MONTH: N_("NOK {n} a month"),
    Unit.PLACES: N_("{n} places"),
    Unit.MUNICIPALITIES: N_("{n} municipalities"),
    Unit.OFFICES: N_("{n} offices"),
    Unit.REPORTS: N_("{n} reports"),
    Unit.INTERVIEWS: N_("{n} interviews"),
    Unit.PERSONS: N_("{n} persons"),
    Unit.ANSWERS: N_("{n} answers"),
    Unit.QUESTIONNAIRES: N_("{n} questionnaires"),
    Unit.SURVEYS: N_("{n} surveys"),
    Unit.LAWS: N_("{n} laws"),
    Unit.REFERENCES: N_("{n} references"),
    Unit.YEAR: "{n}",
    Unit.YEARS: N_("{n} years"),
    Unit.YEARS_OF_AGE: N_("{n} years of age"),
    Unit.MONTHS: N_("{n} months"),
    Unit.WEEKS: N_("{n} weeks"),
    Unit.DAYS_A_WEEK: N_("{n} days a week"),
    Unit.POINTS: N_("{n} points"),
}


ONE: Mapping[Unit, str] = {
    Unit.PLACES: N_("{n} place"),
    Unit.MUNICIPALITIES: N_("{n} municipality"),
    Unit.OFFICES: N_("{n} office"),
    Unit.REPORTS: N_("{n} report"),
    Unit.INTERVIEWS: N_("{n} interview"),
    Unit.PERSONS: N_("{n} person"),
    Unit.ANSWERS: N_("{n} answer"),
    Unit.QUESTIONNAIRES: N_("{n} questionnaire"),
    Unit.SURVEYS: N_("{n} survey"),
    Unit.LAWS: N_("{n} law"),
    Unit.REFERENCES: N_("{n} reference"),
    Unit.YEARS: N_("{n} year"),
    Unit.MONTHS: N_("{n} month"),
    Unit.WEEKS: N_("{n} week"),
    Unit.DAYS_A_WEEK: N_("{n} day a week"),
    Unit.POINTS: N_("{n} point"),
}


def code_words(code: StrEnum, language: str) -> str:
    """What a code of the register is called. Raises UnknownCode."""
    try:
        return translator(language)(WORDS[type(code)][code])
    except KeyError:
        raise UnknownCode(code) from None


def amount(value: float, language: str) -> str:
    """A number with the decimals it has, at most two."""
    if value == round(value):
        return count(round(value), language)
    return decimal(value, language, places=1 if round(value, 1) == value else 2)


def in_unit(value: float, unit: Unit, language: str) -> str:
    """A number with its unit; a year has no thousands."""
    if unit is Unit.YEAR:
        return str(round(value))
    _ = translator(language)
    message = ONE.get(unit, UNITS[unit]) if value == 1 else UNITS[unit]
    return _(message).format(n=amount(value, language))


def read_as(reading: Reading, unit: Unit, language: str) -> str:
    """A reading in words: its value, what it may be, or that it cannot be read. Never a guess."""
    _ = translator(language)
    if reading.value is None:
        if reading.possible:
            return _("{values}?").format(values=possible(reading, language))
        return _("Only in words") if reading.confidence is Confidence.MEDIUM else "–"
    if reading.of is not None:
        return _("{n} of {all}").format(n=amount(reading.value, language), all=reading.of)
    text = in_unit(reading.value, unit, language)
    if reading.upper is not None:
        low, high = amount(reading.value, language), amount(reading.upper, language)
        return text.replace(low, f"{low}–{high}", 1)
    return text if reading.is_fact else f"{text} ?"


def possible(reading: Reading, language: str) -> str:
    """What an unsure reading may be: 51 or 61."""
    word = translator(language)(" or ")
    return word.join(amount(value, language) for value in reading.possible)
