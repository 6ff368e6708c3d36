"""What each row of a file would do, without doing it: the coloured dry run.

The dry run finds the rows that would change something. A page that shows some of them judges those anew,
beside what is stored then, and for whoever looks.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samvirke.agencies import queries as agencies
from samvirke.exchange.inbox import staging
from samvirke.exchange.inbox.types import FieldChange, RefusedRow, RowDifference
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.people import merge
from samvirke.people import verbs as people_verbs
from samvirke.people.merge import NATIONAL_ID, Judged

REFUSED, SAME = "refused", "same"
TELLS_THE_PLACE = "municipality"


@dataclass(frozen=True, slots=True)
class Found:
    """A row that would change something, or that is refused. `read` is JSON, without a national id."""

    verdict: str  # changed, new, refused
    row: int
    read: str


def found() -> Iterator[Found]:
    """What the dry run of this transaction found: each verdict by itself, in the order of the file."""
    for verdict, row, read in merge.differing():
        yield Found(verdict, row, read)
    for row, read in staging.refused():
        yield Found(REFUSED, row, read)


def refused_row(one: Found) -> RefusedRow:
    """A refusal as it was found."""
    said = json.loads(one.read)
    return RefusedRow(
        row=one.row,
        file="",
        field=said["field"],
        reason=said["reason"],
        what_to_do=said["what_to_do"],
        params=said["params"],
    )


def told(rows: Sequence[Found], *, by: Viewer) -> list[RowDifference]:
    """What these rows would do now, in the order given; those that would do nothing any more are left out.

    Reading the stored values is logged. Raises Refused.
    """
    ask.require_role(by, people_verbs.WRITE_RECORDS)
    judged = _judged([one.read for one in rows if one.verdict != REFUSED], by)
    known = [one.record_id for one in judged.values() if one.record_id and one.verdict == "changed"]
    audit.note(by, people_verbs.READ_RECORDS, subject_ids=known, basis="own_record")
    hidden = ask.hidden_records(known)
    return [
        RowDifference(row=one.row, verdict=REFUSED, refused=refused_row(one))
        if one.verdict == REFUSED
        else _difference(json.loads(one.read), judged[one.row], hidden)
        for one in rows
        if one.verdict == REFUSED or judged[one.row].verdict != SAME
    ]


def _judged(read: Sequence[str], by: Viewer) -> Mapping[int, Judged]:
    """Each row as it is judged beside the unit's own records."""
    merge.begin()
    merge.stage_again(read)
    merge.judge(unit_id=agencies.post(by.post_id).unit_id)
    return {one.row: one for one in merge.judged()}


def _difference(read: Mapping[str, Any], judged: Judged, hidden: Collection[UUID]) -> RowDifference:
    may_tell_place = judged.record_id not in hidden
    return RowDifference(
        row=judged.row,
        verdict=judged.verdict,
        external_id=read["external_id"],
        name=f"{read['given_name']} {read['family_name']}".strip(),
        changes=tuple(_changes(judged, may_tell_place)) if judged.verdict == "changed" else (),
    )


def _changes(judged: Judged, may_tell_place: bool) -> Iterator[FieldChange]:
    """Fields that would get another value. What the file does not state stays as it is."""
    for field, after in judged.stated.items():
        before = judged.known.get(field)
        if field == NATIONAL_ID or (field == TELLS_THE_PLACE and before != after and not may_tell_place):
            yield FieldChange(field, "", "")
        elif before != after:
            yield FieldChange(field, before, after)
