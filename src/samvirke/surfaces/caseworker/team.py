"""Beginning a plan, letting others join it, and offering the duty to coordinate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samvirke.agencies import queries as agencies
from samvirke.coordination import operations as coordination_operations
from samvirke.coordination import queries as coordination
from samvirke.coordination.policies import NobodyStandsIn
from samvirke.kernel.codes import AgencyKind
from samvirke.people import queries as people
from samvirke.people.types import AskedRow
from samvirke.plan import operations, policies, teams
from samvirke.plan import queries as plans
from samvirke.plan.types import Intake, Situation
from samvirke.programmes import queries as programmes
from samvirke.statutes import queries as statutes
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import FORM, writable_page
from samvirke.surfaces.components.asking_forms import JoinForm, OfferForm, StartForm
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page


@require_http_methods(FORM)
@page_for(WORKERS)
def start(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """The one plan of a person who said yes."""
    row = programmes.record(request.viewer, record_id)
    if row is None:
        raise Http404
    one = people.asked(request.viewer, record_id)
    if one.person_id is None or one.consent is None:
        messages.error(request, _("The person has no consent in force. Ask the person first."))
        return redirect("record", record_id)
    plan_id = plans.plan_of(one.person_id)
    if plan_id is not None and plans.open_kinds(one.person_id):
        return redirect("plan", plan_id)
    units = [
        unit
        for unit in agencies.units(one.consent.to_unit_ids).values()
        if unit.agency_kind is AgencyKind.COORDINATING_UNIT
    ]
    deputies = [post for unit in units for post in coordination.coordinators_of(unit.unit_id)]
    initial = {"target_group": row.target_group, "support": one.support, "occupation": one.occupation}
    assert one.partnership_id is not None
    country = programmes.country_of(one.partnership_id)
    kinds = statutes.plan_kinds(country, on=request.viewer.now.date())
    form = StartForm(request.POST or None, kinds=kinds, units=units, deputies=deputies, initial=initial)
    begun: list[UUID] = []

    def act(said: dict[str, Any]) -> None:
        try:
            begun.append(_begin(request, one, said))
        except policies.ReviewInThePast:
            form.add_error("next_review", _("The day has been already. Choose a day ahead."))
        except NobodyStandsIn:
            form.add_error("deputy", _("The unit’s leader and this deputy are both away. Choose another."))

    words = Words(
        title=_("Begin the plan"),
        lead=_("The one plan of this person. Whoever the person said yes to can join it afterwards."),
        submit=_("Begin the plan"),
        done=_("The plan has begun. Write the first goal together with the person."),
    )
    answer = form_page(
        request, form, act, words=words, back=reverse("record", args=[record_id]), whom=row.name
    )
    return redirect("plan", begun[0]) if begun else answer


@require_http_methods(FORM)
@page_for(WORKERS)
def join(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """One more joins the team, on the person's consent."""
    page = writable_page(request, plan_id)
    if page.family:
        raise Http404  # each member's consent counts; a family's team is made with the family
    candidates = {one.post_id: one for one in teams.candidates(request.viewer, plan_id)}

    def act(said: dict[str, Any]) -> None:
        one = candidates[said["post"]]
        operations.add_members(
            plan_id=plan_id, post_ids=[one.post_id], consent_id=one.consent_id, by=request.viewer
        )

    words = Words(
        title=_("Somebody joins the plan"),
        lead=_("The post sees what the consent and its own role open. The person sees that it joined."),
        submit=_("Let the post join"),
        done=_("The post is on the plan now."),
    )
    form = JoinForm(request.POST or None, candidates=candidates.values())
    back = reverse("plan", args=[plan_id])
    return form_page(request, form, act, words=words, back=back, whom=page.person_name)


@require_http_methods(FORM)
@page_for(WORKERS)
def offer(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """The duty to coordinate is offered; it changes hands when the other accepts."""
    page = writable_page(request, plan_id)
    if page.family:
        raise Http404
    consents = teams.consents_naming(request.viewer, plan_id)
    able = coordination.may_coordinate(request.viewer, plan_id)
    posts = {post.post_id: post for post in able if post.unit_id in consents}

    def act(said: dict[str, Any]) -> None:
        coordination_operations.offer_duty(
            plan_id=plan_id,
            to_post=said["to_post"],
            deputy=said["deputy"],
            consent_id=consents[posts[said["to_post"]].unit_id],
            by=request.viewer,
        )

    words = Words(
        title=_("Offer the duty to coordinate"),
        lead=_(
            "Nothing changes until the other has accepted. The plan is never without somebody who answers."
        ),
        submit=_("Offer it"),
        done=_("The duty is offered. You see on the plan when it is accepted."),
    )
    form = OfferForm(request.POST or None, posts=posts.values())
    back = reverse("plan", args=[plan_id])
    return form_page(request, form, act, words=words, back=back, whom=page.person_name)


def _begin(request: SignedInRequest, one: AskedRow, said: dict[str, Any]) -> UUID:
    consent = one.consent
    assert consent is not None
    assert one.person_id is not None
    assert one.partnership_id is not None
    policies.check_ahead(said["next_review"], local_day(request.viewer.now))
    return coordination_operations.start_plan(
        person_id=one.person_id,
        partnership_id=one.partnership_id,
        kinds=said["kinds"],
        consent_id=consent.consent_id,
        unit_id=said["unit_id"],
        deputy=said["deputy"],
        next_review=said["next_review"],
        intake=Intake(
            target_group=said["target_group"],
            asked_on=local_day(consent.given_at),
            months_assistance=one.months_assistance,
            situation=Situation(said["support"], said["occupation"]),
        ),
        by=request.viewer,
    )
