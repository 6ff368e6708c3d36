"""The forms of what is told once, and of its answer. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.applications.types import ReceiverRow
from samvirke.kernel.codes import AgencyKind, EnquiryOutcome
from samvirke.surfaces.components.application_labels import ENQUIRY_OUTCOME
from samvirke.surfaces.components.fields import choice_field, day_field, options, text_field


class TellForm(forms.Form):
    """What is going on, told once."""

    words = text_field(
        _("What is going on?"),
        _("Write what is going on. A few words are enough."),
        rows=6,
        help_text=_("In your own words. You do not need to know what the help is called."),
    )
    helps = text_field(_("What would help most?"))
    to_meet = text_field(
        _("How do you want to be reached and met?"),
        help_text=_("For example: call after ten, I need an interpreter, I would rather write."),
    )
    is_urgent = choice_field(
        _("Is it urgent?"),
        _("Choose whether it is urgent."),
        choices=(("no", _("It can wait some days")), ("yes", _("Yes, it is urgent"))),
        coerce=lambda said: said == "yes",
        help_text=_("If somebody is in danger now, call the police. Nobody may read this at once."),
    )
    to_unit = choice_field(
        _("Who should answer?"),
        _("Choose who should answer."),
        help_text=_("They lead on what others should answer. You need not tell it again."),
        coerce=UUID,
    )

    def __init__(self, *args: Any, receivers: Iterable[ReceiverRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = sorted(receivers, key=lambda one: one.agency_kind is not AgencyKind.COORDINATING_UNIT)
        options(self, "to_unit", [(str(one.unit_id), one.name) for one in first])
        if first:
            self.initial.setdefault("to_unit", str(first[0].unit_id))


class TakeForm(forms.Form):
    """By when the unit answers."""

    answer_due_on = day_field(
        _("By which day will the person have an answer?"),
        _("Write the day by which the person will have an answer."),
        help_text=_("The person sees this day."),
    )


class LeadOnForm(forms.Form):
    """Another unit is asked to answer it."""

    to_unit = choice_field(
        _("Who should answer instead?"), _("Choose who should answer instead."), coerce=UUID
    )
    why = text_field(_("Why them?"), _("Write why they should answer, so that the person understands."))

    def __init__(self, *args: Any, receivers: Iterable[ReceiverRow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "to_unit", [(str(one.unit_id), one.name) for one in receivers])


class DeclineForm(forms.Form):
    """Why the unit that was asked does not answer it."""

    why = text_field(_("Why not?"), _("Write why not, so that the other unit can find a way."))


class EnquiryAnswerForm(forms.Form):
    """What happens now."""

    outcome = choice_field(
        _("What comes of it?"),
        _("Choose what comes of it."),
        choices=tuple(ENQUIRY_OUTCOME.items()),
        coerce=EnquiryOutcome,
    )
    reply = text_field(
        _("What do you say to the person?"),
        _("Write what you say to the person."),
        rows=5,
        help_text=_("What happens next, who does it, and when."),
    )
