"""Every part of a page in each of its states, side by side, with invented content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from samvirke.surfaces import languages
from samvirke.surfaces.components.labels import CODE_LISTS
from samvirke.surfaces.components.specimens import SPECIMENS, Specimen

REFERS = re.compile(r'\b(id|for|aria-labelledby|aria-describedby|list)="([^"]+)"')
LINK_WITHIN = re.compile(r'href="#([^"]+)"')
MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """A specimen as it stands in the gallery."""

    title_id: str
    title: str
    html: SafeString


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Only where people work on the pages."""
    if not (settings.DEBUG or settings.DEMO_SIGN_IN):
        raise Http404
    languages.offer(request, languages.EVERY_PAGE)
    lists = {name: tuple(words.values()) for name, words in CODE_LISTS.items()}
    parts = {"shown": list(_shown(request)), "code_lists": lists}
    return render(request, "components/gallery.html", parts)


def _shown(request: HttpRequest) -> Iterator[Shown]:
    for number, specimen in enumerate(SPECIMENS, start=1):
        title_id = f"specimen-{number}"
        html = _within(specimen, _rendered(request, specimen))
        yield Shown(title_id, f"{specimen.part}: {specimen.state}", _apart(html, number, title_id))


def _rendered(request: HttpRequest, specimen: Specimen) -> str:
    """The part; of a whole page, what stands in its middle."""
    made = render_to_string(f"components/{specimen.part}.html", specimen.content(), request)
    html = made.replace(" autofocus", "")  # of many on one page none may take the focus
    whole = MAIN.search(html)
    return whole.group(1) if whole else html


def _within(specimen: Specimen, html: str) -> str:
    """Inside what it always stands in: an item stands in a list."""
    if not specimen.inside:
        return html
    tag, _, css_class = specimen.inside.partition(".")
    return format_html('<{} class="{}">{}</{}>', tag, css_class, mark_safe(html), tag)


def _apart(html: str, number: int, title_id: str) -> SafeString:
    """The same part stands here many times: ids get a number, and regions the name of their specimen."""

    def renamed(found: re.Match[str]) -> str:
        name, ids = found.groups()
        own = " ".join(f"{one}-{number}" for one in ids.split())
        return f'{name}="{title_id} {own}"' if name == "aria-labelledby" else f'{name}="{own}"'

    return mark_safe(LINK_WITHIN.sub(rf'href="#\1-{number}"', REFERS.sub(renamed, html)))
