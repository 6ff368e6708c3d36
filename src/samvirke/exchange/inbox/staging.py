"""What a file holds besides records, set aside in the database until the whole file has been read.

Refused rows and case events lie in temporary tables of the transaction, so that memory stays flat; both are
written, or forgotten, together with the records.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from django.db import connection
from psycopg import sql

from samvirke.exchange.inbox.types import CaseEvent, ClientRecordIn, RefusedRow

CHUNK = 5_000
EVENT_FIELDS = (
    "position",
    "case_reference",
    "happened_at",
    "code",
    "status",
    "reference",
    "amount",
    "first_day",
    "last_day",
    "paid_on",
    "due_on",
    "title",
    "description",
)
BEGIN = """
CREATE TEMP TABLE IF NOT EXISTS staged_refusal (
  place int, row int, field text, reason text, params jsonb, what_to_do text) ON COMMIT DROP;
TRUNCATE staged_refusal;
CREATE TEMP TABLE IF NOT EXISTS staged_event (
  external_id text, subject_id uuid, message_id text, position int, case_reference text,
  happened_at timestamptz, code text, status text, reference text, amount numeric, first_day date,
  last_day date, paid_on date, due_on date, title text, description text) ON COMMIT DROP;
TRUNCATE staged_event;
"""
COPY_REFUSALS = "COPY staged_refusal (place, row, field, reason, params, what_to_do) FROM STDIN"
COPY_EVENTS = sql.SQL("COPY staged_event (external_id, message_id, {}) FROM STDIN").format(
    sql.SQL(", ").join(map(sql.Identifier, EVENT_FIELDS))
)
KEEP_REFUSALS = """
INSERT INTO exchange_refusedline (id, run_id, row, field, reason, params, what_to_do)
SELECT gen_random_uuid(), %s, row, field, reason, params, what_to_do FROM staged_refusal ORDER BY place
"""
REFUSED = "SELECT row, to_jsonb(s)::text FROM staged_refusal s ORDER BY row, place"
TO_WHOM = """
SELECT DISTINCT external_id FROM staged_event WHERE external_id > %s ORDER BY external_id LIMIT %s
"""
ASSIGN = """
UPDATE staged_event e SET subject_id = k.id
FROM unnest(%s::text[], %s::uuid[]) AS k (external_id, id) WHERE e.external_id = k.external_id
"""
KEEP_EVENTS = sql.SQL(
    """
INSERT INTO exchange_caseevent (id, subject_id, message_id, {fields})
SELECT gen_random_uuid(), subject_id, message_id, {fields} FROM staged_event WHERE subject_id IS NOT NULL
ON CONFLICT DO NOTHING
"""
).format(fields=sql.SQL(", ").join(map(sql.Identifier, EVENT_FIELDS)))


def begin() -> None:
    """Empty tables, in the transaction of the import."""
    with connection.cursor() as cursor:
        cursor.execute(BEGIN)


def add_refusals(refused: Iterable[RefusedRow], *, place: int) -> None:
    """Set refused rows aside. place: of the first among all refused ones."""
    with connection.cursor() as cursor, cursor.copy(COPY_REFUSALS) as copy:
        for number, one in enumerate(refused, start=place):
            copy.write_row(
                (number, one.row, one.field, one.reason, json.dumps(dict(one.params)), one.what_to_do)
            )


def add_events(records: Iterable[ClientRecordIn]) -> None:
    """Set the records' case events aside."""
    with_events = [record for record in records if record.events]
    if not with_events:
        return
    with connection.cursor() as cursor, cursor.copy(COPY_EVENTS) as copy:
        for record in with_events:
            for event in record.events:
                copy.write_row(_event(record, event))


def refused() -> Iterator[tuple[int, str]]:
    """Row and content, as JSON, of each refusal that was set aside, in the order of the file."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(REFUSED)
        while some := cursor.fetchmany(CHUNK):
            yield from some


def clients_of_events(*, after: str) -> list[str]:
    """The next clients with events, by the agency's own numbers."""
    with connection.cursor() as cursor:
        cursor.execute(TO_WHOM, [after, CHUNK])
        return [external_id for (external_id,) in cursor.fetchall()]


def assign_events(record_ids: Mapping[str, UUID]) -> None:
    """Say which record each client's events belong to."""
    with connection.cursor() as cursor:
        cursor.execute(ASSIGN, [list(record_ids), list(record_ids.values())])


def keep_events() -> None:
    """Write all events; one that is there already stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP_EVENTS)


def keep_refusals(run_id: UUID) -> None:
    """Write all refused rows into the run's report."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP_REFUSALS, [run_id])


def _event(record: ClientRecordIn, event: CaseEvent) -> Sequence[object]:
    return (
        record.external_id,
        record.message_id,
        event.position,
        event.case_reference,
        event.happened_at,
        event.kind.value,
        event.status.value,
        event.reference,
        event.amount,
        event.first_day,
        event.last_day,
        event.paid_on,
        event.due_on,
        event.title,
        event.description,
    )
