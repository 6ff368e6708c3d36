"""The forms of meetings. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.coordination.types import SeatRow
from samvirke.surfaces.components.application_forms import DAY, LONGEST, TOO_LONG
from samvirke.surfaces.components.forms import INPUT, TEXT
from samvirke.surfaces.components.plan_parts import words_of_kind

NO_PLACE = _("Do not write where you meet. The place can tell where somebody with a protected address is.")


class CallForm(forms.Form):
    """When, and what to talk about."""

    day = forms.DateField(
        label=_("Which day?"),
        error_messages={"required": _("Write the day of the meeting."), "invalid": DAY},
        widget=forms.DateInput(attrs={**INPUT, "type": "date"}, format="%Y-%m-%d"),
    )
    agenda = forms.CharField(
        label=_("What will you talk about?"),
        help_text=NO_PLACE,
        max_length=LONGEST,
        error_messages={"required": _("Write what you will talk about."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={**TEXT, "rows": 3}),
    )


class MinutesForm(forms.Form):
    """What was agreed, and who was there."""

    agreed = forms.CharField(
        label=_("What did you agree on?"),
        help_text=_("Everybody on the plan reads this, the person first of all. It cannot be changed later."),
        max_length=LONGEST,
        error_messages={"required": _("Write what you agreed on."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs=TEXT),
    )
    person_was_there = forms.TypedChoiceField(
        label=_("Was the person there?"),
        choices=[("", _("Choose")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        error_messages={"required": _("Say whether the person was there.")},
        widget=forms.Select(attrs=INPUT),
    )
    there = forms.TypedMultipleChoiceField(
        label=_("Who of the team was there?"),
        help_text=_("If nobody was, the meeting was not held. Write why above."),
        coerce=UUID,
        required=False,
        error_messages={"invalid_choice": _("Choose among those in the team.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, team: Iterable[SeatRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["there"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(seat.post_id), seat.title or words_of_kind(seat.agency_kind)) for seat in team]


class AddForm(forms.Form):
    """Something that was forgotten."""

    text = forms.CharField(
        label=_("What do you add?"),
        help_text=_("It stands below what was written first, with your title and the day."),
        max_length=LONGEST,
        error_messages={"required": _("Write what you add."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={**TEXT, "rows": 3}),
    )
