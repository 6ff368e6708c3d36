"""Asking one of the own clients, recording the answer, and referring on a yes."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import UnitRow
from samvirke.people import duplicates, operations, queries, ties
from samvirke.people.bases import NotCovered
from samvirke.people.types import AskedRow
from samvirke.people.verbs import OPEN_PERSON
from samvirke.plan import queries as plans
from samvirke.programmes import queries as programmes
from samvirke.programmes.types import RecordRow
from samvirke.statutes import queries as statutes
from samvirke.statutes.sharing import Obstacle
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.asking_forms import A_YEAR, ASKED_FOR, AskForm
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import WORKERS, page_for

USUALLY = ASKED_FOR[:4]
AT_FIELD = {Obstacle.KINDS: "kinds", Obstacle.TOO_GENERAL: "kinds", Obstacle.NOT_IN_WRITING: "form"}


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS, sends=OPEN_PERSON)
def record(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """One of the own clients: what screening says, and what the person answered.

    Of several cases of one person the page is that of the one that stands for them.
    """
    if stands := duplicates.stands_for(request.viewer, record_id):
        return redirect("record", stands)
    row, one, units = _client(request, record_id)
    if one.person_id is not None:
        return _said_yes(request, row, one)
    step, today = request.POST.get("step", ""), local_day(request.viewer.now)
    if step == "no":
        operations.record_no(record_id=record_id, by=request.viewer)
        messages.success(request, _("It is noted that the person said no. Nothing is shared."))
        return redirect("records")
    if not step:
        return _shown(request, row, AskForm(units=units, today=today, initial=_usual(one, today)))
    form = AskForm(request.POST, units=units, today=today)
    if not form.is_valid() or step != "yes":
        return _shown(request, row, form)
    try:
        return _recorded(request, one, form)
    except NotCovered as refused:
        at = AT_FIELD.get(refused.hindrance.obstacle, "units")
        form.add_error(at, _(refused.hindrance.sentence))
        return _shown(request, row, form)


@require_POST
@page_for(WORKERS)
def refer(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Refer the person to an office that the consent names; sent twice, it says that it is done."""
    one = queries.asked(request.viewer, record_id)
    offices = {str(unit_id): unit_id for unit_id in _named(request, one)}
    unit_id = offices.get(request.POST.get("unit", ""))
    if one.person_id is None or one.consent is None or unit_id is None:
        raise Http404
    if (one.person_id, unit_id) in queries.referred_to([one.person_id], request.viewer.now):
        return _referred_before(request, record_id)
    try:
        operations.refer(
            person_id=one.person_id, to_unit=unit_id, consent_id=one.consent.consent_id, by=request.viewer
        )
    except operations.ReferredBefore:
        return _referred_before(request, record_id)
    messages.success(request, _("The person is referred. The office sees it on its list now."))
    return redirect("record", record_id)


def _referred_before(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    messages.info(request, _("The person is referred to this office already. You need do nothing."))
    return redirect("record", record_id)


@require_POST
@page_for(WORKERS)
def receive(request: SignedInRequest, referral_id: UUID) -> HttpResponse:
    """The own unit receives a referral, and its own case is tied to the person where it has one."""
    known = operations.receive_referral(referral_id=referral_id, by=request.viewer)
    text = (
        _("It is received. Your own case is tied to the person now.")
        if known
        else _("It is received. Your unit has no case of its own for this person.")
    )
    messages.success(request, text)
    return redirect("worklist")


def _client(request: SignedInRequest, record_id: UUID) -> tuple[RecordRow, AskedRow, list[UnitRow]]:
    row = programmes.record(request.viewer, record_id)
    if row is None:
        raise Http404
    one = queries.asked(request.viewer, record_id)
    own_unit = agencies.post(request.viewer.post_id).unit_id
    serving = agencies.units_serving(agencies.place_of(own_unit))
    return row, one, [unit for unit in serving if unit.unit_id not in request.viewer.holders]


def _recorded(request: SignedInRequest, one: AskedRow, form: AskForm) -> HttpResponse:
    own_unit = agencies.post(request.viewer.post_id).unit_id
    place = agencies.place_of(own_unit)
    partnership = programmes.partnership_in(place.municipality or one.municipality)
    if partnership is None:
        messages.error(
            request, _("The municipality is in no local partnership. Ask your leader to join one.")
        )
        return redirect("record", one.record_id)
    try:
        operations.record_yes(
            record_id=one.record_id,
            partnership_id=partnership,
            given_name=form.cleaned_data["given_name"],
            family_name=form.cleaned_data["family_name"],
            terms=form.terms(own_unit, statutes.consent_basis(place.country).code),
            by=request.viewer,
        )
    except operations.AskedBefore:
        messages.error(
            request, _("The yes could not be recorded here. Call the coordinating unit, which can help.")
        )
        return redirect("record", one.record_id)
    messages.success(request, _("The yes is recorded. Now others can be asked to take part."))
    return redirect("record", one.record_id)


def _usual(one: AskedRow, today: date) -> dict[str, Any]:
    return {
        "given_name": one.given_name,
        "family_name": one.family_name,
        "kinds": [str(int(kind)) for kind in USUALLY],
        "until": today + A_YEAR,
    }


def _shown(request: SignedInRequest, row: RecordRow, form: AskForm) -> HttpResponse:
    """The form; a whole one with the question as it is read out, and a yes to exactly that question."""
    changes = programmes.what_would_change(request.viewer, row.record_id)
    parts = {"record": row, "changes": changes, "form": form, **_same(request, row.record_id)}
    if form.is_valid():
        parts["said"] = form.cleaned_data
        parts["offices"] = [form.offices[unit] for unit in form.cleaned_data["units"]]
    is_wrong = form.is_bound and not form.is_valid()
    return render(request, "caseworker/record.html", parts, status=422 if is_wrong else 200)


def _said_yes(request: SignedInRequest, row: RecordRow, one: AskedRow) -> HttpResponse:
    assert one.person_id is not None
    parts = {
        "record": row,
        "changes": programmes.what_would_change(request.viewer, row.record_id),
        "name": one.person_name,
        "consent": one.consent,
        "plan_id": plans.plan_of(one.person_id),
        "is_open": bool(plans.open_kinds(one.person_id)),
        "referrals": queries.referrals_of(request.viewer, one.person_id),
        "offices": _may_be_referred_to(request, one),
        **_same(request, row.record_id),
    }
    return render(request, "caseworker/record.html", parts)


def _same(request: SignedInRequest, record_id: UUID) -> dict[str, Any]:
    """The cases this one stands for, and the persons it is or was held to be."""
    return {
        "folded": duplicates.folded_into(request.viewer, record_id),
        "ties": ties.of_record(request.viewer, record_id),
    }


def _may_be_referred_to(request: SignedInRequest, one: AskedRow) -> list[UnitRow]:
    """The other offices the consent names, and the person is not referred to now."""
    done = queries.referred_to([one.person_id] if one.person_id else [], request.viewer.now)
    left = _named(request, one) - {unit_id for _, unit_id in done}
    return sorted(agencies.units(left).values(), key=lambda unit: unit.name)


def _named(request: SignedInRequest, one: AskedRow) -> set[UUID]:
    """The other offices the consent names; none where they would tell a protected place."""
    if one.consent is None or one.is_place_hidden:
        return set()
    return set(one.consent.to_unit_ids) - set(request.viewer.holders)
