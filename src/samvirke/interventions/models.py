"""What is offered, and who needs it.

An intervention and its places hold no person data. A place that is taken has one placement that has not
ended, a need that is placed has its placement, and both the other way round: keys in the migration say so, so
that no count of free places and no queue depends on anybody's code.
"""

from __future__ import annotations

from django.db import models

from samvirke.interventions.types import KIND_OF
from samvirke.kernel.codes import InterventionKind, PlacementEnd, UnmetReason


class Intervention(models.Model):
    """Something an agency offers, the unit that decides on its places, and who pays for them."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.TextField()  # kernel InterventionKind
    name = models.TextField()
    provider = models.TextField()
    paid_by = models.TextField()  # kernel AgencyKind
    is_earmarked = models.BooleanField()  # paid from the joint effort's own money
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_intervention_has_a_kind",
                condition=models.Q(kind__in=[kind.value for kind in InterventionKind]),
            ),
            models.CheckConstraint(
                name="an_intervention_ends_after_it_starts",
                condition=models.Q(ends_before__isnull=True)
                | models.Q(ends_before__gt=models.F("starts_on")),
            ),
        ]


class Place(models.Model):
    """One of an intervention's places. How many there are is its capacity."""

    id = models.UUIDField(primary_key=True)
    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="places")
    number = models.IntegerField()
    is_taken = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intervention", "number"], name="one_place_of_a_number")
        ]


class Need(models.Model):
    """A person was found ready for a kind of intervention, and what has come of it."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()  # DataKind of what it tells
    intervention_kind = models.TextField()  # kernel InterventionKind
    words = models.TextField(blank=True)  # what the person says about it
    noted_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField()
    status = models.TextField(default="waiting")  # waiting, placed, unmet, withdrawn
    settled_on = models.DateField(null=True)
    unmet_because = models.TextField(blank=True)  # kernel UnmetReason

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "intervention_kind"],
                condition=models.Q(status="waiting"),
                name="nobody_waits_twice_for_the_same",
            ),
            models.CheckConstraint(
                name="a_need_tells_what_its_intervention_tells",
                condition=models.Q(
                    *(
                        models.Q(intervention_kind=intervention.value, kind=int(kind))
                        for intervention, kind in KIND_OF.items()
                    ),
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="a_need_waits_until_it_is_settled",
                condition=models.Q(status="waiting", settled_on__isnull=True)
                | models.Q(
                    status__in=["placed", "unmet", "withdrawn"],
                    settled_on__isnull=False,
                    settled_on__gte=models.F("noted_on"),
                ),
            ),
            models.CheckConstraint(
                name="an_unmet_need_has_a_reason",
                condition=models.Q(status="unmet", unmet_because__in=[reason.value for reason in UnmetReason])
                | ~models.Q(status="unmet") & models.Q(unmet_because=""),
            ),
        ]


class Placement(models.Model):
    """A person has a place, or had one. It answers one need."""

    id = models.UUIDField(primary_key=True)
    need = models.OneToOneField(Need, on_delete=models.PROTECT, related_name="placement")
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    kind = models.IntegerField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    end_reason = models.TextField(blank=True)  # kernel PlacementEnd

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_ended_placement_has_a_reason",
                condition=models.Q(ends_before__isnull=True, end_reason="")
                | models.Q(
                    ends_before__isnull=False,
                    ends_before__gte=models.F("starts_on"),
                    end_reason__in=[reason.value for reason in PlacementEnd],
                ),
            ),
        ]
