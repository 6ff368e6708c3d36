"""What a law has opened about the person, without asking them: to whom, what, why, until when."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samvirke.people import openings, queries
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import CITIZENS, page_for


@require_safe
@page_for(CITIZENS)
def my_openings(request: SignedInRequest) -> HttpResponse:
    """What is open first, then what is over."""
    rows = openings.about(request.viewer, queries.myself(request.viewer))
    parts = {
        "running": [row for row in rows if row.status == "running"],
        "over": [row for row in rows if row.status != "running"],
    }
    return render(request, "citizen/by_law.html", parts)
