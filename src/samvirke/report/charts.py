"""Charts as inline SVG: no script, no load, a name for screen readers. Each stands beside its table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import fill
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from samvirke.evaluation.balance import SMALL
from samvirke.report.catalogue import translator
from samvirke.report.labels import code_label
from samvirke.statistics import ProtectedTable

INK, GREY, RULE = "#1c2b33", "#66757f", "#d5dde2"
STRONG, SOFT = "#0b5c73", "#c98a2b"  # dark teal and ochre: apart in grey and for colour-blind readers
WIDTH = 300  # plot width; with labels the picture is about 480 wide and stays readable at 350
FONT = "Source Sans 3, Segoe UI, Helvetica, Arial, sans-serif"
NUMBERS = {
    "nb": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", " kr"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["NOK ", ""]},
}
UNSEEN = "\u200b"
LINE = 24  # characters of a label before it goes on in the next line


@dataclass(frozen=True, slots=True)
class Bar:
    """One estimate with its interval, for `effect_chart`; no interval when `low` is None."""

    label: str
    estimate: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """One average, for `views_chart`: whose view, which municipalities, when."""

    view: str
    arm: str
    moment: str
    value: float


@dataclass(frozen=True, slots=True)
class Mark:
    """One standardised difference, without its sign, for `love_chart`."""

    label: str
    sample: str
    size: float


@dataclass(frozen=True, slots=True)
class Step:
    """One effect by periods since the start, for `course_chart`; no interval when `low` is None."""

    at: int
    estimate: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """One share from 0 to 1, for `shares_chart`."""

    label: str
    value: float


def shares_chart(shares: Sequence[Share], *, language: str, title: str) -> str:
    """Shares as bars on one scale from 0 to 100 per cent, in the order given.

    A county and a partnership may have one name, and keep a bar each: what tells them apart is not seen.
    """
    rows = pd.DataFrame(
        [
            {"label": wrapped(one.label) + UNSEEN * number, "share": one.value}
            for number, one in enumerate(shares)
        ]
    )
    scale = alt.Scale(domain=[0, 1])
    base = alt.Chart(rows, width=WIDTH, height={"step": 34}).encode(
        y=alt.Y("label:N", sort=None, title=None),
        x=alt.X("share:Q", title=None, scale=scale, axis=alt.Axis(format=".0%", tickCount=4)),
    )
    numbers = base.mark_text(align="left", dx=5, color=INK, fontSize=14).encode(
        text=alt.Text("share:Q", format=".0%")
    )
    return svg(base.mark_bar(color=STRONG, height={"band": 0.6}) + numbers, language=language, title=title)


def effect_chart(bars: Sequence[Bar], *, unit: str, language: str, title: str) -> str:
    """Estimates as dots with their intervals as lines, zero as a rule, in the order given."""
    rows = pd.DataFrame(
        [{"label": wrapped(b.label), "estimate": b.estimate, "low": b.low, "high": b.high} for b in bars]
    )
    lines_of_label = max(label.count("\n") + 1 for label in rows["label"])
    base = alt.Chart(rows, width=WIDTH, height={"step": 24 + 18 * lines_of_label})
    y = alt.Y("label:N", sort=None, title=None)
    x = alt.X("low:Q", title=unit, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5))
    lines = base.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=3, color=STRONG)
    dots = base.mark_point(filled=True, size=130, color=STRONG, opacity=1)
    zero = alt.Chart(pd.DataFrame({"at": [0.0]})).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="at:Q")
    chart = zero + lines.encode(x=x, x2="high:Q", y=y) + dots.encode(x="estimate:Q", y=y)
    return svg(chart, language=language, title=title)


def love_chart(marks: Sequence[Mark], *, language: str, title: str) -> str:
    """Standardised differences per covariate, one sign for each sample, with the line for small ones."""
    rows = pd.DataFrame([{"label": wrapped(m.label), "sample": m.sample, "size": m.size} for m in marks])
    samples = list(rows["sample"].unique())
    base = alt.Chart(rows, width=WIDTH, height={"step": 30}).encode(
        y=alt.Y("label:N", sort=None, title=None),
        x=alt.X("size:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5)),
        color=alt.Color(
            "sample:N",
            sort=samples,
            title=None,
            scale=alt.Scale(domain=samples, range=[SOFT, STRONG, INK][: len(samples)]),
            legend=alt.Legend(columns=1),
        ),
        shape=alt.Shape("sample:N", sort=samples, title=None, scale=alt.Scale(domain=samples)),
    )
    line = alt.Chart(pd.DataFrame({"at": [SMALL]})).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="at:Q")
    return svg(line + base.mark_point(filled=True, size=90, opacity=0.9), language=language, title=title)


def course_chart(steps: Sequence[Step], *, unit: str, language: str, title: str) -> str:
    """Effects by time since the start with their intervals; before the start they should be near zero."""
    _ = translator(language)
    rows = pd.DataFrame(
        [
            {"at": s.at, "estimate": s.estimate, "low": s.low, "high": s.high, "after": s.at >= 0}
            for s in steps
        ]
    )
    color = alt.condition(alt.datum.after, alt.value(STRONG), alt.value(SOFT))
    x = alt.X("at:O", title=_("Periods since the start"), axis=alt.Axis(labelAngle=0))
    base = alt.Chart(rows, width=WIDTH + 40, height=220).encode(x=x, color=color)
    lines = base.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=3)
    y = alt.Y("low:Q", title=unit, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=5))
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(y="estimate:Q")
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=INK, strokeDash=[4, 3]).encode(y="zero:Q")
    return svg(zero + lines.encode(y=y, y2="high:Q") + dots, language=language, title=title)


def views_chart(points: Sequence[Point], *, unit: str, language: str, title: str) -> str:
    """Averages before and after, trial and comparison, one panel for each view, on the same scale."""
    rows = pd.DataFrame(
        [{"view": p.view, "arm": p.arm, "moment": p.moment, "value": p.value} for p in points]
    )
    arms, moments = list(rows["arm"].unique()), list(rows["moment"].unique())
    color = alt.Color("arm:N", sort=arms, title=None, scale=alt.Scale(domain=arms, range=[STRONG, SOFT]))
    dash = alt.condition(alt.datum.arm == arms[0], alt.value([1, 0]), alt.value([6, 4]))
    shape = alt.Shape("arm:N", sort=arms, title=None, scale=alt.Scale(domain=arms))
    x = alt.X("moment:O", sort=moments, title=None, axis=alt.Axis(labelAngle=0))
    y = alt.Y("value:Q", title=unit, scale=alt.Scale(zero=False, nice=True))
    base = alt.Chart(width=150, height=190).encode(x=x, y=y, color=color)
    layers = base.mark_line(strokeWidth=3).encode(strokeDash=dash) + base.mark_point(
        filled=True, size=90, opacity=1
    ).encode(shape=shape)
    panels = alt.layer(layers, data=rows).facet(
        column=alt.Column("view:N", sort=list(rows["view"].unique()), title=None)
    )
    return svg(panels, language=language, title=title)


def in_out_chart(table: ProtectedTable, *, language: str, title: str = "") -> str:
    """Totals before and after per code as paired bars; hidden totals are left out."""
    _ = translator(language)
    codes = list(dict.fromkeys((*table.rows, *table.columns)))
    before = dict(zip(table.rows, table.row_totals, strict=True))
    after = dict(zip(table.columns, table.column_totals, strict=True))
    moments = {_("At entry"): before, _("At the end"): after}
    rows = [
        {"code": wrapped(code_label(code, language)), "moment": moment, "n": totals[code]}
        for code in codes
        for moment, totals in moments.items()
        if totals.get(code) is not None
    ]
    name = title or _("Ended plans at entry and at the end")
    return _paired_bars(rows, list(moments), language=language, title=name)


def flow_chart(table: ProtectedTable, *, language: str, title: str = "") -> str:
    """The total of each step as a bar, in the order of the way; hidden totals are left out."""
    _ = translator(language)
    rows = pd.DataFrame(
        [
            {"step": wrapped(code_label(step, language)), "n": total}
            for step, total in zip(table.columns, table.column_totals, strict=True)
            if total is not None
        ],
        columns=["step", "n"],
    )
    base = alt.Chart(rows, width=WIDTH, height={"step": 30}).encode(
        y=alt.Y("step:N", sort=None, title=None), x=alt.X("n:Q", title=None, axis=None)
    )
    bars = base.mark_bar(color=STRONG, height={"band": 0.7})
    numbers = base.mark_text(align="left", dx=5, color=INK, fontSize=14).encode(
        text=alt.Text("n:Q", format=",d")
    )
    return svg(bars + numbers, language=language, title=title or _("The way to a plan"))


def wrapped(label: str) -> str:
    """The label in lines that fit beside a plot."""
    return fill(label, LINE, break_long_words=False)


def _paired_bars(rows: list[dict[str, Any]], moments: list[str], *, language: str, title: str) -> str:
    frame = pd.DataFrame(rows, columns=["code", "moment", "n"])
    color = alt.Color("moment:N", title=None, scale=alt.Scale(domain=moments, range=[SOFT, STRONG]))
    base = alt.Chart(frame, width=WIDTH - 40, height={"step": 17}).encode(
        y=alt.Y("code:N", sort=None, title=None, scale=alt.Scale(paddingInner=0.3)),
        yOffset=alt.YOffset("moment:N", sort=moments),
        x=alt.X("n:Q", title=None, axis=None),
    )
    bars = base.mark_bar().encode(color=color)
    numbers = base.mark_text(align="left", dx=4, color=INK, fontSize=13).encode(
        text=alt.Text("n:Q", format=",d")
    )
    return svg(bars + numbers, language=language, title=title)


def svg(chart: Any, *, language: str, title: str) -> str:
    """The chart as SVG that scales with the page, named by `title`, with ids of its own."""
    styled = (
        chart.configure(font=FONT, background="transparent")
        .configure_view(stroke="transparent")
        .configure_axis(
            labelFontSize=14, titleFontSize=14, titleFontWeight="normal", labelColor=INK, titleColor=GREY,
            labelExpr="split(datum.label, '\\n')", labelLimit=240,
            gridColor=RULE, domainColor=RULE, tickColor=RULE,
        )
        .configure_axisY(domain=False, ticks=False, labelPadding=8)
        .configure_legend(orient="top", labelFontSize=14, symbolSize=110, labelColor=INK, labelLimit=220)
        .configure_header(labelFontSize=15, labelFontWeight="bold", labelColor=INK)
    )  # fmt: skip
    locale: Any = NUMBERS[language]
    drawn = vl_convert.vegalite_to_svg(styled.to_json(), format_locale=locale, allowed_base_urls=[])
    return _inline(drawn, title=title)


def _inline(svg: str, *, title: str) -> str:
    prefix = re.sub(r"\W+", "-", title.lower()).strip("-")
    own = re.sub(r'(id="|url\(#)', rf"\1{prefix}-", svg)
    width = re.search(r'width="([\d.]+)"', own)
    size = f"max-width:{width.group(1)}px" if width else ""
    opening = f'<svg role="img" aria-label="{escape(title)}" style="width:100%;{size};height:auto" '
    bare = re.sub(r'^<svg ([^>]*?)width="[\d.]+" height="[\d.]+"', r"<svg \1", own, count=1)
    return bare.replace("<svg ", opening, 1)
