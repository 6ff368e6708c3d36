"""Agreements and contact persons: what is there, what is missing, and a leader's word for more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.agencies import delegation
from samvirke.agencies.types import UnitRow
from samvirke.agreements import operations, policies, queries
from samvirke.agreements.types import AgreementRow
from samvirke.gate.types import Viewer
from samvirke.programmes import exemptions
from samvirke.programmes import queries as programmes
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.agreement_forms import AgreementForm, CheckForm
from samvirke.surfaces.components.doors import LEADERS, PARTNERSHIP_LEADERS, UNIT_LEADERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page

PAGE = ["GET", "HEAD", "POST"]
TOO_EARLY: dict[str, Promise] = {
    "valid_until": gettext_lazy("The last day comes before the first one. Choose a later day."),
    "next_check_on": gettext_lazy("The check comes too early. Choose a later day."),
    "review_on": gettext_lazy("It comes too early. Choose a day after the agreement is signed."),
}


@require_safe
@page_for(LEADERS)
def agreements(request: SignedInRequest) -> HttpResponse:
    """The sites with their contact persons and warnings, and the agreements."""
    partnership_id = partnership(request.viewer)
    overview = queries.overview(request.viewer, partnership_id, programmes.municipalities(partnership_id))
    parts = {
        "overview": overview,
        "may_count": request.viewer.role in PARTNERSHIP_LEADERS,
        "may_delegate": request.viewer.role in UNIT_LEADERS,
        "exemptions_ending": [row for row in exemptions.of_mine(request.viewer) if row.ends_soon],
        "ending": [row for row in delegation.of_own_unit(request.viewer) if row.ends_soon],
    }
    return render(request, "leader/agreements.html", parts)


@require_http_methods(PAGE)
@page_for(LEADERS)
def sign(request: SignedInRequest) -> HttpResponse:
    """A new agreement."""
    form = AgreementForm(request.POST or None, units=_units(request.viewer))

    def act(said: dict[str, Any]) -> None:
        operations.sign_agreement(
            partnership_id=partnership(request.viewer), terms=form.terms(), by=request.viewer
        )

    words = Words(
        title=_("A new agreement"),
        lead=_("What the agencies promise each other. Say it so that it holds when people change."),
        submit=_("Save the agreement"),
        done=_("The agreement is saved."),
        back=_("Back to agreements"),
    )
    return form_page(request, form, _told(form, act), words=words, back=reverse("agreements"))


@require_http_methods(PAGE)
@page_for(LEADERS)
def renew(request: SignedInRequest, agreement_id: UUID) -> HttpResponse:
    """The next version of an agreement."""
    row = _row(request.viewer, agreement_id)
    if not row.may_write:
        raise Http404
    units = _units(request.viewer)
    if request.method == "POST":
        form = AgreementForm(request.POST, units=units)
    else:
        form = AgreementForm.of(row, units, request.viewer.now.date())

    def act(said: dict[str, Any]) -> None:
        operations.renew_agreement(
            agreement_id=agreement_id,
            seen_version=said["seen_version"] or 0,
            terms=form.terms(row.newest),
            by=request.viewer,
        )

    words = Words(
        title=_("A new version of the agreement"),
        lead=_("The versions before it stay and can be read."),
        submit=_("Save the version"),
        done=_("The new version is saved."),
        back=_("Back to the agreement"),
    )
    return form_page(
        request, form, _told(form, act), words=words, back=reverse("agreement", args=[agreement_id])
    )


@require_http_methods(PAGE)
@page_for(LEADERS)
def agreement(request: SignedInRequest, agreement_id: UUID) -> HttpResponse:
    """One agreement with its versions and checks, and the form for a check; a POST notes one."""
    row = _row(request.viewer, agreement_id)
    form = CheckForm(request.POST or None)
    if request.method == "POST":
        if not row.may_write:
            raise Http404
        if form.is_valid():
            _told(form, lambda said: _check(agreement_id, said, request.viewer))(form.cleaned_data)
            if not form.errors:
                messages.success(request, _("The check is saved."))
                return redirect("agreement", agreement_id)
    parts = {"agreement": row, "form": form}
    return render(request, "leader/agreement.html", parts, status=422 if form.errors else 200)


def partnership(viewer: Viewer) -> UUID:
    """The viewer's partnership. Raises Http404 where there is none."""
    found = programmes.partnership_of(viewer)
    if found is None:
        raise Http404
    return found


def _row(viewer: Viewer, agreement_id: UUID) -> AgreementRow:
    return queries.agreement(viewer, agreement_id)


def _check(agreement_id: UUID, said: dict[str, Any], by: Viewer) -> None:
    operations.check_routines(agreement_id=agreement_id, by=by, **said)


def _units(viewer: Viewer) -> list[UnitRow]:
    return queries.parties_to_choose(viewer, programmes.municipalities(partnership(viewer)))


def _told(form: forms.Form, act: Any) -> Any:
    """The act, with what it refuses told at the field it is about."""

    def told(said: dict[str, Any]) -> None:
        try:
            act(said)
        except policies.TooFewParties:
            form.add_error("parties", _("Choose two units at least."))
        except policies.NotYoursToWrite:
            form.add_error("parties", _("Choose your own unit as one of them."))
        except policies.DaysTurnedRound as turned:
            form.add_error(turned.field, str(TOO_EARLY[turned.field]))
        except policies.StaleAgreement:
            form.add_error(
                "title",
                _("Somebody saved a newer version meanwhile. Read it first, then write yours again."),
            )

    return told
