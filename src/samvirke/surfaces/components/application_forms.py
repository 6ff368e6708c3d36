"""The forms of applications. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.applications.types import ReceiverRow
from samvirke.surfaces.components.forms import INPUT, TEXT
from samvirke.surfaces.components.labels import RIGHT

LONGEST = 5_000
LONGEST_TITLE = 200
MINUTES = 60
TOO_LONG = _("The text is too long. Say it more briefly.")
DAY = _("Write the date as year-month-day, for example 2027-03-31.")
OTHER = "other"


def _text(label: Any, required: Any, *, help_text: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        error_messages={"required": required, "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={**TEXT, "rows": rows}),
    )


def _day(label: Any, required: Any, *, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        error_messages={"required": required, "invalid": DAY},
        widget=forms.DateInput(attrs={**INPUT, "type": "date"}, format="%Y-%m-%d"),
    )


class ApplyForm(forms.Form):
    """What the person asks for, why, and of whom."""

    right = forms.ChoiceField(
        label=_("What do you apply for?"),
        error_messages={
            "required": _("Choose what you apply for."),
            "invalid_choice": _("Choose what you apply for from the list."),
        },
        widget=forms.Select(attrs=INPUT),
    )
    title = forms.CharField(
        label=_("If something else: what?"),
        required=False,
        max_length=LONGEST_TITLE,
        error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs=INPUT),
    )
    to_unit = forms.TypedChoiceField(
        label=_("Who should answer?"),
        help_text=_("Only offices that you have said yes to are on the list."),
        coerce=UUID,
        error_messages={
            "required": _("Choose who should answer."),
            "invalid_choice": _("Choose who should answer from the list."),
        },
        widget=forms.Select(attrs=INPUT),
    )
    words = _text(
        _("Why do you need it?"),
        _("Write why you need it. A few words are enough."),
        help_text=_("In your own words. Those on your plan who may see the application can read this."),
    )

    def __init__(self, *args: Any, receivers: Iterable[ReceiverRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        right, to_unit = self.fields["right"], self.fields["to_unit"]
        assert isinstance(right, forms.ChoiceField)
        assert isinstance(to_unit, forms.ChoiceField)
        right.choices = [("", _("Choose")), *RIGHT.items(), (OTHER, _("Something else"))]
        to_unit.choices = [("", _("Choose")), *((str(one.unit_id), one.name) for one in receivers)]

    def clean(self) -> dict[str, Any]:
        """Something else needs a name of its own."""
        said = super().clean() or {}
        if said.get("right") == OTHER and not said.get("title"):
            self.add_error("title", _("Write what you apply for."))
        return said

    def asked_for(self) -> dict[str, Any]:
        """What the operation is told."""
        said = self.cleaned_data
        is_other = said["right"] == OTHER
        return {
            "right": "" if is_other else said["right"],
            "title": said["title"] if is_other else "",
            "words": said["words"],
            "to_unit": said["to_unit"],
        }


class GiveMoreForm(forms.Form):
    """The person answers what the office asked for."""

    words = _text(_("Your answer"), _("Write your answer before you send it."))


class AppealForm(forms.Form):
    """The person does not accept the refusal."""

    words = _text(
        _("What do you disagree with?"),
        _("Write what you disagree with. A few words are enough."),
        help_text=_("You do not have to know the law."),
    )


class TimeForm(forms.Form):
    """Hours the family has used."""

    hours = forms.DecimalField(
        label=_("How many hours have you used on this since last time?"),
        help_text=_("Forms, phone calls, meetings. It shows how heavy the way to help is."),
        min_value=0.25,
        max_value=200,
        decimal_places=2,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_decimal_places"),
            _("Write the hours as a number between 0.25 and 200."),
        ),
        widget=forms.NumberInput(attrs={**INPUT, "step": "0.25", "inputmode": "decimal"}),
    )

    def minutes(self) -> int:
        """The hours in minutes."""
        return int(self.cleaned_data["hours"] * MINUTES)


class ReceiveForm(forms.Form):
    """The office has it, and says by when it answers."""

    answer_due_on = _day(
        _("By which day will the person have an answer?"),
        _("Write the day by which the person will have an answer."),
        help_text=_("The person sees this day."),
    )


class AskForMoreForm(forms.Form):
    """What the office still needs to know."""

    question = _text(_("What do you need to know?"), _("Write what you need to know."), rows=3)


class GrantForm(forms.Form):
    """Yes, and what happens now."""

    text = _text(
        _("What is granted, and what happens now?"), _("Write what is granted and what happens now."), rows=3
    )


class RefuseForm(forms.Form):
    """No, why, and until when the person can appeal."""

    reason = _text(
        _("Why is it refused?"),
        _("Write why it is refused. The person has a right to know."),
        help_text=_("Write so that the person understands what decided."),
        rows=3,
    )
    appeal_by = _day(
        _("Until which day can the person appeal?"),
        _("Write until which day the person can appeal."),
        help_text=_("The day that stands in the decision."),
    )
