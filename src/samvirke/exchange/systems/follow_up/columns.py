"""Which column is what: proposed from headings, checked, and in the end somebody's choice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from samvirke.exchange.inbox.fields import OUR_COLUMNS, BadField, shortened
from samvirke.kernel.codes import Occupation, Sex, SupportSource

REQUIRED = ("external_id", "national_id", "given_name", "family_name")
YES_NO = (
    "is_single_provider",
    "has_insurance_rights",
    "is_immigrant_or_refugee",
    "assessed_at_risk",
    "relevant_for_labour_market",
    "assessed_needs_special_help",
)
# Our codes of each coded field. "true" and "false" stand for yes and no.
CODED: Mapping[str, tuple[str, ...]] = {
    "sex": tuple(Sex),
    "occupation": tuple(Occupation),
    "main_income": tuple(SupportSource),
    **dict.fromkeys(YES_NO, ("true", "false")),
}
FIELDS = (*REQUIRED, "birth_date", "municipality", "source_version", *CODED)
MOST_CODES = 200
_APART = re.compile(r"[\s\-._/()]+")


class DateFormat(StrEnum):
    """How the list writes a day, where it is text."""

    DAY_MONTH_YEAR_DOTS = "dd.mm.yyyy"
    DAY_MONTH_YEAR_SLASHES = "dd/mm/yyyy"
    DAY_MONTH_YEAR_HYPHENS = "dd-mm-yyyy"
    YEAR_MONTH_DAY = "yyyy-mm-dd"
    COMPACT = "yyyymmdd"


_DAYS = {
    DateFormat.DAY_MONTH_YEAR_DOTS: re.compile(r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4})"),
    DateFormat.DAY_MONTH_YEAR_SLASHES: re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})"),
    DateFormat.DAY_MONTH_YEAR_HYPHENS: re.compile(r"(?P<d>[0-9]{1,2})-(?P<m>[0-9]{1,2})-(?P<y>[0-9]{4})"),
    DateFormat.YEAR_MONTH_DAY: re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"),
    DateFormat.COMPACT: re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what in a unit's lists."""

    headings: Mapping[str, str]  # our field: their heading
    date_format: DateFormat = DateFormat.DAY_MONTH_YEAR_DOTS
    codes: Mapping[str, Mapping[str, str]] | None = None  # our field: their code: our code; None: the usual

    def code(self, field: str) -> dict[str, str]:
        """Our codes by theirs, in small letters, for one field."""
        chosen = usual_codes(field) if self.codes is None else self.codes.get(field, usual_codes(field))
        return {plain_code(theirs): ours for theirs, ours in chosen.items()}


def propose(headings: Sequence[str], first_rows: Iterable[Sequence[object]] = ()) -> Columns:
    """What each column seems to be, from its heading; and how days seem to be written."""
    known = {word: field for field, words in _words()["headings"].items() for word in words}
    found: dict[str, str] = {}
    for heading in headings:
        field = known.get(_plain(heading))
        if field is not None and field not in found:
            found[field] = heading
    place = list(headings).index(found["birth_date"]) if "birth_date" in found else None
    days = [row[place] for row in first_rows if len(row) > place] if place is not None else []
    return Columns(
        found, _date_format(days), {field: usual_codes(field) for field in CODED if field in found}
    )


def check(columns: Columns, headings: Sequence[str]) -> list[BadField]:
    """Everything that keeps these columns from being read from a list with these headings."""
    return [*_problems_of(columns), *_problems_with(columns, headings)]


def usual_codes(field: str) -> dict[str, str]:
    """The usual words for our codes of a field, and the codes themselves."""
    words = _words()["codes"]["yes_no" if field in YES_NO else field]
    usual = {word: ours for ours, theirs in words.items() for word in theirs}
    return usual | {ours: ours for ours in CODED[field]}


def plain_code(text: str) -> str:
    """A code as it is compared: capitals and outer blanks do not matter."""
    return text.strip().casefold()


def read_day(text: str, how: DateFormat) -> date | None:
    """The day that a text states, or nothing where it is none of the calendar's."""
    found = _DAYS[how].fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _problems_of(columns: Columns) -> Iterator[BadField]:
    for field in REQUIRED:
        if not columns.headings.get(field):
            yield BadField(
                field,
                "No column is chosen for {name}, which every list must hold.",
                "Choose the column that holds it, or add one to the list.",
                name=field,
            )
    for field in columns.headings.keys() - set(FIELDS):
        yield BadField(
            shortened(field),
            "There is no field called {name} here.",
            "Leave it out, and choose among the fields of the page.",
            name=shortened(field),
        )
    for heading, times in Counter(columns.headings.values()).items():
        if times > 1:
            yield BadField(
                shortened(heading),
                "The column “{column}” is chosen for several fields.",
                "Let it stand for one field, and choose another column for the rest.",
                column=shortened(heading),
            )
    yield from _problems_of_codes(columns.codes or {})


def _problems_of_codes(codes: Mapping[str, Mapping[str, str]]) -> Iterator[BadField]:
    for field, translations in codes.items():
        if field not in CODED or len(translations) > MOST_CODES:
            yield BadField(
                shortened(field),
                "The field {name} has no codes to translate, or more than {most}.",
                "Leave the translation out for it.",
                name=shortened(field),
                most=str(MOST_CODES),
            )
            continue
        for theirs, ours in translations.items():
            if ours not in CODED[field]:
                yield BadField(
                    field,
                    "“{theirs}” is to mean “{ours}”, which is no code of this field.",
                    "Use one of {known}.",
                    theirs=shortened(theirs),
                    ours=shortened(ours),
                    known=", ".join(CODED[field]),
                )


def _problems_with(columns: Columns, headings: Sequence[str]) -> Iterator[BadField]:
    for heading, times in Counter(name for name in headings if name).items():
        if times > 1 and heading in columns.headings.values():
            yield BadField(
                shortened(heading),
                "The column “{column}” stands {times} times.",
                "Keep one of them and send the list again.",
                column=shortened(heading),
                times=str(times),
            )
    for heading in columns.headings.values():
        if heading and heading not in headings:
            yield BadField(
                shortened(heading),
                "The list has no column “{column}”, which was chosen earlier.",
                "Choose the columns anew, or give the column its old heading again.",
                column=shortened(heading),
            )


def _date_format(days: Sequence[object]) -> DateFormat:
    texts = [text for text in days if isinstance(text, str) and text.strip()]
    for how in DateFormat:
        if texts and all(read_day(text, how) for text in texts):
            return how
    return DateFormat.DAY_MONTH_YEAR_DOTS


def _plain(heading: str) -> str:
    return "" if heading in OUR_COLUMNS else _APART.sub("", heading).casefold()


@cache
def _words() -> dict[str, Any]:
    text = Path(__file__).with_name("headings.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.safe_load(text)
    return words
