"""The forms of meetings. What was typed is kept; an error says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.coordination.calendar_types import CalendarEntry
from samvirke.coordination.meeting_types import USUAL_LENGTH, Arranged, OpenPoint
from samvirke.coordination.types import MeetingRow, SeatRow
from samvirke.kernel.codes import MeetingKind
from samvirke.surfaces.components.calendar_parts import entry_words
from samvirke.surfaces.components.fields import (
    INPUT,
    YES_OR_NO,
    boxes,
    choice_field,
    choices_field,
    clock_field,
    day_field,
    line_field,
    text_field,
)
from samvirke.surfaces.components.labels import words
from samvirke.surfaces.components.meeting_labels import MEETING_KIND
from samvirke.surfaces.components.plan_parts import words_of_kind

NO_PLACE = _("Do not write where you meet. The place can tell where somebody with a protected address is.")
LENGTHS = (
    (30, _("Half an hour")),
    (45, _("Three quarters of an hour")),
    (60, _("One hour")),
    (90, _("One and a half hours")),
    (120, _("Two hours")),
)


class WhenForm(forms.Form):
    """What a meeting is, when, and for whom."""

    kind = forms.TypedChoiceField(
        label=_("What kind of meeting?"),
        choices=tuple(MEETING_KIND.items()),
        initial=MeetingKind.TEAM,
        coerce=MeetingKind,
        required=False,
        widget=forms.Select(attrs=INPUT),
    )
    day = day_field(_("Which day?"), _("Write the day of the meeting."))
    starts = clock_field(_("At what time?"), help_text=_("By the clocks of the country the plan follows."))
    minutes_long = forms.TypedChoiceField(
        label=_("For how long?"),
        choices=LENGTHS,
        initial=USUAL_LENGTH,
        coerce=int,
        required=False,
        widget=forms.Select(attrs=INPUT),
    )
    language = line_field(
        _("Which language does an interpreter need to know?"),
        help_text=_("Leave it empty where nobody needs an interpreter."),
    )
    invites_person = forms.TypedChoiceField(
        label=_("Is the person called to it?"),
        choices=YES_OR_NO,
        initial="yes",
        coerce=lambda said: said == "yes",
        required=False,
        widget=forms.Select(attrs=INPUT),
    )
    invited = choices_field(
        _("Who of the team is called to it?"), help_text=_("Where nobody is ticked, all are."), coerce=UUID
    )

    despite = text_field(
        _("Why must it be at that time?"),
        help_text=_("Everybody on the plan can read it. Do not write what the other appointment is."),
        rows=2,
    )

    def __init__(self, *args: Any, team: Iterable[tuple[UUID, SeatRow]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes(self, "invited", seat_titles(team))
        self._despite = self.fields.pop("despite")  # asked for only where the time is taken
        if self.is_bound and "despite" in self.data:
            self.fields["despite"] = self._despite

    def say_taken(self, found: Sequence[CalendarEntry]) -> None:
        """The time is taken: what there is then, and a place to write why it must be this time."""
        self.fields["despite"] = self._despite
        text = _("There is something else then: %(what)s. Choose another time, or write why it must be this.")
        self.add_error("starts", text % {"what": "; ".join(map(entry_words, found))})

    def arranged(self) -> Arranged:
        """What the form says."""
        said = self.cleaned_data
        return Arranged(
            kind=said["kind"] or MeetingKind.TEAM,
            starts=said["starts"],
            minutes_long=said["minutes_long"] or USUAL_LENGTH,
            language=said["language"],
            invited=tuple(said["invited"]) or None,
            invites_person=said["invites_person"] is not False,
            despite=said.get("despite", ""),
        )


class CallForm(WhenForm):
    """When, and what to talk about."""

    points = choices_field(
        _("What is open in the plan: what will you talk about?"),
        help_text=_("Each reader sees only the points they may see in the plan."),
    )
    agenda = text_field(
        _("What else will you talk about? A line for each point."),
        _("Write what you will talk about."),
        help_text=NO_PLACE,
    )

    def __init__(self, *args: Any, open_points: Sequence[OpenPoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if open_points:
            boxes(self, "points", [(one.key, point_words(one)) for one in open_points])
            self.initial["points"] = [one.key for one in open_points]
            self.fields["agenda"].required = False
        else:
            del self.fields["points"]

    def clean(self) -> dict[str, Any]:
        """A meeting is about something."""
        said = super().clean() or {}
        if "agenda" not in self.errors and not said.get("agenda") and not said.get("points"):
            self.add_error("agenda", _("Write what you will talk about."))
        return said


class MoveForm(WhenForm):
    """Another day or time, and why."""

    why = text_field(
        _("Why is it moved?"),
        _("Write why. Everybody on the plan can read it."),
        help_text=NO_PLACE,
        rows=2,
    )

    @classmethod
    def of(cls, row: MeetingRow, starts: Any, **more: Any) -> MoveForm:
        """The form with what is said now. starts: by the clocks of the plan's country."""
        initial = {
            "kind": row.kind,
            "day": row.day,
            "starts": starts,
            "minutes_long": row.minutes_long or USUAL_LENGTH,
            "language": row.language,
            "invites_person": "yes" if row.invites_person else "no",
            "invited": row.invited,
        }
        return cls(initial=initial, **more)


class CallOffForm(forms.Form):
    """Why a meeting will not be held."""

    why = text_field(
        _("Why will it not be held?"),
        _("Write why. Everybody on the plan can read it."),
        help_text=_("It stays in the plan as called off, with the reason."),
        rows=2,
    )


class PointForm(forms.Form):
    """A point for the agenda."""

    text = text_field(
        _("What should be talked about?"), _("Write what should be talked about."), help_text=NO_PLACE, rows=2
    )


class ContributionForm(forms.Form):
    """What one who cannot come wants said."""

    text = text_field(
        _("What do you want said in the meeting?"),
        _("Write what you want said."),
        help_text=_("Everybody on the plan reads this, the person first of all. It cannot be changed later."),
        rows=5,
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
        boxes(self, "there", seat_titles(team))


class AddForm(forms.Form):
    """Something that was forgotten."""

    text = text_field(
        _("What do you add?"),
        _("Write what you add."),
        help_text=_("It stands below what was written first, with your title and the day."),
    )


def seat_titles(team: Iterable[tuple[UUID, SeatRow]]) -> list[tuple[str, str]]:
    """Those of the team as a list names them."""
    return [(str(one), seat.title or words_of_kind(seat.agency_kind)) for one, seat in team]


def point_words(one: OpenPoint) -> str:
    """A point and why it is one."""
    why = str(words(one.point, code_list="agenda_point"))
    return f"{why}: {one.text}" if one.text else why
