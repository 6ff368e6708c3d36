"""Persons' wishes for another coordinator or worker, for the leader post that answers them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.coordination import choices, policies
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import FORM
from samvirke.surfaces.components.choice_forms import AnswerWishForm
from samvirke.surfaces.components.doors import UNIT_LEADERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.plan_parts import words_of_kind


@require_safe
@page_for(UNIT_LEADERS)
def wishes(request: SignedInRequest) -> HttpResponse:
    """What waits for this leader's answer."""
    return render(request, "caseworker/change_wishes.html", {"wishes": choices.waiting(request.viewer)})


@require_http_methods(FORM)
@page_for(UNIT_LEADERS)
def answer(request: SignedInRequest, wish_id: UUID) -> HttpResponse:
    """The leader's answer; who follows is offered the duty, or joins, from the plan."""
    row = next((one for one in choices.waiting(request.viewer) if one.wish_id == wish_id), None)
    if row is None:
        raise Http404
    form = AnswerWishForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        try:
            choices.answer_wish(wish_id=wish_id, by=request.viewer, **said)
        except policies.AnsweredAlready:
            form.add_error("granted", _("This has been answered already. Read what was said."))

    who = row.instead_of.title or words_of_kind(row.instead_of.agency_kind)
    lead = _("%(name)s wishes for somebody else than %(post)s: “%(words)s”")
    words = Words(
        title=_("A wish for somebody else"),
        lead=lead % {"name": row.person_name, "post": who, "words": row.wanted},
        submit=_("Save the answer"),
        done=_(
            "The answer is saved, and the person reads it. If it was a yes, offer the duty from the plan."
        ),
        back=_("Back to the wishes"),
    )
    return form_page(request, form, act, words=words, back=reverse("change_wishes"), whom=row.why)
