"""What each row of a file would do, without doing it: the coloured dry run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from samvirke.agencies import queries as agencies
from samvirke.exchange.inbox.arrival import Here, sorted_out
from samvirke.exchange.inbox.readers import reader_for
from samvirke.exchange.inbox.types import ClientRecordIn, FieldChange, Received, RefusedRow, RowDifference
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind
from samvirke.people import merge
from samvirke.people import verbs as people_verbs
from samvirke.people.merge import NATIONAL_ID, Judged

BATCH = 500  # rows judged at a time
TELLS_THE_PLACE = "municipality"


def differences(*, system: AgencyKind, path: Path, by: Viewer, after: int = 0) -> Iterator[RowDifference]:
    """What each row after row `after` would do, in the order of the file; read as far as it is asked for.

    For a page: `islice(differences(..., after=last_row_shown), 50)`. A row is judged beside the stored
    records, so two rows about one client in one file may both be told as new. Reading the stored values is
    logged. Raises as `import_file`.
    """
    ask.require_role(by, people_verbs.WRITE_RECORDS)
    post = agencies.post(by.post_id)
    reader, here = reader_for(system, post), Here.of(post)
    received = (item for item in reader.read(path) if item.row > after)
    while batch := list(islice(received, BATCH)):
        yield from _told(batch, here, by)


def _told(batch: list[Received], here: Here, by: Viewer) -> list[RowDifference]:
    records, refused = sorted_out(batch, here)
    merge.begin()
    merge.stage(records, unit_id=here.unit_id)
    merge.judge(unit_id=here.unit_id)
    judged = merge.judged()
    known = [one.record_id for one in judged if one.record_id and one.verdict == "changed"]
    audit.note(by, people_verbs.READ_RECORDS, subject_ids=known, basis="own_record")
    hidden = ask.hidden_records(known)
    told = [
        _difference(record, one, may_tell_place=one.record_id not in hidden)
        for record, one in zip(records, judged, strict=True)
    ]
    return sorted([*told, *map(_refused, refused)], key=lambda one: one.row)


def _difference(record: ClientRecordIn, judged: Judged, *, may_tell_place: bool) -> RowDifference:
    return RowDifference(
        row=record.row,
        verdict=judged.verdict,
        external_id=record.external_id,
        name=f"{record.given_name} {record.family_name}".strip(),
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


def _refused(row: RefusedRow) -> RowDifference:
    return RowDifference(row=row.row, verdict="refused", refused=row)
