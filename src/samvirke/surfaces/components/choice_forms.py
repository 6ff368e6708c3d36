"""The forms of a wish for another coordinator or worker, and of its answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.plan.types import PlanPage
from samvirke.surfaces.components.fields import choice_field, options, text_field
from samvirke.surfaces.components.plan_parts import post_words


class AnotherForm(forms.Form):
    """Whom the person would rather not have, and what they want instead."""

    member_id = choice_field(
        _("Whom do you want to change?"), _("Choose whom you want to change."), coerce=UUID
    )
    wanted = text_field(
        _("What do you want instead?"),
        _("Write what you want instead."),
        help_text=_(
            "For example whom you would like, or what is important to you in somebody who helps you."
        ),
    )
    why = text_field(_("Why?"), help_text=_("You need not say why."))

    def __init__(self, *args: Any, page: PlanPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "member_id", [(str(row.member_id), post_words(row)) for row in page.team])


class AnswerWishForm(forms.Form):
    """Yes or no, in words that the person reads."""

    granted = choice_field(
        _("What is the answer?"),
        _("Choose what the answer is."),
        choices=(("yes", _("Yes, it becomes somebody else")), ("no", _("No, it stays as it is"))),
        coerce=lambda said: said == "yes",
    )
    reply = text_field(
        _("What do you say to the person?"),
        _("Write what you say to the person."),
        help_text=_(
            "If it is a yes: who it becomes, and when. If it is a no: why, and what can be done instead."
        ),
    )
