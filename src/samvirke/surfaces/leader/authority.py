"""Who in the leader's own unit may decide under which law, until when; recorded, ended, and reminded of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.agencies import delegation, queries
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.authority_forms import AuthorityForm
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import UNIT_LEADERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page


@require_safe
@page_for(UNIT_LEADERS)
def overview(request: SignedInRequest) -> HttpResponse:
    """What was delegated to the unit's posts: what holds, what ends soon, what is over."""
    return render(request, "leader/authority.html", {"rows": delegation.of_own_unit(request.viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(UNIT_LEADERS)
def delegate(request: SignedInRequest) -> HttpResponse:
    """A post of the unit may decide something."""
    posts = queries.workers_in([queries.post(request.viewer.post_id).unit_id])
    form = AuthorityForm(
        request.POST or None,
        posts=posts,
        laws=delegation.laws(request.viewer),
        initial={"valid_from": local_day(request.viewer.now)},
    )

    def act(said: dict[str, Any]) -> None:
        try:
            delegation.delegate(by=request.viewer, **said)
        except delegation.EndsBeforeItBegins:
            form.add_error(
                "last_day", _("The last day comes before the first, or has been. Choose a later day.")
            )
        except delegation.NotOfYourUnit:
            form.add_error("post_id", _("Only the unit’s leader records this. Ask the leader to do it."))

    words = Words(
        title=_("Somebody may decide"),
        lead=_("It says who may decide, and opens nothing: what the post sees stays as it is."),
        submit=_("Save"),
        done=_("It is saved. It is seen on the plans the post takes part in."),
        back=_("Back to who may decide"),
    )
    return form_page(request, form, act, words=words, back=reverse("authority"))


@require_POST
@page_for(UNIT_LEADERS)
def end(request: SignedInRequest, authority_id: UUID) -> HttpResponse:
    """From today the post decides no more."""
    try:
        delegation.end(authority_id=authority_id, by=request.viewer)
    except delegation.NotOfYourUnit:
        raise Http404 from None
    except delegation.EndedAlready:
        messages.info(request, _("It has ended already."))
    else:
        messages.success(request, _("It is ended, and stays here to be read."))
    return redirect("authority")
