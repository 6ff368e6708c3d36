"""What a unit asks of the person for a benefit: all of it to read, and what the person says to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.kernel.gate_words import DataKind
from samvirke.people import guardians
from samvirke.people.guardian_types import WardRow
from samvirke.plan import condition_policies as rules
from samvirke.plan import conditions, conditions_read, policies, queries
from samvirke.plan.condition_types import ConditionsPart
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.condition_forms import WordsForm
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.form_page import Words, form_page


@require_safe
@page_for(CITIZENS)
def my_conditions(request: SignedInRequest) -> HttpResponse:
    """All conditions of the own plan, and of those whom one acts for in matters of money."""
    context = {"parts": _parts(request), "money": DataKind.ECONOMY}
    return render(request, "citizen/conditions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(CITIZENS)
def my_say(request: SignedInRequest, condition_id: UUID) -> HttpResponse:
    """The person, or who acts for them, says what they think of one, or why it was not kept."""
    found = conditions_read.one(request.viewer, condition_id)
    if found is None or not found.may:
        raise Http404
    for_another = "guardian_said" in found.may
    form = WordsForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        try:
            conditions.say(condition_id=condition_id, by=request.viewer, **said)
        except (rules.ConditionHasMoved, rules.NotYourCondition, policies.PlanIsClosed):
            form.add_error("words", _("The plan has changed since you opened the page. Read it again."))

    words = Words(
        title=_("What do you think?"),
        lead=found.what,
        submit=_("Send"),
        done=_("It is sent, as said by a guardian.")
        if for_another
        else _("It is sent. Those on the plan who may read about your money see it."),
        back=_("Back to the conditions"),
    )
    return form_page(request, form, act, words=words, back=reverse("my_conditions"))


def _parts(request: SignedInRequest) -> list[tuple[WardRow | None, ConditionsPart | None]]:
    """The own conditions, and those of each whom one acts for: nothing of who is not one's own in money."""
    found: list[tuple[WardRow | None, UUID | None]] = [(None, queries.my_plan(request.viewer))]
    for ward in guardians.wards(request.viewer):
        found.append((ward, queries.plan_of(ward.person_id) if DataKind.ECONOMY in ward.scope else None))
    return [
        (ward, conditions_read.of_plan(request.viewer, plan_id) if plan_id else None)
        for ward, plan_id in found
    ]
