"""What a plan says besides goals and actions, topic by topic: read, written anew, and what it said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samvirke.kernel.codes import Topic
from samvirke.plan import histories, operations
from samvirke.plan.types import PlanPage, StatementRow
from samvirke.statutes.types import STATEMENT as STATEMENT_KEY
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.history_page import AGAIN, asked_number
from samvirke.surfaces.components.law_labels import STATEMENT
from samvirke.surfaces.components.plan_forms import StatementForm


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A topic, and what the plan says on it; nothing yet is an answer too."""

    topic: str  # code
    said: StatementRow | None


@dataclass(frozen=True, slots=True)
class Routes:
    """The addresses of one topic's pages, and what comes before the topic in them."""

    write: str
    history: str
    before: tuple[UUID, ...] = ()

    def address(self, name: str, topic: str) -> str:
        """One of them for a topic."""
        return reverse(name, args=[*self.before, topic])


def topics_page(
    request: SignedInRequest,
    page: PlanPage,
    routes: Routes,
    *,
    labels: Mapping[Any, Any],
    words: tuple[str, str],
    back: str,
) -> HttpResponse:
    """All that can be said besides goals and actions. words: the title, and what it is about."""
    title, lead = words
    cards = [
        {
            "label": labels[card.topic],
            "text": card.said.text if card.said else "",
            "address": routes.address(routes.write, card.topic),
            "history": routes.address(routes.history, card.topic)
            if card.said and card.said.version > 1
            else "",
        }
        for card in topic_cards(page)
    ]
    parts = {"page": page, "cards": cards, "title": title, "lead": lead, "back": back}
    return render(request, "components/topics_page.html", parts)


def topic_cards(page: PlanPage) -> tuple[TopicCard, ...]:
    """What every plan can state, and what the laws of this one ask for; the person's own voice first."""
    said = {row.topic: row for row in page.statements}
    rows = (row for check in page.content_checks for row in check.requirements)
    asked_for = {need.removeprefix(STATEMENT_KEY) for row in rows for need in row.needs}
    wanted = asked_for | {*Topic} | said.keys()
    return tuple(TopicCard(code, said.get(code)) for code in STATEMENT if code in wanted)


def card_of(page: PlanPage, topic: str) -> TopicCard:
    """One topic of this plan. Raises Http404."""
    for card in topic_cards(page):
        if card.topic == topic:
            return card
    raise Http404


def statement_page(
    request: SignedInRequest, page: PlanPage, topic: str, *, labels: Mapping[Any, Any], back: str, lead: str
) -> HttpResponse:
    """Show the words that stand there, ready to be changed, or save new ones."""
    card = card_of(page, topic)
    around = {"page": page, "title": labels[topic], "back": back, "lead": lead}
    if request.method != "POST":
        return _shown(request, around, card.said, StatementForm.of(card.said, _earlier(request, page, topic)))
    form = StatementForm(request.POST)
    if not form.is_valid():
        return _shown(request, around, card.said, form, status=422)
    try:
        operations.state(plan_id=page.plan_id, topic=topic, by=request.viewer, **form.cleaned_data)
    except operations.StaleStatement as stale:
        again = StatementForm.of(stale.current, text=form.cleaned_data["text"])
        return _shown(request, around | {"is_stale": True}, stale.current, again, status=409)
    messages.success(request, _("It is saved. Everybody on the plan sees it now."))
    return redirect(back)


def _earlier(request: SignedInRequest, page: PlanPage, topic: str) -> str:
    """The words that are taken up again, where the address says which."""
    number = asked_number(request, AGAIN)
    if not number:
        return ""
    versions = histories.of_statement(request.viewer, page.plan_id, topic)
    return next((one.text for one in versions if one.version == number), "")


def _shown(
    request: SignedInRequest,
    around: Mapping[str, Any],
    said: StatementRow | None,
    form: StatementForm,
    *,
    status: int = 200,
) -> HttpResponse:
    return render(
        request, "components/statement_page.html", {**around, "said": said, "form": form}, status=status
    )
