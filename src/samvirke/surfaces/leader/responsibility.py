"""Who answers for what between the agencies: read, divided anew, and compared between versions."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.agreements import operations, policies, queries
from samvirke.agreements.types import VersionRow
from samvirke.coordination import responsibility
from samvirke.kernel.codes import Domain
from samvirke.plan import commitments_read
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.agreement_forms import DivideForm
from samvirke.surfaces.components.agreement_labels import DOMAIN, PROMISE
from samvirke.surfaces.components.days import in_words, local_day
from samvirke.surfaces.components.doors import LEADERS, page_for
from samvirke.surfaces.components.history_page import Version, asked_number, differences
from samvirke.surfaces.leader.agreements import TOO_EARLY, partnership


@require_safe
@page_for(LEADERS)
def overview(request: SignedInRequest) -> HttpResponse:
    """The agreements in force, domain by domain, with what is missing."""
    partnership_id = partnership(request.viewer)
    parts = {
        "divisions": responsibility.of_partnership(request.viewer, partnership_id),
        "kept": commitments_read.kept(request.viewer, partnership_id),
    }
    return render(request, "leader/responsibility.html", parts)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(LEADERS)
def divide(request: SignedInRequest, agreement_id: UUID) -> HttpResponse:
    """The next version of an agreement, in which others answer."""
    row = queries.agreement(request.viewer, agreement_id)
    if not row.may_write:
        raise Http404
    form = DivideForm(request.POST or None, newest=row.newest, today=local_day(request.viewer.now))
    if form.is_bound and form.is_valid() and _divided(request, agreement_id, form):
        messages.success(request, _("The new version is saved."))
        return redirect("responsibility")
    parts = {"form": form, "agreement": row}
    return render(request, "leader/divide.html", parts, status=422 if form.is_bound else 200)


@require_safe
@page_for(LEADERS)
def versions(request: SignedInRequest, agreement_id: UUID) -> HttpResponse:
    """Every version of an agreement, and what differs between two of them."""
    row = queries.agreement(request.viewer, agreement_id)
    told = {version.number: _told(version) for version in row.versions}
    after = told.get(asked_number(request, "to"), told[row.newest.number])
    before = told.get(asked_number(request, "from"), told.get(after.number - 1, after))
    parts = {
        "agreement": row,
        "versions": list(told.values()),
        "before": before,
        "after": after,
        "differences": differences(before.said, after.said),
    }
    return render(request, "leader/agreement_versions.html", parts)


def _divided(request: SignedInRequest, agreement_id: UUID, form: DivideForm) -> bool:
    try:
        operations.renew_agreement(
            agreement_id=agreement_id,
            seen_version=form.cleaned_data["seen_version"],
            terms=form.terms(),
            by=request.viewer,
        )
    except policies.NotAParty as wrong:
        form.add_error(wrong.domain, _("Who steps in is another party than who answers. Choose anew."))
    except policies.DaysTurnedRound as turned:
        if turned.field == "valid_until":
            form.add_error("valid_from", _("The agreement ends before that day. Renew the agreement first."))
        else:
            form.add_error(turned.field, str(TOO_EARLY[turned.field]))
    except policies.StaleAgreement as stale:
        text = _("Somebody saved version %(number)s meanwhile. Read it first, then say yours again.")
        form.add_error("signed_on", text % {"number": stale.number})
    return not form.errors


def _told(version: VersionRow) -> Version:
    return Version(
        number=version.number,
        who=version.written_by,
        at=version.written_at,
        why="",
        said={
            _("What the agreement is called"): version.title,
            _("Binds"): ", ".join(party.unit_name for party in version.parties),
            _("Signed on"): in_words(version.signed_on),
            _("Holds from"): in_words(version.valid_from),
            _("Holds until"): in_words(version.valid_until) if version.valid_until else "",
            _("The routines are checked by"): in_words(version.next_check_on),
            _("The parties go through it by"): in_words(version.review_on) if version.review_on else "",
            **_days_of(version),
            **_answers_of(version),
        },
    )


def _days_of(version: VersionRow) -> Mapping[str, str]:
    days = dict(version.response_times)
    text = _("Days to %(promise)s")
    return {text % {"promise": words}: str(days.get(promise, "")) for promise, words in PROMISE.items()}


def _answers_of(version: VersionRow) -> Mapping[str, str]:
    """Each domain with who answers, and who steps in."""
    given = {row.domain: row for row in version.responsibilities}
    said: dict[str, str] = {}
    for domain in Domain:
        row = given.get(domain)
        name = row.unit.unit_name if row else ""
        steps_in = _("%(who)s, and %(deputy)s steps in")
        if row and row.deputy:
            name = steps_in % {"who": name, "deputy": row.deputy.unit_name}
        said[str(DOMAIN[domain])] = name
    return said
