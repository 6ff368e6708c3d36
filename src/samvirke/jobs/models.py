"""How jobs ended. The queue itself is in a schema of its own, which the pages' role cannot read."""

from __future__ import annotations

from django.db import models

from samvirke.jobs.types import Outcome


class JobOutcome(models.Model):
    """One job has ended: which task, when, and how. No person, no post.

    Written in the transaction of the job's work, so that a job taken up again is not done twice.
    """

    job_id = models.BigIntegerField(primary_key=True)
    task = models.TextField()
    outcome = models.TextField()
    reason = models.TextField(blank=True)  # why it was refused; a code
    ended_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-ended_at"], name="job_outcome_by_time")]
        constraints = [
            models.CheckConstraint(
                name="job_outcome_known", condition=models.Q(outcome__in=[one.value for one in Outcome])
            )
        ]
