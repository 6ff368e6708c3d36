"""The addresses of the evaluation report."""

from __future__ import annotations

from django.urls import path

from samvirke.surfaces.evaluator import report

urlpatterns = [
    path("report/", report.report, name="report"),
    path("report/document/", report.document, name="report_document"),
]
