"""The directory. No person data in here; posts carry titles, not names."""

from __future__ import annotations

from django.db import models


class Municipality(models.Model):
    """A municipality by its official code."""

    code = models.CharField(max_length=4, primary_key=True)
    name = models.TextField()


class Agency(models.Model):
    """A body with a duty of secrecy of its own."""

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()  # kernel AgencyKind
    name = models.TextField()
    organisation_number = models.CharField(max_length=9, unique=True)


class AgencyName(models.Model):
    """What agencies of a kind were called, in the years that a source tells of."""

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()  # kernel AgencyKind
    name = models.TextField()
    used_from = models.PositiveSmallIntegerField(null=True)  # the year; empty: not stated
    used_to = models.PositiveSmallIntegerField(null=True)
    source = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="one_period_of_a_name")]


class Unit(models.Model):
    """A part of an agency that holds access: an office, a team."""

    id = models.OneToOneField(
        "gate.Holder", on_delete=models.PROTECT, primary_key=True, db_column="id", related_name="+"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.TextField()


class Post(models.Model):
    """A staff member's position in a unit."""

    id = models.OneToOneField(
        "gate.Holder", on_delete=models.PROTECT, primary_key=True, db_column="id", related_name="+"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.TextField()
    role = models.TextField()  # code in the gate's access table
    is_leader = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(is_leader=True), name="one_leader_post_per_unit"
            )
        ]
