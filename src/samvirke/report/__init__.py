"""Report: results and protected tables as pages, charts and sentences, in bokmål and English.

In:  an evaluation result, a statistics record, a tertial record, the evidence register.
Out: self-contained pages, parts of pages, SVG charts, labels of codes; each with source and uncertainty.
Never: a number that was hidden, an estimate without its interval, a load from elsewhere, a script.
"""

from samvirke.report.catalogue import LANGUAGES, UncompiledCatalogue, UnknownLanguage
from samvirke.report.charts import effect_chart, flow_chart, in_out_chart, views_chart
from samvirke.report.evidence import evidence_choices, evidence_overview, evidence_page, evidence_record
from samvirke.report.evidence_results import evidence_of
from samvirke.report.evidence_words import code_words
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
    "code_words",
    "count",
    "days",
    "decimal",
    "effect_chart",
    "evidence_choices",
    "evidence_of",
    "evidence_overview",
    "evidence_page",
    "evidence_record",
    "flow_chart",
    "in_out_chart",
    "percent",
    "render",
    "render_tertial",
    "tertial_page",
    "views_chart",
]
