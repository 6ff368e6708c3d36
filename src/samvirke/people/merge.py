"""Taking in client records: COPY to staging, one set-based judgement, written chunk by chunk.

Each record is new, changed or the same. A lower version than the known one changes nothing; a value the
agency does not state leaves the known one alone. The same records twice change nothing. What a change
replaced is kept beside it for a time (`RecordChange`), so that it can be taken back; see `people.undo`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.db import connection, transaction
from psycopg import sql

from samvirke.gate import operations as gate
from samvirke.kernel.codes import Occupation, Sex, SupportSource
from samvirke.kernel.columns import array
from samvirke.people import secrets

CHUNK = 5_000  # records written by one set of statements
STATED = ("given_name", "family_name", "birth_date", "sex", "municipality")
MAYBE = (
    "occupation",
    "main_income",
    "assistance_months_last_year",
    "assistance_years_of_last_three",
    "is_single_provider",
    "has_insurance_rights",
    "is_immigrant_or_refugee",
    "assessed_at_risk",
    "relevant_for_labour_market",
    "assessed_needs_special_help",
)
NATIONAL_ID = "national_id"  # a difference names this field and tells no value


class IncomingRecord(Protocol):
    """A client record as exchange hands it on. None: the agency did not say."""

    @property
    def external_id(self) -> str: ...
    @property
    def national_id(self) -> str: ...
    @property
    def given_name(self) -> str: ...
    @property
    def family_name(self) -> str: ...
    @property
    def birth_date(self) -> date: ...
    @property
    def sex(self) -> Sex: ...
    @property
    def municipality(self) -> str: ...
    @property
    def occupation(self) -> Occupation | None: ...
    @property
    def main_income(self) -> SupportSource | None: ...
    @property
    def source_version(self) -> int: ...
    @property
    def row(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Merged:
    """How many records were new, changed or the same."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Merged) -> Merged:
        return Merged(self.new + other.new, self.changed + other.changed, self.same + other.same)


@dataclass(frozen=True, slots=True)
class Written:
    """A record that was new or changed."""

    record_id: UUID
    is_new: bool
    municipality: str  # code


@dataclass(frozen=True, slots=True)
class Judged:
    """What a staged record would be; `known` holds the stored values of a changed one, by field."""

    row: int
    verdict: str  # new, changed, same
    record_id: UUID | None  # of a known record
    known: Mapping[str, object]
    stated: Mapping[str, object]


STAGING = """
CREATE TEMP TABLE IF NOT EXISTS staged_record (
  place int, row int, external_id text, national_id_secret bytea, national_id_hash bytea,
  source_version bigint, given_name text, family_name text, birth_date date, sex text, municipality text,
  occupation text, main_income text, assistance_months_last_year int, assistance_years_of_last_three int,
  is_single_provider bool, has_insurance_rights bool, is_immigrant_or_refugee bool, assessed_at_risk bool,
  relevant_for_labour_market bool, assessed_needs_special_help bool, staff_hash bytea
) ON COMMIT DROP;
TRUNCATE staged_record;
"""


def _names(names: Sequence[str], pattern: str = "{0}") -> sql.Composed:
    """The columns with commas between, each in the pattern."""
    return sql.SQL(", ").join(sql.SQL(pattern).format(sql.Identifier(name)) for name in names)


COPY = sql.SQL(
    "COPY staged_record (place, row, external_id, national_id_secret, national_id_hash, "
    "source_version, staff_hash, {columns}) FROM STDIN"
).format(columns=_names(STATED + MAYBE))
# Of several versions of one record only the last counts; text that is not stated stays.
JUDGED = sql.SQL(
    """
CREATE TEMP TABLE judged_record ON COMMIT DROP AS
SELECT s.*, gen_random_uuid() AS new_id, r.id AS known_id,
  ((row_number() OVER (ORDER BY s.place)) - 1) / %s AS chunk,
  CASE WHEN r.id IS NULL THEN 'new'
       WHEN s.source_version < r.source_version THEN 'same'
       WHEN s.national_id_hash IS DISTINCT FROM r.national_id_hash
         OR coalesce(nullif(s.given_name, ''), r.given_name) <> r.given_name
         OR coalesce(nullif(s.family_name, ''), r.family_name) <> r.family_name
         OR s.birth_date <> r.birth_date OR s.sex <> r.sex
         OR coalesce(nullif(s.municipality, ''), r.municipality_id) <> r.municipality_id
         OR ({stated}) IS DISTINCT FROM ({known}) THEN 'changed'
       ELSE 'same' END AS verdict
FROM (SELECT DISTINCT ON (external_id) * FROM staged_record
      ORDER BY external_id, source_version DESC, place DESC) s
LEFT JOIN people_clientrecord r
  ON r.unit_id = %s AND r.external_id = s.external_id AND r.withdrawn_at IS NULL
"""
).format(stated=_names(MAYBE, "coalesce(s.{0}, r.{0})"), known=_names(MAYBE, "r.{0}"))
INSERT = sql.SQL(
    """
INSERT INTO people_clientrecord (id, unit_id, external_id, national_id_secret, national_id_hash,
  source_version, updated_at, change_id, given_name, family_name, birth_date, sex, municipality_id, {maybe})
SELECT new_id, %s, external_id, national_id_secret, national_id_hash, source_version, %s, %s, given_name,
  family_name, birth_date, sex, coalesce(nullif(municipality, ''), %s), {maybe}
FROM judged_record WHERE verdict = 'new' AND chunk = %s
"""
).format(maybe=_names(MAYBE))
REMEMBER_NEW = """
INSERT INTO people_recordchange (id, subject_id, change_id, row, verdict)
SELECT gen_random_uuid(), new_id, %s, row, verdict FROM judged_record WHERE verdict = 'new' AND chunk = %s
"""
# Before the update: the stored row is the former one.
REMEMBER_CHANGED = """
INSERT INTO people_recordchange (id, subject_id, change_id, row, verdict, former)
SELECT gen_random_uuid(), r.id, %s, j.row, j.verdict, to_jsonb(r)
FROM judged_record j JOIN people_clientrecord r ON r.id = j.known_id
WHERE j.verdict = 'changed' AND j.chunk = %s
"""
UPDATE = sql.SQL(
    """
UPDATE people_clientrecord r SET national_id_secret = j.national_id_secret,
  national_id_hash = j.national_id_hash, source_version = j.source_version, updated_at = %s, change_id = %s,
  given_name = coalesce(nullif(j.given_name, ''), r.given_name),
  family_name = coalesce(nullif(j.family_name, ''), r.family_name),
  birth_date = j.birth_date, sex = j.sex,
  municipality_id = coalesce(nullif(j.municipality, ''), r.municipality_id), {maybe}
FROM judged_record j WHERE j.verdict = 'changed' AND j.chunk = %s AND r.id = j.known_id
"""
).format(maybe=_names(MAYBE, "{0} = coalesce(j.{0}, r.{0})"))
# A newer version that says the same still is the newest: one in between must not come after it.
CONFIRM = """
UPDATE people_clientrecord r SET source_version = j.source_version
FROM judged_record j WHERE j.verdict = 'same' AND r.id = j.known_id AND j.source_version > r.source_version
"""
OF_A_CHUNK = """
SELECT coalesce(known_id, new_id), verdict = 'new', coalesce(nullif(municipality, ''), %s)
FROM judged_record WHERE verdict <> 'same' AND chunk = %s
"""
OWN_CASES = """
SELECT gate.bar_own_cases(array_agg(coalesce(known_id, new_id)), array_agg(staff_hash))
FROM judged_record WHERE verdict <> 'same' AND chunk = %s
"""
WITH_KNOWN = sql.SQL(
    """
SELECT s.row, coalesce(j.verdict, 'same'), j.known_id, s.national_id_hash <> r.national_id_hash,
  {stated}, r.id IS NOT NULL, {known}
FROM staged_record s
LEFT JOIN judged_record j ON j.place = s.place
LEFT JOIN people_clientrecord r ON r.id = j.known_id
ORDER BY s.place
"""
).format(
    stated=_names(STATED + MAYBE, "s.{0}"),
    known=_names(
        tuple("municipality_id" if name == "municipality" else name for name in STATED + MAYBE), "r.{0}"
    ),
)


# What was read of each record that would change something, without the number itself.
DIFFERING = """
SELECT j.verdict, s.row, (to_jsonb(s) - 'national_id_secret' - 'staff_hash')::text
FROM judged_record j JOIN staged_record s USING (place) WHERE j.verdict <> 'same'
ORDER BY j.verdict, s.row, s.place
"""
STAGE_AGAIN = """
INSERT INTO staged_record SELECT r.*
FROM unnest(%s::jsonb[]) said, jsonb_populate_record(NULL::staged_record, said) r
"""


def merge_records(
    records: Sequence[IncomingRecord], *, unit_id: UUID, home: str, dry_run: bool, now: datetime
) -> Merged:
    """Merge one batch of a unit's own records; with `dry_run` only judge it.

    home: the municipality of a new record that states none. The viewer must be of the unit. A record that
    comes several times in the batch counts once as what its last version is, else as the same.
    """
    with transaction.atomic():
        begin()
        stage(records, unit_id=unit_id)
        merged = judge(unit_id=unit_id)
        if not dry_run:
            for _ in write(unit_id=unit_id, home=home, change_id=uuid4(), now=now):
                pass
    return merged


def begin() -> None:
    """Empty staging, in the transaction of the merge."""
    with connection.cursor() as cursor:
        cursor.execute(STAGING)


def stage(records: Sequence[IncomingRecord], *, unit_id: UUID, place: int = 0) -> None:
    """Add records to staging. place: of the first among all that are staged."""
    hidden = secrets.hidden([record.national_id for record in records], scope=unit_id)
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for position, (record, (secret, digest)) in enumerate(zip(records, hidden, strict=True), start=place):
            version, own = record.source_version, secrets.hashed_of_staff(record.national_id)
            copy.write_row(
                (position, record.row, record.external_id, secret, digest, version, own, *_said(record))
            )


def differing() -> Iterator[tuple[str, int, str]]:
    """Verdict, row and what was read, as JSON, of each judged record that would change something."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(DIFFERING)
        while some := cursor.fetchmany(CHUNK):
            yield from some


def stage_again(read: Sequence[str]) -> None:
    """Add to staging what `differing` told. It can be judged, but not written: the numbers are missing."""
    with connection.cursor() as cursor:
        cursor.execute(STAGE_AGAIN, [array(read)])


def judge(*, unit_id: UUID) -> Merged:
    """What each staged record is, beside the unit's own ones."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE staged_record; DROP TABLE IF EXISTS judged_record")
        cursor.execute(JUDGED, [CHUNK, unit_id])
        cursor.execute("CREATE INDEX ON judged_record (chunk); ANALYZE judged_record")
        cursor.execute("SELECT verdict, count(*) FROM judged_record GROUP BY verdict")
        found = dict(cursor.fetchall())
        cursor.execute("SELECT count(*) FROM staged_record")
        (staged,) = cursor.fetchone()
    new, changed = found.get("new", 0), found.get("changed", 0)
    return Merged(new=new, changed=changed, same=staged - new - changed)


def write(*, unit_id: UUID, home: str, change_id: UUID, now: datetime) -> Iterator[list[Written]]:
    """Write what was judged, chunk by chunk; each yields what was new or changed in it.

    change_id: the name under which all of it can be taken back together.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT chunk FROM judged_record WHERE verdict <> 'same' ORDER BY chunk")
        chunks = [chunk for (chunk,) in cursor.fetchall()]
        cursor.execute(CONFIRM)
    for chunk in chunks:
        yield _write(chunk, unit_id, home, change_id, now)


def _write(chunk: int, unit_id: UUID, home: str, change_id: UUID, now: datetime) -> list[Written]:
    with connection.cursor() as cursor:
        cursor.execute(OF_A_CHUNK, [home, chunk])
        written = [Written(*row) for row in cursor.fetchall()]
        gate.open_records(unit_id=unit_id, record_ids=[one.record_id for one in written if one.is_new])
        cursor.execute(INSERT, [unit_id, now, change_id, home, chunk])
        cursor.execute(REMEMBER_NEW, [change_id, chunk])
        cursor.execute(REMEMBER_CHANGED, [change_id, chunk])
        cursor.execute(UPDATE, [now, change_id, chunk])
        cursor.execute(OWN_CASES, [chunk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return written


def judged() -> list[Judged]:
    """Every staged record as it was judged, in the order of staging. For a small staging only."""
    with connection.cursor() as cursor:
        cursor.execute(WITH_KNOWN)
        return [_judged(*row) for row in cursor.fetchall()]


def _judged(row: int, verdict: str, record_id: UUID | None, is_other: bool | None, *values: Any) -> Judged:
    names = STATED + MAYBE
    stated, is_known, known = values[: len(names)], values[len(names)], values[len(names) + 1 :]
    before = dict(zip(names, known, strict=True)) if is_known else {}
    said = {name: value for name, value in zip(names, stated, strict=True) if value not in (None, "")}
    if is_other:
        before[NATIONAL_ID] = said[NATIONAL_ID] = ""
    return Judged(row, verdict, record_id, before, said)


_values = attrgetter(*STATED, *MAYBE)


def _said(record: IncomingRecord) -> Iterator[object]:
    """What the record says, each code as its bare text."""
    return (str(value) if isinstance(value, str) else value for value in _values(record))
