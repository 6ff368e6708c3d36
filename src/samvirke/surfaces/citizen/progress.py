"""How it goes for the person: answering, what was answered over time, who sees it, and changing that."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.assessments import queries
from samvirke.assessments.types import Respondent
from samvirke.people import queries as people
from samvirke.plan import queries as plans
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components import assessment_answering
from samvirke.surfaces.components.assessment_answering import Answering
from samvirke.surfaces.components.assessment_parts import instruments
from samvirke.surfaces.components.doors import CITIZENS, page_for

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@page_for(CITIZENS)
def my_progress(request: SignedInRequest) -> HttpResponse:
    """Every instrument, with how it went."""
    person_id = people.myself(request.viewer)
    rows = queries.about(request.viewer, person_id)
    parts = instruments(request.viewer, person_id, rows, plans.plan_of(person_id))
    return render(request, "citizen/progress.html", {"instruments": parts})


@require_http_methods(PAGE)
@page_for(CITIZENS)
def answer(request: SignedInRequest, instrument: str, *, puts_right: bool = False) -> HttpResponse:
    """The questions; a POST answers, or puts right what was answered last."""
    what = Answering(
        person_id=people.myself(request.viewer),
        instrument=instrument,
        respondent=Respondent.PERSON,
        puts_right=puts_right,
        back=reverse("my_progress"),
    )
    return assessment_answering.page(request, what)


@require_http_methods(PAGE)
@page_for(CITIZENS)
def sharing(request: SignedInRequest, instrument: str) -> HttpResponse:
    """Who sees it; a POST chooses anew."""
    person_id = people.myself(request.viewer)
    return assessment_answering.sharing_page(
        request, person_id, instrument, "citizen/sharing.html", reverse("my_progress")
    )
