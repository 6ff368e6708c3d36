"""Which languages a page can be read in.

A language is offered where every word of the page is there in it. Whoever asks for another one reads the page
in Norwegian, and is told so in their own language.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate, get_language, gettext, override

from samvirke.gate.access import Role

EVERY_PAGE = ("nb", "en")
OWN_PAGES = (*EVERY_PAGE, "da", "sv")  # the person's own pages, and those before anybody has signed in
ASKED, OFFERED = "samvirke.asked_language", "samvirke.offered_languages"  # kept with the request


class LanguageMiddleware:
    """Stands inside the one that knows who is here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer = getattr(request, "viewer", None)
        is_own = viewer is None or viewer.role is Role.CITIZEN
        offer(request, OWN_PAGES if is_own else EVERY_PAGE)
        return self.get_response(request)


def offer(request: HttpRequest, languages: tuple[str, ...]) -> None:
    """Show the page in the language that is asked for if it is one of these, and else in Norwegian."""
    asked = asked_for(request)
    request.META[ASKED], request.META[OFFERED] = asked, languages
    activate(asked if asked in languages else settings.LANGUAGE_CODE)


def asked_for(request: HttpRequest) -> str:
    """What the reader has chosen, or the browser asks for."""
    return str(request.META.get(ASKED) or get_language() or settings.LANGUAGE_CODE)


def offered(request: HttpRequest) -> tuple[str, ...]:
    """The languages of this page."""
    found: tuple[str, ...] = request.META.get(OFFERED, EVERY_PAGE)
    return found


def apology(request: HttpRequest) -> str:
    """In the reader's own language, where the page is not in it."""
    asked = asked_for(request)
    if asked in offered(request):
        return ""
    with override(asked):
        return gettext("This page is not in your language yet, so it is shown in Norwegian.")
