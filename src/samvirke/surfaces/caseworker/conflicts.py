"""Keeping out of a case, and keeping a case from colleagues."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.coordination import queries as coordination
from samvirke.people import conflicts as operations
from samvirke.people import queries as people
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import FORM
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.exception_forms import ConflictForm, ShieldForm
from samvirke.surfaces.components.form_page import Words, form_page


@require_safe
@page_for(WORKERS)
def conflicts(request: SignedInRequest) -> HttpResponse:
    """Who of the unit keeps out of cases. Which cases, is not told."""
    return render(request, "caseworker/conflicts.html", {"conflicts": operations.conflicts(request.viewer)})


@require_POST
@page_for(WORKERS)
def end(request: SignedInRequest, conflict_id: UUID) -> HttpResponse:
    """The leader has found that it is over."""
    try:
        operations.end_conflict(conflict_id=conflict_id, by=request.viewer)
    except operations.NotYoursToEnd:
        if all(row.conflict_id != conflict_id for row in operations.conflicts(request.viewer)):
            raise Http404 from None
        messages.error(request, _("Only the leader of the unit ends this, and never an own case."))
    else:
        messages.success(request, _("It is over. The worker sees the case again where something opens it."))
    return redirect("conflicts")


@require_http_methods(FORM)
@page_for(WORKERS)
def on_plan(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Keep out of the case of a plan; of a family's, of every member's."""
    page = coordination.plan_page(request.viewer, plan_id)
    return _declared(request, page.subject_id, page.person_name, reverse("plan", args=[plan_id]))


@require_http_methods(FORM)
@page_for(WORKERS)
def on_record(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Keep out of one of the agency's own cases."""
    rows = people.own_records(request.viewer, [record_id])
    if not rows:
        raise Http404
    return _declared(request, record_id, rows[0].name or rows[0].external_id, reverse("records"))


@require_http_methods(FORM)
@page_for(WORKERS)
def shield(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """A client who works with the agency: only those named go on seeing the case."""
    found = operations.shielding(request.viewer, record_id)
    if not found.is_mine_to_say:
        raise Http404
    if found.is_shielded:
        return _unshielded(request, record_id)
    rows = people.own_records(request.viewer, [record_id])
    form = ShieldForm(request.POST or None, posts=found.may_name)

    def act(said: dict[str, Any]) -> None:
        operations.shield_record(record_id=record_id, post_ids=said["posts"], by=request.viewer)

    words = Words(
        title=_("Keep the case from colleagues"),
        lead=_("For somebody who works with the agency, or is close to one who does."),
        submit=_("Keep it from the others"),
        done=_("Only those you named see the case from now on."),
        back=_("Our own cases"),
    )
    whom = rows[0].name or rows[0].external_id
    return form_page(request, form, act, words=words, back=reverse("records"), whom=whom)


def _unshielded(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    if request.method == "POST":
        operations.unshield_record(record_id=record_id, by=request.viewer)
        messages.success(request, _("The whole unit sees the case again."))
        return redirect("records")
    rows = people.own_records(request.viewer, [record_id])
    return render(request, "caseworker/unshield.html", {"record": rows[0]})


def _declared(request: SignedInRequest, subject_id: UUID, name: str, back: str) -> HttpResponse:
    form, done = ConflictForm(request.POST or None), []

    def act(said: dict[str, Any]) -> None:
        operations.declare_conflict(subject_id=subject_id, by=request.viewer, **said)
        done.append(subject_id)

    words = Words(
        title=_("I must keep out of this case"),
        lead=_(
            "You stop seeing the case at once, whatever else opens it, and nobody can open it for you. Your "
            "leader can end it when it is over. Tell your leader, so that somebody else takes the case."
        ),
        submit=_("I keep out of it"),
        done=_("You no longer see the case. Tell your leader, so that somebody else takes it."),
        back=_("Back"),
    )
    answer = form_page(request, form, act, words=words, back=back, whom=name)
    return redirect("worklist") if done else answer
