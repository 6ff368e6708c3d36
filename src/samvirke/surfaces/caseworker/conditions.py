"""Conditions of benefits: set, followed, explained, ended; nothing taken before everybody was heard."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.plan import condition_policies as rules
from samvirke.plan import conditions, conditions_read, policies
from samvirke.plan.commitment_policies import CannotRead
from samvirke.plan.condition_types import ConditionRow, ConditionsPart
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import FORM
from samvirke.surfaces.components.condition_forms import (
    ConditionForm,
    ConditionStepForm,
    SanctionForm,
    WordsForm,
)
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page

CHANGED = (
    CannotRead,
    rules.ConditionHasMoved,
    rules.NotHeardYet,
    rules.NotOnePerson,
    rules.NotOnThisBenefit,
    rules.NotYourCondition,
    policies.NotInTheTeam,
    policies.PlanIsClosed,
)


@require_safe
@page_for(WORKERS)
def of_plan(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """All conditions of a plan."""
    return render(request, "caseworker/conditions.html", {"part": _part(request, plan_id)})


@require_http_methods(FORM)
@page_for(WORKERS)
def new(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """A condition is set."""
    part = _part(request, plan_id)
    if not part.benefits:
        raise Http404
    form = ConditionForm(request.POST or None, part=part)

    def act(_said: dict[str, Any]) -> None:
        conditions.set_condition(plan_id=plan_id, terms=form.terms(), by=request.viewer)

    lead = _("No plan needs one. The person reads all of it, and says what they think.")
    return _page(request, form, act, plan_id, _("A new condition"), lead, "review_on")


@require_http_methods(FORM)
@page_for(WORKERS)
def step(request: SignedInRequest, plan_id: UUID, condition_id: UUID) -> HttpResponse:
    """What the unit did next, or what who follows it up explains."""
    row = _row(request, plan_id, condition_id)
    if "explained" in row.may:
        form: forms.Form = WordsForm(request.POST or None)

        def act(said: dict[str, Any]) -> None:
            conditions.explain(condition_id=condition_id, by=request.viewer, **said)

        return _page(request, form, act, plan_id, _("Explain what happened"), row.what, "words")
    if not row.may:
        raise Http404
    form = ConditionStepForm(request.POST or None, row=row)

    def go_on(said: dict[str, Any]) -> None:
        conditions.take_step(condition_id=condition_id, by=request.viewer, **said)

    return _page(request, form, go_on, plan_id, _("Go on with the condition"), row.what, "next_review")


@require_http_methods(FORM)
@page_for(WORKERS)
def sanction(request: SignedInRequest, plan_id: UUID, condition_id: UUID) -> HttpResponse:
    """A decision that took something is recorded, when everybody was heard."""
    row = _row(request, plan_id, condition_id)
    if "sanctioned" not in row.may or row.missing:
        raise Http404
    form = SanctionForm(request.POST or None)

    def act(_said: dict[str, Any]) -> None:
        conditions.record_sanction(condition_id=condition_id, sanction=form.sanction(), by=request.viewer)

    return _page(request, form, act, plan_id, _("Record what a decision took"), row.what, "until")


def _page(
    request: SignedInRequest, form: forms.Form, act: Any, plan_id: UUID, title: str, lead: str, day: str
) -> HttpResponse:
    def said(values: dict[str, Any]) -> None:
        try:
            act(values)
        except policies.ReviewInThePast:
            form.add_error(day, _("The day has been already. Choose a day ahead."))
        except CHANGED:
            text = _("The plan has changed since you opened the page. Read it again.")
            form.add_error(next(iter(form.fields)), text)

    words = Words(
        title=title,
        lead=lead,
        submit=_("Save"),
        done=_("It is saved. The person reads it."),
        back=_("Back to the conditions"),
    )
    return form_page(request, form, said, words=words, back=reverse("conditions", args=[plan_id]))


def _row(request: SignedInRequest, plan_id: UUID, condition_id: UUID) -> ConditionRow:
    for row in _part(request, plan_id).rows:
        if row.condition_id == condition_id:
            return row
    raise Http404


def _part(request: SignedInRequest, plan_id: UUID) -> ConditionsPart:
    """The plan's conditions, for who is in its team. Raises Http404 for others."""
    try:
        return conditions_read.of_plan(request.viewer, plan_id)
    except policies.NotInTheTeam:
        raise Http404 from None
