"""The addresses of the evidence register."""

from __future__ import annotations

from django.urls import path

from samvirke.surfaces.commissioner import register

urlpatterns = [
    path("evidence/", register.overview, name="evidence"),
    path("evidence/<slug:evidence_id>/", register.record, name="evidence_record"),
]
