"""What a directory and an association's money must keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from fractions import Fraction

from samvirke.agencies.types import NewAgency
from samvirke.gate.access import ACCESS, CASEWORK
from samvirke.kernel.codes import AgencyKind
from samvirke.statutes.types import JointFunding


class DecidesOnNobody(Exception):
    """A post of an association was to work with persons."""

    def __init__(self, title: str, association: str) -> None:
        super().__init__(
            f"{title} would work with persons in {association}, which pays and follows up and decides on "
            "nobody. Set the post up in one of its parties."
        )


class OfAnotherCountry(Exception):
    """A unit was to serve another country's municipality, or one that is not there."""

    def __init__(self, unit: str, municipality: str) -> None:
        super().__init__(
            f"{unit} serves {municipality!r}, which is no municipality of this country here. Set the "
            "municipality up first, or correct its code."
        )


class SharesDoNotMakeOne(Exception):
    """The parties' shares are more or less than the whole."""

    def __init__(self, total: Fraction) -> None:
        super().__init__(
            f"The shares make {total} of the total, not 1. Correct them; write each as a fraction."
        )


class NotAsTheLawShares(Exception):
    """The parties of a kind pay another part than the law says."""

    def __init__(self, kind: str, given: Fraction, lawful: Fraction) -> None:
        super().__init__(
            f"The parties of the kind {kind} pay {given} together, and the law pack says {lawful}. "
            "Correct the shares, or the pack."
        )


class NotAnAssociation(Exception):
    """Funding was stated for an agency that is no association."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is no association of agencies, so nobody funds it together.")


def check_decides_on_nobody(agency: NewAgency) -> None:
    """Raises DecidesOnNobody."""
    if agency.kind is not AgencyKind.ASSOCIATION:
        return
    for unit in agency.units:
        for post in unit.posts:
            if ACCESS[post.role].purposes & CASEWORK:
                raise DecidesOnNobody(post.title, agency.name)


def check_of_country(agency: NewAgency, municipalities: Set[str]) -> None:
    """Raises OfAnotherCountry."""
    for unit in agency.units:
        if unit.municipality is not None and unit.municipality not in municipalities:
            raise OfAnotherCountry(unit.name, unit.municipality)


def check_shares(shares: Mapping[tuple[AgencyKind, object], Fraction], law: JointFunding) -> None:
    """The shares of parties, by kind and party, make one, and each kind's are what the law says.

    Raises SharesDoNotMakeOne, NotAsTheLawShares.
    """
    total = sum(shares.values(), Fraction(0))
    if total != 1:
        raise SharesDoNotMakeOne(total)
    by_kind: defaultdict[AgencyKind, Fraction] = defaultdict(Fraction)
    for (kind, _), share in shares.items():
        by_kind[kind] += share
    lawful = {one.kind: one.share for one in law.shares}
    for kind in sorted(by_kind.keys() | lawful.keys()):
        if by_kind[kind] != lawful.get(kind, 0):
            raise NotAsTheLawShares(kind, by_kind[kind], lawful.get(kind, Fraction(0)))
