"""Every part of a page, side by side, with invented content."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samvirke.kernel.gate_words import DataKind
from samvirke.plan.types import ActionRow, GoalRow
from samvirke.surfaces import languages
from samvirke.surfaces.components.labels import CODE_LISTS
from samvirke.surfaces.components.plan_parts import ActionCard, NumberedGoal

NOBODY = UUID(int=0)
GOAL = GoalRow(
    goal_id=NOBODY,
    version=1,
    own_words="Jeg vil ha en jobb der jeg bruker hendene, og nok søvn til å klare den.",
    life_domain="employment",
    target="Fast jobb i minst halv stilling",
    by_when=date(2027, 6, 1),
)


def _action(what: str, *, standing: str, status: str, reference: str = "") -> ActionRow:
    return ActionRow(
        action_id=NOBODY,
        goal_id=NOBODY,
        what=what,
        how="",
        extent="",
        accountable="Veileder",
        accountable_agency="Nav",
        kind=DataKind.EMPLOYMENT,
        standing=standing,
        decision_reference=reference,
        status=status,
        starts_on=date(2026, 11, 2),
        due_on=date(2026, 12, 1),
        is_mine=False,
    )


DECIDED = _action("Praksisplass på verksted", standing="decided", status="in_progress", reference="2026/118")
WISHED = _action("Truckførerkurs", standing="wish", status="planned")
LATE = _action("Time hos gjeldsrådgiver", standing="decided", status="planned", reference="2026/97")
CARDS = (ActionCard(DECIDED, 1, False), ActionCard(WISHED, 1, False), ActionCard(LATE, None, True))


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Only where people work on the pages."""
    if not (settings.DEBUG or settings.DEMO_SIGN_IN):
        raise Http404
    languages.offer(request, languages.EVERY_PAGE)
    lists = {name: tuple(words.values()) for name, words in CODE_LISTS.items()}
    parts = {"goal": NumberedGoal(1, GOAL), "cards": CARDS, "code_lists": lists}
    return render(request, "components/gallery.html", parts)
