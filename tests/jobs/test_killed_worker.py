"""A worker that is killed in the middle of a job loses nothing, and the job is done once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import cluster
import people
from gate.scratch import connect
from jobs.queue import queued
from people import acting_as
from samvirke.jobs import operations as jobs
from samvirke.jobs.models import JobOutcome
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.commands import postgres
from samvirke.surfaces.jobs import figures

WORKER = """
from samvirke.surfaces.commands import postgres, service
service.ready()
from samvirke.surfaces.jobs import runner
runner.run(postgres.connection("worker"), sign_of_life=0.3, lost_after=1.5)
"""


@contextmanager
def worker(name: str, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker as a process of its own, on a database of the tests' cluster."""
    place = postgres.connection("worker")
    passwords = {
        f"SAMVIRKE_PASSWORD_{role.upper()}": postgres.connection(role).password for role in postgres.ROLES
    }
    home.mkdir(exist_ok=True)
    shutil.copy(cluster.HOME / "keys.json", home)  # without them nobody enters
    address = f"postgresql://{place.host}:{place.port}/{name}"
    environment = {**os.environ, **passwords, "SAMVIRKE_DATABASE_URL": address, "SAMVIRKE_HOME": str(home)}
    with subprocess.Popen([sys.executable, "-c", WORKER], env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def until(holds: Callable[[], bool], *, seconds: float = 120) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def test_a_job_whose_worker_was_killed_is_taken_up_again(committed: str, tmp_path: Path) -> None:
    people.on_plan()
    with acting_as(people.PARTNERSHIP_LEADER, Purpose.STATISTICS) as viewer:
        jobs.defer(task=figures.TASK, by=viewer)
    made = tmp_path / "figures" / str(people.PARTNERSHIP) / "statistics.json"
    with connect("owner", committed) as blocker:
        blocker.execute("LOCK TABLE events_fact IN ACCESS EXCLUSIVE MODE")  # the job waits here
        with worker(committed, tmp_path) as first:
            until(lambda: waits_for_facts(committed))
            first.send_signal(signal.SIGKILL)
            first.wait()
        assert [(status, attempts) for _, status, attempts, _ in queued(committed)] == [("doing", 0)]
        blocker.rollback()
        assert not made.exists()
        with worker(committed, tmp_path) as second:
            until(lambda: queued(committed) == [])
            second.send_signal(signal.SIGTERM)
            assert second.wait(60) == 0
    assert made.exists()
    assert list(JobOutcome.objects.values_list("task", "outcome")) == [(figures.TASK, "done")]


def test_rows_that_a_killed_worker_left_are_removed_and_those_of_a_job_that_runs_are_not(
    committed: str, tmp_path: Path
) -> None:
    left, running = (tmp_path / "figures" / str(people.PARTNERSHIP) / f"draft-{name}" for name in "ab")
    for draft in (left, running):
        draft.mkdir(parents=True)
        (draft / "episodes.parquet").touch()
    two_hours_ago = time.time() - 2 * 3600
    os.utime(left, (two_hours_ago, two_hours_ago))
    with worker(committed, tmp_path):
        until(lambda: not left.exists())
    assert (running / "episodes.parquet").exists()


def test_a_worker_seals_the_access_log_beside_its_jobs(
    committed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVIRKE_ANCHORS", str(tmp_path / "anchors.jsonl"))
    people.on_plan()
    with worker(committed, tmp_path) as process:
        until(lambda: list_of(tmp_path / "anchors.jsonl") == [1])
        people.said_yes(
            people.Client(
                "S-2",
                people.national_ids.make_synthetic(
                    birth_date=people.Client().birth_date, sex=people.Client().sex, serial=4
                ),
            )
        )
        until(lambda: list_of(tmp_path / "anchors.jsonl") == [1, 2])
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def list_of(path: Path) -> list[int]:
    """The numbers of the anchors."""
    return [json.loads(line)["number"] for line in path.read_text().splitlines()] if path.exists() else []


def waits_for_facts(name: str) -> bool:
    """Whether somebody waits for the lock on the facts."""
    with connect("owner", name) as link:
        row = link.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
    return row is not None and row[0] == 1
