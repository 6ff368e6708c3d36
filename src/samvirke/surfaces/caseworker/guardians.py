"""Who acts for a person: recording a guardian, changing the scope, ending it; and what the person says."""

from __future__ import annotations

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

from samvirke.gate import queries as ask
from samvirke.people import consents, families, guardian_answers, guardians
from samvirke.people.guardian_refusals import (
    AnotherFooting,
    EndsBeforeItBegins,
    NotForThisAge,
    NothingInScope,
    NotTheirOwnGuardian,
    RestsOnNoDocument,
)
from samvirke.people.guardian_types import GuardianRow
from samvirke.people.verbs import READ_GUARDIANS
from samvirke.plan import own_room
from samvirke.statutes import ages
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.days import local_day
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.form_page import Words, form_page
from samvirke.surfaces.components.guardian_forms import GuardianForm

FORM = ["GET", "HEAD", "POST"]
# At which field of the form, and in which words, the page says what cannot be.
SAID: dict[type[Exception], tuple[str, Promise]] = {
    NotForThisAge: (
        "footing",
        gettext_lazy(
            "Nobody of this kind acts for somebody of this age: a parent acts for a minor, and for an adult "
            "only somebody who was appointed. Choose another kind."
        ),
    ),
    AnotherFooting: (
        "footing",
        gettext_lazy(
            "Another parent is recorded, and the two cannot both hold: one alone decides, or both share. End "
            "or change the other one first."
        ),
    ),
    NothingInScope: (
        "scope",
        gettext_lazy("Choose at least one kind of information that the document names."),
    ),
    RestsOnNoDocument: (
        "seen_on",
        gettext_lazy("That day is still to come. Write the day you saw the document."),
    ),
    EndsBeforeItBegins: (
        "until",
        gettext_lazy(
            "It would end before it begins. Choose a day ahead; what the person decides alone now is closed."
        ),
    ),
    NotTheirOwnGuardian: (
        "citizen_id",
        gettext_lazy("A guardian is another person. Choose somebody else."),
    ),
}


@require_safe
@page_for(WORKERS)
def person_guardians(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Who acts for the person, what guardians are asked and have said, and what the person wrote."""
    rows = guardians.around(request.viewer, person_id)
    progress = guardian_answers.progress(request.viewer, person_id)
    drafts = [row for row in consents.drafts(request.viewer, person_id) if row.draft_id in progress]
    parts = {
        "person_id": person_id,
        "person_name": families.named(person_id)[0],
        "acting": [row for row in rows if row.is_in_force],
        "over": [row for row in rows if not row.is_in_force],
        "is_stale": any(row.is_stale for row in rows),
        "questions": [(row, progress[row.draft_id]) for row in drafts],
        "words": own_room.read(request.viewer, person_id),
    }
    return render(request, "caseworker/guardians.html", parts)


@require_http_methods(FORM)
@page_for(WORKERS)
def record_guardian(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Somebody acts for the person from now on."""
    ask.require(request.viewer, READ_GUARDIANS, person_id)
    return _form(request, person_id, initial={"seen_on": local_day(request.viewer.now)})


@require_http_methods(FORM)
@page_for(WORKERS)
def change_guardian(request: SignedInRequest, person_id: UUID, guardianship_id: UUID) -> HttpResponse:
    """The same, with another scope or another day; it holds at once instead of the former."""
    row = _row(request, person_id, guardianship_id)
    initial = {
        "citizen_id": row.citizen_id,
        "name": row.name,
        "footing": row.footing,
        "scope": [str(int(kind)) for kind in row.scope],
        "lives_with": {True: "yes", False: "no", None: ""}[row.lives_with],
        "reference": row.reference,
        "seen_on": row.seen_on,
    }
    return _form(request, person_id, initial=initial)


@require_http_methods(FORM)
@page_for(WORKERS)
def end_guardian(request: SignedInRequest, person_id: UUID, guardianship_id: UUID) -> HttpResponse:
    """First what follows; a POST ends it at once."""
    row = _row(request, person_id, guardianship_id)
    if request.method != "POST":
        parts = {"row": row, "person_id": person_id, "person_name": families.named(person_id)[0]}
        return render(request, "caseworker/end_guardian.html", parts)
    guardians.end(guardianship_id=guardianship_id, by=request.viewer)
    messages.success(request, _("It has ended. The guardian sees nothing of the person from now on."))
    return redirect("person_guardians", person_id)


@require_POST
@page_for(WORKERS)
def reckon_anew(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """The age lines have changed: the days are reckoned by those of today."""
    guardians.recompute(person_id=person_id, by=request.viewer)
    messages.success(request, _("The days are reckoned anew."))
    return redirect("person_guardians", person_id)


def _form(request: SignedInRequest, person_id: UUID, *, initial: dict[str, Any]) -> HttpResponse:
    viewer = request.viewer
    country = guardians.country_of(viewer.holders)
    form = GuardianForm(
        request.POST or None,
        persons=guardians.candidates(viewer, person_id),
        footings=[kind.code for kind in ages.guardian_kinds(country, on=local_day(viewer.now))],
        initial=initial,
    )

    def act(said: dict[str, Any]) -> None:
        try:
            guardians.record(person_id=person_id, guardian=form.said(), by=viewer)
        except tuple(SAID) as refused:
            field, words_of_it = SAID[type(refused)]
            form.add_error(field, str(words_of_it))

    words = Words(
        title=_("Who acts for the person"),
        lead=_(
            "Write what the document says, and no more. The guardian sees it at once, and what was recorded "
            "of the same guardian before ends."
        ),
        submit=_("Save it"),
        done=_("It is saved, and holds from now on."),
        back=_("Back to who acts for the person"),
    )
    back = reverse("person_guardians", args=[person_id])
    return form_page(request, form, act, words=words, back=back, whom=families.named(person_id)[0])


def _row(request: SignedInRequest, person_id: UUID, guardianship_id: UUID) -> GuardianRow:
    for row in guardians.around(request.viewer, person_id):
        if row.guardianship_id == guardianship_id and row.is_in_force:
            return row
    raise Http404
