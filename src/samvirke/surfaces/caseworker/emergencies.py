"""Opening something in an emergency, and looking at it afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.agencies import queries as agencies
from samvirke.gate import queries as ask
from samvirke.gate.access import ACCESS
from samvirke.kernel.gate_words import mask_of
from samvirke.people import emergencies
from samvirke.people import queries as people
from samvirke.people.verbs import BREAK_GLASS
from samvirke.plan import queries as plans
from samvirke.programmes import queries as programmes
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import FORM, page_of_one
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.exception_forms import EmergencyByNumberForm, EmergencyForm
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.running import metrics

VERDICTS = {"accepted", "misuse"}


@require_safe
@page_for(WORKERS)
def overview(request: SignedInRequest) -> HttpResponse:
    """What the worker opened and what waits for the worker's review."""
    rows = emergencies.to_review(request.viewer)
    parts = {
        "waiting": [row for row in rows if row.is_mine_to_review],
        "reviewed": [row for row in rows if not row.is_mine_to_review],
        "own": emergencies.own(request.viewer),
        "alarms": emergencies.alarms(request.viewer),
    }
    return render(request, "caseworker/emergencies.html", parts)


@require_http_methods(FORM)
@page_for(WORKERS, sends=BREAK_GLASS)
def by_number(request: SignedInRequest) -> HttpResponse:
    """Somebody known by a national id alone. Who is not here and who may not be opened look the same."""
    partnership_id = programmes.partnership_of(request.viewer)
    if partnership_id is None:
        raise Http404
    country = agencies.country_of_post(request.viewer.post_id)
    form = EmergencyByNumberForm(request.POST or None, country=country)
    asked: list[UUID | None] = []

    def act(said: dict[str, Any]) -> None:
        try:
            person_id = emergencies.break_glass_by_number(
                national_id=said["national_id"],
                partnership_id=partnership_id,
                emergency=form.emergency,
                by=request.viewer,
            )
        except emergencies.NobodyToReview:
            form.add_error("reason", _("Nobody else could review this. Call the coordinating unit."))
        else:
            _count(request, person_id)
            asked.append(person_id)

    words = Words(
        title=_("Open in an emergency"),
        lead=_(
            "For life and health, when nobody who may tell you can be reached. What you open is told to the "
            "person and to those around the person at once, and somebody else reviews it."
        ),
        submit=_("Open now"),
        done="",
        back=_("Emergencies"),
    )
    answer = form_page(request, form, act, words=words, back=reverse("emergencies"))
    return _to_the_plan(request, asked[0]) if asked else answer


@require_http_methods(FORM)
@page_for(WORKERS, sends=BREAK_GLASS)
def on_plan(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """More about a person whose plan the worker takes part in."""
    page = page_of_one(request, plan_id)
    open_already = mask_of(ask.readable(request.viewer, [page.subject_id]).values())
    more = ACCESS[request.viewer.role].reads & emergencies.LIFTABLE_KINDS & ~open_already
    form = EmergencyForm(request.POST or None, kinds=more)

    def act(said: dict[str, Any]) -> None:
        try:
            lift_id = emergencies.break_glass(
                subject_id=page.subject_id, emergency=form.emergency, by=request.viewer
            )
        except emergencies.NobodyToReview:
            form.add_error("reason", _("Nobody else could review this. Call the coordinating unit."))
            return
        _count(request, lift_id)
        if lift_id is None:
            form.add_error("reason", _("This is never opened in an emergency. Ask the coordinator."))

    words = Words(
        title=_("Open more in an emergency"),
        lead=_(
            "For life and health, when nobody who may tell you can be reached. What you open is told to the "
            "person and to those around the person at once, and somebody else reviews it."
        ),
        submit=_("Open now"),
        done=_("It is open to you for the hours you chose. The person and the others have been told."),
    )
    back = reverse("plan", args=[plan_id])
    return form_page(request, form, act, words=words, back=back, whom=page.person_name)


@require_POST
@page_for(WORKERS)
def review(request: SignedInRequest, lift_id: UUID) -> HttpResponse:
    """It was needed, or it was not right."""
    verdict = request.POST.get("verdict", "")
    if verdict not in VERDICTS:
        raise Http404
    try:
        emergencies.review(lift_id=lift_id, verdict=verdict, by=request.viewer)
    except emergencies.NotYoursToReview:
        if all(row.lift_id != lift_id for row in emergencies.to_review(request.viewer)):
            raise Http404 from None
        messages.error(request, _("This is somebody else’s to review, or has been reviewed already."))
    else:
        messages.success(request, _("Your review is saved. The person and those around the person see it."))
    return redirect("emergencies")


def _count(request: SignedInRequest, opened: UUID | None) -> None:
    if opened is not None:
        metrics.emergency(unusual=emergencies.is_unusual(request.viewer))


def _to_the_plan(request: SignedInRequest, person_id: UUID | None) -> HttpResponse:
    if person_id is None:
        text = _(
            "Nothing was opened. Either nobody with this number has a plan here, or it is one that is never "
            "opened this way. What you asked is logged. Call the coordinating unit."
        )
        messages.warning(request, text)
        return redirect("emergencies")
    messages.success(
        request, _("It is open to you for the hours you chose. The person and the others have been told.")
    )
    plan_id = plans.plan_of(person_id)
    if plan_id is not None:
        return redirect("plan", plan_id)
    name = people.persons({person_id})[person_id].name
    messages.info(request, _("%(name)s is known here and has no plan.") % {"name": name})
    return redirect("emergencies")
