"""The whole plan as it was agreed on: its versions, what each party said, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samvirke.kernel.codes import GoalStatus, Priority
from samvirke.plan import policies, versions
from samvirke.plan.action_types import ActionRow, Party
from samvirke.plan.types import PlanPage
from samvirke.plan.version_types import Held, VersionsPage
from samvirke.surfaces.actor import SignedInRequest
from samvirke.surfaces.components.action_labels import ACTION_STATUS, GOAL_STATUS, PRIORITY
from samvirke.surfaces.components.history_page import (
    Difference,
    asked_number,
    differences,
    said_of_action,
    said_of_goal,
)
from samvirke.surfaces.components.plan_forms import AnswerForm


@dataclass(frozen=True, slots=True)
class Change:
    """One goal, action or topic that two versions say differently, or that one of them alone has."""

    what: str  # code: goal, action, statement
    how: str  # code: new, changed, gone
    title: str
    differences: tuple[Difference, ...]


def agreed_page(
    request: SignedInRequest, page: PlanPage, *, back: str, labels: Mapping[Any, Any], **more: Any
) -> HttpResponse:
    """The page, for the person as for the workers. back: the address of the plan."""
    shown, before = asked_number(request, "version"), asked_number(request, "from")
    part = versions.of_plan(request.viewer, page.plan_id, shown=shown, before=before)
    form = more.pop("form", None) or AnswerForm(initial={"seen": part.newest_seen})
    status = more.pop("status", 422 if form.is_bound else 200)
    compared = tuple(changes(part.compared, part.held, labels)) if part.compared else ()
    parts = {
        "page": page,
        "part": part,
        "changes": compared,
        "held": said(part, labels),
        "newest": part.versions[0] if part.versions else None,
        "may_fix": part.is_open and not part.shown and bool(compared or (page.goals and not part.versions)),
        "form": form,
        "back": back,
    }
    return render(request, "components/agreed.html", parts | more, status=status)


def fixed(request: SignedInRequest, page: PlanPage, *, to: str) -> HttpResponse:
    """The plan as it stands becomes the next version. to: the address of the page that follows."""
    try:
        number = versions.fix(plan_id=page.plan_id, by=request.viewer)
    except (versions.NothingNew, policies.NothingWritten, policies.PlanIsClosed):
        messages.error(request, _("Nothing is new since the newest version. There is nothing to answer yet."))
    else:
        text = _("Version %(number)s is kept. Everybody on the plan is asked to answer it.")
        messages.success(request, text % {"number": number})
    return redirect(to)


def answered(
    request: SignedInRequest, page: PlanPage, number: int, *, back: str, to: str, around: Mapping[str, Any]
) -> HttpResponse:
    """A party's answer to the newest version."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            versions.answer(
                plan_id=page.plan_id,
                number=number,
                said=said["answer"],
                text=said["text"],
                seen=said["seen"],
                by=request.viewer,
            )
        except versions.NoSuchVersion:
            raise Http404 from None
        except (versions.NotTheNewest, versions.StaleVersion, policies.PlanIsClosed):
            text = _("The plan has a newer version, or you see more or less of it now. Read it again.")
            again = AnswerForm(initial={"answer": said["answer"], "text": said["text"]})
            return _again(request, page, again, back=back, stale=text, around=around)
        messages.success(request, _("Your answer is saved. Everybody on the plan sees it now."))
        return redirect(to)
    return agreed_page(request, page, back=back, form=form, **around)


def changes(before: Held, after: Held, labels: Mapping[Any, Any]) -> Iterator[Change]:
    """What the plan said differently at two moments: goals, then actions, then the rest."""
    for what, then, now in zip(
        ("goal", "action", "statement"), _items(before, labels), _items(after, labels), strict=True
    ):
        for key, (title, texts) in now.items():
            if key not in then:
                yield Change(what, "new", title, ())
            elif found := differences(then[key][1], texts):
                yield Change(what, "changed", title, found)
        for key, (title, _texts) in then.items():
            if key not in now:
                yield Change(what, "gone", title, ())


def said(part: VersionsPage, labels: Mapping[Any, Any]) -> list[dict[str, Any]]:
    """What the shown version holds, by its headings; what goes without saying is left out."""
    usual = {
        str(PRIORITY[Priority.NORMAL]),
        str(ACTION_STATUS["planned"]),
        str(GOAL_STATUS[GoalStatus.ACTIVE]),
    }
    titles = (_("Goals"), _("What is done"), _("What the plan builds on"))
    return [
        {
            "title": title,
            "items": [
                {
                    "title": name,
                    "texts": {
                        label: text for label, text in texts.items() if text != name and text not in usual
                    },
                }
                for name, texts in items.values()
            ],
        }
        for title, items in zip(titles, _items(part.held, labels), strict=True)
        if items
    ]


def _items(held: Held, labels: Mapping[Any, Any]) -> tuple[dict[Any, tuple[str, Mapping[str, str]]], ...]:
    return (
        {row.goal_id: (row.own_words, said_of_goal(row)) for row in held.goals},
        {row.action_id: (row.what, said_of_action(row, _accountable(row))) for row in held.actions},
        {row.topic: (str(labels[row.topic]), {str(labels[row.topic]): row.text}) for row in held.statements},
    )


def _accountable(row: ActionRow) -> Party:
    return Party(row.accountable, row.accountable_agency, row.accountable_kind)


def _again(
    request: SignedInRequest,
    page: PlanPage,
    form: AnswerForm,
    *,
    back: str,
    stale: str,
    around: Mapping[str, Any],
) -> HttpResponse:
    """What was typed, ready to be answered on what the viewer sees now."""
    form.initial["seen"] = versions.of_plan(request.viewer, page.plan_id).newest_seen
    return agreed_page(request, page, back=back, form=form, stale=stale, status=409, **around)
