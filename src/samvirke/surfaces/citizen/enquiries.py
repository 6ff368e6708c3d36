"""The front door: the person tells it once, sees who answers and by when, and applies with the same words."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.applications import enquiries, queries
from samvirke.people import queries as people
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.enquiry_forms import TellForm


@require_safe
@page_for(CITIZENS)
def my_enquiries(request: SignedInRequest) -> HttpResponse:
    """What the person has told, the newest first."""
    return render(request, "citizen/enquiries.html", {"rows": enquiries.mine(request.viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(CITIZENS)
def tell(request: SignedInRequest) -> HttpResponse:
    """Told once; the rights come at once, and the answer by a day."""
    person_id = people.myself(request.viewer)
    receivers = queries.receivers(request.viewer, person_id)
    form = TellForm(request.POST or None, receivers=receivers)
    if form.is_bound and form.is_valid():
        told = enquiries.tell(person_id=person_id, by=request.viewer, **form.cleaned_data)
        messages.success(request, _("It is told. You need not tell it again."))
        return redirect("my_enquiry", told)
    parts = {"form": form, "receivers": receivers}
    return render(request, "citizen/tell.html", parts, status=422 if form.is_bound else 200)


@require_safe
@page_for(CITIZENS)
def my_enquiry(request: SignedInRequest, enquiry_id: UUID) -> HttpResponse:
    """One of them with its way, what it may lead to, and what was applied for with the same words."""
    row = enquiries.one(request.viewer, enquiry_id)
    applied = [one for one in queries.my_applications(request.viewer) if one.enquiry_id == enquiry_id]
    parts = {"row": row, "rights": queries.my_rights(request.viewer), "applied": applied}
    return render(request, "citizen/enquiry.html", parts)
