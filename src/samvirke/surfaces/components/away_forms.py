"""The form that says when somebody is away. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.agencies.types import PostRow
from samvirke.surfaces.components.application_forms import DAY
from samvirke.surfaces.components.forms import INPUT


class AwayForm(forms.Form):
    """From when until when. Why is nobody's business."""

    post_id = forms.TypedChoiceField(
        label=_("Who is away?"),
        coerce=UUID,
        error_messages={
            "required": _("Choose who is away."),
            "invalid_choice": _("Choose who is away from the list."),
        },
        widget=forms.Select(attrs=INPUT),
    )
    away_from = forms.DateField(
        label=_("First day away"),
        error_messages={"required": _("Write the first day away."), "invalid": DAY},
        widget=forms.DateInput(attrs={**INPUT, "type": "date"}, format="%Y-%m-%d"),
    )
    back_on = forms.DateField(
        label=_("First day back"),
        error_messages={"required": _("Write the first day back."), "invalid": DAY},
        widget=forms.DateInput(attrs={**INPUT, "type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, posts: Iterable[PostRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(post.post_id), post.title) for post in posts]
        field = self.fields["post_id"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = choices[0][0]
