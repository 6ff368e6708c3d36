"""Those whom one acts for: what is asked about them, answering, and taking a yes back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.coordination import consents as coordination
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people import guardian_answers, guardians
from samvirke.people.consents import NotWaiting
from samvirke.people.guardian_refusals import NotByGuardian
from samvirke.people.guardian_types import ChildQuestion, WardRow
from samvirke.people.operations import AlreadyWithdrawn
from samvirke.people.types import ConsentRow
from samvirke.plan import consents as plan
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.consent_parts import open_applications
from samvirke.surfaces.components.doors import CITIZENS, page_for

FORM = ["GET", "HEAD", "POST"]


@require_safe
@page_for(CITIZENS)
def my_children(request: SignedInRequest) -> HttpResponse:
    """Everybody one acts for: what was asked about them, and what others noted that guardians said yes to."""
    wards = guardians.wards(request.viewer)
    rows = [_about(request.viewer, ward) for ward in wards]
    money = {ward.person_id for ward in wards if DataKind.ECONOMY in ward.scope}
    return render(request, "citizen/children.html", {"rows": rows, "money": money})


@require_http_methods(FORM)
@page_for(CITIZENS)
def child_question(request: SignedInRequest, person_id: UUID, draft_id: UUID) -> HttpResponse:
    """One question about somebody one acts for, as a receipt once it is answered; a POST answers it."""
    ward, found = _question(request.viewer, person_id, draft_id)
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
def child_withdraw(request: SignedInRequest, person_id: UUID, consent_id: UUID) -> HttpResponse:
    """First what would follow; a POST takes a yes back, at once and for everybody who gave it."""
    ward, row = _yes(request.viewer, person_id, consent_id)
    if row is None:
        messages.info(request, _("It has been taken back before. Nothing rests on it any more."))
        return redirect("my_children")
    if request.method != "POST":
        follows = coordination.consequences(request.viewer, consent_id)
        parts = {
            "ward": ward,
            "consent": row,
            "found": follows,
            "applications": open_applications(request.viewer, person_id, follows),
        }
        return render(request, "citizen/child_withdraw.html", parts)
    try:
        coordination.withdraw_consent(consent_id=consent_id, by=request.viewer)
    except AlreadyWithdrawn:  # by the other one, just now
        messages.info(request, _("It has been taken back before. Nothing rests on it any more."))
    else:
        messages.success(request, _("It is taken back. Nothing is shared because of it any more."))
    return redirect("my_children")


def _about(viewer: Viewer, ward: WardRow) -> tuple[WardRow, list[ChildQuestion], list[ConsentRow]]:
    asked = guardian_answers.questions(viewer, ward.person_id)
    by_question = {one.asked.consent_id for one in asked}
    given = guardian_answers.given(viewer, ward.person_id)
    return ward, asked, [row for row in given if row.consent_id not in by_question]


def _ward(viewer: Viewer, person_id: UUID) -> WardRow:
    """One whom the citizen acts for. The others are not read, so that the log has no line about them."""
    for ward in guardians.wards(viewer, person_id):
        return ward
    raise Http404


def _question(viewer: Viewer, person_id: UUID, draft_id: UUID) -> tuple[WardRow, ChildQuestion]:
    return _ward(viewer, person_id), guardian_answers.question(viewer, person_id, draft_id)


def _yes(viewer: Viewer, person_id: UUID, consent_id: UUID) -> tuple[WardRow, ConsentRow | None]:
    """A yes of guardians that the viewer may take back; None once it holds no more."""
    ward, consent = _ward(viewer, person_id), ask.consent(consent_id)
    given = {row.consent_id: row for row in guardian_answers.given(viewer, person_id)}
    if consent.subject_id != person_id or (consent_id not in given and consent.in_force(viewer.now)):
        raise Http404
    return ward, given.get(consent_id)


def _told(step: str, *, in_force: bool) -> str:
    if step == "no":
        return _("Your no is noted. Nothing is shared because of this question.")
    if in_force:
        return _("Your yes is noted, and everybody has said yes who must.")
    return _("Your yes is noted. Nothing is shared before the other one has said yes as well.")
