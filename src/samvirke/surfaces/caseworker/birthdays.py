"""The birthdays at which help changes hands: what changes, and how somebody is asked to take over."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samvirke.coordination import birthdays
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import WORKERS, page_for


@require_safe
@page_for(WORKERS)
def of_plan(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Those within a year, and those that have been a month ago at the longest."""
    return render(request, "caseworker/birthdays.html", {"part": birthdays.of_plan(request.viewer, plan_id)})
