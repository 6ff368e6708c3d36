"""The person's own room: who can read it is said first, then one writes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samvirke.people import queries as people
from samvirke.plan import own_room
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import CITIZENS, page_for
from samvirke.surfaces.components.guardian_forms import OwnWordsForm


@require_http_methods(["GET", "HEAD", "POST"])
@page_for(CITIZENS)
def my_room(request: SignedInRequest) -> HttpResponse:
    """What stands there, and a place to write; a POST writes."""
    has_room = own_room.has_room(request.viewer)
    form = OwnWordsForm(request.POST or None)
    if has_room and form.is_bound and form.is_valid():
        own_room.write(text=form.cleaned_data["text"], by=request.viewer)
        return redirect("my_room")
    parts: dict[str, Any] = {
        "has_room": has_room,
        "form": form,
        "words": own_room.read(request.viewer, people.myself(request.viewer)),
        "title": _("My own room"),
    }
    return render(request, "citizen/own_room.html", parts, status=422 if has_room and form.is_bound else 200)
