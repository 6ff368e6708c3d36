"""A crowd, written straight into a scratch database, for looking at query plans and measuring pages.

Not a stand-in for real lives: rows are evenly spread and texts are one letter. What matters is how many rows
each table has beside how few of them one viewer may see. Written as PostgreSQL's superuser, since the owner
is under row security too, and without checking foreign keys row by row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import LiteralString

import psycopg

import people
from samvirke.gate.access import CASEWORK, EVERYTHING

# Every MINE-th plan is the Nav adviser's; the person of the first of them is the citizen who enters.
MINE = 400


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each; at least MINE plans, so that the adviser has one."""

    persons: int = 100_000
    plans: int = 20_000
    records: int = 50_000
    lines: int = 50_000  # of the access log
    units: int = 200  # that share the records; each n-th is the social service's


SAME: dict[str, object] = {
    "all": int(EVERYTHING),
    "casework": int(CASEWORK),
    "partnership": people.PARTNERSHIP,
    "adviser": people.NAV_ADVISER,
    "follower": people.FOLLOW_UP_ADVISER,
    "worker": people.SOCIAL_WORKER,
    "coordinator": people.COORDINATOR,
    "deputy": people.OTHER_COORDINATOR,
    "social": people.SOCIAL,
    "social_leader": people.SOCIAL_LEADER,
    "nav": people.NAV,
    "unit": people.COORDINATING,
    "now": people.NOW,
    "mine": MINE,
}

FUNCTION: LiteralString = """
CREATE FUNCTION pg_temp.id(what text, n int) RETURNS uuid LANGUAGE sql IMMUTABLE
  AS $$ SELECT md5(what || n::text)::uuid $$
"""
# An index that is not ready is passed over by inserts; REINDEX builds it anew, checks what it is to keep
# unique, and sets both marks again. So nothing has to be dropped, and no definition to be repeated.
PUT_TO_SLEEP: LiteralString = """
UPDATE pg_index SET indisready = false, indisvalid = false WHERE indrelid = ANY (%s::regclass[])
"""
ASLEEP: LiteralString = """
SELECT format('REINDEX INDEX %I', relname) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE NOT indisready ORDER BY pg_relation_size(indrelid) DESC, relname
"""
TABLES: LiteralString = """
SELECT format('VACUUM (ANALYZE) %I', relname) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY pg_relation_size(oid) DESC, relname
"""
Link = psycopg.Connection[tuple[object, ...]]


def fill(links: Sequence[Link], size: Size | None = None, *, also: Iterable[str] = ()) -> None:
    """Write the crowd, then its indexes, and gather statistics.

    `links` are the superuser's, in autocommit; they share the work. `also` are further statements like those
    of the script.
    """
    script = Path(__file__).with_name("crowd.sql").read_text(encoding="utf-8")
    rows = [*also, *(statement for statement in script.split(";\n") if statement.strip())]
    for link in links:
        link.execute("SET session_replication_role = 'replica'")
        link.execute(FUNCTION)
    tables = sorted(set(re.findall(r"INSERT INTO (\w+)", "\n".join(rows))))
    links[0].execute(PUT_TO_SLEEP, [tables])
    _share(links, rows, SAME | asdict(size or Size()))
    _share(links, [str(statement) for (statement,) in links[0].execute(ASLEEP).fetchall()])
    _share(links, [str(statement) for (statement,) in links[0].execute(TABLES).fetchall()])


def _share(
    links: Sequence[Link], statements: Sequence[str], values: Mapping[str, object] | None = None
) -> None:
    """Each statement once, by whichever link is free."""
    free: SimpleQueue[Link] = SimpleQueue()
    for link in links:
        free.put(link)

    def send(statement: str) -> None:
        link = free.get()
        try:
            psycopg.ClientCursor(link).execute(statement.encode(), values)
        finally:
            free.put(link)

    with ThreadPoolExecutor(len(links)) as pool:
        list(pool.map(send, statements))
