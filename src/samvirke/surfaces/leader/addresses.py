"""The addresses of figures, programmes and target groups."""

from __future__ import annotations

from django.urls import path

from samvirke.surfaces.leader import figures, programmes, rules

urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<uuid:programme_id>/", programmes.programme, name="programme"),
    path("target-groups/", rules.rules, name="rules"),
    path("figures/make/", figures.make_anew, name="make_figures"),
]
