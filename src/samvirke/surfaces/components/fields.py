"""Fields as the pages' forms have them: a label, a help text, and what to do where something is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

INPUT = {"class": "ds-input"}
TEXT = {**INPUT, "rows": 5}
LONGEST_TEXT = 5_000
LONGEST_LINE = 300
TOO_LONG = _("The text is too long. Say it more briefly.")
NOT_A_DAY = _("Write the date as year-month-day, for example 2027-03-31.")
NOT_A_TIME = _("Write the time as hours and minutes, for example 13:45.")
NOT_ON_THE_LIST = _("The list has changed since you opened the page. Choose again.")
YES_OR_NO = (("yes", _("Yes")), ("no", _("No")))
NOTHING_CHOSEN = ("", _("Choose"))


def text_field(label: Any, required: Any = "", *, rows: int = 3, **more: Any) -> forms.CharField:
    """Some lines of text. May stay empty where nothing says what is missing."""
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=LONGEST_TEXT,
        error_messages={"required": required, "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={**TEXT, "rows": rows}),
        **more,
    )


def line_field(label: Any, required: Any = "", **more: Any) -> forms.CharField:
    """One line of text. May stay empty where nothing says what is missing."""
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=LONGEST_LINE,
        error_messages={"required": required, "max_length": TOO_LONG},
        widget=forms.TextInput(attrs=INPUT),
        **more,
    )


def day_field(label: Any, required: Any = "", **more: Any) -> forms.DateField:
    """A day. May stay empty where nothing says what is missing."""
    return forms.DateField(
        label=label,
        required=bool(required),
        error_messages={"required": required, "invalid": NOT_A_DAY},
        widget=forms.DateInput(attrs={**INPUT, "type": "date"}, format="%Y-%m-%d"),
        **more,
    )


def clock_field(label: Any, **more: Any) -> forms.TimeField:
    """A time of day. May stay empty."""
    return forms.TimeField(
        label=label,
        required=False,
        error_messages={"invalid": NOT_A_TIME},
        widget=forms.TimeInput(attrs={**INPUT, "type": "time"}, format="%H:%M"),
        **more,
    )


def choice_field(
    label: Any,
    required: Any = "",
    choices: Iterable[tuple[Any, Any]] = (),
    *,
    nothing: Any = NOTHING_CHOSEN[1],
    **more: Any,
) -> forms.TypedChoiceField:
    """One of a list that begins with nothing chosen. `options` fills a list that depends on the page.

    May stay so, and is None then, where nothing says what is missing.
    """
    if not required:
        more.setdefault("empty_value", None)
    return forms.TypedChoiceField(
        label=label,
        required=bool(required),
        choices=[("", nothing), *choices],
        error_messages={"required": required, "invalid_choice": NOT_ON_THE_LIST},
        widget=forms.Select(attrs=INPUT),
        **more,
    )


def options(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """What may be chosen on this page."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [NOTHING_CHOSEN, *choices]


def choices_field(label: Any, required: Any = "", **more: Any) -> forms.TypedMultipleChoiceField:
    """Some of a list, as boxes to tick; none where nothing says what is missing. `boxes` fills the list."""
    return forms.TypedMultipleChoiceField(
        label=label,
        required=bool(required),
        error_messages={"required": required, "invalid_choice": NOT_ON_THE_LIST},
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ds-input"}),
        **more,
    )


def boxes(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """The boxes that may be ticked on this page."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
