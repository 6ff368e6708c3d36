"""The forms about where a person is: stating it, renewing the protection, telling somebody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.agencies.types import PostRow
from samvirke.people.levels import LastsTooLong
from samvirke.people.types import MayBeTold, Places, WhereaboutsRow
from samvirke.statutes.telling import BARS, Bar
from samvirke.statutes.types import ProtectionLevel
from samvirke.surfaces.components.consent_forms import ANSWERED, child_view_field
from samvirke.surfaces.components.days import in_words
from samvirke.surfaces.components.fields import (
    boxes,
    choice_field,
    choices_field,
    day_field,
    line_field,
    options,
)
from samvirke.surfaces.components.labels import PLACE
from samvirke.surfaces.components.law_labels import PROTECTION_LEVEL

MISSING_DAY = _("Write until which day the protection lasts.")


def _place(label: Any) -> forms.CharField:
    """One line that the browser does not remember."""
    field = line_field(label)
    field.widget.attrs["autocomplete"] = "off"
    return field


def too_long(problem: LastsTooLong) -> str:
    """What the page says of a day that is later than the protection lasts."""
    text = gettext("This protection lasts until %(day)s at most. Choose that day or an earlier one.")
    return text % {"day": in_words(problem.latest)}


def _until(*, required: bool) -> forms.DateField:
    return day_field(
        _("Until which day does the protection last?"),
        MISSING_DAY if required else "",
        help_text=_(
            "You are reminded before. After the day the place stays hidden until you lift the protection."
        ),
    )


class PlaceForm(forms.Form):
    """Where the person is, and whether it must be hidden. A protection is lifted elsewhere, never by this."""

    level = choice_field(
        _("Must it be hidden?"),
        _("Choose whether it must be hidden."),
        help_text=_("What each protection means stands above. Your family is told nothing in any case."),
    )
    expires_on = _until(required=False)
    address = _place(PLACE["address"])
    municipality = _place(PLACE["municipality"])
    school = _place(PLACE["school"])
    meeting_place = _place(PLACE["meeting_place"])
    provider = _place(PLACE["provider"])

    def __init__(
        self, *args: Any, levels: Iterable[ProtectionLevel], is_protected: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._lasting = {level.code for level in levels if level.months is not None}
        codes = [*([] if is_protected else ["none"]), *(level.code for level in levels)]
        options(self, "level", [(code, PROTECTION_LEVEL[code]) for code in codes])

    @classmethod
    def of(cls, found: WhereaboutsRow | None, levels: Iterable[ProtectionLevel]) -> PlaceForm:
        """The form with what is stated now."""
        if found is None:
            return cls(levels=levels, is_protected=False)
        written = {code: getattr(found.places, code) for code in PLACE}
        stated = {"level": found.level, "expires_on": found.expires_on}
        return cls(initial=stated | written, levels=levels, is_protected=found.level != "none")

    def clean(self) -> dict[str, Any]:
        """A protection has a day to be renewed by: its own, or the one its law gives it."""
        said = super().clean() or {}
        needs_day = said.get("level") not in {"none", *self._lasting}
        if needs_day and "expires_on" in said and said["expires_on"] is None:
            self.add_error("expires_on", str(MISSING_DAY))
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


class TellColleagueForm(forms.Form):
    """A worker who knows the place notes that the person lets one more know it."""

    post_id = choice_field(_("Who may know?"), _("Choose who may know."), coerce=UUID)
    form = choice_field(
        _("How did the person say yes?"), _("Choose how the person said yes."), choices=ANSWERED
    )
    view = child_view_field()
    is_assessed = choices_field(_("Have you assessed it?"), _(BARS[Bar.NOT_ASSESSED]))

    def __init__(self, *args: Any, about: MayBeTold, is_heard: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_heard:
            del self.fields["view"]
        options(self, "post_id", [(str(one.post_id), f"{one.title}, {one.unit_name}") for one in about.may])
        boxes(self, "is_assessed", [("yes", _("I have assessed that this one may know, and needs to."))])
        if not about.is_to_be_assessed:
            del self.fields["is_assessed"]

    def said(self) -> dict[str, Any]:
        """What the operation is told."""
        said = self.cleaned_data
        return {
            "post_id": said["post_id"],
            "in_writing": said["form"] == "written",
            "is_assessed": "is_assessed" in said,
            "view": said.get("view"),
        }


class TellForm(forms.Form):
    """Let one who works with the person know the place."""

    post_id = choice_field(_("Who else may know?"), _("Choose who may know."), coerce=UUID)

    def __init__(self, *args: Any, posts: Iterable[PostRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options(self, "post_id", [(str(one.post_id), f"{one.title}, {one.unit_name}") for one in posts])
