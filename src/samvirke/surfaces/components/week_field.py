"""Times of the week as a field: for each day from when until when, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.week import NoWeeklyTime, WeeklyTime

DAYS = range(1, 8)


class Stretch(NamedTuple):
    """One line of the field, as it was typed."""

    name: str
    weekday: int
    starts: str
    ends: str


class WeekWidget(forms.Widget):
    """A line for each day; two for a day that has two stretches."""

    template_name = "components/week.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The lines with what stands in them."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["lines"] = value if _is_typed(value) else _lines(name, value or ())
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[Stretch, ...]:
        """What was typed, line by line."""
        found = []
        for weekday in DAYS:
            for place in range(len(DAYS)):
                line = f"{name}_{weekday}_{place}"
                if f"{line}_from" in data or f"{line}_to" in data:
                    starts, ends = data.get(f"{line}_from", ""), data.get(f"{line}_to", "")
                    found.append(Stretch(line, weekday, starts.strip(), ends.strip()))
        return tuple(found) or tuple(_lines(name, ()))


class WeekField(forms.Field):
    """Times that come back every week; may stay empty."""

    widget = WeekWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> tuple[WeeklyTime, ...]:
        """The stretches that were typed. Raises ValidationError."""
        try:
            found = [
                WeeklyTime(line.weekday, time.fromisoformat(line.starts), time.fromisoformat(line.ends))
                for line in value or ()
                if line.starts or line.ends
            ]
        except (NoWeeklyTime, ValueError):
            raise forms.ValidationError(
                _("Write from when until when, such as 09:00 and 11:30. It must end later than it begins.")
            ) from None
        return tuple(sorted(found))


def _is_typed(value: Any) -> bool:
    return bool(value) and isinstance(value[0], Stretch)


def _lines(name: str, times: Iterable[WeeklyTime]) -> list[Stretch]:
    known = sorted(times)
    lines = []
    for weekday in DAYS:
        of_day = [one for one in known if one.weekday == weekday]
        typed = [(f"{one.starts:%H:%M}", f"{one.ends:%H:%M}") for one in of_day] or [("", "")]
        lines += [Stretch(f"{name}_{weekday}_{place}", weekday, *pair) for place, pair in enumerate(typed)]
    return lines
