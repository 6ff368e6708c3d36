"""The report page: one HTML file with everything in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from samvirke.evaluation import Effect, EvaluationResult, Kind, Outcome, Version
from samvirke.report.catalogue import Translate, translator
from samvirke.report.charts import effect_chart, flow_chart, in_out_chart, views_chart
from samvirke.report.grounds import Figure, Grounds, grounds
from samvirke.report.labels import code_label
from samvirke.report.numbers import count, day, days, decimal, percent
from samvirke.report.readings import Reading, Scale, p_text, points, reading, scale_of
from samvirke.statistics import ProtectedTable, StatisticsRecord, rate

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Level:
    """One row of averages: whose view, and the four averages as text."""

    view: str
    trial_before: str
    trial_after: str
    comparison_before: str
    comparison_after: str


@dataclass(frozen=True, slots=True)
class Robustness:
    """How an average effect moves when it is computed otherwise."""

    label: str
    estimate: str
    person_weighted: str
    smallest: str
    largest: str
    least_p_value: str
    assignments: str
    enumerated: bool
    without: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OutcomeSection:
    """Everything the page says about one outcome."""

    name: str
    label: str
    unit: str
    effects: tuple[Reading, ...]
    interactions: tuple[Reading, ...]
    figure: Figure | None
    views: Figure | None
    levels: tuple[Level, ...]
    robustness: tuple[Robustness, ...]
    grounds: tuple[tuple[str, Grounds], ...]  # whom, on what; of effects on everybody


@dataclass(frozen=True, slots=True)
class TableSection:
    """A protected table with the chart above it."""

    table: ProtectedTable
    heading: str
    corner: str
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Amended:
    """One amendment as text."""

    version: int
    on: str
    by: str
    why: str
    fields: str
    outcomes_read: bool


def render(
    result: EvaluationResult, tables: StatisticsRecord | None = None, *, language: str, made_at: datetime
) -> str:
    """The whole page. The same arguments give the same page. Raises UnknownLanguage, UncompiledCatalogue."""
    _ = translator(language)
    return (
        environment(language)
        .get_template("report.html")
        .render(
            result=result,
            protocol=result.protocol,
            sections=[_outcome(result, outcome, language) for outcome in result.protocol.outcomes],
            statistics=tables,
            table_sections=_tables(tables, language) if tables else (),
            made_at=made_at,
            made_on=day(made_at.date(), language),
            registered_on=day(datetime.fromisoformat(result.registered_at).date(), language),
            written_on=day(result.protocol.written_on, language),
            amendments=[_amendment(version, language) for version in result.versions[1:]],
            looked_on=day(result.protocol.looks[result.look - 1].planned_on, language),
            files={
                source: code_label("persons_file" if source == "persons" else source, language)
                for source in result.data_hashes
            },
            delivered_on=day(datetime.fromisoformat(tables.made_at).date(), language) if tables else "",
        )
    )


def _amendment(version: Version, language: str) -> Amended:
    return Amended(
        version=version.version,
        on=day(datetime.fromisoformat(version.at).date(), language),
        by=version.by,
        why=version.why,
        fields=", ".join(change.field.replace("_", " ") for change in version.changes),
        outcomes_read=version.outcomes_read,
    )


@cache
def environment(language: str) -> Environment:
    """Where the templates of reports are found, with their words and numbers."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        _=translator(language),
        language=language,
        label=lambda code: code_label(code, language),
        number=lambda value: count(value, language),
        percent=lambda part, whole: percent(rate(part, whole), language),
        waiting=lambda value: days(value, language),
        words=lambda text: text.in_language(language),
    )
    return made


def _outcome(result: EvaluationResult, outcome: Outcome, language: str) -> OutcomeSection:
    _ = translator(language)
    of_outcome = [effect for effect in result.effects if effect.outcome == outcome.name]
    average = tuple(effect for effect in of_outcome if effect.kind is Kind.AVERAGE)
    scale, label = scale_of(outcome, language), outcome.label.in_language(language)
    readings = {id(effect): reading(effect, result.protocol, language) for effect in of_outcome}
    main = tuple(readings[id(e)] for e in of_outcome if e.kind is not Kind.INTERACTION)
    return OutcomeSection(
        name=outcome.name,
        label=label,
        unit=scale.unit,
        effects=main,
        interactions=tuple(readings[id(e)] for e in of_outcome if e.kind is Kind.INTERACTION),
        figure=_effect_figure(main, scale, label=label, language=language),
        views=_views_figure(average, scale, label=label, language=language),
        levels=tuple(_level(effect, scale, language) for effect in average if effect.levels),
        robustness=tuple(
            _robustness(effect, scale, language) for effect in average if effect.levels is not None
        ),
        grounds=tuple(
            (readings[id(effect)].label, grounds(effect, scale, label=label, language=language))
            for effect in average
            if effect.estimate is not None
        ),
    )


def _effect_figure(
    readings: tuple[Reading, ...], scale: Scale, *, label: str, language: str
) -> Figure | None:
    _ = translator(language)
    bars = [one.bar for one in readings if one.bar is not None]
    if not bars:
        return None
    caption = _("Effect on “{outcome}”, with intervals").format(outcome=label)
    return Figure(Markup(effect_chart(bars, unit=scale.unit, language=language, title=caption)), caption)


def _views_figure(effects: tuple[Effect, ...], scale: Scale, *, label: str, language: str) -> Figure | None:
    found = points(effects, scale, language)
    if not found:
        return None
    caption = translator(language)("“{outcome}” before and after").format(outcome=label)
    unit = "%" if scale.factor == 100 else scale.unit
    return Figure(Markup(views_chart(found, unit=unit, language=language, title=caption)), caption)


def _level(effect: Effect, scale: Scale, language: str) -> Level:
    assert effect.levels is not None
    levels = effect.levels

    def text(value: float) -> str:
        return decimal(value * scale.factor, language, places=scale.places)

    return Level(
        view=code_label(effect.population, language),
        trial_before=text(levels.trial_before),
        trial_after=text(levels.trial_after),
        comparison_before=text(levels.comparison_before),
        comparison_after=text(levels.comparison_after),
    )


def _robustness(effect: Effect, scale: Scale, language: str) -> Robustness:
    def text(value: float | None) -> str:
        return "–" if value is None else decimal(value * scale.factor, language, places=scale.places)

    estimates = [one.estimate for one in effect.without]
    return Robustness(
        label=code_label(effect.population, language),
        estimate=text(effect.estimate),
        person_weighted=text(effect.person_weighted),
        smallest=text(min(estimates, default=None)),
        largest=text(max(estimates, default=None)),
        least_p_value=p_text(effect.least_p_value or 1.0, language),
        assignments=count(effect.assignments, language),
        enumerated=effect.enumerated,
        without=tuple((one.municipality, text(one.estimate)) for one in effect.without),
    )


def _tables(statistics: StatisticsRecord, language: str) -> tuple[TableSection, ...]:
    _ = translator(language)
    headings = {
        "in_out_support": (_("Support before and after"), _("At entry ↓ At the end →")),
        "in_out_occupation": (_("Occupation before and after"), _("At entry ↓ At the end →")),
        "end_reasons": (_("Why plans ended"), _("Reason")),
        "states": (_("Plans"), _("State")),
        "flow": (_("The way to a plan, by municipality"), _("Municipality")),
    }
    return tuple(
        TableSection(table, *headings[table.name], figure=_table_figure(table, language, _))
        for table in statistics.tables
        if table.name in headings
    )


def _table_figure(table: ProtectedTable, language: str, _: Translate) -> Figure | None:
    if table.name.startswith("in_out"):
        caption = {
            "in_out_support": _("Support at entry and at the end, ended plans"),
            "in_out_occupation": _("Occupation at entry and at the end, ended plans"),
        }[table.name]
        return Figure(Markup(in_out_chart(table, language=language, title=caption)), caption)
    if table.name == "flow":
        caption = _("The way to a plan, all municipalities")
        return Figure(Markup(flow_chart(table, language=language, title=caption)), caption)
    return None
