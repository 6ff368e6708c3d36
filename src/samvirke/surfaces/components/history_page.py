"""What a goal or an action said before: every version, and what differs between any two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samvirke.plan import histories
from samvirke.plan.action_types import ActionRow, GoalVersionRow, Party, StatementVersionRow, VersionRow
from samvirke.plan.types import GoalRow, PlanPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.action_labels import ACTION_STATUS, GOAL_STATUS, PRIORITY, STANDING
from samvirke.surfaces.components.days import in_words, weekly
from samvirke.surfaces.components.plan_parts import party_words

AGAIN = "again"  # what an address says of the version whose words are taken up again


@dataclass(frozen=True, slots=True)
class Version:
    """What was said from a moment on: texts by the words they stand under."""

    number: int
    who: str
    at: datetime | None
    why: str
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two versions say differently."""

    label: str
    before: str
    after: str


def action_history(
    request: SignedInRequest, page: PlanPage, action_id: UUID, *, back: str, again: str = ""
) -> HttpResponse:
    """All that was agreed on an action of the page. Raises Http404 for others.

    again: the address of the form that takes earlier words up again; empty for who may not write.
    """
    if all(row.action_id != action_id for row in page.actions):
        raise Http404
    versions = [_of_action(row, page) for row in histories.of_action(request.viewer, action_id)]
    return _shown(
        request,
        page,
        versions,
        title=_("What was agreed, and what was agreed before"),
        back=back,
        again=again,
    )


def goal_history(
    request: SignedInRequest, page: PlanPage, goal_id: UUID, *, back: str, again: str = ""
) -> HttpResponse:
    """All that a goal of the page has said. Raises Http404 for others."""
    if all(row.goal_id != goal_id for row in page.goals):
        raise Http404
    versions = [_of_goal(row, page) for row in histories.of_goal(request.viewer, goal_id)]
    return _shown(
        request,
        page,
        versions,
        title=_("What the goal says, and what it said before"),
        back=back,
        again=again,
    )


def statement_history(
    request: SignedInRequest,
    page: PlanPage,
    topic: str,
    *,
    labels: Mapping[Any, Any],
    back: str,
    again: str = "",
) -> HttpResponse:
    """All that a plan has said on a topic. Raises Http404 where it says nothing."""
    if all(row.topic != topic for row in page.statements):
        raise Http404
    rows = histories.of_statement(request.viewer, page.plan_id, topic)
    versions = [_of_statement(row, page, str(labels[topic])) for row in rows]
    return _shown(request, page, versions, title=str(labels[topic]), back=back, again=again)


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    """What the two say differently, under the same words."""
    return tuple(
        Difference(name, before.get(name, ""), text)
        for name, text in after.items()
        if before.get(name, "") != text
    )


def _of_goal(row: GoalVersionRow, page: PlanPage) -> Version:
    return Version(
        number=row.version,
        who=party_words(row.written_by) if row.written_by else page.person_name,
        at=row.written_at,
        why=row.why,
        said=said_of_goal(row),
    )


def said_of_goal(row: GoalVersionRow | GoalRow) -> dict[str, str]:
    """What a goal says, by the words it stands under."""
    return {
        _("The goal in own words"): row.own_words,
        _("Reached when"): row.target,
        _("By"): in_words(row.by_when) if row.by_when else "",
        _("How far it has come"): str(GOAL_STATUS[row.status]),
    }


def _of_statement(row: StatementVersionRow, page: PlanPage, label: str) -> Version:
    return Version(
        number=row.version,
        who=party_words(row.written_by) if row.written_by else page.person_name,
        at=row.written_at,
        why="",
        said={label: row.text},
    )


def _of_action(row: VersionRow, page: PlanPage) -> Version:
    whoever = page.person_name if row.changed_at else ""  # of what was agreed long ago nobody noted it
    return Version(
        number=row.version,
        who=party_words(row.changed_by) if row.changed_by else whoever,
        at=row.changed_at,
        why=row.why,
        said=said_of_action(row, row.accountable),
    )


def said_of_action(row: VersionRow | ActionRow, accountable: Party) -> dict[str, str]:
    """What is agreed on an action, by the words it stands under."""
    return {
        _("What is done"): row.what,
        _("Responsible"): party_words(accountable),
        _("Who else helps"): "; ".join(party_words(one) for one in row.contributors),
        _("How"): row.how,
        _("How much"): row.extent,
        _("Times of the week"): weekly(row.week),
        _("From"): in_words(row.starts_on) if row.starts_on else "",
        _("Until"): in_words(row.due_on) if row.due_on else "",
        _("How urgent"): str(PRIORITY[row.priority]),
        _("Wish or decision"): str(STANDING[row.standing]),
        _("Reference of the decision"): row.decision_reference,
        _("How far it has come"): str(ACTION_STATUS[row.status]),
    }


def _shown(
    request: SignedInRequest,
    page: PlanPage,
    versions: Sequence[Version],
    *,
    title: str,
    back: str,
    again: str,
) -> HttpResponse:
    numbers = {version.number: version for version in versions}
    newest = versions[-1]
    after = numbers.get(asked_number(request, "to"), newest)
    before = numbers.get(asked_number(request, "from"), numbers.get(after.number - 1, after))
    parts = {
        "page": page,
        "title": title,
        "back": back,
        "again": f"{again}?{AGAIN}=" if again else "",
        "versions": versions[::-1],
        "before": before,
        "after": after,
        "differences": differences(before.said, after.said),
    }
    return render(request, "components/history.html", parts)


def asked_number(request: HttpRequest, name: str) -> int:
    """A number that the address asks for; 0 for none, or what is no number."""
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0
