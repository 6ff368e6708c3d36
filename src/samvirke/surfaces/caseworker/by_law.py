"""Opening something by law to a post of another office, seeing what is open, and ending it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import PostRow
from samvirke.gate import queries as ask
from samvirke.gate.access import ACCESS, CASEWORK
from samvirke.kernel.gate_words import Purpose
from samvirke.people import lawful, openings, verbs
from samvirke.people import queries as people
from samvirke.people.law_types import Rule
from samvirke.plan.types import PlanPage
from samvirke.statutes.sharing import Obstacle
from samvirke.surfaces.actor import SignedInRequest, act_as
from samvirke.surfaces.caseworker.writing import FORM, page_of_one
from samvirke.surfaces.components import law_parts
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.law_forms import ByLawForm

AT_FIELD = {Obstacle.KINDS: "kinds", Obstacle.PURPOSE: "purposes", Obstacle.CONDITION: None}


@require_safe
@page_for(WORKERS)
def overview(request: SignedInRequest) -> HttpResponse:
    """What is open to the worker by law, and what the worker's office has opened to others."""
    parts = {
        "told": law_parts.told(openings.to_own_post(request.viewer)),
        "rows": openings.by_own_unit(request.viewer),
        "purpose": request.viewer.purpose,
    }
    return render(request, "caseworker/openings.html", parts)


@require_safe
@page_for(WORKERS)
def on_plan(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """What has been opened about a person, and the rules the worker's office may open more on."""
    page = page_of_one(request, plan_id)
    may_open = verbs.OPEN_BY_LAW.code in ask.allowed(request.viewer, [verbs.OPEN_BY_LAW], page.subject_id)
    parts = {
        "page": page,
        "rows": openings.about(request.viewer, page.subject_id),
        "rules": lawful.rules(page.country, request.viewer) if may_open else [],
        "is_own": bool(lawful.own_to_tell(request.viewer, page.subject_id)),
    }
    return render(request, "caseworker/by_law.html", parts)


@require_http_methods(FORM)
@page_for(WORKERS)
def new(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Open something on one rule, which the address names."""
    page = page_of_one(request, plan_id)
    ask.require(request.viewer, verbs.OPEN_BY_LAW, page.subject_id)
    rule, own = _rule(request, page), lawful.own_to_tell(request.viewer, page.subject_id)
    if not own:
        raise Http404
    form = ByLawForm(
        request.POST or None,
        rule=rule,
        readable=own & ask.readable(request.viewer, [page.subject_id])[page.subject_id],
        posts=_others(request, page),
        today=local_day(request.viewer.now),
    )

    def act(said: dict[str, Any]) -> None:
        _opened(request, page, form)

    words = Words(
        title=_("Open by law, without consent"),
        lead=_(
            "Ask the person first: a yes is better than a law. What you open is told to the person at once, "
            "with your reasons, and closes on its day. Your office can end it at any time."
        ),
        submit=_("Open it"),
        done=_("It is open. The person and the one you named have been told."),
        back=_("Opened by law"),
    )
    back = reverse("by_law", args=[plan_id])
    whom = f"{page.person_name}. {_(rule.label)}"
    return form_page(request, form, act, words=words, back=back, whom=whom)


@require_POST
@page_for(WORKERS)
def end(request: SignedInRequest, opening_id: UUID) -> HttpResponse:
    """The office that opened it ends it."""
    try:
        lawful.end_by_law(opening_id=opening_id, by=request.viewer)
    except lawful.NotYoursToEnd:
        messages.error(request, _("Only the office that opened it ends it, and it may be over already."))
    else:
        messages.success(request, _("It is closed. Nothing is open because of it any more."))
    return redirect("openings")


@require_POST
@page_for(WORKERS)
def change_purpose(request: SignedInRequest) -> HttpResponse:
    """From now on the worker is here for another purpose; what is open for that one is seen."""
    said = request.POST.get("purpose", "")
    chosen = next((one for one in Purpose if str(int(one)) == said), None)
    if chosen is None or not chosen & CASEWORK & ACCESS[request.viewer.role].purposes:
        raise Http404
    act_as(request, request.viewer.post_id, chosen)
    return redirect("worklist")


def _rule(request: SignedInRequest, page: PlanPage) -> Rule:
    asked = request.GET.get("rule", "")
    for rule in lawful.rules(page.country, request.viewer):
        if rule.code == asked and rule.is_law_here:
            return rule
    raise Http404


def _others(request: SignedInRequest, page: PlanPage) -> list[PostRow]:
    """The workers of other offices near."""
    own_unit = agencies.post(request.viewer.post_id).unit_id
    near = people.units_near(request.viewer, page.subject_id, page.country)
    return agencies.workers_in(unit.unit_id for unit in near if unit.unit_id != own_unit)


def _opened(request: SignedInRequest, page: PlanPage, form: ByLawForm) -> None:
    """Open it, or say at its field why the rule does not carry it."""
    try:
        lawful.open_by_law(person_id=page.subject_id, asked=form.asked, by=request.viewer)
    except lawful.LawDoesNotCarry as refused:
        form.add_error(AT_FIELD.get(refused.hindrance.obstacle, "post"), _(refused.hindrance.sentence))
    except lawful.NotYoursToTell:
        form.add_error("kinds", _("You can open what you see yourself. Leave the rest out."))
    except lawful.OpenedByAnother:
        text = _("Another office has opened something to this post on the same rule. Talk with them.")
        form.add_error("post", text)
