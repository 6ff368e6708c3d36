"""The evidence register as parts of a page, and as one file that can be sent to somebody.

The same parts stand in both; what differs is where their links lead, and how deep their headings lie.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from samvirke.evidence import (
    Covered,
    Filed,
    Form,
    Method,
    Record,
    Register,
    TargetGroup,
    Theme,
    Unevaluated,
    coverage,
    unevaluated,
)
from samvirke.report.catalogue import N_, translator
from samvirke.report.evidence_charts import coverage_chart, source_chart
from samvirke.report.evidence_words import amount, code_words, in_unit, read_as
from samvirke.report.numbers import day, decimal

TEMPLATES = Path(__file__).parent / "templates"
STYLES = Path(__file__).parent / "static" / "evidence.css"
COVERAGE = N_("Money and number of reports, by form of cooperation")

Href = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class OverviewParts:
    """The page of all records, in the order its parts are read."""

    alerts: Markup
    records: Markup
    coverage: Markup


@dataclass(frozen=True, slots=True)
class RecordParts:
    """The page of one record, in the order its parts are read."""

    head: Markup
    responses: Markup
    numbers: Markup


@dataclass(frozen=True, slots=True)
class Choice:
    """One list to choose records by: its name in `Register.choose`, and its codes with their words."""

    name: str
    codes: tuple[tuple[str, str], ...]


def evidence_overview(
    register: Register, *, shown: Register, href: Href, language: str, this_year: int
) -> OverviewParts:
    """What has been ordered, found and answered; `shown` are those records of the register to list."""
    values = _overview(register, shown, href, language, this_year)
    return OverviewParts(
        **{
            name: _part(f"evidence_{name}.html", language, **values)
            for name in ("alerts", "records", "coverage")
        }
    )


def evidence_record(filed: Filed, *, language: str) -> RecordParts:
    """One record: why and how, and what was found; the answers; all numbers and how surely they were read."""
    parts = {
        name: _part(f"evidence_{name}.html", language, **_of_record(filed, language), level=2)
        for name in ("head", "responses", "numbers")
    }
    return RecordParts(**parts)


def evidence_choices(register: Register, *, language: str) -> tuple[Choice, ...]:
    """The codes that the records carry, so that no choice leads to nothing."""
    reports = [filed.record.report for filed in register.filed]
    used: dict[str, tuple[type[StrEnum], set[StrEnum]]] = {
        "form": (Form, {code for report in reports for code in report.forms}),
        "theme": (Theme, {code for report in reports for code in report.themes}),
        "method": (Method, {code for report in reports for code in report.methods}),
        "target_group": (TargetGroup, {code for report in reports for code in report.target_groups}),
    }
    return tuple(
        Choice(name, tuple((code.value, code_words(code, language)) for code in codes if code in found))
        for name, (codes, found) in used.items()
    )


def evidence_page(register: Register, *, language: str, made_at: datetime) -> str:
    """The whole register as one file; nothing is loaded from elsewhere. Raises UnknownLanguage."""
    here = _overview(register, register, lambda record_id: f"#{record_id}", language, made_at.year)
    records = [_of_record(filed, language) for filed in register.filed]
    return _environment(language).get_template("evidence_page.html").render(
        **here, records=records, made_on=day(made_at.date(), language), level=3
    )  # fmt: skip


def _overview(
    register: Register, shown: Register, href: Href, language: str, this_year: int
) -> dict[str, Any]:
    covered = coverage(register)
    title = translator(language)(COVERAGE)
    return {
        "register": register,
        "shown": shown,
        "unanswered": sum(not filed.is_answered for filed in register.filed),
        "covered": covered,
        "coverage_title": title,
        "coverage_svg": Markup(coverage_chart(covered, title=title, language=language)) if covered else "",
        "alerts": [_alert(one, language) for one in unevaluated(register, this_year=this_year)],
        "href": href,
    }


def _of_record(filed: Filed, language: str) -> dict[str, Any]:
    record = filed.record
    charts = [(chart, Markup(source_chart(chart, language=language))) for chart in record.charts]
    return {"filed": filed, "record": record, "charts": charts, "covered": _covered_by(record)}


def _covered_by(record: Record) -> Sequence[Covered]:
    return coverage(Register((Filed(record),)))


def _alert(one: Unevaluated, language: str) -> tuple[str, str]:
    """The record that tells of it, and the sentence."""
    _ = translator(language)
    if one.was_evaluated:
        sentence = _(
            "{form}: the register's latest effect evaluation is from {year} or before, {years} years ago."
        )
    else:
        sentence = _(
            "{form}: in use since {year}, and no effect evaluation in the register. That is {years} years."
        )
    words = code_words(one.form, language)
    return one.record_id, sentence.format(form=words, year=one.counted_from, years=one.years)


def _part(template: str, language: str, **values: Any) -> Markup:
    return Markup(_environment(language).get_template(template).render(**values))


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, STYLES.parent]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _=translator(language),
        language=language,
        words=lambda text: text.in_language(language),
        code=lambda code: code_words(code, language),
        codes=lambda found: ", ".join(code_words(code, language) for code in found),
        read_as=lambda reading, unit: read_as(reading, unit, language),
        in_unit=lambda value, unit: in_unit(value, unit, language),
        amount=lambda value: amount(value, language),
        per_million=lambda covered: decimal(covered.per_million, language, places=3),
        day=lambda value: day(value, language),
    )
    return environment
