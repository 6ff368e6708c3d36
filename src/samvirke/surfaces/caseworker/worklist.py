"""What a worker has to do: answer offers, own plans, the agency's own cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samvirke.coordination import birthdays, follow_ups
from samvirke.coordination import operations as coordination_operations
from samvirke.coordination import queries as coordination
from samvirke.coordination.policies import NobodyStandsIn
from samvirke.coordination.types import BirthdayRow
from samvirke.gate.access import Role
from samvirke.people import emergencies, openings, recalls
from samvirke.people import queries as people
from samvirke.plan import consents
from samvirke.plan.types import WorklistRow
from samvirke.programmes import queries as programmes
from samvirke.programmes.types import RecordPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components import law_parts
from samvirke.surfaces.components.days import days_ago, in_words, local_day
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.paging import page_number

NOT_SCREENED = "not_screened"


@dataclass(frozen=True, slots=True)
class Case:
    """A plan on the list, with what calls for attention."""

    row: WorklistRow
    review_is_late: bool
    last_contact: str  # empty: none noted
    consent_ends: datetime | None  # set when it is time to ask anew
    law_ended: bool  # a rule that a consent rests on is no longer in force
    opened_at: datetime | None  # in an emergency, as far as it is still told
    birthday: BirthdayRow | None  # the next at which help changes hands


@dataclass(frozen=True, slots=True)
class Tab:
    """The agency's own cases with one answer."""

    outcome: str
    show: str  # as it stands in the address
    count: int
    is_here: bool


@require_safe
@page_for(WORKERS)
def worklist(request: SignedInRequest) -> HttpResponse:
    """Offers first, since a plan waits for each; then own plans, late reviews first."""
    today = local_day(request.viewer.now)
    rows = coordination.worklist(request.viewer)
    ends = consents.ends_soon(request.viewer, [row.plan_id for row in rows])
    outlived = consents.law_ended(request.viewer, [row.plan_id for row in rows])
    opened = emergencies.lately(request.viewer, [row.subject_id for row in rows])
    ahead = birthdays.next_of(request.viewer, [row.subject_id for row in rows])
    cases = sorted(
        (
            Case(
                row=row,
                review_is_late=row.next_review < today,
                last_contact=days_ago(row.last_contact, today) if row.last_contact else "",
                consent_ends=ends.get(row.plan_id),
                law_ended=row.plan_id in outlived,
                opened_at=opened.get(row.subject_id),
                birthday=ahead.get(row.subject_id),
            )
            for row in rows
        ),
        key=_urgency,
    )
    offers = coordination.offers(request.viewer)
    leads = request.viewer.role is Role.UNIT_LEADER
    waiting = emergencies.to_review(request.viewer) if leads else []
    parts = {
        "to_review": sum(row.is_mine_to_review for row in waiting),
        "alarms": emergencies.alarms(request.viewer) if leads else [],
        "cases": cases,
        "offers": offers,
        "referrals": people.referrals_to_own_unit(request.viewer),
        "calls": follow_ups.due(request.viewer),
        "recalls": recalls.own(request.viewer),
        "told": law_parts.told(openings.to_own_post(request.viewer)),
        "purpose": request.viewer.purpose,
        "leads": leads,
    }
    return render(request, "caseworker/worklist.html", parts)


@require_POST
@page_for(WORKERS)
def accept_offer(request: SignedInRequest, handover_id: UUID) -> HttpResponse:
    """Take over the duty to coordinate a plan."""
    try:
        starts_on = coordination_operations.accept_handover(handover_id=handover_id, by=request.viewer)
    except coordination_operations.NotOfferedToYou:
        messages.error(
            request, _("The duty is no longer offered to you. Somebody may have answered already.")
        )
    except NobodyStandsIn as nobody:
        text = _(
            "Your deputy and the leader are away on %(day)s, when you are. Ask for another deputy first."
        )
        messages.error(request, text % {"day": in_words(nobody.day)})
    else:
        text = _("You coordinate the plan from %(day)s.")
        messages.success(request, text % {"day": in_words(starts_on)})
    return redirect("worklist")


@require_safe
@page_for(WORKERS)
def records(request: SignedInRequest) -> HttpResponse:
    """The agency's own cases; nothing here has been compared with another agency."""
    asked = request.GET.get("show")
    outcome = "" if asked == NOT_SCREENED else asked
    page = programmes.records(request.viewer, outcome=outcome, page=page_number(request))
    if not page.rows and page.counts:
        raise Http404
    return render(request, "caseworker/records.html", {"page": page, "tabs": _tabs(page)})


def _urgency(case: Case) -> tuple[date, str]:
    return (case.row.next_review, case.row.person_name)


def _tabs(page: RecordPage) -> tuple[Tab, ...]:
    return tuple(
        Tab(outcome, outcome or NOT_SCREENED, count, outcome == page.outcome)
        for outcome, count in page.counts
    )
