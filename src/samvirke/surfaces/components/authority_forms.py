"""The form for delegated authority. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from samvirke.agencies.types import PostRow
from samvirke.statutes.types import Right
from samvirke.surfaces.components.fields import choice_field, day_field, options, text_field


class AuthorityForm(forms.Form):
    """Which post may decide what, under which law, and until when."""

    post_id = choice_field(_("Who may decide?"), _("Choose who may decide."), coerce=UUID)
    right = choice_field(
        _("Under which law?"),
        _("Choose the law."),
        help_text=_("What the law packs know. If it is not there, ask whoever keeps the packs."),
    )
    scope = text_field(
        _("What may the post decide?"),
        _("Write what the post may decide."),
        help_text=_("How far it goes, in your own words. Write no person’s name."),
    )
    valid_from = day_field(_("From"), _("Write from which day."))
    last_day = day_field(
        _("Last day"), _("Write the last day."), help_text=_("You are reminded a month before it ends.")
    )

    def __init__(self, *args: Any, posts: Iterable[PostRow], laws: Iterable[Right], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "post_id", [(str(post.post_id), post.title) for post in posts])
        options(self, "right", [(one.code, translated(one.label)) for one in laws])
