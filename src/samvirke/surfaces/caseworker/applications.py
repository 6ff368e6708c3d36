"""Applications to the own unit, and answering them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.applications import operations, policies, queries
from samvirke.applications.types import ApplicationRow
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.application_forms import (
    AskForMoreForm,
    GrantForm,
    ReceiveForm,
    RefuseForm,
)
from samvirke.surfaces.components.doors import WORKERS, page_for

DAY_FIELDS = {"received": "answer_due_on", "refused": "appeal_by"}
Act = Callable[..., None]
STEPS: dict[str, tuple[type[forms.Form], Act]] = {
    "received": (ReceiveForm, operations.receive),
    "more_asked_for": (AskForMoreForm, operations.ask_for_more),
    "granted": (GrantForm, operations.grant),
    "refused": (RefuseForm, operations.refuse),
}


@require_safe
@page_for(WORKERS)
def applications(request: SignedInRequest) -> HttpResponse:
    """Those to answer, longest waiting first; then those that wait for the person; then the answered."""
    rows = queries.to_own_unit(request.viewer)
    parts = {
        "to_answer": [row for row in rows if row.is_open and not row.waits_for_person],
        "waiting": [row for row in rows if row.waits_for_person],
        "answered": [row for row in rows if not row.is_open],
    }
    return render(request, "caseworker/applications.html", parts)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def application(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """One application with its way; a POST answers it."""
    row = queries.application(request.viewer, application_id)
    if request.method != "POST":
        return _shown(request, row)
    step = request.POST.get("step", "")
    if step not in row.may_become:
        return _moved_on(request, application_id)
    form_class, act = STEPS[step]
    form = form_class(request.POST)
    if not form.is_valid():
        return _shown(request, row, step=step, form=form)
    return _answered(request, row, step, form, act)


def _answered(
    request: SignedInRequest, row: ApplicationRow, step: str, form: forms.Form, act: Act
) -> HttpResponse:
    try:
        act(application_id=row.application_id, by=request.viewer, **form.cleaned_data)
    except policies.DayNotAhead:
        form.add_error(DAY_FIELDS[step], _("The day has been already. Choose a day ahead."))
        return _shown(request, row, step=step, form=form)
    except policies.CannotFollow:
        return _moved_on(request, row.application_id)
    messages.success(request, _("It is saved. The person sees it now."))
    return redirect("application", row.application_id)


def _moved_on(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    messages.error(request, _("The application has moved on since you opened the page. Read it again."))
    return redirect("application", application_id)


def _shown(
    request: SignedInRequest, row: ApplicationRow, *, step: str = "", form: forms.Form | None = None
) -> HttpResponse:
    shown = {code: form_class(auto_id=f"id_{code}_%s") for code, (form_class, _act) in STEPS.items()}
    if form is not None:
        form.auto_id = f"id_{step}_%s"
        shown[step] = form
    parts = {"row": row, "forms": shown, "form": form, "step": step}
    return render(request, "caseworker/application.html", parts, status=422 if form else 200)
