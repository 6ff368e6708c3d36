"""The forms of a move. What was chosen is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.surfaces.components.forms import INPUT
from samvirke.surfaces.components.labels import CONSENT_FORM


class WhitherForm(forms.Form):
    """Where the person moves."""

    municipality = forms.ChoiceField(
        label=_("Where does the person move?"),
        help_text=_("If the person leaves the partnership, end the plan instead."),
        error_messages={
            "required": _("Choose the municipality."),
            "invalid_choice": _("Choose the municipality from the list."),
        },
        widget=forms.Select(attrs=INPUT),
    )

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["municipality"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *places.items()]


class MoveForm(WhitherForm):
    """Where, and how the person said yes to the new units."""

    form = forms.ChoiceField(
        label=_("How did the person say yes to the new units?"),
        choices=[("", _("Choose")), *CONSENT_FORM.items()],
        error_messages={"required": _("Ask the person first, and choose how they said yes.")},
        widget=forms.Select(attrs=INPUT),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].widget = forms.HiddenInput()
