"""The person wishes for another coordinator or another worker, and reads the answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.coordination import choices, policies, queries
from samvirke.plan import teams
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.choice_forms import AnotherForm
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.mandate_page import mandate_page


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(CITIZENS)
def another(request: SignedInRequest) -> HttpResponse:
    """What was wished for and answered, and a form to wish; a POST wishes."""
    page = queries.my_plan(request.viewer)
    if page is None:
        raise Http404
    form = AnotherForm(request.POST or None, page=page)
    if form.is_bound and form.is_valid() and _wished(request, page, form):
        messages.success(request, _("Your wish is sent to the leader, who answers you here."))
        return redirect("my_other_worker")
    wishes = choices.mine(request.viewer, page.plan_id)
    parts = {"page": page, "form": form, "wishes": wishes, "may_wish": page.status == "active"}
    return render(request, "citizen/another.html", parts, status=422 if form.is_bound else 200)


def _wished(request: SignedInRequest, page: PlanPage, form: AnotherForm) -> bool:
    said = form.cleaned_data
    try:
        choices.wish_for_another(
            plan_id=page.plan_id,
            instead_of=teams.post_of_member(page.plan_id, said["member_id"]),
            wanted=said["wanted"],
            why=said["why"],
            by=request.viewer,
        )
    except policies.WishedAlready:
        form.add_error("member_id", _("You have asked for this already, and the answer is on its way."))
    except policies.NobodyAnswers:
        text = _("The leader who would answer is not on your plan any more. Call the coordinating unit.")
        form.add_error("member_id", text)
    except policies.PlanHasEnded:
        form.add_error("member_id", _("Your plan has ended, so there is nobody to change."))
    return not form.errors


@require_safe
@page_for(CITIZENS)
def mandate(request: SignedInRequest) -> HttpResponse:
    """What the own coordinator has to do, may ask for, and may decide."""
    page = queries.my_plan(request.viewer)
    if page is None:
        raise Http404
    return mandate_page(request, page, back=reverse("my_plan"))
