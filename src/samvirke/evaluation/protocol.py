"""The evaluation protocol: what is asked, for whom, where, and how it will be answered.

It is written before anybody sees outcomes, and registered (`registration`). Its file is read by
`protocol_file`; the docstrings below are the descriptions in its published JSON Schema.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from samvirke.evaluation.designs import (
    ChangeFromBefore,
    Design,
    DifferenceInDifferences,
    Estimand,
    Persons,
    Sensitivity,
    Source,
)
from samvirke.evaluation.words import NAME, Column, Municipality, Strict, Text, Words

COLUMNS = {Source.SURVEY: ("satisfaction",), Source.REGISTER: ("in_work_or_education",)}
SUBGROUP_COLUMNS = {"experiences_need": Source.SURVEY, "target_group": Source.REGISTER}


class Independence(StrEnum):
    """Whether those who evaluate answer for what is evaluated."""

    EXTERNAL = "external"
    INTERNAL = "internal"


class Status(StrEnum):
    """Whether a look at the outcomes is the last one."""

    PRELIMINARY = "preliminary"
    FINAL = "final"


class Evaluator(Strict):
    """Who evaluates, and whether they took part in what is evaluated."""

    name: Words
    """The person or team that answers for the evaluation."""

    organisation: Words
    """Where they work."""

    independence: Independence
    """Internal when their organisation answers for what is evaluated: an agency's evaluation of itself."""

    statement: Text
    """Their part in the intervention, their interests, and who pays."""


class Approval(Strict):
    """A decision that lets the data be used."""

    by: Words
    """The body that decided."""

    reference: Words
    """Its reference, so that the decision can be found."""

    given_on: date
    """The day of the decision."""


class LegalBasis(Strict):
    """Why the data may be processed, and who said so."""

    provision: Text
    """The provision of law that the processing rests on."""

    approvals: tuple[Approval, ...] = ()
    """Approvals and assessments: who, reference, day."""


class Sites(Strict):
    """Trial and comparison municipalities."""

    trial: Annotated[tuple[Municipality, ...], Field(min_length=1)]
    """Numbers of the municipalities with the intervention, in quotes."""

    comparison: Annotated[tuple[Municipality, ...], Field(min_length=1)]
    """Numbers of the municipalities without it, in quotes. Without these, a change has nothing beside it."""

    @model_validator(mode="after")
    def _each_once(self) -> Sites:
        both = sorted({*self.trial} & {*self.comparison})
        if both:
            raise ValueError(
                f"both trial and comparison: {', '.join(both)}. A site that is both would be compared with "
                "itself; take it out of one list"
            )
        codes = (*self.trial, *self.comparison)
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"named more than once: {', '.join(twice)}. Name each site once")
        return self


class Outcome(Strict):
    """An outcome measure."""

    name: Column
    """Its column in the file."""

    label: Text
    """What it is called on the page."""

    source: Source
    """The file it is read from."""

    unit: Text
    """What it is counted in; a share is written in percentage points when it is read from the register."""

    better: Literal["higher", "lower"]
    """The direction that would be an improvement."""

    measured: Text
    """When it is measured, counted from the start."""

    minimum_n: Annotated[int, Field(ge=5)]
    """Fewest observations on each side, at each time; with fewer no estimate is given. Never under five."""

    @property
    def higher_is_better(self) -> bool:
        """Whether a positive effect is an improvement."""
        return self.better == "higher"


class Goal(Strict):
    """What the intervention is to reach, and what shows whether it did."""

    goal: Text
    """The goal, in the words of those who set it."""

    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    """The measures that show whether it was reached."""


class Subgroup(Strict):
    """A group named beforehand."""

    name: Column
    """A short name for it."""

    label: Text
    """What it is called on the page."""

    column: Column
    """The column that tells who belongs to it."""

    value: Words
    """The value of that column for those who do."""


class Look(Strict):
    """A day on which outcomes are looked at."""

    planned_on: date
    """The day."""

    status: Status
    """Final for the last look; results of earlier ones are preliminary."""


class Protocol(Strict):
    """The whole protocol."""

    format: Literal["samvirke protocol 2"]
    """The format of this file."""

    id: Annotated[str, Field(pattern=NAME)]
    """A name that no other protocol in the registry has."""

    title: Text
    """The title of the report."""

    question: Text
    """The question, in words that those concerned would use."""

    commissioner: Words
    """Who orders the evaluation."""

    receiver: Words
    """Who receives it and is to act on it."""

    decision_to_inform: Text
    """The decision that waits for the answer."""

    programme_theory: Text
    """In a few sentences: why the intervention is expected to reach its goals."""

    legal_basis: LegalBasis
    """The law and the decisions that let the data be used."""

    evaluator: Evaluator
    """Who evaluates, and whether they are independent."""

    target_group: Text
    """Whom the intervention is for."""

    goals: Annotated[tuple[Goal, ...], Field(min_length=1)]
    """Each goal with its outcome measures."""

    sites: Sites | None = None
    """Trial and comparison municipalities; left out when persons are compared, arm against arm."""

    estimand: Estimand
    """On whom the effect is averaged: the average person, or the average municipality."""

    design: Design
    """How the effect is estimated."""

    covariates: tuple[Column, ...] = ()
    """Columns from before the start that the arms are made alike in, or adjusted for."""

    subgroups: tuple[Subgroup, ...] = ()
    """Groups for which the effect is estimated on its own."""

    sensitivity: tuple[Sensitivity, ...] = ()
    """What stands beside the main answer, to show how firmly it stands."""

    looks: Annotated[tuple[Look, ...], Field(min_length=1)]
    """The days on which outcomes are looked at, in order; the last is final."""

    alpha: Annotated[float, Field(gt=0, le=0.5)]
    """The share of true nulls that the tests may reject; intervals have level one minus this."""

    seed: Annotated[int, Field(ge=0)]
    """Where drawn numbers begin, so that another run draws the same."""

    written_on: date
    """The day the protocol was written."""

    @model_validator(mode="after")
    def _holds_together(self) -> Protocol:
        faults = [*self._names(), *self._comparison(), *self._answers(), *self._looks()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _names(self) -> Iterator[str]:
        names = [*(outcome.name for outcome in self.outcomes), *(group.name for group in self.subgroups)]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            yield f"used more than once: {', '.join(twice)}. Give each outcome and subgroup its own name"
        for outcome in self.outcomes:
            if outcome.source not in self.design.sources:
                wanted = " or ".join(self.design.sources)
                yield f"{outcome.name} is read from {outcome.source}, and this design reads {wanted}"
            elif outcome.name not in COLUMNS.get(outcome.source, (outcome.name,)):
                held = ", ".join(COLUMNS[outcome.source])
                yield f"the {outcome.source} extract holds no {outcome.name}; it holds {held}"

    def _comparison(self) -> Iterator[str]:
        if isinstance(self.design, Persons):
            if self.sites is not None:
                yield "sites are named, and this design compares persons arm by arm. Take the sites out"
        elif self.sites is None:
            yield (
                "there is no comparison, so a change could have come without the intervention. "
                "Name trial and comparison municipalities under sites"
            )
        elif isinstance(self.design, DifferenceInDifferences):
            started = {site for start in self.design.starts for site in start.sites}
            odd = sorted(started ^ {*self.sites.trial})
            if odd:
                yield f"starts and trial sites differ in: {', '.join(odd)}. Give each trial site its start"

    def _answers(self) -> Iterator[str]:
        if self.estimand not in self.design.estimands:
            wanted = " or ".join(self.design.estimands)
            yield f"this design does not answer for the {self.estimand}. Choose {wanted}, or another design"
        odd = sorted({*self.sensitivity} - self.design.sensitivity)
        if odd:
            able = ", ".join(sorted(self.design.sensitivity))
            yield f"this design cannot show {', '.join(odd)}. It can show: {able}"
        if self.covariates and isinstance(self.design, ChangeFromBefore):
            yield "this design uses no covariates. Take them out, or choose another design"
        if not self.covariates and "adjusted" in self.sensitivity:
            yield "there is nothing to adjust for. Name covariates, or take adjusted out"
        if not self.covariates and self.design.kind == "weighting":
            yield "there is nothing to weight by. Name the covariates that the arms should be alike in"
        for group in self.subgroups:
            if group.column in self.covariates and not _is_number(group.value):
                yield f"{group.column} holds numbers, and {group.name} is {group.value!r}. Give a number"
        if self.subgroups and isinstance(self.design, DifferenceInDifferences):
            yield "a panel of municipalities holds no persons to group. Take the subgroups out"
        if isinstance(self.design, ChangeFromBefore):
            for group in self.subgroups:
                if group.column not in SUBGROUP_COLUMNS:
                    held = ", ".join(SUBGROUP_COLUMNS)
                    yield f"no extract tells groups by {group.column}. They tell them by {held}"

    def _looks(self) -> Iterator[str]:
        days = [look.planned_on for look in self.looks]
        if days != sorted(set(days)):
            yield "the looks are not in order of time. Put the earliest first"
        expected = [Status.PRELIMINARY] * (len(days) - 1) + [Status.FINAL]
        if [look.status for look in self.looks] != expected:
            yield "exactly the last look is final. Mark that one, and the others preliminary"

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcome measures of all goals."""
        return tuple(outcome for goal in self.goals for outcome in goal.outcomes)

    @property
    def hash(self) -> str:
        """SHA-256 of the content, the same whatever the layout or the order of fields in the file."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def canonical(self) -> str:
        """The content as JSON in the order of this class."""
        return self.model_dump_json()


def _is_number(words: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", words) is not None
