"""Saying that one is away, and seeing who steps in for each plan."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samvirke.coordination import absences, policies
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.away_forms import AwayForm
from samvirke.surfaces.components.days import in_words
from samvirke.surfaces.components.doors import WORKERS, page_for


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def away(request: SignedInRequest) -> HttpResponse:
    """The days said, who steps in on each plan, and the form; a POST says further days."""
    posts = absences.may_say_for(request.viewer)
    if request.method != "POST":
        return _shown(request, AwayForm(posts=posts))
    form = AwayForm(request.POST, posts=posts)
    if not form.is_valid():
        return _shown(request, form, status=422)
    try:
        absences.say_absence(by=request.viewer, **form.cleaned_data)
    except policies.DaysTurnedRound:
        form.add_error("back_on", _("The first day away is today or later, and the first day back after it."))
    except policies.AlreadyAway as known:
        days = {"first": in_words(known.away_from), "last": in_words(known.back_on)}
        text = _("Some of these days are said already: from %(first)s until %(last)s.")
        form.add_error("away_from", text % days)
    except policies.NobodyStandsIn as nobody:
        text = _(
            "On %(day)s coordinator, deputy and leader would all be away from a plan. Ask somebody to take "
            "the plan over first."
        )
        form.add_error("away_from", text % {"day": in_words(nobody.day)})
    else:
        messages.success(request, _("It is saved. Below you see who stands in for each plan."))
        return redirect("away")
    return _shown(request, form, status=422)


@require_POST
@page_for(WORKERS)
def back(request: SignedInRequest, absence_id: UUID) -> HttpResponse:
    """Somebody is back today, or does not go after all."""
    try:
        absences.end_absence(absence_id=absence_id, by=request.viewer)
    except policies.NotYourAbsence:
        raise Http404 from None
    messages.success(request, _("It is saved. The coordinator acts again from today."))
    return redirect("away")


def _shown(request: SignedInRequest, form: AwayForm, *, status: int = 200) -> HttpResponse:
    parts = {"form": form, "absences": absences.absences(request.viewer), "today": request.viewer.now.date()}
    return render(request, "caseworker/away.html", parts, status=status)
