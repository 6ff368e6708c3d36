"""One request, one transaction, one viewer.

The session is read through the sign-in connection; then everything about persons happens inside one
transaction as the session's post for its purpose. The access log is written before the commit, the commit
before the first byte. What an address names and nobody was shown stands in the log by the id that was asked
for, whether or not anything has it, so that a stranger's attempt is known to whom it is about.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from samvirke.gate import audit
from samvirke.gate import session as gate_session
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces import languages
from samvirke.surfaces.running import logs, metrics, patience

POST = "post"
PURPOSE = "purpose"
NO_MEMBERSHIP, UNREADABLE = "no_membership", "unreadable_session"  # why nobody entered, as it is logged
READING = {"GET", "HEAD"}  # what only reads

log = logs.get("samvirke.session")
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class SignedInRequest(HttpRequest):
    """A request with a viewer; what views behind `signed_in` get. `htmx` is true for a request for a part."""

    viewer: Viewer
    htmx: HtmxDetails


class ActorMiddleware:
    """Wraps the view, and the rendering of its answer, in the viewer's transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.session.get(POST), request.session.get(PURPOSE)
        if said == (None, None):
            return self.get_response(request)
        post, purpose = _post(said[0]), _purpose(said[1])
        if post is None or purpose is None:
            return _turned_away(request, UNREADABLE)
        wait = patience.seconds_to_wait(str(post))
        if wait:
            metrics.refused(patience.CODE)
            languages.offer(request, languages.OWN_PAGES)
            answer = render(request, "429.html", status=429)
            answer["Retry-After"] = str(wait)
            return answer
        try:
            return self._inside(request, post, purpose)
        except gate_session.NoMembership:
            return _turned_away(request, NO_MEMBERSHIP)

    def _inside(self, request: HttpRequest, post: UUID, purpose: Purpose) -> HttpResponse:
        with gate_session.enter(post, purpose) as entered:
            cast(SignedInRequest, request).viewer = entered
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            if response.status_code == 404:
                audit.note_not_shown(entered, asked_for(request))
                if request.method in READING:
                    audit.take_back_shown(entered)
                patience.missed(str(post))
            return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """A refusal and a missing row look alike: neither tells that somebody is known here."""
        if isinstance(problem, Refused):
            metrics.refused(problem.refusal.value)
        if isinstance(problem, Refused | ObjectDoesNotExist):
            return render(request, "404.html", status=404)
        return None


def asked_for(request: HttpRequest) -> list[UUID]:
    """The ids in the address; where it is an address of no page, it can be nobody's."""
    match = request.resolver_match
    if match is None:
        return [audit.NOBODY]
    return [value for value in match.kwargs.values() if isinstance(value, UUID)]


def _post(said: object) -> UUID | None:
    """The post that a session names; None where it is not written as `act_as` writes it."""
    try:
        post = UUID(str(said))
    except ValueError:
        return None
    return post if str(post) == said else None  # digits of other scripts are read as digits, too


def _purpose(said: object) -> Purpose | None:
    return next((one for one in Purpose if one == said), None)


def _turned_away(request: HttpRequest, code: str) -> HttpResponse:
    """The session names nobody who may enter: it is forgotten, told of, and noted without who it was."""
    request.session.flush()
    log.warning("not_entered", code=code)
    metrics.refused(code)
    languages.offer(request, languages.OWN_PAGES)
    messages.error(
        request,
        _(
            "You have been signed out, because who you were signed in as cannot be used now. Sign in again. "
            "If it happens again, ask your leader whether your post has ended, or call the office you work "
            "with."
        ),
    )
    return redirect("sign_in")


def signed_in(view: Callable[Concatenate[SignedInRequest, P], HttpResponse]) -> View[P]:
    """An anonymous visitor is sent to the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not hasattr(request, "viewer"):
            return redirect("sign_in")
        return view(cast(SignedInRequest, request), *args, **kwargs)

    return cast(View[P], guarded)


def act_as(request: HttpRequest, post_id: UUID, purpose: Purpose) -> None:
    """From the next request on, this session acts in this post for this purpose."""
    request.session.cycle_key()
    request.session[POST] = str(post_id)
    request.session[PURPOSE] = int(purpose)


def viewer(request: HttpRequest) -> dict[str, Any]:
    """The viewer, for every template."""
    return {"viewer": getattr(request, "viewer", None)}
