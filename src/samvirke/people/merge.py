"""Taking in client records by the batch: COPY to staging, one set-based merge.

Each record is new, changed or the same. A lower version than the known one changes nothing; a value the
agency does not state leaves the known one alone. The same batch twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID, uuid4

from django.db import connection, transaction
from psycopg import sql

from samvirke.gate import operations as gate
from samvirke.kernel.codes import Occupation, Sex, SupportSource
from samvirke.people import secrets

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


@dataclass(frozen=True, slots=True)
class Merged:
    """How many records were new, changed or the same."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Merged) -> Merged:
        return Merged(self.new + other.new, self.changed + other.changed, self.same + other.same)


STAGING = """
CREATE TEMP TABLE IF NOT EXISTS staged_record (
  new_id uuid, place int, external_id text, national_id_secret bytea, national_id_hash bytea,
  source_version bigint, given_name text, family_name text, birth_date date, sex text, municipality text,
  occupation text, main_income text, assistance_months_last_year int, assistance_years_of_last_three int,
  is_single_provider bool, has_insurance_rights bool, is_immigrant_or_refugee bool, assessed_at_risk bool,
  relevant_for_labour_market bool, assessed_needs_special_help bool
) ON COMMIT DROP;
TRUNCATE staged_record;
"""


def _names(names: Sequence[str], pattern: str = "{0}") -> sql.Composed:
    """The columns with commas between, each in the pattern."""
    return sql.SQL(", ").join(sql.SQL(pattern).format(sql.Identifier(name)) for name in names)


COPY = sql.SQL(
    "COPY staged_record (new_id, place, external_id, national_id_secret, national_id_hash, source_version, "
    "{columns}) FROM STDIN"
).format(columns=_names(STATED + MAYBE))
# Of several versions of one record in a batch only the last counts; text that is not stated stays.
JUDGED = sql.SQL(
    """
CREATE TEMP TABLE judged_record ON COMMIT DROP AS
SELECT s.*, r.id AS known_id,
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
LEFT JOIN people_clientrecord r ON r.unit_id = %s AND r.external_id = s.external_id
"""
).format(stated=_names(MAYBE, "coalesce(s.{0}, r.{0})"), known=_names(MAYBE, "r.{0}"))
INSERT = sql.SQL(
    """
INSERT INTO people_clientrecord (id, unit_id, external_id, national_id_secret, national_id_hash,
  source_version, updated_at, given_name, family_name, birth_date, sex, municipality_id, {maybe})
SELECT new_id, %s, external_id, national_id_secret, national_id_hash, source_version, %s, given_name,
  family_name, birth_date, sex, coalesce(nullif(municipality, ''), %s), {maybe}
FROM judged_record WHERE verdict = 'new'
"""
).format(maybe=_names(MAYBE))
UPDATE = sql.SQL(
    """
UPDATE people_clientrecord r SET national_id_secret = j.national_id_secret,
  national_id_hash = j.national_id_hash, source_version = j.source_version, updated_at = %s,
  given_name = coalesce(nullif(j.given_name, ''), r.given_name),
  family_name = coalesce(nullif(j.family_name, ''), r.family_name),
  birth_date = j.birth_date, sex = j.sex,
  municipality_id = coalesce(nullif(j.municipality, ''), r.municipality_id), {maybe}
FROM judged_record j WHERE j.verdict = 'changed' AND r.id = j.known_id
"""
).format(maybe=_names(MAYBE, "{0} = coalesce(j.{0}, r.{0})"))
# A newer version that says the same still is the newest: one in between must not come after it.
CONFIRM = """
UPDATE people_clientrecord r SET source_version = j.source_version
FROM judged_record j WHERE j.verdict = 'same' AND r.id = j.known_id AND j.source_version > r.source_version
"""


@transaction.atomic
def merge_records(
    records: Sequence[IncomingRecord], *, unit_id: UUID, home: str, dry_run: bool, now: datetime
) -> Merged:
    """Merge one batch of a unit's own records; with `dry_run` only judge it.

    home: the municipality of a new record that states none. The viewer must be of the unit. A record that
    comes several times in the batch counts once as what its last version is, else as the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAGING)
        cursor.execute("DROP TABLE IF EXISTS judged_record")
        with cursor.copy(COPY) as copy:
            for place, record in enumerate(records):
                copy.write_row(_staged(record, place, unit_id))
        cursor.execute(JUDGED, [unit_id])
        cursor.execute("SELECT verdict, count(*), array_agg(new_id) FROM judged_record GROUP BY verdict")
        found = {verdict: (count, ids) for verdict, count, ids in cursor.fetchall()}
        new, new_ids = found.get("new", (0, []))
        changed = found.get("changed", (0, []))[0]
        if not dry_run:
            gate.open_records(unit_id=unit_id, record_ids=new_ids)
            cursor.execute(INSERT, [unit_id, now, home])
            cursor.execute(UPDATE, [now])
            cursor.execute(CONFIRM)
    return Merged(new=new, changed=changed, same=len(records) - new - changed)


def _staged(record: IncomingRecord, place: int, unit_id: UUID) -> Iterable[object]:
    yield uuid4()
    yield place
    yield record.external_id
    yield secrets.seal(record.national_id)
    yield secrets.hashed(record.national_id, scope=unit_id)
    yield record.source_version
    for name in STATED + MAYBE:
        yield _plain(getattr(record, name))


def _plain(value: object) -> object:
    return value.value if isinstance(value, Sex | Occupation | SupportSource) else value
