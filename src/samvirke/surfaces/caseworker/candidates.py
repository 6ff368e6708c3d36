"""A list of the own clients to another office, and receiving what was sent in one go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samvirke.agencies import queries as agencies
from samvirke.people import candidates
from samvirke.people.candidates import Sent, WhyNot
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.candidate_forms import CandidatesForm
from samvirke.surfaces.components.doors import FORM_REFUSED, WORKERS, page_for

PAGE = "caseworker/candidates.html"


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def send(request: SignedInRequest) -> HttpResponse:
    """Choose an office, then who; the whole list is shown before it is sent."""
    if request.POST.get("step") == "send":
        return _sent(request)
    found = candidates.offices(request.viewer)
    wanted = request.POST.get("office") or request.GET.get("office")
    if not wanted:
        return render(request, PAGE, {"offices": found, "purpose": request.viewer.purpose})
    office = next((row.unit for row in found if str(row.unit.unit_id) == wanted), None)
    if office is None:
        raise Http404
    rows = candidates.for_office(request.viewer, office.unit_id)
    form = CandidatesForm(request.POST or None, candidates=rows)
    parts: dict[str, Any] = {"office": office, "form": form}
    if form.is_valid():
        chosen = set(form.cleaned_data["people"])
        parts["chosen"] = [row for row in rows if row.person_id in chosen]
    return render(request, PAGE, parts, status=FORM_REFUSED if form.errors else 200)


@require_POST
@page_for(WORKERS)
def receive(request: SignedInRequest) -> HttpResponse:
    """The own unit receives the referrals that stood on its page, each as if it were alone."""
    asked = _ids(request.POST.getlist("referral"))
    received = candidates.receive(referral_ids=asked, by=request.viewer)
    text = ngettext(
        "%(count)s referral is received. For %(known)s of them your unit has a case of its own.",
        "%(count)s referrals are received. For %(known)s of them your unit has a case of its own.",
        received.count,
    )
    messages.success(request, text % {"count": received.count, "known": received.known})
    return redirect("worklist")


def _sent(request: SignedInRequest) -> HttpResponse:
    """Where some could not be sent they stand on the page with the reason; the others have been."""
    wanted, chosen = _ids([request.POST.get("office", "")]), _ids(request.POST.getlist("people"))
    office = next(iter(agencies.units(wanted).values()), None)
    if office is None or not chosen:
        raise Http404
    result = candidates.send(person_ids=chosen, to_unit=office.unit_id, by=request.viewer)
    if result.refused:
        parts = {"office": office, "sent": len(result.referrals), "refused": _refused(request, result)}
        return render(request, PAGE, parts, status=200 if result.referrals else FORM_REFUSED)
    text = ngettext(
        "%(count)s person is referred to %(office)s.",
        "%(count)s persons are referred to %(office)s.",
        len(result.referrals),
    )
    messages.success(request, text % {"count": len(result.referrals), "office": office.name})
    return redirect("candidates")


def _refused(request: SignedInRequest, result: Sent) -> list[tuple[str, WhyNot]]:
    """Without a name where the viewer may not know of the person any more."""
    names = candidates.named(request.viewer, result.refused)
    return sorted((names.get(person_id, ""), why) for person_id, why in result.refused.items())


def _ids(texts: Iterable[str]) -> list[UUID]:
    """The ids among these texts."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
