"""A crowd, written straight into a scratch database, for looking at query plans and measuring pages.

Not a stand-in for real lives: rows are evenly spread and texts are one letter. What matters is how many rows
each table has beside how few of them one viewer may see. Written as PostgreSQL's superuser, since the owner
is under row security too, and without checking foreign keys row by row.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
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


SAME: dict[str, object] = {
    "all": int(EVERYTHING),
    "casework": int(CASEWORK),
    "partnership": people.PARTNERSHIP,
    "adviser": people.NAV_ADVISER,
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
  AS $$ SELECT md5(what || n)::uuid $$
"""


def fill(link: psycopg.Connection[tuple[object, ...]], size: Size | None = None) -> None:
    """Write the crowd and gather statistics. `link` is the superuser's, in autocommit."""
    link.execute("SET session_replication_role = 'replica'")
    link.execute(FUNCTION)
    script = Path(__file__).with_name("crowd.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            psycopg.ClientCursor(link).execute(statement.encode(), SAME | asdict(size or Size()))
    link.execute("ANALYZE")
