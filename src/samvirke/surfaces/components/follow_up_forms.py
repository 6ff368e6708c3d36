"""The forms of follow-up after a plan's end. What was typed is kept; an error says what to do."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.plan.types import Situation
from samvirke.surfaces.components.fields import YES_OR_NO, choice_field, choices_field
from samvirke.surfaces.components.plan_forms import occupation_field, support_field

MONTHS = (
    (1, _("after one month")),
    (3, _("after three months")),
    (6, _("after six months")),
    (12, _("after one year")),
)


class AgreeForm(forms.Form):
    """When somebody calls, counted from the day the plan ended."""

    months = choices_field(
        _("When shall somebody call?"),
        _("Choose when somebody calls."),
        help_text=_("Counted from the day the plan ended. Agree on it with the person."),
        choices=MONTHS,
        coerce=int,
    )

    def days(self, ended_on: date) -> list[date]:
        """The chosen months as days."""
        return [_months_after(ended_on, months) for months in self.cleaned_data["months"]]


class CallForm(forms.Form):
    """How it goes."""

    occupation = occupation_field()
    support = support_field()
    open_anew = choice_field(
        _("Does the person want the plan opened anew?"),
        _("Say whether the plan should be opened anew."),
        choices=YES_OR_NO,
        coerce=lambda said: said == "yes",
    )

    def situation(self) -> Situation:
        """What was said of work and income."""
        return Situation(self.cleaned_data["support"], self.cleaned_data["occupation"])


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
