"""Consents around a plan: asking for one, noting what was said, taking a question back, and recalls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.agencies import queries as agencies
from samvirke.coordination import consents as coordination
from samvirke.gate import queries as ask
from samvirke.kernel.codes import Country
from samvirke.people import answering, consents, families, guardians, queries, recalls
from samvirke.people.bases import NotCovered
from samvirke.people.types import ConsentRow
from samvirke.people.verbs import ASK_CONSENT, READ_CONSENTS
from samvirke.plan import consents as plan
from samvirke.plan import queries as plans
from samvirke.plan.types import PlanPage
from samvirke.statutes import queries as statutes
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.asking import AT_FIELD
from samvirke.surfaces.caseworker.writing import FORM, page_of_one, writable_page
from samvirke.surfaces.components.asking_forms import A_YEAR
from samvirke.surfaces.components.consent_forms import AskForm
from samvirke.surfaces.components.consent_parts import open_applications
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page

NOT_ANSWERED: dict[type[Exception], Promise] = {
    answering.NobodyAnswers: gettext_lazy(
        "Nobody who acts for the child may answer this. Record a guardian whose scope covers it; for a child "
        "who is here alone, the representative who was appointed."
    ),
    answering.OneYesIsNotEnough: gettext_lazy(
        "The other parent must say yes as well. Ask both on their own pages."
    ),
    answering.AskedInOne: gettext_lazy(
        "The young person decides alone about some of this, and the guardians about the rest. Note the two "
        "answers one by one."
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked, or about whom others are."""

    person_id: UUID
    name: str
    country: Country
    plan_kinds: tuple[str, ...] = ()
    of_guardians: bool = False  # those are asked who act for the person


@require_safe
@page_for(WORKERS)
def plan_consents(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """What the person was asked, and what they have said."""
    page = page_of_one(request, plan_id)
    views = answering.views(page.subject_id)
    parts = {
        "page": page,
        "drafts": consents.drafts(request.viewer, page.subject_id),
        "consents": [(row, views.get(row.consent_id, "")) for row in _consents(request, page)],
        "ends": plan.ends_soon(request.viewer, [plan_id]).get(plan_id),
    }
    return render(request, "caseworker/consents.html", parts)


@require_http_methods(FORM)
@page_for(WORKERS, sends=ASK_CONSENT)
def ask_consent(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Ask the person on their own page, or note what they have said or signed."""
    page = writable_page(request, plan_id)
    if page.family:
        raise Http404
    words = Words(
        title=_("Ask for a consent"),
        lead=_(
            "On their own page the person sees who could read what, and answers. Nothing opens before that. "
            "What the person has said or signed already is noted here, with the day."
        ),
        submit=_("Ask, or note the answer"),
        done=_("It is done. Here you see what the person was asked, and what they have said."),
        back=_("Back to the consents"),
    )
    asked = Asked(page.subject_id, page.person_name, page.country, tuple(page.kinds))
    return _asking(request, asked, words, back=reverse("plan_consents", args=[plan_id]))


@require_http_methods(FORM)
@page_for(WORKERS, sends=ASK_CONSENT)
def ask_guardians(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Ask those who act for somebody without a plan of their own, as a child in its family's plan."""
    ask.require(request.viewer, ASK_CONSENT, person_id)
    if plans.has_open_plan(person_id):
        return redirect("ask_consent", plans.plan_of(person_id))
    if not guardians.acting_now(person_id, request.viewer.now):
        raise Http404
    words = Words(
        title=_("Ask those who act for the person"),
        lead=_(
            "Each of them sees on their own page what would be shared, and answers. Nothing opens before "
            "everybody has said yes who must. What they have said or signed already is noted here, with the "
            "day."
        ),
        submit=_("Ask, or note the answer"),
        done=_("It is done. Here you see what is asked, and who has answered."),
        back=_("Back to who acts for the person"),
    )
    country = agencies.country_of_post(request.viewer.post_id)
    asked = Asked(person_id, families.named(person_id)[0], country, of_guardians=True)
    return _asking(request, asked, words, back=reverse("person_guardians", args=[person_id]))


@require_POST
@page_for(WORKERS)
def take_back(request: SignedInRequest, plan_id: UUID, draft_id: UUID) -> HttpResponse:
    """Who asked asks no longer."""
    _take_back(request, draft_id)
    return redirect("plan_consents", plan_id)


@require_POST
@page_for(WORKERS)
def take_back_from_guardians(request: SignedInRequest, person_id: UUID, draft_id: UUID) -> HttpResponse:
    """The same, of what those who act for somebody were asked."""
    _take_back(request, draft_id)
    return redirect("person_guardians", person_id)


@require_http_methods(FORM)
@page_for(WORKERS)
def note_withdrawal(request: SignedInRequest, plan_id: UUID, consent_id: UUID) -> HttpResponse:
    """The person takes back what this post recorded: first what follows, then, at once, the end."""
    page = page_of_one(request, plan_id)
    row = next((one for one in _consents(request, page) if one.consent_id == consent_id), None)
    if row is None or not row.may_withdraw or row.status == "withdrawn":
        raise Http404
    if request.method == "POST":
        coordination.withdraw_consent(consent_id=consent_id, by=request.viewer)
        messages.success(
            request, _("The consent is withdrawn. Those who saw something because of it are told.")
        )
        return redirect("worklist")
    found = coordination.consequences(request.viewer, consent_id)
    parts = {
        "page": page,
        "found": found,
        "applications": open_applications(request.viewer, page.subject_id, found),
    }
    return render(request, "caseworker/note_withdrawal.html", parts)


@require_POST
@page_for(WORKERS)
def acknowledge(request: SignedInRequest, recall_id: UUID) -> HttpResponse:
    """The post has read that it may use something no more."""
    recalls.acknowledge(recall_id=recall_id, by=request.viewer)
    messages.success(request, _("It is noted. The person sees that you have confirmed it."))
    return redirect("worklist")


def _take_back(request: SignedInRequest, draft_id: UUID) -> None:
    try:
        consents.take_back(draft_id=draft_id, by=request.viewer)
    except consents.NotWaiting:
        messages.error(request, _("This question waits for no answer any more."))
    else:
        messages.success(request, _("The question is taken back. Nobody is asked any longer."))


def _consents(request: SignedInRequest, page: PlanPage) -> list[ConsentRow]:
    ask.require(request.viewer, READ_CONSENTS, page.subject_id)
    return queries.consent_rows(request.viewer, page.subject_id)


def _asking(request: SignedInRequest, asked: Asked, words: Words, *, back: str) -> HttpResponse:
    form = _ask_form(request, asked)

    def act(said: dict[str, Any]) -> None:
        own_unit = agencies.post(request.viewer.post_id).unit_id
        terms = form.terms((own_unit,), statutes.consent_basis(asked.country).code)
        try:
            about: dict[str, Any] = {"person_id": asked.person_id, "terms": terms, "view": said.get("view")}
            if said["form"] == "digital":
                consents.draft(by=request.viewer, **about)
            else:
                plan.note_yes(by=request.viewer, **about)
        except tuple(NOT_ANSWERED) as refused:
            form.add_error("kinds", str(NOT_ANSWERED[type(refused)]))
        except NotCovered as refused:
            form.add_error(AT_FIELD.get(refused.hindrance.obstacle, "units"), _(refused.hindrance.sentence))

    return form_page(request, form, act, words=words, back=back, whom=asked.name)


def _ask_form(request: SignedInRequest, asked: Asked) -> AskForm:
    own_unit = agencies.post(request.viewer.post_id).unit_id
    serving = queries.units_near(request.viewer, asked.person_id, asked.country)
    today = local_day(request.viewer.now)
    return AskForm(
        request.POST or None,
        units=[unit for unit in serving if unit.unit_id not in request.viewer.holders],
        today=today,
        plan_kinds=asked.plan_kinds,
        is_heard=answering.is_to_be_heard(request.viewer, asked.person_id),
        of_guardians=asked.of_guardians,
        colleagues={post.post_id: post for post in agencies.workers_in([own_unit])},
        initial={"until": today + A_YEAR, "what_for": "common_plan"},
    )
