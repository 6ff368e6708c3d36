"""The forms of actions. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.codes import Priority, Side
from samvirke.kernel.gate_words import DataKind
from samvirke.plan.action_types import ActionRow, Agreed, OwnSide, VersionRow, Who
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
from samvirke.surfaces.components.plan_parts import active_goals, post_words
from samvirke.surfaces.components.week_field import WeekField

ELSE = ((Side.RELATIVE, _("A relative or friend")), (Side.ORGANISER, _("Somebody who arranges something")))


def _whom(said: str) -> UUID | OwnSide | Side:
    """One who takes part, by their id; the person; or one of the own side who has no name here yet."""
    person_id = said.partition(":")[2]
    if person_id:
        return OwnSide(Side.PERSON, UUID(person_id))
    return Side(said) if said in {Side.RELATIVE, Side.ORGANISER} else UUID(said)


class ActionForm(forms.Form):
    """What is done, by whom, when, and in which order."""

    what = line_field(_("What is to be done?"), _("Write what is to be done."))
    member_id = choice_field(
        _("Who answers for it?"),
        _("Choose the one who answers for it."),
        coerce=_whom,
        help_text=_("One, always: an agency, the person, or somebody on the person’s side. Others may help."),
    )
    called = line_field(
        _("Who is it, if they are not on the list?"),
        help_text=_("For example: grandmother. Whoever it is gets to see nothing by it."),
    )
    how = line_field(_("How?"))
    extent = line_field(_("How much, how often?"), help_text=_("For example: two hours a week."))
    starts_on = day_field(_("From when?"))
    due_on = day_field(_("Until when?"))
    contributors = choices_field(_("Who else helps?"), coerce=_whom)
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
        there = [*self._own_side(page), *((str(row.member_id), post_words(row)) for row in page.team)]
        options(self, "member_id", [*there, *ELSE])
        boxes(self, "contributors", there)
        known = [(str(row.action_id), row.what) for row in others]
        for name in ("comes_after", "beside"):
            if known:
                boxes(self, name, known)
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """It cannot end before it begins, and whoever is not on the list has a name."""
        said = super().clean() or {}
        if isinstance(said.get("member_id"), Side) and not said.get("called"):
            self.add_error("called", _("Write who it is, as the person says it."))
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

    def accountable(self, there: Mapping[UUID, Who]) -> Who | None:
        """Who answers for it; None for one who has left since. there: who takes part, by their id."""
        who = self.cleaned_data["member_id"]
        if isinstance(who, Side):
            return OwnSide(who, called=self.cleaned_data["called"])
        return there.get(who) if isinstance(who, UUID) else who

    def agreed(self, there: Mapping[UUID, Who]) -> Agreed:
        """What the form says. there: who takes part, by their id."""
        said = self.cleaned_data
        helping = (there.get(one) if isinstance(one, UUID) else one for one in said["contributors"])
        return Agreed(
            what=said["what"],
            how=said["how"],
            extent=said["extent"],
            week=said["week"],
            contributors=tuple(one for one in helping if one is not None),
            priority=said["priority"],
            comes_after=frozenset(said.get("comes_after", ())),
            beside=frozenset(said.get("beside", ())),
            starts_on=said["starts_on"],
            due_on=said["due_on"],
        )

    @staticmethod
    def _own_side(page: PlanPage) -> Iterator[tuple[str, str]]:
        """The person, or each of the family; then the others of the own side who take part already."""
        seats = {row.person_id: row.member_id for row in page.own_side if row.person_id is not None}
        persons = [(member.person_id, member.name) for member in page.family]
        for person_id, name in persons or [(page.subject_id, page.person_name)]:
            yield str(seats.get(person_id, f"{Side.PERSON}:{person_id}")), name
        for row in page.own_side:
            if row.person_id is None:
                yield str(row.member_id), row.name


def _choose_goal(form: forms.Form, page: PlanPage) -> None:
    """Which goal it serves; where there is one alone, it is chosen already."""
    goals = active_goals(page)
    options(form, "goal_id", goals)
    if len(goals) == 1:
        form.fields["goal_id"].initial = goals[0][0]


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
    field_order = ("goal_id", "what", "kind", "member_id", "called", "decision_reference")

    def __init__(self, *args: Any, page: PlanPage, **kwargs: Any) -> None:
        open_ones = [row for row in page.actions if row.is_open]
        super().__init__(*args, page=page, others=open_ones, **kwargs)
        _choose_goal(self, page)
        options(self, "kind", [(str(int(kind)), KIND[kind]) for kind in page.may_write_kinds])


class ChangeActionForm(ActionForm):
    """An action is agreed on anew."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    why = line_field(
        _("Why is it changed?"), help_text=_("The person reads it, as does whoever waits for it.")
    )

    @classmethod
    def of(
        cls, page: PlanPage, row: ActionRow, *, earlier: VersionRow | None = None, **more: Any
    ) -> ChangeActionForm:
        """The form with what is agreed now, or with what was agreed earlier; the order stays as it is."""
        said = earlier or row
        initial = {
            "seen_version": row.version,
            "what": said.what,
            "how": said.how,
            "extent": said.extent,
            "member_id": said.accountable_member,
            "contributors": said.contributing_members,
            "priority": said.priority,
            "comes_after": row.comes_after,
            "beside": row.beside,
            "week": said.week,
            "starts_on": said.starts_on,
            "due_on": said.due_on,
            "why": _("Back to version %(number)s.") % {"number": earlier.version} if earlier else "",
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
        _choose_goal(self, page)


class DecisionForm(forms.Form):
    """What became of a wish."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
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


class OwnDropForm(forms.Form):
    """Why nothing comes of it."""

    why = text_field(
        _("Why does it come to nothing?"),
        _("Write why it comes to nothing."),
        help_text=_("Write so that the person can read it."),
    )


class DropForm(OwnDropForm):
    """Why nothing comes of an action that others may have changed."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
