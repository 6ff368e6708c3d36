"""A calendar week by week, as pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from samvirke.coordination.calendar_types import CalendarEntry
from samvirke.surfaces.components.labels import words

DAYS = 7
NEAR = timedelta(weeks=4)  # further from today a day is asked for: links that go on for ever lead nowhere
YEARS = range(2000, 2100)  # beyond them nobody has agreed on anything


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day with what stands on it."""

    day: date
    entries: tuple[CalendarEntry, ...]
    is_today: bool

    @property
    def weekday(self) -> int:
        """1 for Monday to 7."""
        return self.day.isoweekday()


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """A week from Monday on; days with nothing are left out."""

    first: date
    last: date
    before: date | None  # none far from today
    after: date | None
    is_now: bool
    days: tuple[CalendarDay, ...]


def first_of_week(asked: str, today: date) -> date:
    """The Monday of the week with the day that an address names; of this week, where it names none."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = today
    day = day if day.year in YEARS else today
    return day - timedelta(days=day.weekday())


def week(entries: Sequence[CalendarEntry], first: date, today: date) -> CalendarWeek:
    """The week as a page shows it."""
    days = [first + timedelta(days=at) for at in range(DAYS)]
    now = first_of_week("", today)
    before, after = first - timedelta(days=DAYS), first + timedelta(days=DAYS)
    return CalendarWeek(
        first=first,
        last=days[-1],
        before=before if abs(before - now) <= NEAR else None,
        after=after if abs(after - now) <= NEAR else None,
        is_now=today in days,
        days=tuple(
            CalendarDay(day, found, day == today)
            for day in days
            if (found := tuple(one for one in entries if one.day == day))
        ),
    )


def entry_words(one: CalendarEntry) -> str:
    """Whose, what and from when until when, in one line."""
    assert one.time is not None
    starts, ends = map(timezone.localtime, one.time)
    title = str(words(one.meeting_kind, code_list="meeting_kind")) if one.meeting_kind else _("Meeting")
    return _("%(name)s, %(what)s from %(from)s to %(to)s") % {
        "name": one.who,
        "what": title if one.is_meeting else one.what,
        "from": f"{starts:%H:%M}",
        "to": f"{ends:%H:%M}",
    }
