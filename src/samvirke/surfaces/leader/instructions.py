"""How often somebody was told not to inform, for who leads the partnership."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samvirke.coordination import instructions
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.doors import PARTNERSHIP_LEADERS, page_for
from samvirke.surfaces.components.instruction_forms import INSTRUCTED_BY, INSTRUCTION_ABOUT
from samvirke.surfaces.leader.agreements import partnership


@require_safe
@page_for(PARTNERSHIP_LEADERS)
def counted(request: SignedInRequest) -> HttpResponse:
    """The last twelve whole months, as far as numbers may be shown."""
    found = instructions.counted(request.viewer, partnership(request.viewer))
    tables = (
        {"title": _("About what"), "rows": _in_words(found.about, INSTRUCTION_ABOUT)},
        {"title": _("From where"), "rows": _in_words(found.given_by, INSTRUCTED_BY)},
    )
    return render(request, "leader/instructions.html", {"is_enough": found.is_enough, "tables": tables})


def _in_words(rows: Iterable[tuple[Any, int]], words: Mapping[Any, Promise]) -> list[tuple[Promise, int]]:
    return [(words[code], number) for code, number in rows]
