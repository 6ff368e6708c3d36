"""The forms of what is out of the ordinary: emergencies, conflicts of interest, shields, explanations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.agencies.types import PostRow
from samvirke.gate.access import BARS, LIFT_HOURS, LIFT_REASON
from samvirke.kernel.codes import Country
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in, mask_of
from samvirke.people import nordic_ids
from samvirke.people.emergencies import ALWAYS, LIFTABLE_KINDS, Emergency
from samvirke.people.national_ids import NotANationalId
from samvirke.surfaces.components.days import end_of, local_day, moments
from samvirke.surfaces.components.fields import (
    INPUT,
    TEXT,
    boxes,
    choice_field,
    choices_field,
    clock_field,
    day_field,
    options,
)
from samvirke.surfaces.components.gate_labels import CONFLICT
from samvirke.surfaces.components.labels import KIND, PURPOSE

HOURS = (
    (1, _("1 hour")),
    (8, _("8 hours")),
    (24, _("24 hours")),
    (LIFT_HOURS, _("72 hours")),
)
CASEWORK = (Purpose.COORDINATION, Purpose.SERVICE, Purpose.DECISION, Purpose.FOLLOW_UP)


class EmergencyForm(forms.Form):
    """What must be read, for how long, and why."""

    kinds = choices_field(
        _("What must you read?"),
        _("Choose at least one thing."),
        help_text=_("Name, plan and consents come with it. Choose no more than the emergency needs."),
        coerce=lambda value: DataKind(int(value)),
    )
    hours = choice_field(
        _("For how long?"),
        _("Choose for how long."),
        choices=HOURS,
        coerce=int,
        help_text=_("It closes by itself."),
    )
    reason = forms.CharField(
        label=_("What has happened?"),
        help_text=_("10 to 255 characters. The one who reviews it reads this; write no more than needed."),
        min_length=LIFT_REASON[0],
        max_length=LIFT_REASON[1],
        error_messages={
            "required": _("Write what has happened."),
            "min_length": _("Say a little more, so that somebody else can judge it: at least 10 characters."),
            "max_length": _("Say it more briefly: at most 255 characters."),
        },
        widget=forms.Textarea(attrs={**TEXT, "rows": 3}),
    )

    def __init__(self, *args: Any, kinds: DataKind = LIFTABLE_KINDS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes(self, "kinds", [(str(int(kind)), KIND[kind]) for kind in kinds_in(kinds & ~ALWAYS)])

    @property
    def emergency(self) -> Emergency:
        """What was asked for."""
        said = self.cleaned_data
        return Emergency(mask_of(said["kinds"]), said["reason"], said["hours"])


class EmergencyByNumberForm(EmergencyForm):
    """The same for somebody who is known by a national id alone."""

    national_id = forms.CharField(
        label=_("National id of the person"),
        help_text=_("Whether the person is known here is not told before you have said why you ask."),
        max_length=40,
        error_messages={"required": _("Write the national id."), "max_length": _("This is no national id.")},
        widget=forms.TextInput(attrs={**INPUT, "autocomplete": "off", "inputmode": "numeric"}),
    )
    field_order = ("national_id", "kinds", "hours", "reason")

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country

    def clean_national_id(self) -> str:
        """As the registers write it. The text itself is not repeated."""
        try:
            return nordic_ids.parse(self.cleaned_data["national_id"], country=self.country).number
        except NotANationalId:
            raise forms.ValidationError(
                _("This is no national id. Compare it with the person's papers, and write all its digits.")
            ) from None


class ConflictForm(forms.Form):
    """Why somebody keeps out of a case."""

    reason = choice_field(
        _("Why must you keep out of it?"),
        _("Choose the reason."),
        choices=[(bar, CONFLICT[bar]) for bar in BARS],
    )


class ShieldForm(forms.Form):
    """Who of the unit works with a case that is kept from colleagues."""

    posts = choices_field(
        _("Who works with the case?"),
        _("Choose at least one."),
        help_text=_("You, and your own case system, go on seeing it. Nobody else in the unit does."),
        coerce=UUID,
    )

    def __init__(self, *args: Any, posts: Iterable[PostRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes(self, "posts", [(str(post.post_id), post.title) for post in posts])


class ExplainForm(forms.Form):
    """Whose access, to what, what for, and when."""

    post = choice_field(_("Who?"), _("Choose somebody."), coerce=UUID)
    kind = choice_field(
        _("Which information?"),
        _("Choose what it is about."),
        choices=[(str(int(kind)), KIND[kind]) for kind in kinds_in(sum(DataKind))],
        coerce=lambda value: DataKind(int(value)),
    )
    purpose = choice_field(
        _("What for?"),
        _("Choose what for."),
        choices=[(str(int(purpose)), PURPOSE[purpose]) for purpose in CASEWORK],
        coerce=lambda value: Purpose(int(value)),
    )
    day = day_field(_("On which day?"), _("Write the day."))
    time = clock_field(
        _("At what time?"),
        help_text=_(
            "Left empty, you get what holds now if the day is today, else what held at the end of the day."
        ),
    )

    def __init__(self, *args: Any, posts: Mapping[UUID, PostRow], now: datetime, **kwargs: Any) -> None:
        today = local_day(now)
        super().__init__(*args, **kwargs)
        self.initial, self.now, self.today = {"day": today}, now, today
        found = sorted(posts.values(), key=lambda post: (post.unit_name, post.title))
        options(self, "post", [(str(post.post_id), f"{post.title}, {post.unit_name}") for post in found])

    def clean_day(self) -> date:
        """A decision that lies ahead has not been made."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("The day lies ahead. Choose today or an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        """With the moment that is meant, and whether the clocks showed it twice."""
        said = self.cleaned_data
        if "day" in said and "time" in said:
            if said["time"] is None:
                said["at"] = min(end_of(said["day"]), self.now)
            else:
                self._find(said)
        return said

    def _find(self, said: dict[str, Any]) -> None:
        shown = moments(said["day"], said["time"])
        been = [one for one in shown if one <= self.now]
        if been:
            said["at"], said["twice"] = been[-1], len(shown) > 1
        elif shown:
            self.add_error("time", _("The time lies ahead. Choose an earlier one, or leave it empty."))
        else:
            self.add_error(
                "time",
                _(
                    "The clocks were put forward then, so there was no such time on that day. Choose one an "
                    "hour earlier or later."
                ),
            )
