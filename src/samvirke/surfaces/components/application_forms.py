"""The forms of applications. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.applications.types import ReceiverRow
from samvirke.statutes.types import Right
from samvirke.surfaces.components.fields import (
    INPUT,
    choice_field,
    day_field,
    line_field,
    options,
    text_field,
)
from samvirke.surfaces.components.law_labels import RIGHT

MINUTES = 60
OTHER = "other"


class ApplyForm(forms.Form):
    """What the person asks for, why, and of whom."""

    right = choice_field(_("What do you apply for?"), _("Choose what you apply for."))
    title = line_field(_("If something else: what?"))
    to_unit = choice_field(
        _("Who should answer?"),
        _("Choose who should answer."),
        help_text=_("Only offices that you have said yes to are on the list."),
        coerce=UUID,
    )
    words = text_field(
        _("Why do you need it?"),
        _("Write why you need it. A few words are enough."),
        help_text=_("In your own words. Those on your plan who may see the application can read this."),
    )

    def __init__(
        self, *args: Any, rights: Iterable[Right], receivers: Iterable[ReceiverRow], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = [(right.code, RIGHT[right.code]) for right in rights]
        options(self, "right", [*known, (OTHER, _("Something else"))])
        options(self, "to_unit", [(str(one.unit_id), one.name) for one in receivers])

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

    words = text_field(_("Your answer"), _("Write your answer before you send it."))


class AppealForm(forms.Form):
    """The person does not accept the refusal."""

    words = text_field(
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

    answer_due_on = day_field(
        _("By which day will the person have an answer?"),
        _("Write the day by which the person will have an answer."),
        help_text=_("The person sees this day."),
    )


class AskForMoreForm(forms.Form):
    """What the office still needs to know."""

    question = text_field(_("What do you need to know?"), _("Write what you need to know."), rows=3)


class GrantForm(forms.Form):
    """Yes, and what happens now."""

    text = text_field(
        _("What is granted, and what happens now?"), _("Write what is granted and what happens now."), rows=3
    )


class RefuseForm(forms.Form):
    """No, why, and until when the person can appeal."""

    reason = text_field(
        _("Why is it refused?"),
        _("Write why it is refused. The person has a right to know."),
        help_text=_("Write so that the person understands what decided."),
        rows=3,
    )
    appeal_by = day_field(
        _("Until which day can the person appeal?"),
        _("Write until which day the person can appeal."),
        help_text=_("The day that stands in the decision."),
    )
