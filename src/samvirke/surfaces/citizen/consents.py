"""The person's consents: being asked, answering, what was said, being reminded, and taking one back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import UnitRow
from samvirke.coordination import consents as coordination
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.people import consents, guardians, operations, queries, recalls, reminders
from samvirke.people.answering import NobodyAnswers
from samvirke.people.bases import NotCovered
from samvirke.people.types import ConsentRow, DraftRow
from samvirke.people.verbs import ANSWER_CONSENT, ASK_CONSENT
from samvirke.plan import consents as plan
from samvirke.programmes import queries as programmes
from samvirke.statutes import queries as statutes
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.asking_forms import A_YEAR
from samvirke.surfaces.components.consent_forms import AnswerForm, ShareForm
from samvirke.surfaces.components.consent_parts import open_applications
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import CITIZENS, page_for

FORM = ["GET", "HEAD", "POST"]
NOBODY_ANSWERS = gettext_lazy(
    "Nobody who acts for you may answer this. Leave something out, or ask the office you work with to find "
    "out who can answer."
)


@require_safe
@page_for(CITIZENS)
def my_consents(request: SignedInRequest) -> HttpResponse:
    """What one is asked comes first, then what holds, then what is over."""
    rows, me = queries.my_consents(request.viewer), queries.myself(request.viewer)
    parts = {
        "waiting": consents.waiting(request.viewer),
        "reminders": {row.consent_id: row for row in reminders.due(request.viewer)},
        "in_force": [row for row in rows if row.status == "in_force"],
        "over": [row for row in rows if row.status != "in_force"],
        "acting": [row for row in guardians.around(request.viewer, me) if row.is_in_force],
    }
    return render(request, "citizen/consents.html", parts)


@require_http_methods(FORM)
@page_for(CITIZENS, sends=ANSWER_CONSENT)
def question(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """One question with exactly what a yes opens; a POST answers it."""
    asked = consents.question(request.viewer, draft_id)
    step = request.POST.get("step", "")
    form = AnswerForm(request.POST if step == "yes" else None, asked=asked)
    if request.method != "POST" or step not in {"yes", "no"}:
        return _asked(request, asked, form)
    try:
        if step == "no":
            consents.answer_no(draft_id=draft_id, by=request.viewer)
            messages.success(request, _("Your no is noted. Nothing is shared because of this question."))
            return redirect("my_consents")
        if not form.is_valid():
            return _asked(request, asked, form, status=422)
        consent_id = plan.say_yes(draft_id=draft_id, by=request.viewer, **form.left_out())
    except consents.NothingLeft:
        form.add_error(None, _("Nothing is left to say yes to. Leave out less, or say no."))
        return _asked(request, asked, form, status=422)
    except consents.NotWaiting:
        messages.error(request, _("This question waits for no answer any more."))
        return redirect("my_consents")
    messages.success(request, _("Your yes is noted. Here is what you said yes to."))
    return redirect("my_consent", consent_id)


@require_safe
@page_for(CITIZENS)
def consent(request: SignedInRequest, consent_id: UUID) -> HttpResponse:
    """What the person said yes to, as a receipt; when it has been taken back, who knows."""
    told = recalls.of_consent(request.viewer, ask.consent(consent_id))
    parts = {"consent": _mine(request, consent_id), "told": told}
    return render(request, "citizen/consent.html", parts)


@require_http_methods(FORM)
@page_for(CITIZENS)
def withdraw(request: SignedInRequest, consent_id: UUID) -> HttpResponse:
    """First what would follow; a POST takes it back, at once."""
    if request.method == "POST":
        return _withdrawn(request, consent_id)
    row = _mine(request, consent_id)
    if row.status == "withdrawn" or not row.may_withdraw:
        return redirect("my_consent", consent_id)
    found = coordination.consequences(request.viewer, consent_id)
    person_id = queries.myself(request.viewer)
    parts = {
        "consent": row,
        "found": found,
        "applications": open_applications(request.viewer, person_id, found),
        "back": reverse("my_consent", args=[consent_id]),
    }
    return render(request, "citizen/withdraw.html", parts)


@require_POST
@page_for(CITIZENS)
def hold(request: SignedInRequest, consent_id: UUID) -> HttpResponse:
    """The person was reminded, and the consent holds."""
    reminders.hold(consent_id=consent_id, by=request.viewer)
    messages.success(request, _("It is noted that your yes still holds."))
    return redirect("my_consents")


@require_POST
@page_for(CITIZENS)
def again(request: SignedInRequest, consent_id: UUID) -> HttpResponse:
    """What is over is asked anew, by the person; nothing is shared before the answer."""
    try:
        drafts = consents.draft_again(consent_id=consent_id, by=request.viewer)
    except (operations.UnitMayNotBeNamed, consents.NotAskedFor, NotCovered):
        raise Http404 from None
    except NobodyAnswers:
        messages.error(request, str(NOBODY_ANSWERS))
        return redirect("my_consents")
    return redirect("my_question", drafts[0]) if len(drafts) == 1 else redirect("my_consents")


@require_http_methods(FORM)
@page_for(CITIZENS, sends=ASK_CONSENT)
def share(request: SignedInRequest) -> HttpResponse:
    """The person thinks of letting offices share something; the question with its preview comes next."""
    viewer, today = request.viewer, local_day(request.viewer.now)
    person_id = queries.myself(viewer)
    partnership = queries.persons({person_id})[person_id].partnership_id
    form = ShareForm(
        request.POST or None, units=_near(viewer, person_id), today=today, initial={"until": today + A_YEAR}
    )
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "citizen/share.html", {"form": form}, status=status)
    basis = statutes.consent_basis(programmes.country_of(partnership)).code
    try:
        drafts = consents.draft(person_id=person_id, terms=form.terms((), basis), by=viewer)
    except NotCovered:
        form.add_error("kinds", _("This cannot be shared between these offices. Leave something out."))
        return render(request, "citizen/share.html", {"form": form}, status=422)
    except NobodyAnswers:
        form.add_error("kinds", str(NOBODY_ANSWERS))
        return render(request, "citizen/share.html", {"form": form}, status=422)
    return redirect("my_question", drafts[0]) if len(drafts) == 1 else redirect("my_consents")


def _near(viewer: Viewer, person_id: UUID) -> list[UnitRow]:
    """The offices of the person's municipality and of the whole partnership, and those named before."""
    myself = queries.persons({person_id})[person_id]
    country = programmes.country_of(myself.partnership_id)
    found = {unit.unit_id: unit for unit in agencies.units_near(myself.municipality_id or "", country)}
    named = (unit for row in queries.my_consents(viewer) for unit in row.to_unit_ids)
    return sorted((found | agencies.units(named)).values(), key=lambda unit: unit.name)


def _asked(request: SignedInRequest, asked: DraftRow, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    parts = {"asked": asked, "preview": plan.preview(request.viewer, asked), "form": form}
    return render(request, "citizen/question.html", parts, status=status)


def _mine(request: SignedInRequest, consent_id: UUID) -> ConsentRow:
    """One of the person's own. What a guardian gave for somebody else is on no page of theirs."""
    for row in queries.my_consents(request.viewer):
        if row.consent_id == consent_id:
            return row
    raise Http404


def _withdrawn(request: SignedInRequest, consent_id: UUID) -> HttpResponse:
    try:
        done = coordination.withdraw_consent(consent_id=consent_id, by=request.viewer)
    except operations.AlreadyWithdrawn:
        messages.info(
            request, gettext("You have withdrawn this consent before. Nothing rests on it any more.")
        )
        return redirect("my_consents")
    text = ngettext(
        "Your consent is withdrawn. %(count)d worker can no longer see your information.",
        "Your consent is withdrawn. %(count)d workers can no longer see your information.",
        done.access_ended,
    )
    messages.success(request, text % {"count": done.access_ended})
    return redirect("my_consents")
