"""The forms of a move. What was chosen is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.surfaces.components.consent_forms import child_view_field
from samvirke.surfaces.components.consent_labels import CONSENT_FORM
from samvirke.surfaces.components.fields import choice_field, options


class WhitherForm(forms.Form):
    """Where the person moves."""

    municipality = choice_field(
        _("Where does the person move?"),
        _("Choose the municipality."),
        help_text=_("If the person leaves the partnership, end the plan instead."),
    )

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "municipality", places.items())


class MoveForm(WhitherForm):
    """Where, and how the person said yes to the new units."""

    form = choice_field(
        _("How did the person say yes to the new units?"),
        _("Ask the person first, and choose how they said yes."),
        choices=tuple(CONSENT_FORM.items()),
    )

    view = child_view_field()

    def __init__(self, *args: Any, is_heard: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_heard:
            del self.fields["view"]
        self.fields["municipality"].widget = forms.HiddenInput()
