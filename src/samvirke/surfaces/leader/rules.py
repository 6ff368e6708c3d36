"""Whom the partnership is for: the rules as text, tried by anybody who works by them, saved by its leader."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samvirke.programmes import queries, versions
from samvirke.programmes.files import BadFile
from samvirke.programmes.types import RulesPage, Trial
from samvirke.programmes.vocabulary import FACTS
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import RULE_READERS, page_for
from samvirke.surfaces.components.rule_forms import RulesForm


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(RULE_READERS)
def rules(request: SignedInRequest) -> HttpResponse:
    """The newest rules to write on. A POST tries a text, or saves it where the viewer may."""
    partnership_id = queries.partnership_of(request.viewer)
    if partnership_id is None:
        raise Http404
    page = versions.rules_page(request.viewer, partnership_id)
    if request.method != "POST":
        written = {"text": page.text, "seen_version": page.seen_version}
        return _shown(request, page, RulesForm(initial=written))
    form = RulesForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, form, status=422)
    if request.POST.get("step") == "save":
        return _saved(request, page, form)
    return _tried(request, page, form)


def _saved(request: SignedInRequest, page: RulesPage, form: RulesForm) -> HttpResponse:
    try:
        number = versions.save_rules(
            partnership_id=page.partnership_id, by=request.viewer, **form.cleaned_data
        )
    except versions.NotYourPartnership:
        raise Http404 from None
    except BadFile as bad:
        form.say(bad)
        return _shown(request, page, form, status=422)
    except versions.StaleRules as stale:
        again = RulesForm.again(form.cleaned_data, stale.number)
        text = _(
            "Somebody has saved version %(number)s meanwhile. It stands below. Save again to replace it."
        )
        again.add_error("text", text % {"number": stale.number})
        return _shown(request, page, again, status=409)
    messages.success(request, _("Version %(number)s of the rules is saved.") % {"number": number})
    return redirect("rules")


def _tried(request: SignedInRequest, page: RulesPage, form: RulesForm) -> HttpResponse:
    try:
        trial = versions.try_rules(
            partnership_id=page.partnership_id, text=form.cleaned_data["text"], by=request.viewer
        )
    except BadFile as bad:
        form.say(bad)
    except versions.NoRulesInForce:
        form.add_error("text", _("No rules hold today that these could be compared with."))
    else:
        return _shown(request, page, form, trial=trial)
    return _shown(request, page, form, status=422)


def _shown(
    request: SignedInRequest,
    page: RulesPage,
    form: RulesForm,
    *,
    trial: Trial | None = None,
    status: int = 200,
) -> HttpResponse:
    parts = {"page": page, "form": form, "trial": trial, "facts": FACTS, "is_stale": status == 409}
    return render(request, "leader/rules.html", parts, status=status)
