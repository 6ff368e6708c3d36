"""A meeting as a file for any calendar: a time and the word for a meeting, and nothing about anybody.

No name, no agency, no place and no agenda: calendars are shared and synchronised to where no law of ours is.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.translation import gettext
from icalendar import Calendar, Event

from samvirke.coordination.types import MeetingRow
from samvirke.kernel.codes import Country

USUAL_NAME = "samvirke"


def answer(row: MeetingRow, country: Country) -> HttpResponse:
    """The file to open. Its name tells nothing."""
    response = HttpResponse(contents(row, country), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{gettext("meeting")}.ics"'
    return response


def contents(row: MeetingRow, country: Country) -> bytes:
    """The event. The same meeting is the same event in the calendar, moved or called off."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{USUAL_NAME}//")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if row.is_called_off else "PUBLISH")
    event = Event()
    event.add("uid", f"{row.meeting_id}@{USUAL_NAME}")
    event.add("sequence", max(row.number - 1, 0))
    event.add("summary", gettext("Meeting"))
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if row.is_called_off else "CONFIRMED")
    event.add("dtstamp", row.said_at or datetime.combine(row.day, time.min, UTC))
    if row.starts_at is None:
        event.add("dtstart", row.day)
        event.add("dtend", row.day + timedelta(days=1))
    else:
        zone = ZoneInfo(country.zone)
        event.add("dtstart", row.starts_at.astimezone(zone))
        event.add("dtend", (row.starts_at + timedelta(minutes=row.minutes_long)).astimezone(zone))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
