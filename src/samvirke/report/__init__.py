"""Report: results and protected tables as pages, charts and sentences, in bokmål and English.

In:  an evaluation result, a statistics record, a tertial record.
Out: one self-contained page, inline SVG charts, labels of codes; each with date, source and uncertainty.
Never: a number that was hidden, an estimate without its interval, a load from elsewhere, a script.
"""

from samvirke.report.catalogue import LANGUAGES, UncompiledCatalogue, UnknownLanguage
from samvirke.report.charts import effect_chart, flow_chart, in_out_chart, views_chart
from samvirke.report.labels import code_label
from samvirke.report.numbers import count, days, decimal, percent
from samvirke.report.page import render
from samvirke.report.tertial import render_tertial, tertial_page
from samvirke.report.tertial_lines import TertialPage

__all__ = [
    "LANGUAGES",
    "TertialPage",
    "UncompiledCatalogue",
    "UnknownLanguage",
    "code_label",
    "count",
    "days",
    "decimal",
    "effect_chart",
    "flow_chart",
    "in_out_chart",
    "percent",
    "render",
    "render_tertial",
    "tertial_page",
    "views_chart",
]
