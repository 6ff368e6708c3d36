"""Naming a unit's contact person, and ending it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samvirke.agencies import queries as agencies
from samvirke.agreements import operations, policies, queries
from samvirke.programmes import queries as programmes
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.agreement_forms import ContactForm
from samvirke.surfaces.components.doors import LEADERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.leader.agreements import partnership


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(LEADERS)
def name(request: SignedInRequest, unit_id: UUID) -> HttpResponse:
    """A post of the unit is set aside."""
    partnership_id = partnership(request.viewer)
    overview = queries.overview(request.viewer, partnership_id, programmes.municipalities(partnership_id))
    if not any(site.unit_id == unit_id and site.may_write for site in overview.sites):
        raise Http404
    initial = {"since": request.viewer.now.date()}
    form = ContactForm(request.POST or None, posts=queries.posts_to_name(unit_id), initial=initial)

    def act(said: dict[str, Any]) -> None:
        try:
            operations.name_contact_person(
                partnership_id=partnership_id, unit_id=unit_id, by=request.viewer, **said
            )
        except policies.NotOfThisUnit:
            form.add_error("deputy_id", _("The deputy is another post than the contact person."))
        except policies.AlreadyContactPerson:
            form.add_error("post_id", _("This post is the contact person already."))

    words = Words(
        title=_("Contact person"),
        lead=_("A post that the unit sets aside, so that others know whom to ask. No name is kept."),
        submit=_("Save"),
        done=_("The contact person is saved."),
        back=_("Back to agreements"),
    )
    whom = agencies.unit_names([unit_id])[unit_id]
    return form_page(request, form, act, words=words, back=reverse("agreements"), whom=whom)


@require_POST
@page_for(LEADERS)
def end(request: SignedInRequest, contact_id: UUID) -> HttpResponse:
    """From today somebody else is asked, or nobody."""
    try:
        operations.end_contact_person(contact_id=contact_id, by=request.viewer)
    except policies.NotYoursToWrite:
        raise Http404 from None
    messages.success(request, _("It is saved."))
    return redirect("agreements")
