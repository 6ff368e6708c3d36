"""Answering an instrument on a page: the same for the person and for a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samvirke.assessments import loading, operations, policies, queries
from samvirke.assessments.types import AssessmentRow, InstrumentFile, Respondent, kind_of
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.assessment_forms import AnswerForm, Earlier, SharingForm, sharing_of
from samvirke.surfaces.components.assessment_parts import spoken, steps


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers what about whom, and where the page leads back to."""

    person_id: UUID
    instrument: str
    respondent: Respondent
    puts_right: bool
    back: str  # an address


def page(request: SignedInRequest, what: Answering) -> HttpResponse:
    """The questions; a POST answers. Raises Refused, Http404."""
    viewer = request.viewer
    instrument = loading.newest(what.instrument)
    if instrument is None or what.respondent not in instrument.answered_by:
        raise Http404
    writable = queries.may_write(viewer, what.person_id)
    items = [item for item in instrument.items if kind_of(item) & writable]
    rows = policies.standing(queries.about(viewer, what.person_id, instrument.code))
    mine = _mine(request, rows, what.respondent)
    if not items or (what.puts_right and (mine is None or mine.version != instrument.version)):
        raise Http404
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        instrument=instrument,
        items=items,
        respondent=what.respondent,
        puts_right=what.puts_right,
        units=queries.units_around(viewer, what.person_id),
        is_person=viewer.is_citizen,
        initial=_begins(mine, what),
    )
    if form.is_bound and form.is_valid() and _answered(request, what, form):
        return redirect(what.back)
    parts: dict[str, Any] = {
        "form": form,
        "questions": form.questions(_earlier(request, rows, what)),
        "further": form.further(),
        "title": spoken(instrument.title),
        "about": spoken(instrument.about),
        "steps": steps(instrument.scale),
        "what": what,
        "of_worker": what.respondent is Respondent.WORKER,
        "left_out": len(instrument.items) > len(items),
    }
    return render(request, "answering.html", parts, status=422 if form.is_bound else 200)


def sharing_page(
    request: SignedInRequest, person_id: UUID, code: str, template: str, back: str
) -> HttpResponse:
    """Who sees it; a POST chooses anew. For the person alone. Raises Refused, Http404."""
    viewer = request.viewer
    rows = queries.about(viewer, person_id, code)
    known = loading.known().get(code)
    if not rows or not known:
        raise Http404
    of_person = [row for row in policies.standing(rows) if row.respondent is Respondent.PERSON]
    form = SharingForm(
        request.POST if request.method == "POST" else None,
        units=queries.units_around(viewer, person_id),
        is_person=True,
        initial=sharing_of(of_person[-1] if of_person else None),
    )
    if form.is_bound and form.is_valid():
        shared_with, unit_id = form.shared()
        operations.share(person_id=person_id, code=code, shared_with=shared_with, unit_id=unit_id, by=viewer)
        messages.success(request, _("It is changed, and holds from now on."))
        return redirect(back)
    parts = {"form": form, "title": spoken(_newest(known).title), "has_workers": len(of_person) < len(rows)}
    return render(request, template, parts, status=422 if form.is_bound else 200)


def _answered(request: SignedInRequest, what: Answering, form: AnswerForm) -> bool:
    """Whether it is saved; where it is not, the form says why."""
    act = operations.put_right if what.puts_right else operations.answer
    try:
        act(
            person_id=what.person_id,
            code=what.instrument,
            respondent=what.respondent,
            given=form.given(),
            by=request.viewer,
        )
    except policies.AnsweredToday:
        form.add_error(None, _("This is answered today already. Put it right instead, and say why."))
        return False
    except policies.NothingToPutRight:
        form.add_error(None, _("You have answered nothing here that can be put right. Answer anew."))
        return False
    messages.success(request, _("The answers are saved."))
    return True


def _mine(
    request: SignedInRequest, rows: list[AssessmentRow], respondent: Respondent
) -> AssessmentRow | None:
    post_id = request.viewer.post_id
    found = [row for row in rows if row.respondent is respondent and row.noted_by == post_id]
    return found[-1] if found else None


def _begins(mine: AssessmentRow | None, what: Answering) -> dict[str, Any]:
    """The choice that stands; where something is put right, what was answered too."""
    begins: dict[str, Any] = sharing_of(mine) if what.respondent is Respondent.PERSON else {}
    if what.puts_right and mine is not None:
        begins |= {f"item-{code}": value for code, value in mine.answers.items()}
    return begins


def _earlier(request: SignedInRequest, rows: list[AssessmentRow], what: Answering) -> list[Earlier]:
    """What was answered before in this role; beside a worker's own, the person's where it is shared."""
    of_person = tuple(row for row in reversed(rows) if row.respondent is Respondent.PERSON)
    if what.respondent is Respondent.PERSON:
        return [Earlier(_("You") if request.viewer.is_citizen else _("The person"), of_person)]
    mine = tuple(row for row in reversed(rows) if row.noted_by == request.viewer.post_id)
    own = tuple(row for row in mine if row.respondent is Respondent.WORKER)
    return [Earlier(_("You"), own), Earlier(_("The person"), of_person)]


def _newest(known: dict[int, InstrumentFile]) -> InstrumentFile:
    return known[max(known)]
