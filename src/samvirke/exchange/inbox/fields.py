"""Readers of single fields that several systems share. Each returns our value or raises `BadField`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from samvirke.exchange.inbox.types import RefusedRow
from samvirke.people.national_ids import NationalId, NotANationalId
from samvirke.people.national_ids import parse as parse_national_id

LONGEST_TEXT = 500
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LIKE_A_NATIONAL_ID = re.compile(r"\d{6}[ -]?\d{5}")
_MUNICIPALITY = re.compile(r"[0-9]{4}", re.ASCII)
T = TypeVar("T")


# What an error file says beside a row. Lists that come back may still hold these columns.
OUR_COLUMNS = ("SAMVIRKE_RAD", "SAMVIRKE_FELT", "SAMVIRKE_HVORFOR", "SAMVIRKE_GJØR")
WHOLE_FILE = "file"  # the field of a refusal that is about the file itself: nothing of it is taken in


class BadField(ValueError):
    """A field that cannot be taken in: which, why and what to do about it."""

    def __init__(self, field: str, reason: str, what_to_do: str, **params: str) -> None:
        super().__init__(f"{field}: {reason.format(**params)} {what_to_do.format(**params)}")
        self.field = field
        self.reason = reason
        self.what_to_do = what_to_do
        self.params = params

    def refused(self, *, row: int, file: str) -> RefusedRow:
        """The same as a row of the import's report."""
        return RefusedRow(
            row=row,
            file=file,
            field=self.field,
            reason=self.reason,
            what_to_do=self.what_to_do,
            params=self.params,
            ends_file=self.field == WHOLE_FILE,
        )


def shortened(value: object, limit: int = 40) -> str:
    """A value as a refusal quotes it: printable, short, and without anything like a national id."""
    simple = isinstance(value, str | int | float)
    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", str(value) if simple else type(value).__name__)
    text = _LIKE_A_NATIONAL_ID.sub("•••••••••••", text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def clean_text(field: str, value: str, *, longest: int = LONGEST_TEXT) -> str:
    """Text without surrounding blanks, short enough to keep and without control characters."""
    text = value.strip()
    if not text.isprintable() and _UNPRINTABLE.search(text):
        raise BadField(
            field,
            "The text contains characters that cannot be printed.",
            "Export the file again in the encoding that the format asks for.",
        )
    if len(text) > longest:
        raise BadField(
            field,
            "The text is {length} characters long; at most {longest} are kept.",
            "Shorten the text in the case system and send the row again.",
            length=str(len(text)),
            longest=str(longest),
        )
    return text


def required_text(field: str, value: str, *, longest: int = 100) -> str:
    """Text that must be there."""
    text = clean_text(field, value, longest=longest)
    if not text:
        raise BadField(field, "The field is empty.", "Fill it in the case system and send the row again.")
    return text


def national_id(field: str, value: str) -> NationalId:
    """A national id with valid check digits. The number itself is never repeated in a refusal."""
    try:
        return parse_national_id(value)
    except NotANationalId as problem:
        raise BadField(field, problem.reason, problem.what_to_do) from problem


def municipality(field: str, value: str) -> str:
    """A municipality code of four digits."""
    text = value.strip()
    if _MUNICIPALITY.fullmatch(text) is None:
        raise BadField(
            field,
            "“{value}” is not a municipality code.",
            "Give the four digits of the municipality, leading zero included.",
            value=shortened(value),
        )
    return text


def read_code(field: str, value: str, *, codes: dict[str, T]) -> T:
    """Our code for theirs. An unknown code is refused, never given a default."""
    if value not in codes:
        raise BadField(
            field,
            "The code “{value}” is not known here.",
            "Use one of {known}, or ask for the new code to be added to the mapping.",
            value=shortened(value),
            known=", ".join(codes),
        )
    return codes[value]


def optional(value: str, reader: Callable[[str], T]) -> T | None:
    """Nothing for an empty field, otherwise what the reader makes of it."""
    return reader(value) if value.strip() else None
