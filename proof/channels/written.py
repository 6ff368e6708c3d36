"""Days and numbers in a text, however they are written: in words, in figures, as so many days ago."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

NAME = r"([^\W\d_]{3,})"
WORDS = re.compile(rf"(?<!\d)(?P<day>\d\d?)\.?\s+(?P<month>{NAME})\.?\s+(?P<year>\d{{4}})(?!\d)")
AMERICAN = re.compile(rf"\b(?P<month>{NAME})\.?\s+(?P<day>\d\d?),\s+(?P<year>\d{{4}})(?!\d)")
FIGURES = re.compile(r"(?<!\d)(?P<day>\d\d?)[./](?P<month>\d\d?)[./](?P<year>\d{4})(?!\d)")
BACKWARDS = re.compile(r"(?<!\w)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
# Eight figures are a day where they stand alone: ids and digests have such parts.
TOGETHER = re.compile(r"(?<![\w-])(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4})(?![\w-])")
TURNED = re.compile(r"(?<![\w-])(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?![\w-])")
IN_PYTHON = re.compile(r"\b(?:date|datetime)\((?P<year>\d{4}), (?P<month>\d\d?), (?P<day>\d\d?)\b")
FORMS = (WORDS, AMERICAN, FIGURES, BACKWARDS, TOGETHER, TURNED, IN_PYTHON)
AGO = re.compile(r"(?<!\d)(\d{4,5}) (?:days|dager|dagar|dage)\b")
NUMBER = re.compile(r"(?<![\w-])\d{1,3}(?:[ .,\u00a0\u202f]?\d{3}){2,3}(?![\w-])")


def days_in(text: str, today: date) -> set[str]:
    """Every day that a text tells of, as 2021-04-03."""
    told = {day for form in FORMS for one in form.finditer(text) for day in _day(one)}
    told |= {today - timedelta(days=int(one)) for one in AGO.findall(text) if int(one) < today.toordinal()}
    return {one.isoformat() for one in told}


def numbers_in(text: str) -> set[str]:
    """Every number of millions, without what stands between its figures."""
    return {re.sub(r"\D", "", one) for one in NUMBER.findall(text)}


def _day(found: re.Match[str]) -> Iterator[date]:
    month = found["month"]
    number = int(month) if month.isdigit() else months().get(month.lower(), 0)
    with suppress(ValueError):
        yield date(int(found["year"]), number, int(found["day"]))


@cache
def months() -> dict[str, int]:
    """The months by their names, long and short, in every language there is."""
    found = {}
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            for month in range(1, 13):
                for form in ("F", "M", "N", "E"):
                    found[date_format(date(2001, month, 1), form).lower().rstrip(".")] = month
    return found
