"""What meetings proposed to the viewer's post: a list, and each with a yes or a no."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.coordination import meeting_refusals as refusals
from samvirke.coordination import proposals
from samvirke.coordination.meeting_types import Now, ProposalRow
from samvirke.gate.types import Refused
from samvirke.plan import actions, policies
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.proposal_forms import AnswerForm


@require_safe
@page_for(WORKERS)
def overview(request: SignedInRequest) -> HttpResponse:
    """All that waits for this post's answer."""
    return render(request, "caseworker/proposals.html", {"rows": proposals.mine(request.viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def proposal(request: SignedInRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal in full, beside what the plan says now; answered by the one who would answer for it."""
    row, now = proposals.one(request.viewer, proposal_id)
    if not row.is_mine:
        raise Http404
    if request.method != "POST" or not row.waits_for_party:
        form = AnswerForm(initial={"seen_version": now.version if now else None})
        return _shown(request, row, now, form, status=200 if request.method != "POST" else 409)
    form = AnswerForm(request.POST)
    if form.is_valid() and _answered(request, row, form):
        messages.success(
            request, _("Your answer stands beside the proposal. Everybody who sees it can read it.")
        )
        return redirect("proposals")
    row, now = proposals.one(request.viewer, proposal_id)
    is_stale = "seen_version" in form.errors
    if is_stale:
        typed = request.POST.copy()
        typed["seen_version"] = str(now.version) if now else ""
        form = AnswerForm(initial=typed.dict())
    return _shown(request, row, now, form, status=409 if is_stale else 422, is_stale=is_stale)


def _answered(request: SignedInRequest, row: ProposalRow, form: AnswerForm) -> bool:
    said = form.cleaned_data
    try:
        if said["takes_on"]:
            proposals.accept(
                proposal_id=row.proposal_id, seen_version=said["seen_version"], by=request.viewer
            )
        else:
            proposals.decline(proposal_id=row.proposal_id, why=said["why"], by=request.viewer)
    except actions.StaleAction:
        form.add_error("seen_version", "stale")
    except Refused:
        text = _(
            "You may not write about this in the plan, so you cannot take it on. Decline it, and say so."
        )
        form.add_error("takes_on", text)
    except (refusals.ActionIsGone, policies.StatusCannotFollow):
        text = _("What it would change is done, dropped or closed to you. Decline it, and say so.")
        form.add_error("takes_on", text)
    except policies.PlanIsClosed:
        form.add_error(
            "takes_on", _("The plan has ended, so nothing is added to it. Decline it, and say so.")
        )
    except policies.BeforeThePlan:
        form.add_error(
            "takes_on", _("The day that was proposed is before the plan begins. Decline it, and say so.")
        )
    except policies.EndsBeforeItBegins:
        form.add_error("takes_on", _("It would end before it begins. Decline it, and say so."))
    return not form.errors


def _shown(
    request: SignedInRequest,
    row: ProposalRow,
    now: Now | None,
    form: AnswerForm,
    *,
    status: int,
    is_stale: bool = False,
) -> HttpResponse:
    parts = {"row": row, "now": now, "form": form, "is_stale": is_stale}
    return render(request, "caseworker/proposal.html", parts, status=status)
