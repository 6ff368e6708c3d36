"""The form of a management response. What was typed is kept; an error says what to do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.evidence import Decision
from samvirke.surfaces.components.fields import choice_field, day_field, line_field, text_field


class ResponseForm(forms.Form):
    """What was decided because of an evaluation, by whom, when and why."""

    decision = choice_field(
        _("What was decided?"),
        _("Choose what was decided."),
        [
            (Decision.CONTINUE, _("Continue as now")),
            (Decision.CHANGE, _("Continue, but change something")),
            (Decision.STOP, _("Stop")),
        ],
        coerce=Decision,
    )
    reason = text_field(
        _("Why, and what happens now?"),
        _("Write why. Those who took part should be able to understand it."),
        help_text=_("Write about the effort, not about persons."),
        rows=5,
    )
    decided_by = line_field(
        _("Who decided?"),
        _("Write who decided."),
        help_text=_("A board, a council or a post. No name is needed."),
    )
    decided_on = day_field(_("When was it decided?"), _("Write the day it was decided."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["decided_on"].initial = today

    def clean_decided_on(self) -> date:
        """Nothing has been decided tomorrow."""
        day: date = self.cleaned_data["decided_on"]
        if day > self.today:
            raise forms.ValidationError(_("The day lies ahead. Write the day on which it was decided."))
        return day
