"""The forms of the pages. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.gate_words import DataKind
from samvirke.plan.action_types import GoalVersionRow
from samvirke.plan.types import GoalRow
from samvirke.surfaces.components.fields import (
    TEXT,
    choice_field,
    day_field,
    line_field,
    options,
    text_field,
)
from samvirke.surfaces.components.labels import KIND

LONGEST_NOTE = 10_000


class NoteForm(forms.Form):
    """One note: what it is about decides who may read it."""

    kind = choice_field(
        _("What is the note about?"),
        _("Choose what the note is about."),
        help_text=_("This decides who may read it."),
        coerce=lambda value: DataKind(int(value)),
    )
    text = forms.CharField(
        label=_("The note"),
        help_text=_("Write so that the person can read it. The person sees every note."),
        max_length=LONGEST_NOTE,
        error_messages={
            "required": _("Write the note before you save it."),
            "max_length": _("The note is too long. Split it in two."),
        },
        widget=forms.Textarea(attrs=TEXT),
    )

    sealed = forms.BooleanField(
        label=_("Only my own unit, and the person, may read it"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "ds-input"}),
    )

    def __init__(self, *args: Any, kinds: Iterable[DataKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "kind", [(str(int(kind)), KIND[kind]) for kind in kinds])


class GoalForm(forms.Form):
    """A goal in the person's own words, and what it would take to say that it is reached."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    own_words = text_field(
        _("The goal in own words"),
        _("Write the goal in own words."),
        help_text=_("As the person says it. It stands first in the plan."),
    )
    target = line_field(_("How will we see that it is reached?"))
    by_when = day_field(_("By when?"))

    @classmethod
    def of(cls, goal: GoalRow, earlier: GoalVersionRow | None = None) -> GoalForm:
        """The form with what the goal says now, or with what it said earlier."""
        said = earlier or goal
        return cls(
            initial={
                "seen_version": goal.version,
                "own_words": said.own_words,
                "target": said.target,
                "by_when": said.by_when,
            }
        )


class MyGoalForm(GoalForm):
    """The same, to the person."""

    own_words = text_field(
        _("The goal in own words"),
        _("Write the goal in own words."),
        help_text=_("The way you would say it. It stands first in your plan."),
    )
