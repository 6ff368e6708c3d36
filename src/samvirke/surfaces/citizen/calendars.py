"""One calendar of the person, of the family, and of those the person acts for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samvirke.coordination import calendars
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.calendar_parts import DAYS, first_of_week, week
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import CITIZENS, page_for


@require_safe
@page_for(CITIZENS)
def my_calendar(request: SignedInRequest) -> HttpResponse:
    """A week of it."""
    today = local_day(request.viewer.now)
    first = first_of_week(request.GET.get("week", ""), today)
    entries = calendars.mine(request.viewer, first, DAYS)
    return render(request, "citizen/calendar.html", {"week": week(entries, first, today)})
