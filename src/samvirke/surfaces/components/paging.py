"""Which part of a long list is asked for."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import Http404, HttpRequest

FARTHEST_PAGE = 10_000


def page_number(request: HttpRequest) -> int:
    """The page that the address names; the first where it names none. Raises Http404."""
    text = request.GET.get("page", "1")
    if not text.isdecimal() or not 1 <= int(text) <= FARTHEST_PAGE:
        raise Http404
    return int(text)


def moment_asked(request: HttpRequest) -> datetime | None:
    """The moment before which all is that is asked for, where the address names one. Raises Http404."""
    text = request.GET.get("before")
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Http404 from None
