"""Programmes with their years, places and money, the versions of rules, and what screening found.

Only screenings are about persons.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Programme(models.Model):
    """An effort over some years, as its papers tell of it."""

    id = models.UUIDField(primary_key=True)
    code = models.TextField(unique=True)
    name = models.TextField()
    purpose = models.TextField()
    source = models.TextField()
    read_from = models.TextField()  # the digest of the file it was read from


class ProgrammeYear(models.Model):
    """One year of a programme, with the number of new municipalities that its papers state."""

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    stated_newcomers = models.PositiveIntegerField(null=True)  # beside those that are listed by name
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="one_of_each_year_of_a_programme")
        ]


class LocalPartnership(models.Model):
    """A joint effort of several municipalities and their agencies."""

    id = models.UUIDField(primary_key=True)
    name = models.TextField()
    municipalities = models.ManyToManyField("agencies.Municipality", related_name="+")
    country = models.TextField()  # kernel Country; its plans are of this country's law alone
    rules = models.TextField()  # code of its target-group rules; empty: nobody is screened
    office = models.ForeignKey(  # the unit that leads it; its leader post writes the rules
        "agencies.Unit", on_delete=models.PROTECT, null=True, related_name="+"
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "country"], name="partnership_of_a_country")]


class Participant(models.Model):
    """A municipality takes part in a programme from a year on, by the name it had then.

    The official code of that time is kept where a source states it, and left empty otherwise.
    """

    id = models.UUIDField(primary_key=True)
    entered = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(LocalPartnership, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.TextField()
    county = models.TextField(blank=True)
    code = models.CharField(max_length=4, blank=True)
    code_from = models.DateField(null=True)
    code_to = models.DateField(null=True)
    part = models.TextField()  # trial, comparison
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entered", "name"], name="one_entry_of_a_municipality"),
            models.CheckConstraint(
                name="a_period_belongs_to_a_code",
                condition=~models.Q(code="") | models.Q(code_from=None, code_to=None),
            ),
        ]


class BudgetLine(models.Model):
    """Money of one year: a total, or the part of it that is tied to something. Both are kept as stated."""

    id = models.UUIDField(primary_key=True)
    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="+")
    receiver = models.TextField()  # the agency, by the name it had
    earmark = models.TextField()  # total, places, personnel
    ore = models.BigIntegerField(null=True)  # hundredths of the currency; empty: not stated
    currency = models.CharField(max_length=3)
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "receiver", "earmark"], name="one_line_of_an_earmark")
        ]


class Allocation(models.Model):
    """Places of one year: how many the money was for, or how many were given out, and to whom."""

    id = models.UUIDField(primary_key=True)
    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="+")
    stage = models.TextField()  # budgeted, given_out
    whom = models.TextField(blank=True)  # empty: everybody
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, related_name="+")
    partnership = models.ForeignKey(LocalPartnership, on_delete=models.PROTECT, null=True, related_name="+")
    places = models.PositiveIntegerField(null=True)  # empty: not stated
    source = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="places_of_one_place_only",
                condition=models.Q(participant=None) | models.Q(partnership=None),
            )
        ]


class ProgrammeGoal(models.Model):
    """What is to be reached: the programme's central goal, or a partnership's own beside it."""

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(LocalPartnership, on_delete=models.PROTECT, null=True, related_name="+")
    whose = models.TextField(blank=True)  # in words, where the papers name no partnership; central: neither
    year = models.PositiveSmallIntegerField(null=True)
    about = models.TextField()  # what is counted, so that own and central stand side by side
    text = models.TextField()
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # empty: not stated
    unit = models.TextField(blank=True)
    source = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_goal_is_somebody_s", condition=models.Q(whose="") | models.Q(partnership=None)
            )
        ]


class Rate(models.Model):
    """What a place of one kind costs in a year, where the papers say."""

    id = models.UUIDField(primary_key=True)
    year = models.ForeignKey(ProgrammeYear, on_delete=models.PROTECT, related_name="+")
    intervention_kind = models.TextField()  # kernel InterventionKind
    ore = models.BigIntegerField(null=True)  # empty: not stated
    currency = models.CharField(max_length=3)
    per = models.TextField()  # month, year
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "intervention_kind"], name="one_rate_of_a_kind")
        ]


class RulesVersion(models.Model):
    """The target-group rules of a partnership from a day on, as they were written. Never changed.

    A version without an end holds until the next one begins.
    """

    id = models.UUIDField(primary_key=True)
    partnership = models.ForeignKey(LocalPartnership, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField()
    source = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    saved_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_version_of_a_number"),
            models.UniqueConstraint(fields=["partnership", "valid_from"], name="one_version_from_a_day"),
            models.CheckConstraint(
                name="rules_end_after_they_begin",
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
        ]


class Screening(models.Model):
    """What the target-group rules said of one record, and which criterion decided. Append-only."""

    id = models.UUIDField(primary_key=True)
    record = models.ForeignKey(
        "people.ClientRecord", on_delete=models.PROTECT, related_name="+", db_column="subject_id"
    )
    partnership = models.ForeignKey(LocalPartnership, on_delete=models.PROTECT, related_name="+")
    rules = models.TextField()
    version = models.ForeignKey(  # empty: judged by the rules as they are delivered
        RulesVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    outcome = models.TextField()  # admitted, refused, unknown
    target_group = models.TextField(blank=True)
    deciding_criteria = ArrayField(models.TextField())  # codes in the rules
    flags = ArrayField(models.TextField(), default=list)  # criteria that hold and decide nothing
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


class Exemption(models.Model):
    """In a municipality, for a period, a plan of a kind need not hold something that its law asks for."""

    id = models.UUIDField(primary_key=True)
    municipality = models.ForeignKey("agencies.Municipality", on_delete=models.PROTECT, related_name="+")
    plan_kind = models.TextField()  # codes of a law pack
    requirement = models.TextField()
    provision = models.TextField()  # what it rests on, as the decision says it
    reason = models.TextField()
    valid_from = models.DateField()
    last_day = models.DateField()
    recorded_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_exemption_lasts_a_day_at_least",
                condition=models.Q(last_day__gte=models.F("valid_from")),
            )
        ]
