"""One record of the register: who ordered an evaluation and why, how it was done, what it found.

Words are our own, short, in bokmål and English. A number is kept as it is printed, with how surely it was
read; one that cannot be read has no value, and nothing may give it one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from samvirke.evidence.words import (
    Confidence,
    Decision,
    Direction,
    Form,
    Line,
    Method,
    Need,
    Status,
    Strength,
    Strict,
    TargetGroup,
    Text,
    Theme,
    Unit,
    Year,
)


class Traced(Strict):
    """A part that answers to needs of the source documents, by their N-numbers."""

    needs: tuple[Need, ...] = ()


class Commission(Traced):
    """Why it was ordered. What the source does not say is left out, and the page says so."""

    question: Text
    commissioner: Text | None = None
    receiver: Text | None = None
    decision: Text | None = None
    needs: tuple[Need, ...] = ()


class Sample(Strict):
    """Whom or what it builds on: how many, and the share that answered where that is told."""

    what: Text
    n: Annotated[int, Field(ge=1)]
    response_percent: Annotated[int, Field(ge=0, le=100)] | None = None


class Report(Strict):
    """The report itself. `independent`: the authors took no part in what they evaluate; none is not told."""

    title: Line
    institution: Line
    authors: tuple[Line, ...] = ()
    independent: bool | None
    year: Year | None
    published: bool
    status: Status
    period_from: Year | None = None
    period_to: Year | None = None
    language: Literal["no", "da", "sv", "en"]
    methods: Annotated[tuple[Method, ...], Field(min_length=1)]
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    forms: Annotated[tuple[Form, ...], Field(min_length=1)]
    target_groups: tuple[TargetGroup, ...] = ()
    samples: tuple[Sample, ...] = ()
    limitations: tuple[Text, ...] = ()
    note: Text | None = None


class Finding(Traced):
    """One finding: which way it points, on whom, and what it rests on."""

    sentence: Text
    direction: Direction
    population: Text
    strength: Strength
    place: Line


class Reading(Strict):
    """A number as it is printed, and how surely it was read. Without a value it is never drawn or summed.

    `upper` closes a range; `of` makes it so many of so many; `possible` is what an unsure reading may be.
    """

    value: float | None = None
    upper: float | None = None
    of: int | None = None
    printed: str = ""
    confidence: Confidence
    possible: tuple[float, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _never_imputed(self) -> Reading:
        if self.confidence is Confidence.HIGH and self.value is None:
            raise ValueError("a sure reading has a value; write it, or say that the reading is unsure")
        if self.confidence in {Confidence.LOW, Confidence.ILLEGIBLE} and self.value is not None:
            raise ValueError(
                "a number that was not read for sure has no value; leave it out, and list what it may be "
                "under possible"
            )
        if self.confidence is Confidence.ILLEGIBLE and self.possible:
            raise ValueError("what cannot be read has no possible values; leave them out")
        return self

    @property
    def is_fact(self) -> bool:
        """Whether it may be shown and drawn as a fact."""
        return self.confidence is Confidence.HIGH


class Figure(Reading, Traced):
    """A number of the source: what it measures, in which unit, and where it stands."""

    measures: Text
    unit: Unit
    place: Line
    needs: Annotated[tuple[Need, ...], Field(min_length=1)]


class ChartRow(Strict):
    """One line of a chart: its label, and a reading for each series."""

    label: Text
    readings: tuple[Reading, ...]


class Chart(Traced):
    """A chart of the source, in the order it is printed in. Two series are two questions, never a sum."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z-]+$")]
    title: Text
    series: Annotated[tuple[Text, ...], Field(min_length=1)]
    rows: Annotated[tuple[ChartRow, ...], Field(min_length=1)]
    unit: Unit
    ends_at: float
    place: Line
    needs: Annotated[tuple[Need, ...], Field(min_length=1)]
    note: Text | None = None

    @model_validator(mode="after")
    def _a_reading_for_each_series(self) -> Chart:
        short = [row.label.en for row in self.rows if len(row.readings) != len(self.series)]
        if short:
            raise ValueError(
                f"not one reading for each series: {', '.join(short)}; an illegible one is a reading too"
            )
        return self


class Part(Strict):
    """One part of a total."""

    label: Text
    value: float


class Total(Traced):
    """A total as it is stated, and its parts. Both are kept; where they disagree, words say so."""

    measures: Text
    unit: Unit
    stated: float | None
    parts: Annotated[tuple[Part, ...], Field(min_length=2)]
    disagreement: Text | None = None
    place: Line
    needs: Annotated[tuple[Need, ...], Field(min_length=1)]

    @property
    def summed(self) -> float:
        """The sum of the parts."""
        return round(sum(part.value for part in self.parts), 6)

    @property
    def agrees(self) -> bool:
        """Whether the parts sum to what is stated; a total that nobody stated disagrees with nothing."""
        return self.stated is None or self.summed == self.stated

    @model_validator(mode="after")
    def _disagreement_is_told(self) -> Total:
        if not self.agrees and self.disagreement is None:
            raise ValueError(
                f"the parts sum to {self.summed:g} and {self.stated:g} is stated; say so under disagreement"
            )
        if self.agrees and self.disagreement is not None:
            raise ValueError("the parts sum to what is stated; leave disagreement out")
        return self


class Money(Strict):
    """What a form of cooperation cost in one year, in millions."""

    millions: Annotated[float, Field(gt=0)]
    currency: Literal["NOK", "SEK", "DKK"]
    year: Year


class Reviewed(Strict):
    """Reports of one kind that a review found on a form of cooperation."""

    count: Annotated[int, Field(ge=1)]
    method: Method
    themes: tuple[Theme, ...] = ()
    sentence: Text


class Cooperation(Traced):
    """A form of cooperation as the record tells of it: since when, for how much, and what was evaluated.

    `reports` is how many reports the source states; `reviewed` is which kinds it names.
    """

    form: Form
    parties: Text
    since: Year | None = None
    until: Year | None = None
    money: Money | None = None
    reports: Annotated[int, Field(ge=0)] | None = None
    reviewed: tuple[Reviewed, ...] = ()
    place: Line
    needs: Annotated[tuple[Need, ...], Field(min_length=1)]


class Inclusion(Traced):
    """Which reports a review takes in."""

    interventions_from: Year
    published_by: date
    published_only: bool
    independent_only: bool
    place: Line
    needs: Annotated[tuple[Need, ...], Field(min_length=1)]

    def shuts_out(self, report: Report) -> tuple[str, ...]:
        """The rules the report breaks, by their field here; none when it is taken in.

        What a report does not tell counts as broken: a review takes in what it can check.
        """
        broken = {
            "interventions_from": report.period_from is None or report.period_from < self.interventions_from,
            "published_by": report.year is None or report.year > self.published_by.year,
            "published_only": self.published_only and not report.published,
            "independent_only": self.independent_only and report.independent is not True,
        }
        return tuple(rule for rule, is_broken in broken.items() if is_broken)


class Factors(Traced):
    """What a review found that cooperation succeeds by."""

    factors: Annotated[tuple[Text, ...], Field(min_length=1)]
    place: Line
    needs: Annotated[tuple[Need, ...], Field(min_length=1)]


class Response(Strict):
    """What those who received the evaluation decided, and why."""

    decision: Decision
    decided_on: date
    decided_by: Line
    reason: Annotated[str, Field(min_length=1, max_length=5_000)]


class Record(Strict):
    """One commissioned evaluation or review with all that the register keeps of it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$")]
    title: Text
    commission: Commission
    report: Report
    findings: tuple[Finding, ...] = ()
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    totals: tuple[Total, ...] = ()
    cooperations: tuple[Cooperation, ...] = ()
    inclusion: Inclusion | None = None
    success_factors: Factors | None = None

    @property
    def needs(self) -> frozenset[str]:
        """The N-numbers it holds something for."""
        return frozenset(need for part in self._parts() for need in part.needs)

    @property
    def needs_with_figures(self) -> frozenset[str]:
        """The N-numbers it holds a number for, be it legible or not."""
        money = [told for told in self.cooperations if told.money is not None]
        numbers: list[Traced] = [*self.figures, *self.charts, *self.totals, *money]
        return frozenset(need for part in numbers for need in part.needs)

    def _parts(self) -> Iterator[Traced]:
        yield self.commission
        yield from (*self.findings, *self.figures, *self.charts, *self.totals, *self.cooperations)
        if self.inclusion is not None:
            yield self.inclusion
        if self.success_factors is not None:
            yield self.success_factors
