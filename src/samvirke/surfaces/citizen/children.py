"""Those whom one acts for: what is asked about them, answering, and taking a yes back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.coordination import consents as coordination
from samvirke.people import guardian_answers, guardians
from samvirke.people.consents import NotWaiting
from samvirke.people.guardian_refusals import NotByGuardian
from samvirke.people.guardian_types import ChildQuestion, WardRow
from samvirke.people.operations import AlreadyWithdrawn
from samvirke.plan import consents as plan
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.consent_parts import open_applications
from samvirke.surfaces.components.doors import CITIZENS, page_for

FORM = ["GET", "HEAD", "POST"]


@require_safe
@page_for(CITIZENS)
def my_children(request: SignedInRequest) -> HttpResponse:
    """Everybody one acts for, with what waits for an answer first."""
    rows = [
        (ward, guardian_answers.questions(request.viewer, ward.person_id))
        for ward in guardians.wards(request.viewer)
    ]
    return render(request, "citizen/children.html", {"rows": rows})


@require_http_methods(FORM)
@page_for(CITIZENS)
def child_question(request: SignedInRequest, person_id: UUID, draft_id: UUID) -> HttpResponse:
    """One question about somebody one acts for, as a receipt once it is answered; a POST answers it."""
    ward, found = _found(request, person_id, draft_id)
    step = request.POST.get("step", "")
    if request.method != "POST" or step not in {"yes", "no"}:
        return render(request, "citizen/child_question.html", {"ward": ward, "question": found})
    try:
        consent_id = plan.say_for_child(draft_id=draft_id, says_yes=step == "yes", by=request.viewer)
    except (NotWaiting, guardian_answers.AnsweredBefore):
        messages.error(request, _("This question waits for no answer of yours any more."))
    except NotByGuardian:
        messages.error(
            request, _("You cannot do this here. Call the office you work with, and do it with them.")
        )
    else:
        messages.success(request, _told(step, in_force=consent_id is not None))
    return redirect("child_question", person_id, draft_id)


@require_http_methods(FORM)
@page_for(CITIZENS)
def child_withdraw(request: SignedInRequest, person_id: UUID, draft_id: UUID) -> HttpResponse:
    """First what would follow; a POST takes a yes back, at once and for everybody who gave it."""
    ward, found = _found(request, person_id, draft_id)
    if found.asked.consent_id is None or not found.in_force:
        return redirect("child_question", person_id, draft_id)
    if request.method != "POST":
        follows = coordination.consequences(request.viewer, found.asked.consent_id)
        parts = {
            "ward": ward,
            "question": found,
            "found": follows,
            "applications": open_applications(request.viewer, person_id, follows),
        }
        return render(request, "citizen/child_withdraw.html", parts)
    try:
        coordination.withdraw_consent(consent_id=found.asked.consent_id, by=request.viewer)
    except AlreadyWithdrawn:
        messages.info(request, _("It has been taken back before. Nothing rests on it any more."))
    else:
        messages.success(request, _("It is taken back. Nothing is shared because of it any more."))
    return redirect("child_question", person_id, draft_id)


def _found(request: SignedInRequest, person_id: UUID, draft_id: UUID) -> tuple[WardRow, ChildQuestion]:
    for ward in guardians.wards(request.viewer):
        if ward.person_id == person_id:
            return ward, guardian_answers.question(request.viewer, person_id, draft_id)
    raise Http404


def _told(step: str, *, in_force: bool) -> str:
    if step == "no":
        return _("Your no is noted. Nothing is shared because of this question.")
    if in_force:
        return _("Your yes is noted, and everybody has said yes who must.")
    return _("Your yes is noted. Nothing is shared before the other one has said yes as well.")
