"""The form that says when somebody is away. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.agencies.types import PostRow
from samvirke.surfaces.components.fields import choice_field, day_field


class AwayForm(forms.Form):
    """From when until when. Why is nobody's business."""

    post_id = choice_field(_("Who is away?"), _("Choose who is away."), coerce=UUID)
    away_from = day_field(_("First day away"), _("Write the first day away."))
    back_on = day_field(_("First day back"), _("Write the first day back."))

    def __init__(self, *args: Any, posts: Iterable[PostRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(post.post_id), post.title) for post in posts]
        field = self.fields["post_id"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = choices[0][0]
