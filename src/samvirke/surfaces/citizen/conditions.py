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
    return render(request, "citizen/conditions.html", {"parts": _parts(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(CITIZENS)
def my_say(request: SignedInRequest, condition_id: UUID) -> HttpResponse:
    """The person, or who acts for them, says what they think of one, or why it was not kept."""
    found = {row.condition_id: row for _name, part in _parts(request) for row in part.rows}
    if condition_id not in found or not found[condition_id].may:
        raise Http404
    for_another = "guardian_said" in found[condition_id].may
    form = WordsForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        try:
            conditions.say(condition_id=condition_id, by=request.viewer, **said)
        except (rules.ConditionHasMoved, rules.NotYourCondition, policies.PlanIsClosed):
            form.add_error("words", _("The plan has changed since you opened the page. Read it again."))

    words = Words(
        title=_("What do you think?"),
        lead=found[condition_id].what,
        submit=_("Send"),
        done=_("It is sent, as said by a guardian.")
        if for_another
        else _("It is sent. Those on the plan who may read about your money see it."),
        back=_("Back to the conditions"),
    )
    return form_page(request, form, act, words=words, back=reverse("my_conditions"))


def _parts(request: SignedInRequest) -> list[tuple[str, ConditionsPart]]:
    """The own conditions, and by name those of each whom one acts for in matters of money."""
    own = queries.my_plan(request.viewer)
    plans = [("", own)]
    for ward in guardians.wards(request.viewer):
        if DataKind.ECONOMY in ward.scope:
            plans.append((ward.name, queries.plan_of(ward.person_id)))
    found = [(name, plan_id) for name, plan_id in plans if plan_id is not None]
    return [(name, conditions_read.of_plan(request.viewer, plan_id)) for name, plan_id in found]
