"""A dry run in the reader's words: each row, and each field that would get another value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from samvirke.exchange.inbox.types import FieldChange, RefusalRow, RefusedRow, RowDifference
from samvirke.exchange.systems.follow_up.columns import YES_NO
from samvirke.surfaces.components.days import in_words
from samvirke.surfaces.components.import_labels import ANSWER, IMPORT_FIELD, SEX, Words
from samvirke.surfaces.components.labels import OCCUPATION, SUPPORT

WHOLE_MESSAGE = "$"  # the path of what could not be read at all
PLACE = "municipality"
CODES_OF: Mapping[str, Words] = {
    "sex": SEX,
    "occupation": OCCUPATION,
    "main_income": SUPPORT,
    **dict.fromkeys(YES_NO, ANSWER),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused row in the reader's language."""

    row: int
    field: str
    reason: str
    what_to_do: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field with its former and its new value; both empty where they are not told."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What one row would do."""

    row: int
    verdict: str
    external_id: str
    name: str
    changes: tuple[Change, ...]
    refusal: Refusal | None


def refusal(row: RefusedRow | RefusalRow) -> Refusal:
    """A refused row in the reader's language."""
    return Refusal(
        row=row.row,
        field=gettext("The whole message") if row.field == WHOLE_MESSAGE else row.field,
        reason=gettext(row.reason).format(**row.params),
        what_to_do=gettext(row.what_to_do).format(**row.params),
    )


def difference(row: RowDifference, municipalities: dict[str, str]) -> Difference:
    """One row of the dry run in the reader's language."""
    return Difference(
        row=row.row,
        verdict=row.verdict,
        external_id=row.external_id,
        name=row.name,
        changes=tuple(_changes(row.changes, municipalities)),
        refusal=refusal(row.refused) if row.refused else None,
    )


def _changes(changes: tuple[FieldChange, ...], municipalities: dict[str, str]) -> Iterator[Change]:
    for one in changes:
        is_told = one.before != "" or one.after != ""
        values = [
            _value(one.field, value, municipalities) if is_told else "" for value in (one.before, one.after)
        ]
        yield Change(str(IMPORT_FIELD[one.field]), *values)


def _value(field: str, value: object, municipalities: dict[str, str]) -> str:
    if value in (None, ""):
        return gettext("Not stated")
    if isinstance(value, bool):
        return str(ANSWER["true" if value else "false"])
    if isinstance(value, date):
        return in_words(value)
    if field == PLACE:
        return municipalities.get(str(value), str(value))
    words = CODES_OF.get(field, {})
    return str(words.get(str(value), value))
