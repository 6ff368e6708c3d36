"""Which page of a long list is asked for."""

from __future__ import annotations

from django.http import Http404, HttpRequest

FARTHEST_PAGE = 10_000


def page_number(request: HttpRequest) -> int:
    """The page that the address names; the first where it names none. Raises Http404."""
    text = request.GET.get("page", "1")
    if not text.isdecimal() or not 1 <= int(text) <= FARTHEST_PAGE:
        raise Http404
    return int(text)
