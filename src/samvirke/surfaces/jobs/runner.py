"""The program that takes jobs from the queue, one at a time, and does not lose one when it is killed.

The queue is read as `samvirke_worker`, which reaches nothing else. What a job does is done on the pages'
connection, as the post that asked. A job whose worker shows no sign of life is taken up again. Beside
the jobs the access log is sealed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from time import perf_counter
from typing import Any
from uuid import UUID

import procrastinate
from django.db import DatabaseError, connections
from procrastinate import jobs as queue
from procrastinate.exceptions import ConnectorException

from samvirke.exchange.uploads import operations as uploads
from samvirke.gate import session
from samvirke.jobs import operations
from samvirke.jobs.types import Job, Work
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.commands import postgres
from samvirke.surfaces.jobs import figures, imports, sealer
from samvirke.surfaces.running import logs, metrics

TASKS: Mapping[str, Work] = {
    figures.TASK: figures.make,
    imports.CHECK: imports.check,
    imports.TAKE_IN: imports.take_in,
    imports.TAKE_BACK: imports.take_back,
}
# What is told where somebody waits for a task that was given up.
GIVEN_UP: Mapping[str, Work] = {
    imports.CHECK: imports.give_up_file,
    imports.TAKE_IN: imports.give_up_file,
    imports.TAKE_BACK: imports.give_up_taking_back,
}

ATTEMPTS = 4
BACKOFF = 5  # seconds to the power of the attempt: 5, 25, 125
SIGN_OF_LIFE, LOST_AFTER = 10.0, 30.0  # seconds
GRACE = 25.0  # seconds for the running job when the worker is asked to stop
FORGETS_EACH = 3600.0  # seconds
KEPT_HOURS = 24 * 30  # of jobs that failed, to be looked at

log = logs.get("samvirke.job")


class JobBroke(Exception):
    """A job broke. What it said is not repeated, since it may hold a row."""


def run(
    place: postgres.Connection,
    *,
    tasks: Mapping[str, Work] = TASKS,
    wait: bool = True,
    sign_of_life: float = SIGN_OF_LIFE,
    lost_after: float = LOST_AFTER,
) -> None:
    """Work until stopped, or without `wait`, until the queue is empty."""
    app = _app(place, tasks)
    asyncio.run(_work(app, place, wait=wait, sign_of_life=sign_of_life, lost_after=lost_after))


def _app(place: postgres.Connection, tasks: Mapping[str, Work]) -> procrastinate.App:
    connector = procrastinate.PsycopgConnector(
        conninfo=place.url, min_size=1, max_size=3, kwargs={"options": "-c search_path=jobs"}
    )
    app = procrastinate.App(connector=connector)
    retry = procrastinate.RetryStrategy(max_attempts=ATTEMPTS - 1, exponential_wait=BACKOFF)
    for code, work in tasks.items():
        app.task(name=code, pass_context=True, retry=retry)(_task(code, work))
    return app


def _task(code: str, work: Work) -> Any:
    def task(context: procrastinate.JobContext, *, post: str, purpose: int, ids: list[str]) -> None:
        assert context.job.id is not None
        job = _job(context.job.id, code, post=post, purpose=purpose, ids=ids)
        _perform(job, work, attempt=context.job.attempts + 1)

    return task


def _job(key: int, code: str, *, post: str, purpose: int, ids: list[str]) -> Job:
    return Job(key, code, UUID(post), Purpose(purpose), tuple(UUID(one) for one in ids))


def _perform(job: Job, work: Work, *, attempt: int) -> None:
    started = perf_counter()
    said: dict[str, Any] = {"job": job.id, "task": job.task, "attempt": attempt}
    try:
        outcome = operations.perform(job=job, work=work).value
    except Exception as problem:
        outcome = "broke"
        log.error("job", **said, outcome=outcome, ms=_ms(started), **logs.told_of(problem))
        if attempt >= ATTEMPTS:
            _give_up(job)
        raise JobBroke from None
    else:
        log.info("job", **said, outcome=outcome, ms=_ms(started))
    finally:
        metrics.job(job.task, outcome, perf_counter() - started)
        connections.close_all()  # of this thread, which may never come again


def _give_up(job: Job) -> None:
    """Tell it where somebody waits. What keeps that from being told is logged; the page notices silence."""
    tell = GIVEN_UP.get(job.task)
    if tell is None:
        return
    try:
        with session.enter(job.post_id, job.purpose) as viewer:
            tell(viewer, job.ids)
    except (DatabaseError, session.NoMembership) as problem:
        log.error("given up", job=job.id, task=job.task, **logs.told_of(problem))


def _ms(started: float) -> int:
    return round((perf_counter() - started) * 1000)


async def _work(
    app: procrastinate.App, place: postgres.Connection, *, wait: bool, sign_of_life: float, lost_after: float
) -> None:
    async with app.open_async():
        await _take_up_again(app, lost_after)
        watch = asyncio.gather(_watch(app, lost_after), _forget(), sealer.watch(place)) if wait else None
        try:
            await app.run_worker_async(
                concurrency=1,
                wait=wait,
                delete_jobs=queue.DeleteJobCondition.SUCCESSFUL,
                shutdown_graceful_timeout=GRACE,
                update_heartbeat_interval=sign_of_life,
                stalled_worker_timeout=lost_after,
                fetch_job_polling_interval=min(5.0, lost_after),
            )
        finally:
            if watch is not None:
                watch.cancel()
                with suppress(asyncio.CancelledError):
                    await watch


async def _watch(app: procrastinate.App, lost_after: float) -> None:
    while True:
        await asyncio.sleep(lost_after / 2)
        with suppress(ConnectorException):  # the worker itself ends when the database stays away
            await _take_up_again(app, lost_after)


async def _forget() -> None:
    while True:
        with suppress(DatabaseError, OSError):  # tried again in an hour
            await asyncio.to_thread(_forget_files)
        await asyncio.sleep(FORGETS_EACH)


def _forget_files() -> None:
    """Drafts that a killed worker left, and files that were sent and whose day is over, of every unit."""
    figures.forget_drafts()
    try:
        uploads.forget_old()
    finally:
        connections.close_all()


def _lost(job: queue.Job) -> None:
    """What has lost too many workers is given up like what broke too often."""
    assert job.id is not None
    asked: dict[str, Any] = dict(job.task_kwargs)
    try:
        _give_up(_job(job.id, job.task_name, **asked))
    finally:
        connections.close_all()


async def _take_up_again(app: procrastinate.App, lost_after: float) -> None:
    """Queue anew what a lost worker had begun; what has lost too many workers is left as failed."""
    manager = app.job_manager
    await manager.prune_stalled_workers(lost_after)
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=lost_after):
        if job.attempts + 1 < ATTEMPTS:
            await manager.retry_job(job)
        else:
            await manager.finish_job(job, status=queue.Status.FAILED, delete_job=False)
            await asyncio.to_thread(_lost, job)
        log.warning("lost", job=job.id, task=job.task_name, attempt=job.attempts + 1)
    await manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True)
