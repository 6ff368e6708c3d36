"""Who of the own cases the joint effort is for, and what a worker assesses where the system does not say."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samvirke.people import duplicates
from samvirke.people import operations as people
from samvirke.people.verbs import ASSESS_RECORD
from samvirke.programmes import operations, versions
from samvirke.programmes import queries as programmes
from samvirke.programmes.types import RecordRow
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import FORM_REFUSED, WORKERS, page_for
from samvirke.surfaces.components.screening_forms import AssessForm


@require_POST
@page_for(WORKERS)
def screen(request: SignedInRequest) -> HttpResponse:
    """Judge the own cases by the rules in force; no other agency's data are looked at."""
    _screen(request)
    return redirect("records")


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS, sends=ASSESS_RECORD)
def assess(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """What a worker assesses of one of the own clients; the cases are judged again by it."""
    row = programmes.record(request.viewer, record_id)
    if row is None or duplicates.stands_for(request.viewer, record_id):
        raise Http404
    if request.method != "POST":
        return _shown(request, row, AssessForm())
    form = AssessForm(request.POST)
    if form.is_valid() and all(said is None for said in form.cleaned_data.values()):
        form.add_error(
            "assessed_at_risk", _("Nothing is assessed yet. Answer at least one of the questions.")
        )
    if not form.is_valid():
        return _shown(request, row, form, status=FORM_REFUSED)
    people.assess_record(record_id=record_id, said=form.assessed(), by=request.viewer)
    _screen(request)
    return redirect("record", record_id)


def _shown(request: SignedInRequest, row: RecordRow, form: AssessForm, *, status: int = 200) -> HttpResponse:
    return render(request, "caseworker/assess.html", {"record": row, "form": form}, status=status)


def _screen(request: SignedInRequest) -> None:
    """Raises nothing: where nobody can be judged, the page says why."""
    partnership = programmes.partnership_of(request.viewer)
    if partnership is None:
        messages.error(
            request, _("The municipality is in no local partnership. Ask your leader to join one.")
        )
        return
    try:
        found = operations.screen_own_caseload(partnership_id=partnership, by=request.viewer)
    except versions.NoRulesInForce:
        text = _(
            "No rules hold today, so nobody is screened. Ask the leader of the partnership to write them."
        )
        messages.error(request, text)
        return
    text = _("Screened: %(admitted)d in the target group, %(refused)d not, %(unknown)d not known yet.")
    counts = {"admitted": found.admitted, "refused": found.refused, "unknown": found.unknown}
    messages.success(request, text % counts)
