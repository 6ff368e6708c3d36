"""Days as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from samvirke.kernel.week import WeeklyTime
from samvirke.surfaces.components.action_labels import WEEKDAY

# Months by name; Django's own English format is American.
FORMATS = {"nb": "j. F Y", "da": "j. F Y", "sv": "j F Y", "en": "j F Y"}


def in_words(value: date) -> str:
    """5 November 2026. A moment is told in the time zone of the place."""
    if value == date.max:
        return gettext("further notice")
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return date_format(local, FORMATS.get(get_language() or "", FORMATS["en"]))


def local_day(moment: datetime) -> date:
    """The day it is where the office is."""
    return timezone.localtime(moment).date()


def end_of(day: date) -> datetime:
    """The last moment of a day where the office is."""
    return timezone.make_aware(datetime.combine(day, time.max))


def moments(day: date, clock: time) -> list[datetime]:
    """When the clocks of the place showed this: once, or twice as they are put back, or never."""
    shown = datetime.combine(day, clock)
    first, last = (timezone.make_aware(shown.replace(fold=fold)) for fold in (0, 1))
    put_back = last.timestamp() - first.timestamp()  # seconds; below zero where they are put forward
    if not put_back:
        return [first]
    return [first, last] if put_back > 0 else []


def days_ago(then: date, today: date) -> str:
    """How long ago, in whole days."""
    days = (today - then).days
    if days <= 0:
        return gettext("today")
    return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}


def weekly(times: Iterable[WeeklyTime]) -> str:
    """Times of the week in words: Monday from 09:00 to 11:30."""
    return ", ".join(
        gettext("%(day)s from %(from)s to %(to)s")
        % {"day": WEEKDAY[one.weekday], "from": f"{one.starts:%H:%M}", "to": f"{one.ends:%H:%M}"}
        for one in times
    )
