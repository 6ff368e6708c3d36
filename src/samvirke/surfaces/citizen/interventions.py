"""The person says that they wait no longer."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samvirke.interventions import operations, policies
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import CITIZENS, page_for


@require_POST
@page_for(CITIZENS)
def withdraw(request: SignedInRequest, need_id: UUID) -> HttpResponse:
    """Takes effect at once; those who help see it."""
    try:
        operations.withdraw_need(need_id=need_id, by=request.viewer)
    except policies.NotWaiting:
        messages.error(request, _("You do not wait for this any more. Here you see what has come of it."))
    else:
        messages.success(request, _("You wait for it no longer. Those who help you see that."))
    return redirect("my_plan")
