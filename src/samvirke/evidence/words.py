"""The code lists of the register, and the small types its records are made of."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Line = Annotated[str, Field(min_length=1, max_length=300)]
Need = Annotated[str, Field(pattern=r"^N[1-9][0-9]{0,2}$")]
Year = Annotated[int, Field(ge=1900, le=2100)]


class Strict(BaseModel):
    """A part of a record: no unknown fields, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Strict):
    """Words in both languages of the pages."""

    nb: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def in_language(self, language: str) -> str:
        """The words in that language."""
        return self.nb if language == "nb" else self.en


class Confidence(StrEnum):
    """How surely a number was read in its source. Only a sure one is shown as a fact."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    ILLEGIBLE = "illegible"


class Status(StrEnum):
    """Whether the authors have more to come."""

    PRELIMINARY = "preliminary"
    FINAL = "final"


class Method(StrEnum):
    """How it was done; a report has often several."""

    EFFECT_EVALUATION = "effect_evaluation"
    COMPARISON = "comparison"
    SURVEY = "survey"
    INTERVIEWS = "interviews"
    FOCUS_GROUP = "focus_group"
    CASE_STUDY = "case_study"
    PATHWAY_STUDY = "pathway_study"
    FOLLOW_UP = "follow_up"
    SOCIO_ECONOMIC = "socio_economic"
    DISSERTATION = "dissertation"
    REPORT_BACK = "report_back"
    REVIEW = "review"


class Theme(StrEnum):
    """What it is about; a report has often several."""

    INDIVIDUAL = "individual"
    COOPERATION = "cooperation"
    ORGANISATION = "organisation"
    ACCESS = "access"
    COORDINATOR = "coordinator"
    PLAN = "plan"
    MONEY = "money"
    EVALUATION = "evaluation"


class Form(StrEnum):
    """The form of cooperation."""

    TWO_PARTY = "two_party"
    ACTION_PLAN = "action_plan"
    FOUR_PARTY = "four_party"
    THREE_AGENCIES = "three_agencies"
    EMPLOYMENT_AND_SOCIAL = "employment_and_social"
    ONE_PLAN = "one_plan"
    CHILD_COORDINATOR = "child_coordinator"


class TargetGroup(StrEnum):
    """Whom the cooperation is for."""

    SOCIAL_ASSISTANCE = "social_assistance"
    YOUTH = "youth"
    SINGLE_PROVIDERS = "single_providers"
    IMMIGRANTS = "immigrants"
    COMPLEX_NEEDS = "complex_needs"
    CHILDREN_AND_FAMILIES = "children_and_families"
    SICK_LISTED = "sick_listed"


class Direction(StrEnum):
    """Which way a finding points."""

    BETTER = "better"
    NO_DIFFERENCE = "no_difference"
    WORSE = "worse"
    MIXED = "mixed"
    UNCERTAIN = "uncertain"
    DESCRIBES = "describes"


class Strength(StrEnum):
    """What a finding rests on: a comparison, a count, or what people told."""

    COMPARED = "compared"
    COUNTED = "counted"
    TOLD = "told"


class Decision(StrEnum):
    """What the receiver decides after an evaluation."""

    CONTINUE = "continue"
    CHANGE = "change"
    STOP = "stop"


class Unit(StrEnum):
    """What a number counts."""

    PERCENT = "percent"
    MILLION_NOK = "million_nok"
    MILLION_SEK = "million_sek"
    NOK_A_MONTH = "nok_a_month"
    PLACES = "places"
    MUNICIPALITIES = "municipalities"
    OFFICES = "offices"
    REPORTS = "reports"
    INTERVIEWS = "interviews"
    PERSONS = "persons"
    ANSWERS = "answers"
    QUESTIONNAIRES = "questionnaires"
    SURVEYS = "surveys"
    LAWS = "laws"
    REFERENCES = "references"
    YEAR = "year"
    YEARS = "years"
    YEARS_OF_AGE = "years_of_age"
    MONTHS = "months"
    WEEKS = "weeks"
    DAYS_A_WEEK = "days_a_week"
    POINTS = "points"
