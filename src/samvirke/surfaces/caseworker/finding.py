"""Looking for somebody among the own cases and the persons one works with."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samvirke.people import search
from samvirke.people.types import Found
from samvirke.plan import queries as plans
from samvirke.programmes import queries as programmes
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.caseworker.writing import FORM
from samvirke.surfaces.components.doors import WORKERS, page_for
from samvirke.surfaces.components.fields import INPUT

LONGEST = 100


class FindForm(forms.Form):
    """Who is looked for. Sent, never written into an address, which browsers and servers keep."""

    text = forms.CharField(
        label=_("Name, date of birth, case number or national id"),
        help_text=_("Part of a name is enough, and it may be spelt as it sounds. A date as 31.12.1990."),
        max_length=LONGEST,
        error_messages={
            "required": _("Write whom you are looking for."),
            "max_length": _("Write less: a name, a date or a number is enough."),
            "null_characters_not_allowed": _("Write it anew: there are signs in it that cannot be read."),
        },
        widget=forms.TextInput(
            attrs={**INPUT, "type": "search", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who was found, and the newest plan the worker may see of them."""

    one: Found
    plan_id: UUID | None


@require_http_methods(FORM)
@page_for(WORKERS)
def find(request: SignedInRequest) -> HttpResponse:
    """A field; and when it was sent, who is meant most likely."""
    form = FindForm(request.POST or None)
    if not form.is_valid():
        return render(request, "caseworker/find.html", {"form": form}, status=422 if form.is_bound else 200)
    partnership_id = programmes.partnership_of(request.viewer)
    found = search.search(request.viewer, form.cleaned_data["text"], partnership_id=partnership_id)
    plan_of = plans.newest_plans([one.person_id for one in found if one.person_id])
    hits = [Hit(one, plan_of.get(one.person_id) if one.person_id else None) for one in found]
    parts = {"form": form, "hits": hits, "is_full": len(found) == search.MOST}
    return render(request, "caseworker/find.html", parts)
