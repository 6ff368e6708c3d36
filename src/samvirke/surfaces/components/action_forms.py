"""The forms of actions. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.codes import Priority
from samvirke.kernel.gate_words import DataKind
from samvirke.plan.action_types import ActionRow, Agreed
from samvirke.plan.types import PlanPage
from samvirke.surfaces.components.action_labels import PRIORITY
from samvirke.surfaces.components.fields import (
    INPUT,
    boxes,
    choice_field,
    choices_field,
    day_field,
    line_field,
    options,
    text_field,
)
from samvirke.surfaces.components.labels import KIND
from samvirke.surfaces.components.plan_parts import numbered_goals, post_words
from samvirke.surfaces.components.week_field import WeekField


class ActionForm(forms.Form):
    """What is done, by whom, when, and in which order."""

    what = line_field(_("What is to be done?"), _("Write what is to be done."))
    member_id = choice_field(
        _("Who answers for it?"),
        _("Choose the one who answers for it."),
        coerce=UUID,
        help_text=_("One post, always. Others may help."),
    )
    how = line_field(_("How?"))
    extent = line_field(_("How much, how often?"), help_text=_("For example: two hours a week."))
    starts_on = day_field(_("From when?"))
    due_on = day_field(_("Until when?"))
    contributors = choices_field(_("Who else helps?"), coerce=UUID)
    priority = forms.TypedChoiceField(
        label=_("How urgent is it?"),
        choices=tuple(PRIORITY.items()),
        initial=Priority.NORMAL,
        coerce=Priority,
        widget=forms.Select(attrs=INPUT),
    )
    comes_after = choices_field(_("What must be done before?"), coerce=UUID)
    beside = choices_field(_("What goes on at the same time, on purpose?"), coerce=UUID)
    week = WeekField(label=_("Which times of the week?"))

    further = ("contributors", "priority", "comes_after", "beside", "week")

    def __init__(self, *args: Any, page: PlanPage, others: Iterable[ActionRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = [(str(row.member_id), post_words(row)) for row in page.team]
        options(self, "member_id", team)
        boxes(self, "contributors", team)
        known = [(str(row.action_id), row.what) for row in others]
        for name in ("comes_after", "beside"):
            if known:
                boxes(self, name, known)
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """It cannot end before it begins."""
        said = super().clean() or {}
        starts_on, due_on = said.get("starts_on"), said.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", _("It ends before it begins. Choose a later day."))
        return said

    @property
    def is_further_open(self) -> bool:
        """Whether something stands in the part that is folded away."""
        said = self.cleaned_data if self.is_bound else self.initial
        filled = {name for name in self.further if said.get(name)}
        if said.get("priority") == Priority.NORMAL:
            filled -= {"priority"}
        return bool(filled or set(self.errors) & set(self.further))

    def agreed(self, posts: Mapping[UUID, UUID]) -> Agreed:
        """What the form says. posts: the team, the post by its id there."""
        said = self.cleaned_data
        return Agreed(
            what=said["what"],
            how=said["how"],
            extent=said["extent"],
            week=said["week"],
            contributors=tuple(posts[one] for one in said["contributors"] if one in posts),
            priority=said["priority"],
            comes_after=frozenset(said.get("comes_after", ())),
            beside=frozenset(said.get("beside", ())),
            starts_on=said["starts_on"],
            due_on=said["due_on"],
        )


class NewActionForm(ActionForm):
    """Something to be done for a goal."""

    goal_id = choice_field(_("For which goal?"), _("Choose the goal it serves."), coerce=UUID)
    kind = choice_field(
        _("What is it about?"),
        _("Choose what it is about."),
        coerce=lambda value: DataKind(int(value)),
        help_text=_("This decides who may read it."),
    )
    decision_reference = line_field(
        _("Reference of the decision"), help_text=_("Without a decision it stands in the plan as a wish.")
    )
    field_order = ("goal_id", "what", "kind", "member_id", "decision_reference")

    def __init__(self, *args: Any, page: PlanPage, **kwargs: Any) -> None:
        open_ones = [row for row in page.actions if row.is_open]
        super().__init__(*args, page=page, others=open_ones, **kwargs)
        goals = [(str(goal.row.goal_id), goal.row.own_words) for goal in numbered_goals(page)]
        options(self, "goal_id", goals)
        options(self, "kind", [(str(int(kind)), KIND[kind]) for kind in page.may_write_kinds])


class ChangeActionForm(ActionForm):
    """An action is agreed on anew."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    why = line_field(
        _("Why is it changed?"), help_text=_("The person reads it, as does whoever waits for it.")
    )

    @classmethod
    def of(cls, page: PlanPage, row: ActionRow, **more: Any) -> ChangeActionForm:
        """The form with what is agreed now."""
        initial = {
            "seen_version": row.version,
            "what": row.what,
            "how": row.how,
            "extent": row.extent,
            "member_id": row.accountable_member,
            "contributors": row.contributing_members,
            "priority": row.priority,
            "comes_after": row.comes_after,
            "beside": row.beside,
            "week": row.week,
            "starts_on": row.starts_on,
            "due_on": row.due_on,
        }
        linked = row.comes_after | row.beside
        others = [
            one
            for one in page.actions
            if one.action_id != row.action_id and (one.is_open or one.action_id in linked)
        ]
        return cls(page=page, others=others, initial=initial, **more)


class WishForm(forms.Form):
    """Something the person wishes for."""

    goal_id = choice_field(_("For which of your goals?"), _("Choose the goal it serves."), coerce=UUID)
    what = line_field(_("What do you wish for?"), _("Write what you wish for."))
    how = text_field(_("Is there more to say about it?"))

    def __init__(self, *args: Any, page: PlanPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = [(str(goal.row.goal_id), goal.row.own_words) for goal in numbered_goals(page)]
        options(self, "goal_id", goals)


class DecisionForm(forms.Form):
    """What became of a wish."""

    is_granted = choice_field(
        _("What was decided?"),
        _("Choose what was decided."),
        choices=(("yes", _("Yes, it is done")), ("no", _("No, the wish is refused"))),
        coerce=lambda said: said == "yes",
    )
    reference = line_field(
        _("Reference of the decision"),
        help_text=_("If it was a yes: where the decision is found in your own system."),
    )
    why = text_field(
        _("Why was it refused?"), help_text=_("If it was a no: write so that the person can read it.")
    )

    def clean(self) -> dict[str, Any]:
        """A yes has a reference, a no has a reason."""
        said = super().clean() or {}
        if said.get("is_granted") is True and not said.get("reference"):
            self.add_error("reference", _("Write the reference of the decision."))
        if said.get("is_granted") is False and not said.get("why"):
            self.add_error("why", _("Write why the wish was refused. It stays in the plan with the reason."))
        return said


class DropForm(forms.Form):
    """Why nothing comes of it."""

    why = text_field(
        _("Why does it come to nothing?"),
        _("Write why it comes to nothing."),
        help_text=_("Write so that the person can read it."),
    )
