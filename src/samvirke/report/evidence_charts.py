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
            {
                "form": wrapped(code_words(one.form, language)),
                "money": one.money.millions,
                "reports": one.reports,
            }
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
    lines = max(label.count("\n") + 1 for label in rows["label"])
    step = max(18 * lines + 10, 24 * len(names) + 8)
    base = alt.Chart(rows, width=210, height={"step": step, "for": "position"}).encode(
        y=alt.Y("label:N", sort=list(rows["label"].unique()), title=None),
        yOffset=alt.YOffset("series:N", sort=names, scale=alt.Scale(domain=names, paddingOuter=0.2)),
    )
    sure = base.mark_bar().encode(x=_along("sure", chart), color=_colours(names))
    unsure = base.mark_bar(fill="#ffffff", stroke=GREY, strokeWidth=1.5, strokeDash=[4, 3]).encode(
        x=_along("unsure", chart)
    )
    numbers = _texts(base, chart, "!datum.is_gap", dx=5, color=INK, fontSize=14)
    gaps = _texts(base, chart, "datum.is_gap", dx=2, color=GREY, fontSize=13, fontStyle="italic")
    layers = (
        (sure, rows["sure"].notna()),
        (unsure, rows["unsure"].notna()),
        (numbers, ~rows["is_gap"]),
        (gaps, rows["is_gap"]),
    )
    return alt.layer(*(layer for layer, where in layers if where.any()))  # an empty layer has no name to read


def _along(column: str, chart: Chart) -> Any:
    room_for_a_number = chart.ends_at * 1.2
    return alt.X(f"{column}:Q", title=None, axis=None, scale=alt.Scale(domain=[0, room_for_a_number]))


def _colours(names: Sequence[str]) -> Any:
    legend = alt.Legend(direction="vertical", labelLimit=420) if len(names) > 1 else None
    scale = alt.Scale(domain=list(names), range=list(SERIES[: len(names)]))
    return alt.Color("series:N", sort=list(names), title=None, scale=scale, legend=legend)


def _texts(base: Any, chart: Chart, which: str, **looks: Any) -> Any:
    marks = base.transform_filter(which).mark_text(align="left", **looks)
    return marks.encode(x=_along("at", chart), text="word:N")


def _panel(rows: pd.DataFrame, column: str, title: str, colour: str, *, labelled: bool) -> Any:
    labels = alt.Axis() if labelled else alt.Axis(labels=False)
    largest = float(rows[column].max())
    heading = alt.Title(title, anchor="start", fontSize=14, fontWeight="normal", color=GREY)
    base = alt.Chart(rows, width=150, height={"step": 44}, title=heading).encode(
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
