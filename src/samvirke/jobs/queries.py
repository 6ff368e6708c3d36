"""How jobs ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Max

from samvirke.jobs.models import JobOutcome
from samvirke.jobs.types import Ended


def ended(*, since: datetime) -> Sequence[Ended]:
    """How jobs have ended since then, by task."""
    rows = (
        JobOutcome.objects.filter(ended_at__gte=since)
        .values_list("task", "outcome", "reason")
        .annotate(count=Count("job_id"), last=Max("ended_at"))
        .order_by("task", "outcome", "reason")
    )
    return [Ended(*row) for row in rows]
