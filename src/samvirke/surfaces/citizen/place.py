"""Where the person is, who may know, and the protection of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samvirke.gate.types import Viewer
from samvirke.people import places, queries
from samvirke.people.types import PlaceAudience, WhereaboutsRow
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.place_forms import PlaceForm, RenewForm, TellForm

Act = Callable[[UUID, forms.Form, Viewer], None]


def _state(person_id: UUID, form: forms.Form, by: Viewer) -> None:
    assert isinstance(form, PlaceForm)
    places.state_whereabouts(person_id=person_id, by=by, **form.stated())


def _renew(person_id: UUID, form: forms.Form, by: Viewer) -> None:
    places.renew_protection(person_id=person_id, expires_on=form.cleaned_data["expires_on"], by=by)


def _lift(person_id: UUID, form: forms.Form, by: Viewer) -> None:
    places.lift_protection(person_id=person_id, by=by)


def _tell(person_id: UUID, form: forms.Form, by: Viewer) -> None:
    places.tell_post(person_id=person_id, post_id=form.cleaned_data["post_id"], by=by)


STEPS: dict[str, Act] = {"state": _state, "renew": _renew, "lift": _lift, "tell": _tell}


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(CITIZENS)
def my_place(request: SignedInRequest) -> HttpResponse:
    """The page; a POST states, renews, lifts or tells."""
    person_id = queries.myself(request.viewer)
    found = places.whereabouts(request.viewer, person_id)
    audience = places.who_knows(request.viewer, person_id)
    step = request.POST.get("step", "")
    if request.method != "POST":
        return _shown(request, found, audience, {})
    if step not in STEPS:
        return redirect("my_place")
    form = _forms(found, audience, request, step)[step]
    if not form.is_valid():
        return _shown(request, found, audience, {step: form})
    try:
        STEPS[step](person_id, form, request.viewer)
    except places.DayHasBeen:
        form.add_error("expires_on", _("The day has been already. Choose a day ahead."))
        return _shown(request, found, audience, {step: form})
    except (places.NotProtected, places.StillProtected):
        messages.error(request, _("The protection has changed since you opened the page. Read it again."))
    else:
        messages.success(request, _("It is saved."))
    return redirect("my_place")


def _forms(
    found: WhereaboutsRow | None, audience: PlaceAudience, request: SignedInRequest, step: str
) -> dict[str, forms.Form]:
    """The forms of the page, the one that was sent with what was typed."""
    typed = request.POST if step else None
    is_protected = found is not None and found.level != "none"
    return {
        "state": PlaceForm(typed, is_protected=is_protected) if step == "state" else PlaceForm.of(found),
        "renew": RenewForm(typed if step == "renew" else None, auto_id="id_renew_%s"),
        "tell": TellForm(typed if step == "tell" else None, posts=audience.could),
        "lift": forms.Form(typed),
    }


def _shown(
    request: SignedInRequest,
    found: WhereaboutsRow | None,
    audience: PlaceAudience,
    sent: dict[str, forms.Form],
) -> HttpResponse:
    parts = {
        "found": found,
        "is_protected": found is not None and found.level != "none",
        "knows": audience.knows,
        "could": audience.could,
        "forms": _forms(found, audience, request, "") | sent,
        "form": next(iter(sent.values()), None),
    }
    return render(request, "citizen/place.html", parts, status=422 if sent else 200)
