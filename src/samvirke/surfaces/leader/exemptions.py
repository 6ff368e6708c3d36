"""What plans need not hold in a municipality, until when: recorded, ended, and reminded of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.programmes import exemptions
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import LEADERS, page_for
from samvirke.surfaces.components.exemption_forms import ExemptionForm
from samvirke.surfaces.components.form_page import Words, form_page


@require_safe
@page_for(LEADERS)
def overview(request: SignedInRequest) -> HttpResponse:
    """The exemptions of the municipalities the viewer leads in."""
    parts = {"rows": exemptions.of_mine(request.viewer), "may_record": bool(exemptions.led(request.viewer))}
    return render(request, "leader/exemptions.html", parts)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(LEADERS)
def record(request: SignedInRequest) -> HttpResponse:
    """A plan need not hold something, for a period."""
    led = exemptions.led(request.viewer)
    if not led:
        raise Http404
    form = ExemptionForm(
        request.POST or None,
        municipalities=led,
        requirements=exemptions.requirements(request.viewer),
        initial={"valid_from": local_day(request.viewer.now)},
    )

    def act(said: dict[str, Any]) -> None:
        try:
            exemptions.record(form.new(), by=request.viewer)
        except exemptions.EndsBeforeItBegins:
            form.add_error(
                "last_day", _("The last day comes before the first, or has been. Choose a later day.")
            )

    words = Words(
        title=_("A new exemption"),
        lead=_("While it lasts, the plan says that this is exempted here, and no longer that it is missing."),
        submit=_("Save"),
        done=_("The exemption is saved."),
        back=_("Back to exemptions"),
    )
    return form_page(request, form, act, words=words, back=reverse("exemptions"))


@require_POST
@page_for(LEADERS)
def end(request: SignedInRequest, exemption_id: UUID) -> HttpResponse:
    """From today plans must hold it again."""
    try:
        exemptions.end(exemption_id=exemption_id, by=request.viewer)
    except exemptions.NotYourMunicipality:
        raise Http404 from None
    except exemptions.EndedAlready:
        messages.info(request, _("It has ended already."))
    else:
        messages.success(request, _("It is ended, and stays here to be read."))
    return redirect("exemptions")
