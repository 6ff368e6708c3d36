"""Who can do what here, field by field, for whoever works in another one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.field_cards import cards


@require_safe
@page_for(WORKERS)
def fields(request: SignedInRequest) -> HttpResponse:
    """All fields, and the card of one. A field that is not known here shows none."""
    found = cards(request.viewer)
    asked = request.GET.get("field", "")
    chosen = next((card for card in found if card.kind == asked), None)
    return render(request, "caseworker/fields.html", {"cards": found, "chosen": chosen})
