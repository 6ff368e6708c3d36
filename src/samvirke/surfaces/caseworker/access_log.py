"""What persons ask about the log, and what is kept back from a reader for a time. For leaders."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samvirke.people import kept_back, log_questions
from samvirke.people import queries as people
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import FORM, page_of_one
from samvirke.surfaces.components.doors import UNIT_LEADERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.log_forms import AnswerWhyForm, KeepBackForm

VERDICTS = {"accepted", "ended"}


@require_safe
@page_for(UNIT_LEADERS)
def overview(request: SignedInRequest) -> HttpResponse:
    """What the leader is to answer and to review, and how many there are."""
    questions = log_questions.to_answer(request.viewer)
    exceptions = kept_back.decided_or_reviewed(request.viewer)
    parts = {
        "waiting": [row for row in questions if not row.answer],
        "answered": [row for row in questions if row.answer],
        "exceptions": exceptions,
        "counts": kept_back.counted(exceptions),
    }
    return render(request, "caseworker/access_log.html", parts)


@require_http_methods(FORM)
@page_for(UNIT_LEADERS)
def answer(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """Say why somebody looked."""
    mine = log_questions.to_answer(request.viewer)
    question = next((row for row in mine if row.question_id == question_id and not row.answer), None)
    if question is None:
        raise Http404
    form = AnswerWhyForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        log_questions.answer(question_id=question_id, text=said["text"], by=request.viewer)

    words = Words(
        title=_("Answer a question about the log"),
        lead=_("%(name)s asks: %(text)s") % {"name": question.name, "text": question.text},
        submit=_("Send the answer"),
        done=_("The answer is sent. The person reads it beside the visit."),
        back=_("Questions about the log"),
    )
    whom = f"{question.who}, {question.unit_name}"
    return form_page(request, form, act, words=words, back=reverse("access_log"), whom=whom)


@require_http_methods(FORM)
@page_for(UNIT_LEADERS)
def keep_back(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Keep visits of some units back from the person or a guardian, for a time."""
    page, cases = page_of_one(request, plan_id), kept_back.cases(request.viewer)
    if not cases:
        raise Http404
    readers = kept_back.readers(request.viewer, page.subject_id)
    units = people.units_near(request.viewer, page.subject_id, page.country)
    form = KeepBackForm(request.POST or None, cases=cases, readers=readers, units=units)

    def act(_said: dict[str, Any]) -> None:
        try:
            kept_back.keep_back(person_id=page.subject_id, asked=form.asked, by=request.viewer)
        except kept_back.NobodyToReviewIt:
            form.add_error("reason", _("No other leader could review this, so nothing is kept back."))

    words = Words(
        title=_("Keep visits back from the log for a time"),
        lead=_(
            "Only where the person or a child would come to harm, and the law says so. Another leader "
            "reviews it within days, or it lapses. Afterwards the reader sees the visits, and that they "
            "were kept back."
        ),
        submit=_("Keep them back"),
        done=_("The visits are kept back. Another leader reviews it."),
    )
    back = reverse("plan", args=[plan_id])
    return form_page(request, form, act, words=words, back=back, whom=page.person_name)


@require_POST
@page_for(UNIT_LEADERS)
def review(request: SignedInRequest, exception_id: UUID) -> HttpResponse:
    """It is needed, or it ends."""
    verdict = request.POST.get("verdict", "")
    if verdict not in VERDICTS:
        raise Http404
    try:
        kept_back.review(exception_id=exception_id, verdict=verdict, by=request.viewer)
    except kept_back.NotYoursToEnd:
        mine = kept_back.decided_or_reviewed(request.viewer)
        if all(row.exception_id != exception_id for row in mine):
            raise Http404 from None
        messages.error(request, _("This is somebody else’s to review, or it is over."))
    else:
        messages.success(request, _("Your decision is saved."))
    return redirect("access_log")
