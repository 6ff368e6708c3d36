"""The one table of facts."""

from __future__ import annotations

from django.db import models


class Fact(models.Model):
    """Something that happened, in codes and ids. Append-only: the pages' role may insert, not change.

    `subject_id` is a person or client record, without a foreign key: the rooms of subjects lie above. It
    is empty for a fact about counts only (a finished import).
    """

    id = models.UUIDField(primary_key=True)
    code = models.TextField()
    subject_id = models.UUIDField(null=True)
    kind = models.IntegerField()  # DataKind of what the fact tells
    happened_at = models.DateTimeField()
    recorded_by = models.UUIDField()  # the post
    payload = models.JSONField()  # coded values; see the fact classes of each room

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "code"], name="fact_of_subject"),
            models.Index(fields=["code", "happened_at"], name="fact_by_code"),
        ]
