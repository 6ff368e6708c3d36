"""The own unit's places and who waits for them; noting what a person is ready for, and answering it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.coordination import queries as coordination
from samvirke.gate.types import Viewer
from samvirke.interventions import operations, policies, queries
from samvirke.interventions.types import InterventionRow, NeedRow
from samvirke.plan import queries as plans
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.intervention_forms import (
    EndForm,
    GivePlaceForm,
    NeedForm,
    UnmetForm,
    kinds_to_note,
)

PAGE = ["GET", "HEAD", "POST"]
# Which field each refusal is shown at; whatever else refuses means that the need has moved on.
AT_FIELD: dict[type[Exception], tuple[str, Promise]] = {
    policies.NoFreePlace: (
        "intervention_id",
        gettext_lazy("The last free place was just taken. Choose another offer, or let the person wait."),
    ),
    policies.DoesNotFit: (
        "starts_on",
        gettext_lazy("The offer is not open on that day. Choose another day, or another offer."),
    ),
    policies.DayHasBeen: (
        "starts_on",
        gettext_lazy("The day has been already. Choose today or a day ahead."),
    ),
    policies.PlacesAreFree: (
        "reason",
        gettext_lazy("A place has become free. Give it, or choose another reason."),
    ),
}
MOVED_ON = (policies.NotWaiting, policies.AlreadyEnded)
Act = Callable[[NeedRow, dict[str, Any], Viewer], object]


def _give(row: NeedRow, said: dict[str, Any], by: Viewer) -> None:
    operations.give_place(need_id=row.need_id, by=by, **said)


def _say_unmet(row: NeedRow, said: dict[str, Any], by: Viewer) -> None:
    operations.say_unmet(need_id=row.need_id, by=by, **said)


def _withdraw(row: NeedRow, said: dict[str, Any], by: Viewer) -> None:
    operations.withdraw_need(need_id=row.need_id, by=by)


def _end(row: NeedRow, said: dict[str, Any], by: Viewer) -> None:
    assert row.placement is not None
    operations.end_placement(placement_id=row.placement.placement_id, by=by, **said)


STEPS: dict[str, Act] = {"placed": _give, "unmet": _say_unmet, "withdrawn": _withdraw, "ended": _end}


@require_safe
@page_for(WORKERS)
def places(request: SignedInRequest) -> HttpResponse:
    """What the own unit offers, how many places are free, and who waits."""
    parts = {
        "offers": queries.own_interventions(request.viewer),
        "waiting": queries.queue(request.viewer),
    }
    return render(request, "caseworker/places.html", parts)


@require_http_methods(PAGE)
@page_for(WORKERS)
def note_need(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Note what the plan's person is ready for."""
    page = coordination.plan_page(request.viewer, plan_id)
    kinds = kinds_to_note(page)
    if not kinds:
        raise Http404
    form = NeedForm(request.POST if request.method == "POST" else None, kinds=kinds)
    if form.is_valid():
        try:
            operations.note_need(person_id=page.subject_id, by=request.viewer, **form.cleaned_data)
        except policies.WaitsAlready:
            form.add_error("intervention_kind", _("The person waits for this already."))
        else:
            messages.success(request, _("It is noted. The person waits from today, and you all see it."))
            return redirect("plan", plan_id)
    parts = {"page": page, "form": form}
    return render(request, "caseworker/note_need.html", parts, status=422 if form.is_bound else 200)


@require_http_methods(PAGE)
@page_for(WORKERS)
def need(request: SignedInRequest, need_id: UUID) -> HttpResponse:
    """One need with what is offered; a POST answers it."""
    row = queries.need(request.viewer, need_id)
    offers = [one for one in queries.interventions_near(request.viewer) if one.kind is row.intervention_kind]
    if request.method != "POST":
        return _shown(request, row, offers)
    step = request.POST.get("step", "")
    if step not in row.may_become:
        return _moved_on(request, need_id)
    form = _forms(request, row, offers, request.POST)[step]
    if not form.is_valid():
        return _shown(request, row, offers, step=step, form=form)
    try:
        STEPS[step](row, form.cleaned_data, request.viewer)
    except tuple(AT_FIELD) as problem:
        field, sentence = AT_FIELD[type(problem)]
        form.add_error(field, str(sentence))
        return _shown(request, row, offers, step=step, form=form)
    except MOVED_ON:
        return _moved_on(request, need_id)
    messages.success(request, _("It is saved. The person sees it now."))
    return redirect("need", need_id)


def _forms(
    request: SignedInRequest, row: NeedRow, offers: list[InterventionRow], said: QueryDict | None = None
) -> dict[str, forms.Form]:
    free = [one for one in offers if one.is_ours and one.free]
    likely: dict[str, object] = {"starts_on": local_day(request.viewer.now)}
    if len(free) == 1:
        likely["intervention_id"] = free[0].intervention_id
    return {
        "placed": GivePlaceForm(said, offers=free, initial=likely, auto_id="id_placed_%s"),
        "unmet": UnmetForm(said, reasons=row.unmet_reasons, auto_id="id_unmet_%s"),
        "withdrawn": forms.Form(said),
        "ended": EndForm(said, auto_id="id_ended_%s"),
    }


def _moved_on(request: SignedInRequest, need_id: UUID) -> HttpResponse:
    messages.error(request, _("Somebody has answered since you opened the page. Read it again."))
    return redirect("need", need_id)


def _shown(
    request: SignedInRequest,
    row: NeedRow,
    offers: list[InterventionRow],
    *,
    step: str = "",
    form: forms.Form | None = None,
) -> HttpResponse:
    shown = _forms(request, row, offers) | ({step: form} if form is not None else {})
    parts = {
        "row": row,
        "plan_id": plans.plan_of(row.subject_id),
        "offers": offers,
        "has_free": any(one.is_ours and one.free for one in offers),
        "forms": shown,
        "form": form,
        "step": step,
    }
    return render(request, "caseworker/need.html", parts, status=422 if form else 200)
