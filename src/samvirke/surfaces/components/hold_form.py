"""The form of meeting mode: all points of the agenda on one screen, and what is proposed under each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samvirke.coordination.meeting_types import DraftRow, ItemRow, NewProposal
from samvirke.coordination.types import SeatRow
from samvirke.kernel.codes import AgendaPoint, ProposedChange
from samvirke.kernel.gate_words import DataKind
from samvirke.plan.types import PlanPage
from samvirke.surfaces.components.fields import (
    INPUT,
    NOT_ON_THE_LIST,
    NOTHING_CHOSEN,
    boxes,
    choices_field,
    day_field,
    line_field,
    text_field,
)
from samvirke.surfaces.components.labels import KIND
from samvirke.surfaces.components.meeting_forms import MinutesForm, seat_titles
from samvirke.surfaces.components.meeting_labels import PROPOSED_CHANGE
from samvirke.surfaces.components.plan_parts import active_goals

MANY = ("there", "family")
FURTHER = ("more",)  # what is proposed beside the agenda
PARTS = ("change", "what", "goal", "kind", "who", "due", "why")


@dataclass(frozen=True, slots=True)
class Section:
    """A point with its fields; without one, something proposed beside the agenda."""

    item: ItemRow | None
    said: BoundField | None
    fields: tuple[BoundField, ...]
    is_open: bool  # something is proposed, or the point is one of their own


class HoldForm(MinutesForm):
    """Who is there, what is said under each point, what is proposed, what was agreed."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        items: Sequence[ItemRow],
        page: PlanPage,
        team: Sequence[tuple[UUID, SeatRow]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, team=team, **kwargs)
        self.items, self.may_propose = items, bool(active_goals(page) and page.may_write_kinds)
        if page.family:
            self.fields["family"] = choices_field(
                _("Who of the family is there?"), help_text=_("The view for the wall is for those who are.")
            )
            members = [(str(one.person_id), one.name) for one in page.family]
            boxes(self, "family", members)
            self.fields["family"].initial = [one for one, _name in members]
        self.fields["there"].help_text = ""
        self.fields["agreed"].label = _("What did you agree on, in short?")
        self.by_key: dict[str, ItemRow | None] = {one.item_id.hex: one for one in items}
        for key, item in self.by_key.items():
            said = text_field(_("What was said?"), rows=2)
            said.initial = item.discussion if item else ""
            self.fields[f"said-{key}"] = said
        if self.may_propose:
            self.by_key |= dict.fromkeys(FURTHER)
            for key, item in self.by_key.items():
                self._add_proposal(key, item, page, team)

    @classmethod
    def from_draft(cls, kept: DraftRow | None, **more: Any) -> HoldForm:
        """The form as it was left."""
        initial = {**(kept.typed if kept else {}), "seen_version": kept.version if kept else 0}
        return cls(initial=initial, **more)

    def typed(self, post: QueryDict) -> Mapping[str, str | list[str]]:
        """All that was typed, as it was; nothing is checked."""
        found: dict[str, str | list[str]] = {name: post.getlist(name) for name in MANY if name in self.fields}
        single = self.fields.keys() - {*MANY, "seen_version"}
        return found | {name: str(post[name]).replace("\x00", "") for name in single if post.get(name)}

    def sections(self) -> Iterator[Section]:
        """The points in their order, then what may be proposed beside them."""
        for key, item in self.by_key.items():
            fields = tuple(self[f"{part}-{key}"] for part in PARTS if f"{part}-{key}" in self.fields)
            typed = any(
                self[f"{part}-{key}"].value() for part in ("change", "what") if f"{part}-{key}" in self.fields
            )
            said = self[f"said-{key}"] if item else None
            is_own = item is None or item.point == AgendaPoint.OWN
            yield Section(item, said, fields, is_open=is_own or bool(typed))

    def clean(self) -> dict[str, Any]:
        """What is proposed has one who answers for it."""
        said = super().clean() or {}
        for key in self.by_key:
            self._check(key, said)
        return said

    def said(self) -> dict[UUID, str]:
        """What was said, by point."""
        return {one.item_id: self.cleaned_data[f"said-{one.item_id.hex}"] for one in self.items}

    def proposed(self) -> list[NewProposal]:
        """What is proposed."""
        return [one for key, item in self.by_key.items() for one in self._proposed(key, item)]

    def _add_proposal(
        self, key: str, item: ItemRow | None, page: PlanPage, team: Iterable[tuple[UUID, SeatRow]]
    ) -> None:
        if item is not None and _is_action(item, page):
            self.fields[f"change-{key}"] = may_choose(_("What is proposed?"), PROPOSED_CHANGE.items())
        self.fields[f"what-{key}"] = line_field(_("What is to be done?"))
        self.fields[f"who-{key}"] = may_choose(_("Who answers for it?"), seat_titles(team), UUID)
        self.fields[f"due-{key}"] = day_field(_("Until when?"))
        goals = active_goals(page)
        if (item is None or item.goal_id is None) and len(goals) > 1:
            self.fields[f"goal-{key}"] = may_choose(_("For which goal?"), goals, UUID)
        self._only_goal = UUID(goals[0][0])
        kinds = [(str(int(kind)), KIND[kind]) for kind in page.may_write_kinds]
        kind = may_choose(_("What is it about?"), kinds, lambda one: DataKind(int(one)))
        wanted = item.kind if item is not None else DataKind.PLAN
        kind.initial = str(int(wanted)) if wanted in page.may_write_kinds else ""
        self.fields[f"kind-{key}"] = kind
        if f"change-{key}" in self.fields:
            self.fields[f"why-{key}"] = line_field(_("Why, if it comes to nothing or gets another day?"))

    def _check(self, key: str, said: Mapping[str, Any]) -> None:
        change, what = _change(key, said), said.get(f"what-{key}")
        if change == ProposedChange.DAY and not said.get(f"due-{key}"):
            self.add_error(f"due-{key}", _("Write the new day."))
        if change == ProposedChange.DROPPED and not said.get(f"why-{key}"):
            self.add_error(f"why-{key}", _("Write why it comes to nothing."))
        if change not in (None, "", ProposedChange.NEW):
            return
        if change == ProposedChange.NEW and not what:
            self.add_error(f"what-{key}", _("Write what is to be done."))
        if not what:
            return
        if not said.get(f"who-{key}"):
            self.add_error(f"who-{key}", _("Choose the one who answers for it."))
        if not said.get(f"kind-{key}"):
            self.add_error(f"kind-{key}", _("Choose what it is about."))
        if f"goal-{key}" in self.fields and not said.get(f"goal-{key}"):
            self.add_error(f"goal-{key}", _("Choose the goal it serves."))

    def _proposed(self, key: str, item: ItemRow | None) -> Iterator[NewProposal]:
        said = self.cleaned_data
        change, what, due = _change(key, said), said.get(f"what-{key}"), said.get(f"due-{key}")
        if change and change != ProposedChange.NEW:
            assert item is not None
            yield NewProposal(
                change=ProposedChange(change),
                kind=item.kind,
                what=item.text,
                action_id=item.about_id,
                due_on=due if change == ProposedChange.DAY else None,
                why=said.get(f"why-{key}", ""),
            )
        elif what:
            goal = said.get(f"goal-{key}") or (item.goal_id if item else None) or self._only_goal
            yield NewProposal(
                change=ProposedChange.NEW,
                kind=said[f"kind-{key}"],
                what=what,
                accountable_member=said[f"who-{key}"],
                goal_id=goal,
                due_on=due,
            )


def may_choose(
    label: Any, choices: Iterable[tuple[Any, Any]], coerce: Callable[[str], Any] = str
) -> forms.TypedChoiceField:
    """One of a list, or none."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[NOTHING_CHOSEN, *choices],
        coerce=coerce,
        error_messages={"invalid_choice": NOT_ON_THE_LIST},
        widget=forms.Select(attrs=INPUT),
    )


def _change(key: str, said: Mapping[str, Any]) -> str:
    """What is proposed; a day alone, under an action, is another day for it."""
    change = str(said.get(f"change-{key}") or "")
    if not change and f"change-{key}" in said and said.get(f"due-{key}") and not said.get(f"what-{key}"):
        return ProposedChange.DAY
    return change


def _is_action(item: ItemRow, page: PlanPage) -> bool:
    """Whether an agency answers for it: what the own side does, it moves on itself."""
    return any(row.action_id == item.about_id and row.accountable_kind for row in page.actions)
