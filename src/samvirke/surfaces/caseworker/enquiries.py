"""What persons have told the own unit once: read, led on, answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.applications import enquiries, policies
from samvirke.applications.types import EnquiryRow
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.enquiry_forms import (
    DeclineForm,
    EnquiryAnswerForm,
    LeadOnForm,
    TakeForm,
)

MOVED_ON = (
    policies.NotOurEnquiry,
    policies.EnquiryIsAnswered,
    policies.NotOfferedToUs,
    policies.AlreadyOffered,
)
OURS: dict[str, Callable[..., None]] = {
    "taken": enquiries.take,
    "led_on": enquiries.lead_on,
    "answered": enquiries.answer,
}
OFFERED: dict[str, Callable[..., None]] = {"accepted": enquiries.accept, "declined": enquiries.decline}


@require_safe
@page_for(WORKERS)
def to_answer(request: SignedInRequest) -> HttpResponse:
    """What waits for the own unit, urgent first, then what is due soonest; then what was answered."""
    rows = enquiries.of_own_unit(request.viewer)
    parts = {
        "offered": [row for row in rows if row.is_offered_to_us],
        "ours": [row for row in rows if row.is_ours and row.is_open],
        "answered": [row for row in rows if row.is_ours and not row.is_open],
    }
    return render(request, "caseworker/enquiries.html", parts)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def enquiry(request: SignedInRequest, enquiry_id: UUID) -> HttpResponse:
    """One with its way; a POST takes the unit's next step."""
    row = enquiries.one(request.viewer, enquiry_id)
    forms_now = _forms(request, row)
    step = request.POST.get("step", "")
    if request.method != "POST":
        return _shown(request, row, forms_now)
    if step not in forms_now:
        messages.error(request, _("This has moved on since you opened the page. Read it again."))
        return redirect("enquiry", enquiry_id)
    form = _forms(request, row, typed=step)[step]
    if form.is_valid() and _done(request, row, step, form):
        messages.success(request, _("It is saved. The person sees it now."))
        return redirect("enquiries" if step in {"accepted", "declined"} else "enquiry", *_where(step, row))
    return _shown(request, row, forms_now | {step: form}, step=step, status=422)


def _where(step: str, row: EnquiryRow) -> list[UUID]:
    return [] if step in {"accepted", "declined"} else [row.enquiry_id]


def _forms(request: SignedInRequest, row: EnquiryRow, *, typed: str = "") -> dict[str, forms.Form]:
    """The steps that this viewer's unit may take now."""

    def data(step: str) -> Any:
        return request.POST if step == typed else None

    found: dict[str, forms.Form] = {}
    if row.is_offered_to_us:
        found["accepted"] = forms.Form(data("accepted"), auto_id="id_accepted_%s")
        found["declined"] = DeclineForm(data("declined"), auto_id="id_declined_%s")
    if row.is_ours and row.is_open:
        if not row.answer_due_on:
            found["taken"] = TakeForm(data("taken"), auto_id="id_taken_%s")
        found["answered"] = EnquiryAnswerForm(data("answered"), auto_id="id_answered_%s")
        if not row.offered_kind:
            others = enquiries.may_lead_to(request.viewer, row)
            found["led_on"] = LeadOnForm(data("led_on"), receivers=others, auto_id="id_led_on_%s")
    return found


def _done(request: SignedInRequest, row: EnquiryRow, step: str, form: forms.Form) -> bool:
    act = (OURS | OFFERED)[step]
    try:
        act(enquiry_id=row.enquiry_id, by=request.viewer, **form.cleaned_data)
    except policies.DayNotAhead:
        form.add_error("answer_due_on", _("The day has been already. Choose a day ahead."))
    except MOVED_ON:
        form.add_error(None, _("This has moved on since you opened the page. Read it again."))
    return not form.errors


def _shown(
    request: SignedInRequest,
    row: EnquiryRow,
    forms_now: dict[str, forms.Form],
    *,
    step: str = "",
    status: int = 200,
) -> HttpResponse:
    parts = {"row": row, "forms": forms_now, "form": forms_now.get(step), "step": step}
    return render(request, "caseworker/enquiry.html", parts, status=status)
