"""The forms for agreements, their checks and contact persons. What was typed is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.agencies.types import PostRow, UnitRow
from samvirke.agreements.types import AgreementRow, CheckResult, Promise, Terms
from samvirke.surfaces.components.agreement_labels import CHECK_RESULT
from samvirke.surfaces.components.fields import (
    INPUT,
    NOT_ON_THE_LIST,
    boxes,
    choice_field,
    choices_field,
    day_field,
    line_field,
    options,
)

LONGEST_RESPONSE = 365
WHOLE = _("Write a whole number, 1 or more.")
TOO_MUCH = _("The number is too large. Write at most %(limit_value)s.")


def _days_field(label: Any) -> forms.IntegerField:
    return _number_field(label, most=LONGEST_RESPONSE, required=False)


def _number_field(label: Any, *, most: int, required: bool = True, **more: Any) -> forms.IntegerField:
    said = {**dict.fromkeys(("required", "invalid", "min_value"), WHOLE), "max_value": TOO_MUCH}
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=1,
        max_value=most,
        error_messages=said,
        widget=forms.NumberInput(attrs={**INPUT, "min": 1, "max": most, "inputmode": "numeric"}),
        **more,
    )


class AgreementForm(forms.Form):
    """What one version of an agreement says."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = line_field(_("What is the agreement called?"), _("Give the agreement a name."))
    parties = choices_field(_("Whom does it bind?"), _("Choose two units at least."), coerce=UUID)
    signed_on = day_field(_("Signed on"), _("Write the day it was signed."))
    valid_from = day_field(_("Holds from"), _("Write the first day it holds."))
    valid_until = day_field(_("Holds until"), help_text=_("Empty: until another version takes its place."))
    next_check_on = day_field(
        _("The routines are checked by"),
        _("Write by when the routines are checked."),
        help_text=_("So that the agreement lives on when people change."),
    )
    answer_referral = _days_field(_("Days to answer a referral"))
    answer_application = _days_field(_("Days to answer an application"))
    answer_need = _days_field(_("Days to answer a need for an intervention"))
    meet = _days_field(_("Days until a meeting that somebody asks for"))

    def __init__(self, *args: Any, units: Iterable[UnitRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes(self, "parties", [(str(unit.unit_id), unit.name) for unit in units])

    @classmethod
    def of(cls, row: AgreementRow, units: Iterable[UnitRow], today: date) -> AgreementForm:
        """The form with what the agreement says now; it is signed anew."""
        newest = row.newest
        times = {promise.value: days for promise, days in newest.response_times}
        said = {
            "seen_version": newest.number,
            "title": newest.title,
            "parties": [str(party.unit_id) for party in newest.parties],
            "signed_on": today,
            "valid_from": today,
        }
        return cls(initial=said | times, units=units)

    def terms(self) -> Terms:
        """What was said, for the operation."""
        said = self.cleaned_data
        return Terms(
            title=said["title"],
            parties=tuple(said["parties"]),
            signed_on=said["signed_on"],
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
            next_check_on=said["next_check_on"],
            response_times={promise: said[promise] for promise in Promise if said[promise]},
        )


class CheckForm(forms.Form):
    """What a check of the routines found."""

    result = choice_field(
        _("Are the routines kept?"),
        _("Choose what the check found."),
        CHECK_RESULT.items(),
        coerce=CheckResult,
    )
    next_check_on = day_field(_("The next check is by"), _("Write by when they are checked again."))


class ContactForm(forms.Form):
    """The post a unit sets aside."""

    post_id = choice_field(_("Contact person"), _("Choose the contact person."), coerce=UUID)
    deputy_id = forms.TypedChoiceField(
        label=_("Deputy"),
        required=False,
        coerce=UUID,
        empty_value=None,
        error_messages={"invalid_choice": NOT_ON_THE_LIST},
        help_text=_("Stands in when the contact person is away."),
        widget=forms.Select(attrs=INPUT),
    )
    share_percent = _number_field(
        _("Per cent of a full position"), most=100, help_text=_("100 is a full position.")
    )
    since = day_field(_("From"), _("Write from which day."))

    def __init__(self, *args: Any, posts: Iterable[PostRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(post.post_id), post.title) for post in posts]
        options(self, "post_id", choices)
        options(self, "deputy_id", choices)
