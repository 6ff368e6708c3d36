"""The designs a protocol can choose, and what each needs to know beforehand."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from samvirke.evaluation.words import Municipality, Strict, Text


class Source(StrEnum):
    """The file in which an outcome is measured."""

    SURVEY = "survey"  # answers before and after
    REGISTER = "register"  # register rows before and after
    PERSONS = "persons"  # one row per person, with an arm
    PANEL = "panel"  # one row per municipality and period


class Estimand(StrEnum):
    """On whom the effect is averaged."""

    PERSON = "average_person"
    MUNICIPALITY = "average_municipality"


class Sensitivity(StrEnum):
    """The same question answered otherwise, beside the main answer."""

    LEAVE_ONE_OUT = "leave_one_out"  # without one municipality at a time
    OTHER_ESTIMAND = "other_estimand"  # each person, or each municipality, counts once instead
    EQUAL_VARIANCES = "equal_variances"  # the error as if both arms varied alike, as older studies have it
    ADJUSTED = "adjusted"  # by regression on the covariates
    MATCHED = "matched"  # each trial person beside the nearest comparison person
    TRIMMED = "trimmed"  # without persons whose chance of being in the trial is extreme


class ChangeFromBefore(Strict):
    """Change from before to after, trial against comparison municipalities; inference by randomisation."""

    kind: Literal["change_from_before"]
    """The mean change of trial municipalities minus that of comparison municipalities."""

    inference: Literal["randomisation_over_municipalities"]
    """Compared with every other choice of trial municipalities, which holds for few of them too."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files it reads."""
        return (Source.SURVEY, Source.REGISTER)

    @property
    def estimands(self) -> tuple[Estimand, ...]:
        """The questions it can answer."""
        return (Estimand.MUNICIPALITY,)

    @property
    def sensitivity(self) -> frozenset[Sensitivity]:
        """What can stand beside its answer."""
        return frozenset({Sensitivity.LEAVE_ONE_OUT, Sensitivity.OTHER_ESTIMAND})


class Persons(Strict):
    """A design on persons in two arms; the file says who is in which."""

    trial: Text
    """Who the persons of the trial arm are, and how they came to be there."""

    comparison: Text
    """Whom they are compared with, and how these came to be there."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files it reads."""
        return (Source.PERSONS,)

    @property
    def estimands(self) -> tuple[Estimand, ...]:
        """The questions it can answer."""
        return (Estimand.PERSON,)


class Experiment(Persons):
    """Persons drawn by lot to trial or comparison; the difference of their means."""

    kind: Literal["experiment"]
    """Persons drawn by lot: the difference between the arms' means."""

    @property
    def sensitivity(self) -> frozenset[Sensitivity]:
        """What can stand beside its answer."""
        return frozenset({Sensitivity.ADJUSTED, Sensitivity.EQUAL_VARIANCES})


class Weighting(Persons):
    """Persons not drawn by lot; the comparison is weighted until it resembles the trial arm."""

    kind: Literal["weighting"]
    """Persons not drawn by lot: the comparison arm is weighted by its chance of being in the trial."""

    @property
    def sensitivity(self) -> frozenset[Sensitivity]:
        """What can stand beside its answer."""
        return frozenset({Sensitivity.ADJUSTED, Sensitivity.MATCHED, Sensitivity.TRIMMED})


class Start(Strict):
    """Municipalities that began in the same period."""

    period: int
    """The first period with the intervention, as the panel counts periods."""

    sites: Annotated[tuple[Municipality, ...], Field(min_length=1)]
    """The trial municipalities that began then."""


class DifferenceInDifferences(Strict):
    """Municipalities begin at different times; each group against those that never begin."""

    kind: Literal["difference_in_differences"]
    """Group by group and period by period, against municipalities that never begin."""

    starts: Annotated[tuple[Start, ...], Field(min_length=1)]
    """Which municipalities began when."""

    @model_validator(mode="after")
    def _each_once(self) -> DifferenceInDifferences:
        periods = [start.period for start in self.starts]
        sites = [site for start in self.starts for site in start.sites]
        twice = sorted({str(one) for one in periods if periods.count(one) > 1})
        twice += sorted({one for one in sites if sites.count(one) > 1})
        if twice:
            raise ValueError(f"named more than once: {', '.join(twice)}. Name each period and site once")
        return self

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files it reads."""
        return (Source.PANEL,)

    @property
    def estimands(self) -> tuple[Estimand, ...]:
        """The questions it can answer."""
        return (Estimand.PERSON, Estimand.MUNICIPALITY)

    @property
    def sensitivity(self) -> frozenset[Sensitivity]:
        """What can stand beside its answer."""
        return frozenset({Sensitivity.OTHER_ESTIMAND})


Design = Annotated[
    ChangeFromBefore | Experiment | Weighting | DifferenceInDifferences, Field(discriminator="kind")
]
