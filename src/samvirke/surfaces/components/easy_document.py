"""The plan in easy words: one document for the person, with headings as questions and one thing on a line.

It is made of the plan page's rows, as the whole document is: nothing is added, and what the reader may not
see is not in it. `contents` says what stands in it, for the page and for the PDF alike; nothing is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.http import HttpResponse
from django.utils.translation import get_language, gettext

from samvirke.plan.action_types import ActionRow
from samvirke.plan.types import PlanPage
from samvirke.surfaces.components import typeset
from samvirke.surfaces.components.days import in_words, local_day
from samvirke.surfaces.components.plan_parts import ActionCard, next_steps, post_words, words_of_kind

TEMPLATE: Final = Path(__file__).parents[1] / "templates" / "documents" / "easy.typ"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing, and short sentences about it, each on a line of its own."""

    said: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A heading that asks, and what the plan answers; `none` where it says nothing yet."""

    asked: str
    things: tuple[Thing, ...]
    none: str = ""


@dataclass(frozen=True, slots=True)
class EasyDocument:
    """All that stands in the document, in the reader's language."""

    language: str
    title: str
    person: str
    questions: tuple[Question, ...]
    number_line: str  # where the person writes the number, which the plan does not hold
    footer: str


def contents(page: PlanPage, made_at: datetime) -> EasyDocument:
    """The plan as somebody asks about it who reads slowly, or is tired."""
    return EasyDocument(
        language=get_language() or "nb",
        title=gettext("The plan in easy words"),
        person=page.person_name,
        questions=tuple(_questions(page, local_day(made_at))),
        number_line=gettext("Write the number here:"),
        footer=gettext("Made %(day)s. This is the short version. The whole plan says more.")
        % {"day": in_words(made_at)},
    )


def answer(page: PlanPage, made_at: datetime) -> HttpResponse:
    """The document as a file to keep. Its name tells nothing about the person."""
    response = HttpResponse(pdf(contents(page, made_at), made_at), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{gettext("plan")}.pdf"'
    return response


def pdf(document: EasyDocument, made_at: datetime) -> bytes:
    """The document as a tagged PDF, in large letters."""
    return typeset.pdf(TEMPLATE, {"plan": json.dumps(typeset.printable(asdict(document)))}, made_at)


def _questions(page: PlanPage, today: date) -> Iterator[Question]:
    steps = next_steps(page, today)
    yield Question(
        gettext("What do I want?"),
        tuple(Thing(row.own_words) for row in page.goals if row.is_active),
        gettext("Nothing is written here yet."),
    )
    yield Question(
        gettext("What is happening now?"),
        tuple(_step(page, card) for card in steps.now),
        gettext("Nothing is going on right now."),
    )
    if steps.soon:
        yield Question(gettext("What happens next?"), tuple(_step(page, card) for card in steps.soon))
    if steps.waiting:
        wishes = tuple(Thing(card.row.what, (_undecided(),)) for card in steps.waiting)
        yield Question(gettext("What have I wished for?"), wishes)
    yield Question(
        gettext("Who helps me?"),
        (*(Thing(post_words(row)) for row in page.team), *_own_side(page)),
        gettext("Nobody is written here yet."),
    )
    yield Question(gettext("When do we look at the plan again?"), (Thing(_review(page)),))
    yield Question(gettext("Whom can I call?"), tuple(_callers(page)))


def _step(page: PlanPage, card: ActionCard) -> Thing:
    """What is done, who does it, from when and until when; a wish never looks like a decision."""
    row = card.row
    lines = [_who(page, row)]
    if row.starts_on and row.status == "planned":
        lines.append(gettext("It starts %(day)s.") % {"day": in_words(row.starts_on)})
    if row.due_on:
        lines.append(gettext("It is to be done by %(day)s.") % {"day": in_words(row.due_on)})
    if row.standing == "wish":
        lines.append(_undecided())
    return Thing(row.what, tuple(lines))


def _who(page: PlanPage, row: ActionRow) -> str:
    person = {one.member_id for one in page.own_side if one.person_id == page.subject_id}
    if row.accountable_member in person:
        return gettext("You do this yourself.")
    return gettext("%(who)s does this.") % {"who": row.accountable or words_of_kind(row.accountable_kind)}


def _undecided() -> str:
    return gettext("This is a wish. It is not decided yet.")


def _own_side(page: PlanPage) -> Iterator[Thing]:
    for row in page.own_side:
        if row.person_id is None:
            yield Thing(row.name)


def _review(page: PlanPage) -> str:
    if page.ends_before:
        return gettext("The plan has ended.")
    return gettext("On %(day)s.") % {"day": in_words(page.next_review)}


def _callers(page: PlanPage) -> Iterator[Thing]:
    """The one who coordinates, and who steps in. Titles are hidden here as on the page."""
    found = page.coordinator
    unit = (found.unit_name,) if found.unit_name else ()
    yield Thing(
        found.post_title or words_of_kind(found.agency_kind),
        (gettext("This is your coordinator."), *unit),
    )
    acting = found.acting_title or words_of_kind(found.acting_kind)
    if acting:
        yield Thing(acting, (gettext("Your coordinator is away. Call here now."),))
        return
    deputy = found.deputy_title or words_of_kind(found.deputy_kind)
    if deputy:
        yield Thing(deputy, (gettext("Call here if your coordinator is away."),))
