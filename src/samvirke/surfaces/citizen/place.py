"""Where the person is, who may know, and the protection of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samvirke.gate.types import Viewer
from samvirke.people import levels, places, queries
from samvirke.people.types import PlaceAudience, WhereaboutsRow
from samvirke.people.verbs import PROTECT_PLACE
from samvirke.statutes.telling import BARS
from samvirke.statutes.types import ProtectionLevel
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.place_forms import PlaceForm, RenewForm, TellForm, too_long

Act = Callable[[UUID, forms.Form, Viewer], None]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page is about: what is written, who knows, and what the country's law knows."""

    found: WhereaboutsRow | None
    audience: PlaceAudience
    levels: tuple[ProtectionLevel, ...]

    @property
    def is_protected(self) -> bool:
        """Whether the place is hidden now."""
        return self.found is not None and self.found.level != levels.NONE


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
@page_for(CITIZENS, sends=PROTECT_PLACE)
def my_place(request: SignedInRequest) -> HttpResponse:
    """The page; a POST states, renews, lifts or tells."""
    person_id = queries.myself(request.viewer)
    about = Shown(
        found=places.whereabouts(request.viewer, person_id),
        audience=places.who_knows(request.viewer, person_id),
        levels=levels.of_person(person_id, on=request.viewer.now.date()),
    )
    step = request.POST.get("step", "")
    if request.method != "POST":
        return _shown(request, about, {})
    if step not in STEPS:
        return redirect("my_place")
    form = _forms(about, request, step)[step]
    if not form.is_valid():
        return _shown(request, about, {step: form})
    try:
        STEPS[step](person_id, form, request.viewer)
    except places.DayHasBeen:
        form.add_error("expires_on", _("The day has been already. Choose a day ahead."))
    except levels.LastsTooLong as problem:
        form.add_error("expires_on", too_long(problem))
    except levels.NotToBeTold as problem:
        form.add_error("post_id", _(BARS[problem.why]))
    except (places.NotProtected, places.StillProtected):
        messages.error(request, _("The protection has changed since you opened the page. Read it again."))
    else:
        messages.success(request, _("It is saved."))
    return _shown(request, about, {step: form}) if form.errors else redirect("my_place")


def _forms(about: Shown, request: SignedInRequest, step: str) -> dict[str, forms.Form]:
    """The forms of the page, the one that was sent with what was typed."""
    typed = request.POST if step else None
    stating = (
        PlaceForm(typed, levels=about.levels, is_protected=about.is_protected)
        if step == "state"
        else PlaceForm.of(about.found, about.levels)
    )
    return {
        "state": stating,
        "renew": RenewForm(typed if step == "renew" else None, auto_id="id_renew_%s"),
        "tell": TellForm(typed if step == "tell" else None, posts=about.audience.could),
        "lift": forms.Form(typed),
    }


def _shown(request: SignedInRequest, about: Shown, sent: dict[str, forms.Form]) -> HttpResponse:
    parts = {
        "found": about.found,
        "is_protected": about.is_protected,
        "levels": about.levels,
        "knows": about.audience.knows,
        "could": about.audience.could,
        "forms": _forms(about, request, "") | sent,
        "form": next(iter(sent.values()), None),
    }
    return render(request, "citizen/place.html", parts, status=422 if sent else 200)
