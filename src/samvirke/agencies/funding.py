"""What the parties of an association pay: exact shares of a stated total.

The association pays for efforts and follows them up; it holds no person data and decides on nobody. How
many took part without a name (no consent, or a protected identity) is a count of the year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import policies
from samvirke.agencies.models import Agency, FundingShare, FundingYear, Post
from samvirke.gate import operations as gate
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind, Country
from samvirke.statutes import queries as statutes

OWNER = gate.OWNER
SMALLEST_AMOUNT = Decimal("0.01")
FEWEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class PartRow:
    """What one party pays in a year."""

    party: str
    kind: AgencyKind
    share: Fraction
    amount: Decimal


@dataclass(frozen=True, slots=True)
class FundingRow:
    """An association's year: the stated total, its parts, and those who are counted only."""

    association: str
    year: int
    currency: str
    stated_total: Decimal
    parts: tuple[PartRow, ...]
    anonymous_participants: int | None  # none: too few to show


@transaction.atomic(using=OWNER)
def state_funding(
    *,
    association_id: UUID,
    year: int,
    stated_total: Decimal,
    shares: Mapping[UUID, Fraction],
    anonymous_participants: int = 0,
) -> UUID:
    """State a year's total and each party's share of it. An administrator's act: it runs as the owner.

    Raises NotAnAssociation, SharesDoNotMakeOne, NotAsTheLawShares, UnknownProvision.
    """
    association = Agency.objects.using(OWNER).get(pk=association_id)
    if association.kind != AgencyKind.ASSOCIATION:
        raise policies.NotAnAssociation(association.name)
    parties = Agency.objects.using(OWNER).filter(country=association.country).in_bulk(list(shares))
    law = statutes.joint_funding(Country(association.country), on=date(year, 1, 1))
    policies.check_shares(
        {(AgencyKind(parties[party].kind), party): share for party, share in shares.items()}, law
    )
    funding = FundingYear.objects.using(OWNER).create(
        id=uuid4(),
        association=association,
        year=year,
        stated_total=stated_total,
        anonymous_participants=anonymous_participants,
    )
    FundingShare.objects.using(OWNER).bulk_create(
        FundingShare(
            id=uuid4(),
            funding_year=funding,
            party_id=party,
            numerator=share.numerator,
            denominator=share.denominator,
        )
        for party, share in shares.items()
    )
    return funding.id


def of_own_association(viewer: Viewer) -> list[FundingRow]:
    """The years of the viewer's own association, newest first; none where the viewer is of no association."""
    own = Post.objects.filter(pk=viewer.post_id).values("unit__agency")
    years = FundingYear.objects.filter(association__in=own).select_related("association")
    return [_row(year) for year in years.prefetch_related("shares__party").order_by("-year")]


def amounts(total: Decimal, shares: Sequence[Fraction]) -> list[Decimal]:
    """What each share of the total is, to the smallest amount of money; together they are the total.

    What does not divide goes, one smallest amount each, to those that lose most by rounding down.
    """
    exact = [Fraction(total) * share for share in shares]
    parts = [_rounded_down(amount) for amount in exact]
    left = int((total - sum(parts, Decimal(0))) / SMALLEST_AMOUNT)
    losers = sorted(range(len(parts)), key=lambda place: Fraction(parts[place]) - exact[place])
    for place in losers[:left]:
        parts[place] += SMALLEST_AMOUNT
    return parts


def _rounded_down(amount: Fraction) -> Decimal:
    whole = amount.numerator * 100 // amount.denominator
    return (Decimal(whole) * SMALLEST_AMOUNT).quantize(SMALLEST_AMOUNT, rounding=ROUND_FLOOR)


def _row(year: FundingYear) -> FundingRow:
    found = sorted(year.shares.all(), key=lambda one: (-one.numerator / one.denominator, one.party.name))
    shares = [Fraction(one.numerator, one.denominator) for one in found]
    parts = zip(found, shares, amounts(year.stated_total, shares), strict=True)
    few = 0 < year.anonymous_participants < FEWEST_SHOWN
    return FundingRow(
        association=year.association.name,
        year=year.year,
        currency=Country(year.association.country).currency,
        stated_total=year.stated_total,
        parts=tuple(
            PartRow(one.party.name, AgencyKind(one.party.kind), share, amount) for one, share, amount in parts
        ),
        anonymous_participants=None if few else year.anonymous_participants,
    )
