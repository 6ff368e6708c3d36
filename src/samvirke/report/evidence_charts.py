"""Charts of the evidence register. What was not read for sure is a gap with a word in it, never a length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from samvirke.evidence import Chart, Confidence, Covered, Reading, Text
from samvirke.report.catalogue import translator
from samvirke.report.charts import GREY, INK, SOFT, STRONG, svg, wrapped
from samvirke.report.evidence_words import amount, code_words, possible

SERIES = (STRONG, SOFT, GREY)
FEWEST = 2  # readings with a value below which a chart would show less than its table


@lru_cache(maxsize=64)
def source_chart(chart: Chart, *, language: str) -> str:
    """The chart of a source in its own order; empty where fewer than two numbers can be drawn.

    Sure readings are filled, unsure ones are outlined and marked, and the rest are words.
    """
    if sum(reading.value is not None for row in chart.rows for reading in row.readings) < FEWEST:
        return ""
    rows = pd.DataFrame(
        [
            _drawn(row.label, series, reading, language)
            for row in chart.rows
            for series, reading in zip(chart.series, row.readings, strict=True)
        ]
    )
    title = chart.title.in_language(language)
    return _in_page(svg(_bars(chart, rows, language), language=language, title=title))


@lru_cache(maxsize=16)
def coverage_chart(covered: Sequence[Covered], *, title: str, language: str) -> str:
    """Money to the left and reports to the right, one line for each form."""
    _ = translator(language)
    rows = pd.DataFrame(
        [
            {"form": wrapped(code_words(one.form, language)), "money": one.money.millions, "reports": one.reports}
            for one in covered
        ]
    )
    currency = covered[0].money.currency
    money = _panel(rows, "money", _("Million {currency}").format(currency=currency), STRONG, labelled=True)
    reports = _panel(rows, "reports", _("Reports"), SOFT, labelled=False)
    return _in_page(svg(alt.hconcat(money, reports, spacing=28), language=language, title=title))


def _drawn(label: Text, series: Text, reading: Reading, language: str) -> dict[str, Any]:
    sure = reading.confidence is Confidence.HIGH
    return {
        "label": wrapped(label.in_language(language)),
        "series": series.in_language(language),
        "sure": reading.value if sure else None,
        "unsure": None if sure else reading.value,
        "word": _word(reading, language),
        "at": reading.value or 0,
        "is_gap": reading.value is None,
    }


def _word(reading: Reading, language: str) -> str:
    _ = translator(language)
    if reading.value is not None:
        text = amount(reading.value, language)
        return text if reading.is_fact else f"{text} ?"
    if reading.possible:
        return _("{values}? Unclear").format(values=possible(reading, language))
    return _("Illegible") if reading.confidence is Confidence.ILLEGIBLE else _("Unclear")


def _bars(chart: Chart, rows: pd.DataFrame, language: str) -> Any:
    names = [series.in_language(language) for series in chart.series]
    several = len(names) > 1
    colour = alt.Color(
        "series:N",
        sort=names,
        title=None,
        scale=alt.Scale(domain=names, range=list(SERIES[: len(names)])),
        legend=alt.Legend(direction="vertical") if several else None,
    )
    base = alt.Chart(rows, width=280, height={"step": 22 if several else 34}).encode(
        y=alt.Y("label:N", sort=None, title=None, scale=alt.Scale(paddingInner=0.25)),
        yOffset=alt.YOffset("series:N", sort=names),
    )
    at = alt.Scale(domain=[0, chart.ends_at * 1.2])  # room for the number beside the longest bar
    sure = base.mark_bar().encode(
        x=alt.X("sure:Q", title=None, scale=at, axis=None), fill=colour.copy()
    )
    unsure = base.mark_bar(fill="#ffffff", strokeWidth=1.5, strokeDash=[4, 3]).encode(
        x=alt.X("unsure:Q", title=None, scale=at, axis=None), stroke=alt.value(GREY)
    )
    numbers = base.transform_filter("!datum.is_gap").mark_text(
        align="left", dx=5, color=INK, fontSize=14
    ).encode(x=alt.X("at:Q", scale=at), text="word:N")
    gaps = base.transform_filter("datum.is_gap").mark_text(
        align="left", dx=2, color=GREY, fontSize=13, fontStyle="italic"
    ).encode(x=alt.X("at:Q", scale=at), text="word:N")
    return sure + unsure + numbers + gaps


def _panel(rows: pd.DataFrame, column: str, title: str, colour: str, *, labelled: bool) -> Any:
    labels = alt.Axis() if labelled else alt.Axis(labels=False)
    largest = float(rows[column].max())
    base = alt.Chart(rows, width=150, height={"step": 36}, title=alt.Title(title, anchor="start", fontSize=14, fontWeight="normal", color=GREY)).encode(
        y=alt.Y("form:N", sort=None, title=None, axis=labels),
        x=alt.X(f"{column}:Q", title=None, axis=None, scale=alt.Scale(domain=[0, largest * 1.25])),
    )
    bars = base.mark_bar(color=colour, height={"band": 0.65})
    numbers = base.mark_text(align="left", dx=5, color=INK, fontSize=14).encode(
        text=alt.Text(f"{column}:Q", format=",d")
    )
    return bars + numbers


def _in_page(drawn: str) -> str:
    """Pages forbid styles inside: the drawing keeps its width as an attribute, and a class lets it shrink."""
    width = re.search(r"max-width:([\d.]+)px", drawn)
    size = f' width="{width.group(1)}"' if width else ""
    return re.sub(r'style="[^"]*"', f'class="evidence-chart"{size}', drawn, count=1)
