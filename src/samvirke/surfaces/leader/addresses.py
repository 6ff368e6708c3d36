"""The address of the figures."""

from __future__ import annotations

from django.urls import path

from samvirke.surfaces.leader import figures

urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/make/", figures.make_anew, name="make_figures"),
]
