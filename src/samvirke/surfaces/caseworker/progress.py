"""How it goes for the person: a worker's view beside the person's own, and what is to be answered anew."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.assessments import queries, verbs
from samvirke.assessments.types import DueRow, Respondent
from samvirke.gate import queries as ask
from samvirke.people import queries as people
from samvirke.plan import queries as plans
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components import assessment_answering
from samvirke.surfaces.components.assessment_answering import Answering
from samvirke.surfaces.components.assessment_parts import instruments, spoken
from samvirke.surfaces.components.doors import WORKERS, page_for

PAGE = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class DueCase:
    """What is to be answered anew, and on which plan."""

    row: DueRow
    plan_id: UUID
    title: str


@require_safe
@page_for(WORKERS)
def progress(request: SignedInRequest, plan_id: UUID) -> HttpResponse:
    """Every instrument, with how it went, as this worker may see it."""
    person_id = _person_of(request, plan_id)
    rows = queries.about(request.viewer, person_id)
    parts = {
        "plan_id": plan_id,
        "person_name": people.persons({person_id})[person_id].name,
        "instruments": instruments(request.viewer, person_id, rows, plan_id),
        "may_answer": bool(ask.allowed(request.viewer, [verbs.ANSWER], person_id)),
    }
    return render(request, "caseworker/progress.html", parts)


@require_http_methods(PAGE)
@page_for(WORKERS)
def answer(
    request: SignedInRequest,
    plan_id: UUID,
    instrument: str,
    *,
    respondent: Respondent = Respondent.WORKER,
    puts_right: bool = False,
) -> HttpResponse:
    """The questions; a POST answers for the worker, or writes down what the person says."""
    what = Answering(
        person_id=_person_of(request, plan_id),
        instrument=instrument,
        respondent=respondent,
        puts_right=puts_right,
        back=reverse("plan_progress", args=[plan_id]),
    )
    return assessment_answering.page(request, what)


@require_safe
@page_for(WORKERS)
def due(request: SignedInRequest) -> HttpResponse:
    """What the worker's unit is to answer anew, on plans that go on."""
    rows = queries.due(request.viewer)
    newest = {row.subject_id: plans.plan_of(row.subject_id) for row in rows}
    going_on = {subject_id for subject_id in newest if plans.has_open_plan(subject_id)}
    cases = [
        DueCase(row, plan_id, spoken(row.instrument.title))
        for row in rows
        if row.subject_id in going_on and (plan_id := newest[row.subject_id])
    ]
    return render(request, "caseworker/assessments_due.html", {"cases": cases})


def _person_of(request: SignedInRequest, plan_id: UUID) -> UUID:
    """The person of a plan that is for one person. Raises Refused, Http404, Plan.DoesNotExist."""
    subject_id = plans.subject_of(plan_id)
    ask.require(request.viewer, verbs.READ, subject_id)
    if subject_id not in people.persons({subject_id}):
        raise Http404
    return subject_id
