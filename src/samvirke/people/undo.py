"""Taking a batch of records back: what it made is withdrawn, what it changed gets its former values.

Withdrawn means emptied and seen by nobody; the bare row stays, since facts name it. A record that a later
batch has changed, or on which something rests, is left alone and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from samvirke.events import operations as events
from samvirke.gate import audit
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.people import facts, verbs
from samvirke.people.merge import CHUNK, MAYBE, STATED
from samvirke.people.models import ClientRecord, RecordChange

BACK = (
    "national_id_secret",
    "national_id_hash",
    "source_version",
    "updated_at",
    "change_id",
    *(name for name in STATED if name != "municipality"),
    "municipality_id",
    *MAYBE,
)


class Kept(StrEnum):
    """Why a record stays as it is."""

    IN_USE = "in_use"
    CHANGED_LATER = "changed_later"
    OUT_OF_REACH = "out_of_reach"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of the records of one batch, or of a part of it."""

    withdrawn: int
    restored: int
    kept: tuple[tuple[int, Kept], ...]  # row of the file, and why

    @property
    def rows(self) -> int:
        """Every record the batch had made or changed."""
        return self.withdrawn + self.restored + len(self.kept)


@dataclass(frozen=True, slots=True)
class Change:
    """What a batch did to one record."""

    id: UUID
    record_id: UUID
    row: int
    is_new: bool


# So that nothing comes to rest on a record between the question and the withdrawal.
LOCK = "SELECT FROM people_clientrecord WHERE id = ANY (%s) ORDER BY id FOR UPDATE"
EMPTY = sql.SQL(
    """
UPDATE people_clientrecord SET withdrawn_at = %s, external_id = '', national_id_secret = '',
  national_id_hash = '', given_name = '', family_name = '', birth_date = '0001-01-01', sex = 'unknown',
  {maybe}
WHERE id = ANY (%s)
"""
).format(maybe=sql.SQL(", ").join(sql.SQL("{} = NULL").format(sql.Identifier(name)) for name in MAYBE))
RESTORE = sql.SQL(
    """
UPDATE people_clientrecord r SET {back}
FROM people_recordchange c, jsonb_populate_record(NULL::people_clientrecord, c.former) f
WHERE c.id = ANY (%s) AND r.id = c.subject_id
"""
).format(back=sql.SQL(", ").join(sql.SQL("{0} = f.{0}").format(sql.Identifier(name)) for name in BACK))


def take_back(*, change_id: UUID, unit_id: UUID, by: Viewer) -> Iterator[TakenBack]:
    """Take a batch back chunk by chunk, in the caller's transaction. Raises Refused."""
    ask.require_role(by, verbs.WRITE_RECORDS)
    last = UUID(int=0)
    while found := changes(change_id, after=last):
        yield _take_back(found, change_id, unit_id, by)
        last = found[-1].id
    forget([change_id])


def consequences(*, change_id: UUID, by: Viewer) -> Iterator[TakenBack]:
    """What taking a batch back would do now, chunk by chunk, without doing it. Raises Refused."""
    ask.require_role(by, verbs.WRITE_RECORDS)
    last = UUID(int=0)
    while found := changes(change_id, after=last):
        newest = _newest_changes([change.record_id for change in found], by)
        withdrawn, restored, kept = _sorted_out(found, newest, change_id)
        yield TakenBack(len(withdrawn), len(restored), tuple(kept))
        last = found[-1].id


def forget(change_ids: Sequence[UUID]) -> None:
    """Empty the former values that these batches replaced: they cannot be taken back any more."""
    RecordChange.objects.filter(change_id__in=change_ids, former__isnull=False).update(former=None)


def changes(change_id: UUID, *, after: UUID) -> list[Change]:
    """The next records of a batch that the viewer of this transaction may see."""
    found = RecordChange.objects.filter(change_id=change_id, id__gt=after).order_by("id")[:CHUNK]
    return [
        Change(key, record_id, row, verdict == "new")
        for key, record_id, row, verdict in found.values_list("id", "record_id", "row", "verdict")
    ]


@transaction.atomic
def _take_back(batch: Sequence[Change], change_id: UUID, unit_id: UUID, by: Viewer) -> TakenBack:
    _lock([change.record_id for change in batch])
    newest = _newest_changes([change.record_id for change in batch], by)
    withdrawn, restored, kept = _sorted_out(batch, newest, change_id)
    touched = [change.record_id for change in (*withdrawn, *restored)]
    audit.note(by, verbs.WRITE_RECORDS, subject_ids=touched, basis="own_record")
    audit.write(by)
    _restore(restored, by)
    _withdraw(withdrawn, unit_id, by)
    return TakenBack(len(withdrawn), len(restored), tuple(kept))


def _sorted_out(
    batch: Sequence[Change], newest: Mapping[UUID, UUID | None], change_id: UUID
) -> tuple[list[Change], list[Change], list[tuple[int, Kept]]]:
    """What is withdrawn, what gets its former values, and which rows stay."""
    in_use = ask.records_in_use([change.record_id for change in batch if change.is_new])
    withdrawn: list[Change] = []
    restored: list[Change] = []
    kept: list[tuple[int, Kept]] = []
    for change in batch:
        if change.record_id not in newest:
            kept.append((change.row, Kept.OUT_OF_REACH))
        elif newest[change.record_id] != change_id:
            kept.append((change.row, Kept.CHANGED_LATER))
        elif change.record_id in in_use:
            kept.append((change.row, Kept.IN_USE))
        else:
            (withdrawn if change.is_new else restored).append(change)
    return withdrawn, restored, kept


def _lock(record_ids: Sequence[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [list(record_ids)])


def _newest_changes(record_ids: Sequence[UUID], by: Viewer) -> dict[UUID, UUID | None]:
    """The batch that wrote each record last, of those that are still the viewer's to write."""
    theirs = ask.visible(
        by, verbs.WRITE_RECORDS, ClientRecord.objects.filter(pk__in=record_ids), subject="id"
    )
    return dict(theirs.values_list("pk", "change_id"))


def _restore(batch: Sequence[Change], by: Viewer) -> None:
    with connection.cursor() as cursor:
        cursor.execute(RESTORE, [[change.id for change in batch]])
    events.record([facts.RecordRestored(change.record_id) for change in batch], by=by.post_id, at=by.now)


def _withdraw(batch: Sequence[Change], unit_id: UUID, by: Viewer) -> None:
    record_ids = [change.record_id for change in batch]
    told = [facts.RecordWithdrawn(record_id) for record_id in record_ids]
    events.record(told, by=by.post_id, at=by.now)  # first: afterwards the unit may no longer tell
    with connection.cursor() as cursor:
        cursor.execute(EMPTY, [by.now, record_ids])
    gate.close_records(unit_id=unit_id, record_ids=record_ids)
