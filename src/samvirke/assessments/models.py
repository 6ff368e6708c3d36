"""Answers about a person, and the instruments that were loaded.

An assessment and its answers are never changed but for whom they are sealed to. Sealed to the person's own
citizen, they are for the person alone; sealed to a unit, for that unit and the person; sealed to nobody, for
whoever may see their kind. The database lets the person alone change that.
"""

from __future__ import annotations

from django.db import models

from samvirke.assessments.types import Respondent


class Instrument(models.Model):
    """An instrument that was loaded from a file. Those that come with Samvirke are read where they lie."""

    id = models.UUIDField(primary_key=True)
    code = models.TextField()
    version = models.IntegerField()
    text = models.TextField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_instrument_version")]


class Assessment(models.Model):
    """One time that somebody answered an instrument about a person."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+", db_index=False)
    instrument = models.TextField()
    version = models.IntegerField()
    respondent = models.TextField()  # Respondent
    noted_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    written_at = models.DateTimeField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    why = models.TextField(blank=True)
    sealed_to = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["subject", "instrument", "-day"], name="assessment_of_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "instrument", "respondent", "noted_by", "day"],
                condition=models.Q(corrects__isnull=True),
                name="one_assessment_a_day",
            ),
            models.CheckConstraint(
                name="an_assessment_has_a_respondent",
                condition=models.Q(respondent__in=[one.value for one in Respondent]),
            ),
            models.CheckConstraint(
                name="a_workers_view_has_a_unit",
                condition=~models.Q(respondent="worker") | models.Q(unit__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_put_right_says_why",
                condition=models.Q(corrects__isnull=True, why="")
                | (models.Q(corrects__isnull=False) & ~models.Q(why="")),
            ),
        ]


class Answer(models.Model):
    """What was answered to one item. A skipped item has none: not answered is never zero."""

    id = models.UUIDField(primary_key=True)
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="answers", db_index=False
    )
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    item = models.TextField()
    kind = models.IntegerField()  # DataKind of what it tells
    value = models.IntegerField()
    sealed_to = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "item"], name="one_answer_to_an_item")]
