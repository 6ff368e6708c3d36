"""The mandate as a page to read and print: the person and the workers use the same one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from samvirke.coordination import mandate
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import SignedInRequest


def mandate_page(request: SignedInRequest, page: PlanPage, *, back: str) -> HttpResponse:
    """`back` is the address of the plan."""
    parts = {"page": page, "mandate": mandate.of_plan(request.viewer, page), "back": back}
    return render(request, "components/mandate_page.html", parts)
