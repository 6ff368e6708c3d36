"""The person moves within the partnership: first who leaves and who is asked, then the person's yes."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samvirke.coordination import moves, policies
from samvirke.coordination.types import MoveRow
from samvirke.people import answering
from samvirke.people.bases import NotCovered
from samvirke.plan import queries as plans
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.consent_labels import READ_OUT_TEXT
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.move_forms import MoveForm, WhitherForm


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def move(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Choosing the place shows who leaves and who is asked; a POST moves."""
    try:
        places = moves.places(request.viewer, plan_id)
        is_heard = answering.is_to_be_heard(request.viewer, plans.subject_of(plan_id))
        if request.method == "POST":
            return _moved(request, plan_id, MoveForm(request.POST, places=places, is_heard=is_heard))
        form = WhitherForm(request.GET or None, places=places)
        if not form.is_bound or not form.is_valid():
            return _shown(request, plan_id, form, status=422 if form.is_bound else 200)
        found = moves.proposal(request.viewer, plan_id, form.cleaned_data["municipality"])
        ready = MoveForm(initial=form.cleaned_data, places=places, is_heard=is_heard)
        return _shown(request, plan_id, ready, found=found)
    except policies.PlaceIsProtected:
        text = _("Where the person is, is protected. Who knows the place lets units leave, one by one.")
    except policies.StillCoordinates:
        text = _("The coordinator or the deputy would leave. Hand the plan over first.")
    except policies.YouLeaveToo:
        text = _("Your own unit would leave. Ask the coordinator to record the move.")
    except policies.NotInTheTeam:
        text = _("Only the plan’s team does this. Ask the coordinator.")
    except policies.PlanHasEnded:
        text = _("The plan has ended. It is kept as it was, and can no longer be changed.")
    except NotCovered as refused:
        text = _(refused.hindrance.sentence)
    messages.error(request, text)
    return redirect("plan", plan_id)


def _moved(request: SignedInRequest, plan_id: UUID, form: MoveForm) -> HttpResponse:
    if not form.is_valid():
        place = form.cleaned_data.get("municipality")
        found = moves.proposal(request.viewer, plan_id, place) if place else None
        return _shown(request, plan_id, form, found=found, status=422)
    moves.move(plan_id=plan_id, text_version=READ_OUT_TEXT, by=request.viewer, **form.cleaned_data)
    messages.success(
        request, _("The move is saved. The old units no longer see the plan; the new ones are asked.")
    )
    return redirect("worklist")


def _shown(
    request: SignedInRequest,
    plan_id: UUID,
    form: forms.Form,
    *,
    found: MoveRow | None = None,
    status: int = 200,
) -> HttpResponse:
    parts = {"form": form, "plan_id": plan_id, "found": found}
    return render(request, "caseworker/move.html", parts, status=status)
