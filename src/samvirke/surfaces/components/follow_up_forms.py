"""The forms of follow-up after a plan's end. What was typed is kept; an error says what to do."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.codes import Occupation, SupportSource
from samvirke.plan.types import Situation
from samvirke.surfaces.components.forms import INPUT
from samvirke.surfaces.components.labels import OCCUPATION, SUPPORT

MONTHS = ((1, _("after one month")), (3, _("after three months")), (6, _("after six months")))


class AgreeForm(forms.Form):
    """When somebody calls, counted from the day the plan ended."""

    months = forms.TypedMultipleChoiceField(
        label=_("When shall somebody call?"),
        help_text=_("Counted from the day the plan ended. Agree on it with the person."),
        choices=MONTHS,
        coerce=int,
        error_messages={
            "required": _("Choose when somebody calls."),
            "invalid_choice": _("Choose when somebody calls from the list."),
        },
        widget=forms.CheckboxSelectMultiple,
    )

    def days(self, ended_on: date) -> list[date]:
        """The chosen months as days."""
        return [_months_after(ended_on, months) for months in self.cleaned_data["months"]]


class CallForm(forms.Form):
    """How it goes."""

    occupation = forms.TypedChoiceField(
        label=_("What does the person do now?"),
        choices=[("", _("Choose")), *((code.value, words) for code, words in OCCUPATION.items())],
        coerce=Occupation,
        error_messages={"required": _("Choose what the person does now.")},
        widget=forms.Select(attrs=INPUT),
    )
    support = forms.TypedChoiceField(
        label=_("What does the person live on now?"),
        choices=[("", _("Choose")), *((code.value, words) for code, words in SUPPORT.items())],
        coerce=SupportSource,
        error_messages={"required": _("Choose what the person lives on now.")},
        widget=forms.Select(attrs=INPUT),
    )
    open_anew = forms.TypedChoiceField(
        label=_("Does the person want the plan opened anew?"),
        choices=[("", _("Choose")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        error_messages={"required": _("Say whether the plan should be opened anew.")},
        widget=forms.Select(attrs=INPUT),
    )

    def situation(self) -> Situation:
        """What was said of work and income."""
        return Situation(self.cleaned_data["support"], self.cleaned_data["occupation"])


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
