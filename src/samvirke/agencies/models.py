"""The directory. No person data in here; posts carry titles, not names."""

from __future__ import annotations

from django.db import models

from samvirke.kernel.codes import Country


class Municipality(models.Model):
    """A municipality by its official code; outside Norway with the country before it: `se-0180`.

    The countries number their municipalities with the same figures.
    """

    code = models.CharField(max_length=7, primary_key=True)
    country = models.TextField()  # kernel Country
    name = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_code_of_its_country",
                condition=models.Q(country=Country.NORWAY, code__regex="^[0-9]{4}$")
                | models.Q(country=Country.DENMARK, code__regex="^dk-[0-9]{3,4}$")
                | models.Q(country=Country.SWEDEN, code__regex="^se-[0-9]{4}$"),
            )
        ]


class Agency(models.Model):
    """A body with a duty of secrecy of its own."""

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()  # kernel AgencyKind
    country = models.TextField()  # kernel Country
    name = models.TextField()
    organisation_number = models.CharField(max_length=10, unique=True)


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


class NamingRule(models.Model):
    """How persons are shown an agency's workers, from a moment on. The newest counts, none is changed."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="naming_rules")
    shows = models.TextField()  # Shows
    reason = models.TextField()
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="naming_known", condition=models.Q(shows__in=["name", "role", "unit"])
            ),
            models.UniqueConstraint(fields=["agency", "set_at"], name="one_naming_at_a_moment"),
        ]


class Unit(models.Model):
    """A part of an agency that holds access: an office, a team."""

    id = models.OneToOneField(
        "gate.Holder", on_delete=models.PROTECT, primary_key=True, db_column="id", related_name="+"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.TextField()
    office = models.TextField(db_default="", blank=True)  # the joint office it is a part of; empty: of none


class Post(models.Model):
    """A staff member's position in a unit."""

    id = models.OneToOneField(
        "gate.Holder", on_delete=models.PROTECT, primary_key=True, db_column="id", related_name="+"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.TextField()
    role = models.TextField()  # code in the gate's access table
    is_leader = models.BooleanField(default=False)
    out_of_use_from = models.DateField(null=True)
    in_use_again_on = models.DateField(null=True)  # empty: a post out of use has ended
    worker_name = models.TextField(db_default="", blank=True)  # only where the agency shows workers by name

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(is_leader=True), name="one_leader_post_per_unit"
            )
        ]


class DelegatedAuthority(models.Model):
    """A post may decide under a named law, within a scope, until a day. Ended, never deleted."""

    id = models.UUIDField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    right = models.TextField()  # code of a law pack
    scope = models.TextField()
    valid_from = models.DateField()
    last_day = models.DateField()
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="authority_lasts_a_day_at_least",
                condition=models.Q(last_day__gte=models.F("valid_from")),
            )
        ]


class FundingYear(models.Model):
    """What the parties of an association put into it in one year. No person data in here."""

    id = models.UUIDField(primary_key=True)
    association = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="funding_years")
    year = models.IntegerField()
    stated_total = models.DecimalField(max_digits=14, decimal_places=2)
    anonymous_participants = models.IntegerField(default=0)  # no consent, or protected: counted only

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["association", "year"], name="one_funding_a_year"),
            models.CheckConstraint(
                name="no_less_than_nothing",
                condition=models.Q(stated_total__gte=0, anonymous_participants__gte=0),
            ),
        ]


class FundingShare(models.Model):
    """The part of a year's total that one party pays, as an exact fraction."""

    id = models.UUIDField(primary_key=True)
    funding_year = models.ForeignKey(FundingYear, on_delete=models.PROTECT, related_name="shares")
    party = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    numerator = models.IntegerField()
    denominator = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["funding_year", "party"], name="one_share_of_a_party"),
            models.CheckConstraint(
                name="a_share_is_a_part_of_one",
                condition=models.Q(
                    numerator__gt=0, denominator__gt=0, numerator__lte=models.F("denominator")
                ),
            ),
        ]
