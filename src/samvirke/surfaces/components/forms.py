"""The forms of the pages. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.gate_words import DataKind
from samvirke.plan.types import GoalRow
from samvirke.surfaces.components.labels import KIND

LONGEST_NOTE = 10_000
LONGEST_GOAL = 2_000
TEXT = {"class": "ds-input", "rows": 5}
INPUT = {"class": "ds-input"}


class NoteForm(forms.Form):
    """One note: what it is about decides who may read it."""

    kind = forms.TypedChoiceField(
        label=_("What is the note about?"),
        help_text=_("This decides who may read it."),
        coerce=lambda value: DataKind(int(value)),
        error_messages={
            "required": _("Choose what the note is about."),
            "invalid_choice": _("Choose what the note is about from the list."),
        },
        widget=forms.Select(attrs=INPUT),
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

    def __init__(self, *args: Any, kinds: Iterable[DataKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose")), *((str(int(kind)), KIND[kind]) for kind in kinds)]
        field = self.fields["kind"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices


class GoalForm(forms.Form):
    """A goal in the person's own words, and what it would take to say that it is reached."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    own_words = forms.CharField(
        label=_("The goal in own words"),
        help_text=_("As the person says it. It stands first in the plan."),
        max_length=LONGEST_GOAL,
        error_messages={
            "required": _("Write the goal in own words."),
            "max_length": _("The goal is too long. Say it more briefly."),
        },
        widget=forms.Textarea(attrs={**TEXT, "rows": 3}),
    )
    target = forms.CharField(
        label=_("How will we see that it is reached?"),
        required=False,
        max_length=LONGEST_GOAL,
        error_messages={"max_length": _("The text is too long. Say it more briefly.")},
        widget=forms.TextInput(attrs=INPUT),
    )
    by_when = forms.DateField(
        label=_("By when?"),
        required=False,
        error_messages={"invalid": _("Write the date as year-month-day, for example 2027-03-31.")},
        widget=forms.DateInput(attrs={**INPUT, "type": "date"}, format="%Y-%m-%d"),
    )

    @classmethod
    def of(cls, goal: GoalRow) -> GoalForm:
        """The form with what the goal says now."""
        return cls(
            initial={
                "seen_version": goal.version,
                "own_words": goal.own_words,
                "target": goal.target,
                "by_when": goal.by_when,
            }
        )
