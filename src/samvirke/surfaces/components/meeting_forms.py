"""The forms of meetings. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.coordination.types import SeatRow
from samvirke.surfaces.components.fields import (
    YES_OR_NO,
    boxes,
    choice_field,
    choices_field,
    day_field,
    text_field,
)
from samvirke.surfaces.components.plan_parts import words_of_kind

NO_PLACE = _("Do not write where you meet. The place can tell where somebody with a protected address is.")


class CallForm(forms.Form):
    """When, and what to talk about."""

    day = day_field(_("Which day?"), _("Write the day of the meeting."))
    agenda = text_field(
        _("What will you talk about?"), _("Write what you will talk about."), help_text=NO_PLACE
    )


class MinutesForm(forms.Form):
    """What was agreed, and who was there."""

    agreed = text_field(
        _("What did you agree on?"),
        _("Write what you agreed on."),
        rows=5,
        help_text=_("Everybody on the plan reads this, the person first of all. It cannot be changed later."),
    )
    person_was_there = choice_field(
        _("Was the person there?"),
        _("Say whether the person was there."),
        choices=YES_OR_NO,
        coerce=lambda said: said == "yes",
    )
    there = choices_field(
        _("Who of the team was there?"),
        help_text=_("If nobody was, the meeting was not held. Write why above."),
        coerce=UUID,
    )

    def __init__(self, *args: Any, team: Iterable[tuple[UUID, SeatRow]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [(str(one), seat.title or words_of_kind(seat.agency_kind)) for one, seat in team]
        boxes(self, "there", titles)


class AddForm(forms.Form):
    """Something that was forgotten."""

    text = text_field(
        _("What do you add?"),
        _("Write what you add."),
        help_text=_("It stands below what was written first, with your title and the day."),
    )
