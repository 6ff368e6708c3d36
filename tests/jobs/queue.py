"""The queue as the tests look at it and work it off."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from gate.scratch import connect
from samvirke.jobs.types import Work
from samvirke.surfaces.commands import postgres
from samvirke.surfaces.jobs import runner


def place(name: str) -> postgres.Connection:
    """Where a worker finds the queue of a database."""
    return replace(postgres.connection("worker"), name=name)


def queued(name: str) -> list[tuple[Any, ...]]:
    """Task, status, attempts and arguments of every job."""
    with connect("worker", name) as link:
        return link.execute(
            "SELECT task_name, status::text, attempts, args FROM jobs.procrastinate_jobs ORDER BY id"
        ).fetchall()


def work_off(name: str, tasks: Mapping[str, Work] = runner.TASKS) -> None:
    """Do everything that is queued and due, in a thread of its own: a browser's tests keep an event loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(runner.run, place(name), tasks=tasks, wait=False).result()


def make_due(name: str) -> None:
    """What waits to be tried again is due at once."""
    with connect("worker", name) as link:
        link.execute("SET search_path = jobs")
        link.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
