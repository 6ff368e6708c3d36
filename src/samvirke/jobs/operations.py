"""Asking for a job, and doing it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction

from samvirke.gate import session
from samvirke.gate.types import Refused, Viewer
from samvirke.jobs.models import JobOutcome
from samvirke.jobs.types import Job, JobRefused, Outcome, Work

NO_MEMBERSHIP = "no_membership"
NOT_FOUND = "not_found"


def defer(*, task: str, ids: Sequence[UUID] = (), by: Viewer) -> bool:
    """Ask for a job in the running transaction: it is in the queue when that commits, and not otherwise.

    The database refuses another post and purpose than those that have entered. Returns False when the same
    job of the same post is waiting already.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT jobs.defer(%s, %s, %s, %s::uuid[])", [task, by.post_id, int(by.purpose), list(ids)]
        )
        (is_new,) = cursor.fetchone()
    return bool(is_new)


def perform(*, job: Job, work: Work) -> Outcome:
    """Do a job: enter as the post that asked, decide again, do the work, remember how it ended.

    All in one transaction. A job that has ended before is not done again. What breaks is raised, and
    nothing of it stays.
    """
    try:
        with session.enter(job.post_id, job.purpose) as viewer:
            ended = JobOutcome.objects.filter(pk=job.id).values_list("outcome", flat=True).first()
            if ended is not None:
                return Outcome(ended)
            outcome, reason = _decided(job, work, viewer)
            _remember(job, outcome, reason)
            return outcome
    except session.NoMembership:
        with transaction.atomic():
            _remember(job, Outcome.REFUSED, NO_MEMBERSHIP)
        return Outcome.REFUSED


def _decided(job: Job, work: Work, viewer: Viewer) -> tuple[Outcome, str]:
    """A refusal takes back what the work wrote before it; its line in the access log stays."""
    try:
        with transaction.atomic():
            work(viewer, job.ids)
    except Refused as refused:
        return Outcome.REFUSED, refused.refusal.value
    except JobRefused as refused:
        return Outcome.REFUSED, refused.reason
    except ObjectDoesNotExist:
        return Outcome.REFUSED, NOT_FOUND
    return Outcome.DONE, ""


def _remember(job: Job, outcome: Outcome, reason: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO jobs_joboutcome (job_id, task, outcome, reason, ended_at) "
            "VALUES (%s, %s, %s, %s, gate.now())",
            [job.id, job.task, outcome.value, reason],
        )
