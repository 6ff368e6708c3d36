"""What the person may be entitled to, what they have applied for, and what has come of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.applications import enquiries, operations, policies, queries
from samvirke.applications.types import ApplicationRow, EnquiryRow
from samvirke.gate.types import Viewer
from samvirke.people import queries as people
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.application_forms import AppealForm, ApplyForm, GiveMoreForm, TimeForm
from samvirke.surfaces.components.application_parts import arranged
from samvirke.surfaces.components.doors import CITIZENS, page_for

PAGE = ["GET", "HEAD", "POST"]
Act = Callable[[UUID, forms.Form, Viewer], None]


def _give_more(one: UUID, form: forms.Form, by: Viewer) -> None:
    operations.give_more(application_id=one, words=form.cleaned_data["words"], by=by)


def _appeal(one: UUID, form: forms.Form, by: Viewer) -> None:
    operations.appeal(application_id=one, words=form.cleaned_data["words"], by=by)


def _withdraw(one: UUID, form: forms.Form, by: Viewer) -> None:
    operations.withdraw(application_id=one, by=by)


def _note_time(one: UUID, form: forms.Form, by: Viewer) -> None:
    assert isinstance(form, TimeForm)
    operations.note_time_used(application_id=one, minutes=form.minutes(), by=by)


STEPS: dict[str, tuple[type[forms.Form], Act]] = {
    "received": (GiveMoreForm, _give_more),
    "appealed": (AppealForm, _appeal),
    "withdrawn": (forms.Form, _withdraw),
    "time_used": (TimeForm, _note_time),
}


@require_safe
@page_for(CITIZENS)
def my_rights(request: SignedInRequest) -> HttpResponse:
    """Everything that may be relevant, with where to ask."""
    return render(request, "citizen/rights.html", {"rights": queries.my_rights(request.viewer)})


@require_safe
@page_for(CITIZENS)
def my_applications(request: SignedInRequest) -> HttpResponse:
    """What the person can do something about comes first, then what is waited for, then what is over."""
    mine = arranged(queries.my_applications(request.viewer))
    return render(request, "citizen/applications.html", {"mine": mine})


@require_http_methods(PAGE)
@page_for(CITIZENS)
def apply(request: SignedInRequest) -> HttpResponse:
    """Send an application, perhaps with what is applied for chosen already."""
    person_id = people.myself(request.viewer)
    receivers = queries.receivers(request.viewer, person_id)
    rights = queries.rights_here(request.viewer)
    told = _told(request)
    parts = {"receivers": receivers, "told": told}
    if request.method != "POST":
        asked_for = {"right": request.GET.get("right", ""), "words": told.words if told else ""}
        form = ApplyForm(rights=rights, receivers=receivers, initial=asked_for)
        return render(request, "citizen/apply.html", parts | {"form": form})
    form = ApplyForm(request.POST, rights=rights, receivers=receivers)
    if not form.is_valid():
        return render(request, "citizen/apply.html", parts | {"form": form}, status=422)
    enquiry_id = told.enquiry_id if told else None
    operations.apply(person_id=person_id, by=request.viewer, enquiry_id=enquiry_id, **form.asked_for())
    messages.success(
        request, _("Your application is sent. Here you see who has it and how long you have waited.")
    )
    return redirect("my_applications")


@require_http_methods(PAGE)
@page_for(CITIZENS)
def my_application(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """One application with its whole way; a POST takes the person's next step."""
    row = queries.application(request.viewer, application_id)
    if request.method != "POST":
        return _shown(request, row)
    step = request.POST.get("step", "")
    if step not in row.may_become | {"time_used"}:
        messages.error(request, _("The application has moved on since you opened the page. Read it again."))
        return redirect("my_application", application_id)
    form_class, act = STEPS[step]
    form = form_class(request.POST)
    if not form.is_valid():
        return _shown(request, row, step=step, form=form, status=422)
    try:
        act(application_id, form, request.viewer)
    except policies.CannotFollow:
        messages.error(request, _("The application has moved on since you opened the page. Read it again."))
    else:
        messages.success(request, _("It is saved."))
    return redirect("my_application", application_id)


def _told(request: SignedInRequest) -> EnquiryRow | None:
    """What was told once, and is applied for with the same words, where the address says so."""
    said = request.GET.get("enquiry", "")
    return next((row for row in enquiries.mine(request.viewer) if said and str(row.enquiry_id) == said), None)


def _shown(
    request: SignedInRequest,
    row: ApplicationRow,
    *,
    step: str = "",
    form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {code: form_class(auto_id=f"id_{code}_%s") for code, (form_class, _act) in STEPS.items()}
    if form is not None:
        form.auto_id = f"id_{step}_%s"
        shown[step] = form
    parts = {"row": row, "forms": shown, "form": form, "step": step}
    return render(request, "citizen/application.html", parts, status=status)
