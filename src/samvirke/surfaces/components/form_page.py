"""A page with one form: shown, shown again with what is missing, or done and back to where one came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from samvirke.surfaces.actor import SignedInRequest


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says around its form, in the reader's language."""

    title: str
    lead: str
    submit: str
    done: str  # said on the page that follows; empty: the page says it itself
    back: str = ""  # the words of the link back; empty: to the plan


def form_page(
    request: SignedInRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    words: Words,
    back: str,
    whom: str = "",
) -> HttpResponse:
    """Show the form, or act on what it says. `act` may add errors to the form; then nothing was written.

    back: the address of the page that follows. whom: the person it is about, as a line below the title.
    """
    if form.is_bound and form.is_valid():
        act(form.cleaned_data)
        if not form.errors:
            if words.done:
                messages.success(request, words.done)
            return redirect(back)
    parts = {"form": form, "words": words, "back": back, "whom": whom}
    return render(request, "components/form_page.html", parts, status=422 if form.is_bound else 200)
