"""The protected places around a plan, for those admitted: a page of its own, never beside the plan."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samvirke.agencies.types import PostRow
from samvirke.coordination import consents
from samvirke.coordination import queries as coordination
from samvirke.people import answering, levels, places
from samvirke.people.bases import NotCovered
from samvirke.people.types import MayBeTold, WhereaboutsRow
from samvirke.people.verbs import PROTECT_PLACE
from samvirke.plan.types import PlanPage
from samvirke.statutes import queries as statutes
from samvirke.statutes.sharing import Obstacle
from samvirke.statutes.telling import BARS, Bar, ToldTo
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.place_forms import RenewForm, TellColleagueForm, too_long


@dataclass(frozen=True, slots=True)
class Protected:
    """One person of the plan whose place the viewer may know."""

    person_id: UUID
    name: str
    found: WhereaboutsRow
    told_to: ToldTo  # whom the level lets the viewer tell
    form: RenewForm


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS)
def plan_places(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Where they are; a POST renews or lifts one protection."""
    page = coordination.plan_page(request.viewer, plan_id)
    names = plan_names(page)
    known = [row.person_id for row in places.protections(request.viewer, names)]
    if not known:
        raise Http404
    if request.method != "POST":
        return _shown(request, page, known, None)
    person_id = next((one for one in known if str(one) == request.POST.get("person")), None)
    step = request.POST.get("step")
    if person_id is None or step not in {"renew", "lift"}:
        return redirect("plan_places", plan_id)
    form = _form(person_id, request)
    try:
        if step == "lift":
            places.lift_protection(person_id=person_id, by=request.viewer)
        elif form.is_valid():
            places.renew_protection(person_id=person_id, by=request.viewer, **form.cleaned_data)
        else:
            return _shown(request, page, known, (person_id, form))
    except places.DayHasBeen:
        form.add_error("expires_on", _("The day has been already. Choose a day ahead."))
        return _shown(request, page, known, (person_id, form))
    except levels.LastsTooLong as problem:
        form.add_error("expires_on", too_long(problem))
        return _shown(request, page, known, (person_id, form))
    messages.success(request, _("It is saved. The person sees it now."))
    return redirect("plan", plan_id)


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(WORKERS, sends=PROTECT_PLACE)
def tell(request: SignedInRequest, plan_id: UUID, person_id: UUID) -> HttpResponse:
    """Who knows one place; a POST lets a colleague know it, or ends what the viewer told."""
    page = coordination.plan_page(request.viewer, plan_id)
    if person_id not in plan_names(page):
        raise Http404
    try:
        about = places.may_be_told(request.viewer, person_id)
    except places.NotProtected:
        raise Http404 from None
    if request.method != "POST":
        return _telling(request, page, person_id, about)
    if request.POST.get("step") == "end":
        return _ended(request, page, person_id, about)
    is_heard = answering.is_to_be_heard(request.viewer, person_id)
    form = TellColleagueForm(request.POST, about=about, is_heard=is_heard)
    if not form.is_valid():
        return _telling(request, page, person_id, about, form)
    try:
        places.tell_post(person_id=person_id, by=request.viewer, **form.said())
    except levels.NotToBeTold as problem:
        field = "is_assessed" if problem.why is Bar.NOT_ASSESSED else "post_id"
        form.add_error(field, _(BARS[problem.why]))
    except (answering.NobodyAnswers, answering.OneYesIsNotEnough):
        text = _(
            "Those who act for the person say yes to this together, so it cannot be noted here. Talk with "
            "the one the person lives with. Nothing is told."
        )
        form.add_error("post_id", text)
    except NotCovered as refused:
        at = "form" if refused.hindrance.obstacle is Obstacle.NOT_IN_WRITING else "post_id"
        form.add_error(at, _(refused.hindrance.sentence))
    if form.errors:
        return _telling(request, page, person_id, about, form)
    messages.success(request, _("It is told. The person sees who told whom."))
    return redirect("tell_place", plan_id, person_id)


def plan_names(page: PlanPage) -> dict[UUID, str]:
    """The persons a plan is about."""
    family = {member.person_id: member.name for member in page.family}
    return family or {page.subject_id: page.person_name}


def _ended(request: SignedInRequest, page: PlanPage, person_id: UUID, about: MayBeTold) -> HttpResponse:
    consent_id = next(
        (row.consent_id for row in about.told if str(row.consent_id) == request.POST.get("consent")), None
    )
    if consent_id is None:
        messages.info(request, _("It has ended already."))
    else:
        consents.withdraw_consent(consent_id=consent_id, by=request.viewer)
        messages.success(request, _("It has ended. The one you told no longer sees the place because of it."))
    return redirect("tell_place", page.plan_id, person_id)


def _telling(
    request: SignedInRequest,
    page: PlanPage,
    person_id: UUID,
    about: MayBeTold,
    form: TellColleagueForm | None = None,
) -> HttpResponse:
    """Who knows, whom the viewer told, whom they may tell, and why not the others."""
    told = {row.post.post_id for row in about.told}
    is_heard = answering.is_to_be_heard(request.viewer, person_id)
    parts = {
        "page": page,
        "name": plan_names(page)[person_id],
        "about": about,
        "others": [post for post in about.knows if post.post_id not in told],
        "barred": _by_reason(about),
        "form": form or TellColleagueForm(about=about, is_heard=is_heard),
    }
    return render(request, "caseworker/tell_place.html", parts, status=422 if form else 200)


def _by_reason(about: MayBeTold) -> list[tuple[str, list[PostRow]]]:
    """Those who may not be told, by the sentence that says why."""
    found: dict[Bar, list[PostRow]] = {}
    for post, why in about.barred:
        found.setdefault(why, []).append(post)
    return [(_(BARS[why]), posts) for why, posts in found.items()]


def _form(person_id: UUID, request: SignedInRequest | None = None) -> RenewForm:
    return RenewForm(request.POST if request else None, auto_id=f"id_{person_id}_%s")


def _shown(
    request: SignedInRequest, page: PlanPage, known: list[UUID], sent: tuple[UUID, RenewForm] | None
) -> HttpResponse:
    names = plan_names(page)
    rows = []
    for person_id in known:
        found = places.whereabouts(request.viewer, person_id)
        form = sent[1] if sent and sent[0] == person_id else _form(person_id)
        if found is not None:
            level = statutes.protection_level(found.level, on=request.viewer.now.date())
            rows.append(Protected(person_id, names[person_id], found, level.told_to, form))
    parts = {"page": page, "rows": rows, "form": sent[1] if sent else None}
    return render(request, "caseworker/protected_places.html", parts, status=422 if sent else 200)
