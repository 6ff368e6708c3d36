"""The forms about where a person is: stating it, renewing the protection, telling somebody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.agencies.types import PostRow
from samvirke.people.types import Places, WhereaboutsRow
from samvirke.surfaces.components.forms import INPUT
from samvirke.surfaces.components.labels import PLACE, PROTECTION_LEVEL

LONGEST = 200
DAY = _("Write the date as year-month-day, for example 2027-03-31.")


def _place(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("The text is too long. Say it more briefly.")},
        widget=forms.TextInput(attrs={**INPUT, "autocomplete": "off"}),
    )


def _until(*, required: bool) -> forms.DateField:
    return forms.DateField(
        label=_("Until which day does the protection last?"),
        help_text=_(
            "You are reminded before. After the day the place stays hidden until you lift the protection."
        ),
        required=required,
        error_messages={"required": _("Write until which day the protection lasts."), "invalid": DAY},
        widget=forms.DateInput(attrs={**INPUT, "type": "date"}, format="%Y-%m-%d"),
    )


class PlaceForm(forms.Form):
    """Where the person is, and whether it must be hidden. A protection is lifted elsewhere, never by this."""

    level = forms.ChoiceField(
        label=_("Must it be hidden?"),
        help_text=_("A protected place is hidden from everybody you do not name, also from your family."),
        error_messages={
            "required": _("Choose whether it must be hidden."),
            "invalid_choice": _("Choose whether it must be hidden from the list."),
        },
        widget=forms.Select(attrs=INPUT),
    )
    expires_on = _until(required=False)
    address = _place(PLACE["address"])
    municipality = _place(PLACE["municipality"])
    school = _place(PLACE["school"])
    meeting_place = _place(PLACE["meeting_place"])
    provider = _place(PLACE["provider"])

    def __init__(self, *args: Any, is_protected: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (code, text) for code, text in PROTECTION_LEVEL.items() if code != "none" or not is_protected
        ]

    @classmethod
    def of(cls, found: WhereaboutsRow | None) -> PlaceForm:
        """The form with what is stated now."""
        if found is None:
            return cls(is_protected=False)
        written = {code: getattr(found.places, code) for code in PLACE}
        stated = {"level": found.level, "expires_on": found.expires_on}
        return cls(initial=stated | written, is_protected=found.level != "none")

    def clean(self) -> dict[str, Any]:
        """A protection has a day to be renewed by."""
        said = super().clean() or {}
        if said.get("level") != "none" and "expires_on" in said and said["expires_on"] is None:
            self.add_error("expires_on", _("Write until which day the protection lasts."))
        return said

    def stated(self) -> dict[str, Any]:
        """What the operation is told."""
        said = self.cleaned_data
        until = None if said["level"] == "none" else said["expires_on"]
        return {
            "level": said["level"],
            "expires_on": until,
            "places": Places(**{code: said[code] for code in PLACE}),
        }


class RenewForm(forms.Form):
    """Keep the place hidden for longer."""

    expires_on = _until(required=True)


class TellForm(forms.Form):
    """Let one who works with the person know the place."""

    post_id = forms.TypedChoiceField(
        label=_("Who else may know?"),
        coerce=UUID,
        error_messages={
            "required": _("Choose who may know."),
            "invalid_choice": _("Choose who may know from the list."),
        },
        widget=forms.Select(attrs=INPUT),
    )

    def __init__(self, *args: Any, posts: Iterable[PostRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["post_id"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [
            ("", _("Choose")),
            *((str(one.post_id), f"{one.title}, {one.unit_name}") for one in posts),
        ]
