"""What nobody but the gate's own functions reads."""

from __future__ import annotations

from django.db import models


class OwnNumber(models.Model):
    """Whose post it is, as a keyed hash: so that a post is kept from its holder's own case."""

    post = models.OneToOneField("gate.Holder", on_delete=models.PROTECT, primary_key=True, related_name="+")
    number_hash = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["number_hash"], name="posts_of_number")]


class Secret(models.Model):
    """What the database checks an entering by, and seals it with. Nobody but its own functions reads it."""

    id = models.IntegerField(primary_key=True)
    entering = models.BinaryField()  # shared with the program, from a key outside
    sealing = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_secret", condition=models.Q(id=1))]
