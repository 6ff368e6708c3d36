"""Programmes with their years, places and money, as their papers tell of them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samvirke.programmes import overviews
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import FIGURE_READERS, page_for


@require_safe
@page_for(FIGURE_READERS)
def programmes(request: SignedInRequest) -> HttpResponse:
    """Every programme, the newest first."""
    return render(request, "leader/programmes.html", {"programmes": overviews.programmes()})


@require_safe
@page_for(FIGURE_READERS)
def programme(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """One programme, year by year."""
    return render(request, "leader/programme.html", {"programme": overviews.programme(programme_id)})
