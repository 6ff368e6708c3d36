"""`samvirke jobs`: what is queued, and how jobs ended. Counts and codes; no job's ids."""

from __future__ import annotations

from datetime import timedelta

import click
import psycopg
from django.db import connection

from samvirke.gate import clock
from samvirke.jobs import queries
from samvirke.jobs.types import Ended
from samvirke.surfaces.commands import postgres

QUEUED = """
SELECT j.task_name, j.status::text, count(*), max(j.attempts),
  extract(epoch FROM now() - min(first.at))::int / 60
FROM jobs.procrastinate_jobs j
LEFT JOIN LATERAL
  (SELECT min(e.at) AS at FROM jobs.procrastinate_events e WHERE e.job_id = j.id) first ON true
GROUP BY 1, 2 ORDER BY 1, 2
"""
WORDS = {"todo": "waiting", "doing": "being done"}
DAYS = 7


@click.command()
def jobs() -> None:
    """Tell what is queued now, and how jobs ended in the last seven days."""
    lines = [
        f"{task}: {count} {WORDS.get(status, status)}, the oldest asked for {minutes} minutes ago, "
        f"begun {attempts} times"
        for task, status, count, attempts, minutes in queued()
    ]
    lines += [
        f"{row.task}: {row.count} {row.outcome}{f' ({row.reason})' if row.reason else ''}, "
        f"the last on {row.last:%Y-%m-%d %H:%M}"
        for row in _ended()
    ]
    click.echo("\n".join(lines) or f"Nothing is queued, and no job has ended in the last {DAYS} days.")


def queued() -> list[tuple[str, str, int, int, int]]:
    """Task, status, how many, most attempts, and minutes since the oldest was asked for."""
    place = postgres.connection("worker")
    with psycopg.connect(
        host=place.host,
        port=place.port,
        dbname=connection.settings_dict["NAME"],
        user=place.user,
        password=place.password,
    ) as link:
        return link.execute(QUEUED).fetchall()


def _ended() -> list[Ended]:
    return list(queries.ended(since=clock.now() - timedelta(days=DAYS)))
