"""Local partnerships and what screening found."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class LocalPartnership(models.Model):
    """A joint effort of several municipalities and their agencies."""

    id = models.UUIDField(primary_key=True)
    name = models.TextField()
    municipalities = models.ManyToManyField("agencies.Municipality", related_name="+")
    country = models.TextField()  # kernel Country; its plans are of this country's law alone
    rules = models.TextField()  # code of the target-group rules in force; empty: nobody is screened

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "country"], name="partnership_of_a_country")]


class Screening(models.Model):
    """What the target-group rules said of one record, and which criterion decided. Append-only."""

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey(
        "people.ClientRecord", on_delete=models.PROTECT, related_name="+", db_column="subject_id"
    )
    partnership = models.ForeignKey(LocalPartnership, on_delete=models.PROTECT, related_name="+")
    rules = models.TextField()
    outcome = models.TextField()  # admitted, refused, unknown
    target_group = models.TextField(blank=True)
    deciding_criteria = ArrayField(models.TextField())  # codes in the rules
    scope = models.TextField()  # central, local
    screened_at = models.DateTimeField()
    screened_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["record", "-screened_at"], name="screening_of_record")]
        constraints = [
            models.CheckConstraint(
                name="admitted_to_a_group",
                condition=~models.Q(outcome="admitted") | ~models.Q(target_group=""),
            )
        ]
