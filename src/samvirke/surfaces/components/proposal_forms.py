"""The forms that answer a proposal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.surfaces.components.fields import choice_field, text_field


class AnswerForm(forms.Form):
    """Whether one takes on what was proposed."""

    takes_on = choice_field(
        _("Do you take it on?"),
        _("Choose yes or no."),
        choices=(("yes", _("Yes, I answer for it")), ("no", _("No, I decline"))),
        coerce=lambda said: said == "yes",
    )
    why = text_field(
        _("If not: why?"),
        help_text=_("Everybody who sees the proposal reads it, the person as well."),
        rows=2,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """A no has a reason."""
        said = super().clean() or {}
        if said.get("takes_on") is False and not said.get("why"):
            self.add_error("why", _("Write why. Everybody on the plan can read it."))
        return said


class ConfirmForm(forms.Form):
    """Whether the person wants it."""

    says_yes = choice_field(
        _("Do you want this?"),
        _("Choose yes or no."),
        choices=(("yes", _("Yes, I want this")), ("no", _("No, I do not want this"))),
        coerce=lambda said: said == "yes",
    )
    why = text_field(
        _("Is there something you want to say about it?"),
        help_text=_("You need not say why. What you write is read by those who see the proposal."),
        rows=2,
    )
