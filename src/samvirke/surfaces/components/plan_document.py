"""The plan as one document: each law's own view of the same content, for one reader.

It is made of the plan page's rows and of nothing else, so it holds what this reader may see and no more.
`contents` says what stands in it; `pdf` sets it. Nothing is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import get_language, gettext

from samvirke.kernel.codes import PlanContent
from samvirke.plan.action_types import ActionRow
from samvirke.plan.types import ContentCheck, GoalRow, PlanPage, RequirementRow
from samvirke.statutes.types import STATEMENT as STATEMENT_KEY
from samvirke.surfaces.components import action_labels, law_labels, typeset
from samvirke.surfaces.components.days import in_words, weekly
from samvirke.surfaces.components.plan_parts import (
    own_voice,
    party_words,
    post_words,
    statements,
    words_of_kind,
)

TEMPLATE = Path(__file__).parents[1] / "templates" / "documents" / "plan.typ"
ABOUT_ACTIONS = frozenset(
    {
        PlanContent.ACTIONS,
        PlanContent.ACCOUNTABLE,
        PlanContent.EXTENT,
        PlanContent.HOW,
        PlanContent.DURATION,
    }
)
EVERYTHING = (
    PlanContent.GOALS,
    *ABOUT_ACTIONS,
    PlanContent.TEAM,
    PlanContent.COORDINATOR,
    PlanContent.PERIOD,
    PlanContent.REVIEW,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list, and lines about it."""

    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Some text, or a list."""

    text: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that a law asks for, and what the plan says on it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One law's view of the plan."""

    title: str
    note: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """All that stands in the document, in the reader's language."""

    language: str
    title: str
    person: str
    facts: tuple[str, ...]
    parts: tuple[Part, ...]
    footer: str


def contents(page: PlanPage, made_at: datetime) -> Document:
    """What it says: a part for each kind of plan, in that law's own order; then what no law asks for."""
    parts = [_of_kind(page, check) for check in page.content_checks]
    voice = tuple(Section(_topic(row.topic), (Block(row.text),)) for row in own_voice(page))
    asked_for = {need for check in page.content_checks for row in check.requirements for need in row.needs}
    rest = tuple(_rest(page, asked_for))
    if rest:
        title = gettext("More that stands in the plan") if parts else gettext("The plan")
        parts.append(Part(title, "", rest))
    if voice:
        parts.insert(0, Part(gettext("In the person’s own words"), "", voice))
    return Document(
        language=get_language() or "nb",
        title=gettext("Family plan") if page.family else gettext("The one plan"),
        person=page.person_name,
        facts=tuple(_facts(page)),
        parts=tuple(parts),
        footer=gettext("Made %(day)s. It holds what the one who made it may see.")
        % {"day": in_words(made_at)},
    )


def answer(page: PlanPage, made_at: datetime) -> HttpResponse:
    """The document as a file to keep. Its name tells nothing about the person."""
    response = HttpResponse(pdf(contents(page, made_at), made_at), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{gettext("plan")}.pdf"'
    return response


def pdf(document: Document, made_at: datetime) -> bytes:
    """The document as a tagged PDF."""
    return typeset.pdf(TEMPLATE, {"plan": json.dumps(typeset.printable(asdict(document)))}, made_at)


def _facts(page: PlanPage) -> Iterator[str]:
    if page.kinds:
        yield ", ".join(str(law_labels.PLAN_KIND[kind]) for kind in page.kinds)
    yield gettext("From %(day)s") % {"day": in_words(page.starts_on)}
    if page.ends_before:
        yield gettext("Ended before %(day)s") % {"day": in_words(page.ends_before)}
    else:
        yield gettext("Next review %(day)s") % {"day": in_words(page.next_review)}
    members = ", ".join(member.name for member in page.family)
    if members:
        yield members


def _of_kind(page: PlanPage, check: ContentCheck) -> Part:
    note = check.citation or gettext("Not yet compared with the law’s own text; use it as a reminder.")
    return Part(
        title=gettext(check.label),
        note=note,
        sections=tuple(_section(page, row) for row in check.requirements),
    )


def _section(page: PlanPage, row: RequirementRow) -> Section:
    blocks = list(_blocks(page, row.needs))
    if not row.filled:
        text = gettext("This is not written yet. Can fill it: %(who)s") % {"who": gettext(row.who_can_fill)}
        blocks.append(Block(text))
    return Section(gettext(row.label), tuple(blocks))


def _rest(page: PlanPage, asked_for: set[str]) -> Iterator[Section]:
    """What the plan holds and no requirement has shown."""
    needs = [key for key in EVERYTHING if key not in asked_for]
    if asked_for & ABOUT_ACTIONS:
        needs = [key for key in needs if key not in ABOUT_ACTIONS]
    blocks = tuple(_blocks(page, needs))
    if blocks:
        yield Section(gettext("Goals, agreements and those who help"), blocks)
    for row in statements(page):
        if STATEMENT_KEY + row.topic not in asked_for:
            yield Section(_topic(row.topic), (Block(row.text),))


def _blocks(page: PlanPage, needs: Sequence[str]) -> Iterator[Block]:
    """What the plan says on these keys of content, in their order; the keys of actions make one list."""
    wanted = ABOUT_ACTIONS & set(needs)
    for key in needs:
        if key in ABOUT_ACTIONS:
            if wanted:
                yield from _list(_action(row, wanted) for row in page.actions)
            wanted = frozenset()
        elif key.startswith(STATEMENT_KEY):
            yield from _statement(page, key.removeprefix(STATEMENT_KEY))
        else:
            yield from _block(page, key)


def _block(page: PlanPage, key: str) -> Iterator[Block]:
    if key == PlanContent.GOALS or key.startswith(f"{PlanContent.GOALS}:"):
        domain = key.removeprefix(PlanContent.GOALS).removeprefix(":")
        yield from _list(_goal(row) for row in page.goals if domain in {"", row.life_domain})
    elif key == PlanContent.TEAM:
        own = [row.name for row in page.own_side if row.person_id is None]
        yield from _list(Item(who) for who in [*map(post_words, page.team), *own])
    elif key == PlanContent.COORDINATOR:
        yield from _list([_coordinator(page)])
    elif key == PlanContent.PERIOD:
        yield Block(gettext("From %(day)s") % {"day": in_words(page.starts_on)})
    elif key == PlanContent.REVIEW:
        yield Block(gettext("Next review %(day)s") % {"day": in_words(page.next_review)})
    elif key == PlanContent.CONSENT and any(
        row.filled for check in page.content_checks for row in check.requirements if key in row.needs
    ):
        yield Block(gettext("There is a consent in force."))


def _list(items: Iterable[Item]) -> Iterator[Block]:
    found = tuple(items)
    if found:
        yield Block(items=found)


def _goal(row: GoalRow) -> Item:
    return Item(
        row.own_words,
        _said(
            row.target,
            gettext("By %(day)s") % {"day": in_words(row.by_when)} if row.by_when else "",
            gettext("About %(name)s") % {"name": row.about} if row.about else "",
            "" if row.is_active else str(action_labels.GOAL_STATUS[row.status]),
            gettext("Why: %(reason)s") % {"reason": row.why} if row.why else "",
        ),
    )


def _action(row: ActionRow, wanted: frozenset[str]) -> Item:
    """Who answers, how and how much, where it is asked for; a wish and a decision always look different."""
    who = ", ".join(_said(row.accountable or words_of_kind(row.accountable_kind), row.accountable_agency))
    return Item(
        row.what,
        _said(
            ", ".join(
                _said(
                    str(action_labels.STANDING[row.standing]),
                    gettext("Reference %(reference)s") % {"reference": row.decision_reference}
                    if row.decision_reference
                    else "",
                    str(action_labels.ACTION_STATUS[row.status]),
                )
            ),
            gettext("About %(name)s") % {"name": row.about} if row.about else "",
            *(_who(row, who) if PlanContent.ACCOUNTABLE in wanted else ()),
            row.how if PlanContent.HOW in wanted else "",
            row.extent if PlanContent.EXTENT in wanted else "",
            *(_dates(row) if wanted & {PlanContent.ACTIONS, PlanContent.DURATION} else ()),
            gettext("Why: %(reason)s") % {"reason": row.why} if row.why else "",
        ),
    )


def _who(row: ActionRow, responsible: str) -> Iterator[str]:
    yield gettext("Responsible: %(post)s") % {"post": responsible}
    if row.contributors:
        yield gettext("Helps: %(posts)s") % {"posts": "; ".join(party_words(one) for one in row.contributors)}


def _dates(row: ActionRow) -> Iterator[str]:
    if row.starts_on:
        yield gettext("Starts %(day)s") % {"day": in_words(row.starts_on)}
    if row.due_on:
        yield gettext("Due %(day)s") % {"day": in_words(row.due_on)}
    if row.week:
        yield weekly(row.week)


def _coordinator(page: PlanPage) -> Item:
    found = page.coordinator
    deputy = found.deputy_title or words_of_kind(found.deputy_kind)
    return Item(
        found.post_title or words_of_kind(found.agency_kind),
        _said(
            found.unit_name,
            gettext("If the coordinator is away: %(title)s") % {"title": deputy} if deputy else "",
        ),
    )


def _statement(page: PlanPage, topic: str) -> Iterator[Block]:
    for row in page.statements:
        if row.topic == topic:
            yield Block(items=(Item(_topic(topic), (row.text,)),))


def _topic(topic: str) -> str:
    return str(law_labels.STATEMENT[topic])


def _said(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
