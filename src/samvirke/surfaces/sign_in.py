"""The way in and out. Without an identity provider, and with invented data, a visitor picks whom to be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from samvirke.accounts import queries as accounts
from samvirke.gate.access import Role
from samvirke.kernel.codes import Country
from samvirke.surfaces import languages
from samvirke.surfaces.actor import act_as
from samvirke.surfaces.components import doors

STAFF = doors.WORKERS | {Role.INTEGRATION}


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody a visitor of the demo can be."""

    user_id: UUID
    post_id: UUID
    country: Country
    role: Role
    name: str
    story: str


@dataclass(frozen=True, slots=True)
class DemoPeople:
    """The people of the demo in one country, as the page groups them."""

    country: Country
    citizens: tuple[DemoPerson, ...]
    staff: tuple[DemoPerson, ...]
    leaders: tuple[DemoPerson, ...]


def sign_in(request: HttpRequest) -> HttpResponse:
    """The front page: pick who to be, or learn that sign-in is not connected."""
    if request.method == "POST":
        return _enter(request)
    if hasattr(request, "viewer"):
        return redirect(doors.HOME[request.viewer.role])
    people = _demo_people() if settings.DEMO_SIGN_IN else []
    found = {person.country for person in people}
    countries = [_grouped(people, country) for country in Country if country in found]
    return render(request, "sign_in.html", {"is_demo": settings.DEMO_SIGN_IN, "countries": countries})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget who was here."""
    request.session.flush()
    return redirect("sign_in")


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """Ten stories to follow in the demo, printable."""
    if not settings.DEMO_SIGN_IN:
        raise Http404
    languages.offer(request, languages.EVERY_PAGE)
    return render(request, "stories.html")


def _enter(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO_SIGN_IN:
        raise Http404
    try:
        user_id, post_id = UUID(request.POST.get("user_id", "")), UUID(request.POST.get("post_id", ""))
    except ValueError:
        return redirect("sign_in")
    for person in _demo_people():
        if (person.user_id, person.post_id) == (user_id, post_id):
            return _enter_as(request, person)
    return redirect("sign_in")


def _enter_as(request: HttpRequest, person: DemoPerson) -> HttpResponse:
    """Only into a post the account really has."""
    for seat in accounts.posts_of(person.user_id):
        if seat.post_id == person.post_id:
            act_as(request, seat.post_id, seat.purpose)
            return redirect(doors.HOME[person.role])
    return redirect("sign_in")


def _demo_people() -> list[DemoPerson]:
    """Those the demo has made; nobody before it has run."""
    path = Path(settings.HOME) / "demo" / "people.json"
    if not path.exists():
        return []
    return [_person(entry) for entry in json.loads(path.read_text(encoding="utf-8"))]


def _person(entry: Mapping[str, Any]) -> DemoPerson:
    return DemoPerson(
        user_id=UUID(entry["user_id"]),
        post_id=UUID(entry["post_id"]),
        country=Country(entry["country"]),
        role=Role(entry["role"]),
        name=_in_language(entry["label"]),
        story=_in_language(entry["story"]),
    )


def _in_language(texts: Mapping[str, str]) -> str:
    """Invented people are described in two languages."""
    return texts.get(get_language() or "", texts[settings.LANGUAGE_CODE])


def _grouped(everybody: list[DemoPerson], country: Country) -> DemoPeople:
    people = [person for person in everybody if person.country is country]
    return DemoPeople(
        country=country,
        citizens=tuple(person for person in people if person.role is Role.CITIZEN),
        staff=tuple(person for person in people if person.role in STAFF),
        leaders=tuple(
            person for person in people if person.role not in STAFF and person.role is not Role.CITIZEN
        ),
    )
