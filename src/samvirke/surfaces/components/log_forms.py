"""The forms of the access log: asking why, answering, and keeping lines back for a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from samvirke.agencies.types import UnitRow
from samvirke.gate.access import LIFT_REASON
from samvirke.people.kept_back import Asked, Reader
from samvirke.people.log_questions import TEXT as LENGTH
from samvirke.statutes.types import KeptBackCase
from samvirke.surfaces.components.fields import TEXT, boxes, choice_field, choices_field, options
from samvirke.surfaces.components.labels import LOG_READER

TOO_SHORT = _("Write a sentence, so that others understand what you mean.")
TOO_LONG = _("Say it more briefly: at most 1,000 characters.")


def _words(label: Any, required: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=LENGTH[0],
        max_length=LENGTH[1],
        error_messages={"required": required, "min_length": TOO_SHORT, "max_length": TOO_LONG},
        widget=forms.Textarea(attrs=TEXT),
        **more,
    )


class AskWhyForm(forms.Form):
    """What a person wants to know about a visit."""

    text = _words(
        _("What do you want to know?"),
        _("Write what you want to know."),
        help_text=_("For example: Why did you look at my plan that day?"),
    )


class AnswerWhyForm(forms.Form):
    """Why somebody looked, in words that the person understands."""

    text = _words(
        _("Your answer"),
        _("Write the answer."),
        help_text=_("In plain words: what the visit was for, and if it was not right, what you do about it."),
    )


class KeepBackForm(forms.Form):
    """What is kept back, from whom, for how long, and why."""

    reader = choice_field(_("From whom?"), _("Choose from whom."), coerce=UUID)
    case_type = choice_field(_("What kind of case is it?"), _("Choose the kind of case."))
    units = choices_field(
        _("Whose visits?"),
        _("Choose at least one."),
        help_text=_("No more than the case needs. Everybody else’s visits are told as before."),
        coerce=UUID,
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        min_value=1,
        error_messages={
            "required": _("Write for how many days."),
            "invalid": _("Write a whole number."),
            "min_value": _("Write at least 1."),
        },
        widget=forms.NumberInput(attrs={"class": "ds-input", "inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("10 to 255 characters. The leader who reviews it reads this; write no more than needed."),
        min_length=LIFT_REASON[0],
        max_length=LIFT_REASON[1],
        error_messages={
            "required": _("Write why."),
            "min_length": _("Say a little more, so that somebody else can judge it: at least 10 characters."),
            "max_length": _("Say it more briefly: at most 255 characters."),
        },
        widget=forms.Textarea(attrs={**TEXT, "rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        cases: Iterable[KeptBackCase],
        readers: Mapping[UUID, Reader],
        units: Iterable[UnitRow],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cases = {case.code: case for case in cases}
        self.readers = readers
        options(self, "reader", list(_told(readers)))
        options(self, "case_type", [(code, _now(case.label)) for code, case in self.cases.items()])
        boxes(self, "units", [(str(unit.unit_id), f"{unit.name}, {unit.agency_name}") for unit in units])

    def clean(self) -> dict[str, Any]:
        """The case type says from whom, and for how long at most."""
        said = super().clean() or {}
        case = self.cases.get(said.get("case_type", ""))
        if case is not None and said.get("days", 0) > case.longest_days:
            limit = _("In such a case for %(days)s days at most.") % {"days": case.longest_days}
            self.add_error("days", limit)
        reader = self.readers.get(said["reader"]) if said.get("reader") else None
        if case is not None and reader is not None and reader.what not in case.readers:
            self.add_error("reader", _("In such a case nothing is kept back from this reader."))
        return said

    @property
    def asked(self) -> Asked:
        """What was asked for."""
        said = self.cleaned_data
        return Asked(said["reader"], tuple(said["units"]), said["case_type"], said["days"], said["reason"])


def _told(readers: Mapping[UUID, Reader]) -> Iterator[tuple[str, str]]:
    """Who is not known by name is told apart by a number."""
    for number, (citizen_id, reader) in enumerate(sorted(readers.items()), start=1):
        what = LOG_READER[reader.what]
        yield str(citizen_id), f"{reader.name} ({what})" if reader.name else f"{what} {number}"
