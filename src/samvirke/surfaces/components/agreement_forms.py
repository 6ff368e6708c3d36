"""The forms for agreements, their checks and contact persons. What was typed is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.agencies.types import PostRow, UnitRow
from samvirke.agreements.types import AgreementRow, CheckResult, Promise, Responsible, Terms, VersionRow
from samvirke.kernel.codes import Domain
from samvirke.surfaces.components.agreement_labels import CHECK_RESULT, DOMAIN
from samvirke.surfaces.components.fields import (
    INPUT,
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
    answer_commitment = _days_field(_("Days to answer a commitment that is asked for"))
    review_on = day_field(
        _("The parties go through the agreement by"),
        help_text=_("Then they say together whether it still fits, and renew it."),
    )

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

    def terms(self, before: VersionRow | None = None) -> Terms:
        """What was said, for the operation. Who answered for what before still does, if it is a party."""
        said = self.cleaned_data
        return Terms(
            title=said["title"],
            parties=tuple(said["parties"]),
            signed_on=said["signed_on"],
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
            next_check_on=said["next_check_on"],
            response_times={promise: said[promise] for promise in Promise if said[promise]},
            review_on=said["review_on"],
            responsibilities=_still_parties(before, said["parties"]),
        )


def _still_parties(before: VersionRow | None, parties: Collection[UUID]) -> dict[Domain, Responsible]:
    rows = before.responsibilities if before else ()
    return {
        row.domain: Responsible(
            row.unit.unit_id, row.deputy.unit_id if row.deputy and row.deputy.unit_id in parties else None
        )
        for row in rows
        if row.unit.unit_id in parties
    }


class DivideForm(forms.Form):
    """Who answers for what, and who steps in, from a day on: the next version of an agreement."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    signed_on = day_field(_("Signed on"), _("Write the day it was signed."))
    valid_from = day_field(_("Holds from"), _("Write from which day it holds."))
    next_check_on = day_field(_("The routines are checked by"), _("Write by when the routines are checked."))
    review_on = day_field(_("The parties go through the agreement by"))

    def __init__(self, data: Any, *, newest: VersionRow, today: date) -> None:
        given = {row.domain: row for row in newest.responsibilities}
        initial = {
            "seen_version": newest.number,
            "signed_on": today,
            "valid_from": today,
            "next_check_on": newest.next_check_on if newest.next_check_on > today else None,
            "review_on": newest.review_on if newest.review_on and newest.review_on > today else None,
        }
        super().__init__(data, initial=initial)
        parties = [(str(party.unit_id), party.unit_name) for party in newest.parties]
        for domain in Domain:
            row = given.get(domain)
            steps_in = row.deputy.unit_id if row and row.deputy else None
            self.fields[domain] = _party_field(DOMAIN[domain], parties, row.unit.unit_id if row else None)
            self.fields[_steps_in(domain)] = _party_field(_("Who steps in"), parties, steps_in)
        self.newest = newest

    def domains(self) -> list[tuple[Domain, forms.BoundField, forms.BoundField]]:
        """Each domain with its two fields."""
        return [(domain, self[domain], self[_steps_in(domain)]) for domain in Domain]

    def days(self) -> list[forms.BoundField]:
        """The days of the new version."""
        return [self[name] for name in ("signed_on", "valid_from", "next_check_on", "review_on")]

    def clean(self) -> dict[str, Any]:
        """Nobody steps in where nobody answers."""
        said = super().clean() or {}
        for domain in Domain:
            if said.get(_steps_in(domain)) and not said.get(domain):
                self.add_error(domain, _("Choose who answers for it, before who steps in."))
        return said

    def terms(self) -> Terms:
        """The newest version with who answers for what as it was said."""
        said, newest = self.cleaned_data, self.newest
        return Terms(
            title=newest.title,
            parties=tuple(party.unit_id for party in newest.parties),
            signed_on=said["signed_on"],
            valid_from=said["valid_from"],
            valid_until=newest.valid_until,
            next_check_on=said["next_check_on"],
            response_times=dict(newest.response_times),
            review_on=said["review_on"],
            responsibilities={
                domain: Responsible(said[domain], said[_steps_in(domain)])
                for domain in Domain
                if said[domain]
            },
        )


def _steps_in(domain: Domain) -> str:
    return f"{domain.value}_deputy"


def _party_field(
    label: Any, parties: Iterable[tuple[str, str]], initial: UUID | None
) -> forms.TypedChoiceField:
    return choice_field(label, choices=parties, nothing=_("Nobody"), coerce=UUID, initial=initial)


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
    deputy_id = choice_field(
        _("Deputy"), coerce=UUID, help_text=_("Stands in when the contact person is away.")
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
