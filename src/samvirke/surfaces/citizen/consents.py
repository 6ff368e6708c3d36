"""The person's consents, and taking one back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from samvirke.people import operations, queries
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import CITIZENS, page_for


@require_safe
@page_for(CITIZENS)
def my_consents(request: SignedInRequest) -> HttpResponse:
    """Consents in force first, with what follows if one is taken back; then those that are over."""
    now = request.viewer.now
    rows = queries.my_consents(request.viewer)
    in_force = [row for row in rows if row.withdrawn_at is None and row.valid_to > now]
    over = [row for row in rows if row not in in_force]
    return render(request, "citizen/consents.html", {"in_force": in_force, "over": over})


@require_POST
@page_for(CITIZENS)
def withdraw(request: SignedInRequest, consent_id: UUID) -> HttpResponse:
    """Takes effect at once."""
    try:
        done = operations.withdraw_consent(consent_id=consent_id, by=request.viewer)
    except operations.AlreadyWithdrawn:
        messages.info(
            request, gettext("You have withdrawn this consent before. Nothing rests on it any more.")
        )
        return redirect("my_consents")
    text = ngettext(
        "Your consent is withdrawn. %(count)d worker can no longer see your information.",
        "Your consent is withdrawn. %(count)d workers can no longer see your information.",
        done.access_ended,
    )
    messages.success(request, text % {"count": done.access_ended})
    return redirect("my_consents")
