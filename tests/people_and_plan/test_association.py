"""An association whose parties pay exact shares, and which decides on nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

import people
from gate.scratch import own_database
from people import acting_as
from samvirke.agencies import funding
from samvirke.agencies import operations as directory
from samvirke.agencies import policies as rules
from samvirke.agencies.models import FundingShare
from samvirke.agencies.types import NewAgency, NewPost, NewUnit
from samvirke.gate.access import Role
from samvirke.kernel.codes import AgencyKind, Country
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.actor import POST, PURPOSE

LAWFUL = {"insurance": Fraction(1, 2), "region": Fraction(1, 4), "municipality": Fraction(1, 4)}
KINDS = {
    "insurance": AgencyKind.INSURANCE,
    "region": AgencyKind.HEALTH_SERVICE,
    "municipality": AgencyKind.SOCIAL_SERVICE,
    "second municipality": AgencyKind.SOCIAL_SERVICE,
    "association": AgencyKind.ASSOCIATION,
}


@pytest.fixture(scope="module")
def sweden(
    database_name: str, worker_id: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, UUID]]:
    """Parties and their association in one Swedish municipality: ids by what they are called."""
    ids = {name: uuid4() for name in KINDS}
    ids["leader"] = uuid4()
    with own_database(worker_id, django_db_blocker):
        made = [_agency(ids, name, kind, number) for number, (name, kind) in enumerate(KINDS.items())]
        directory.set_up(
            country=Country.SWEDEN, municipalities={"se-9901": "Granvik"}, agencies=made, now=people.NOW
        )
        yield ids


def _agency(ids: Mapping[str, UUID], name: str, kind: AgencyKind, number: int) -> NewAgency:
    role = Role.PARTNERSHIP_LEADER if kind is AgencyKind.ASSOCIATION else Role.UNIT_LEADER
    post = NewPost(ids["leader"] if kind is AgencyKind.ASSOCIATION else uuid4(), f"Chef, {name}", role, True)
    unit = NewUnit(uuid4(), name, None if kind is AgencyKind.ASSOCIATION else "se-9901", (post,))
    return NewAgency(ids[name], kind, name, f"000000001{number}", (unit,))


def state(ids: Mapping[str, UUID], shares: Mapping[str, Fraction], *, year: int, anonymous: int = 0) -> UUID:
    """A year's funding."""
    return funding.state_funding(
        association_id=ids["association"],
        year=year,
        stated_total=Decimal("1000000.01"),
        shares={ids[name]: share for name, share in shares.items()},
        anonymous_participants=anonymous,
    )


class TestAssociation:
    @pytest.mark.parametrize(
        ("role", "may"), [(Role.PARTNERSHIP_LEADER, True), (Role.EVALUATOR, True)]
        + [(role, False) for role in (Role.COORDINATOR, Role.UNIT_LEADER, Role.SOCIAL_WORKER)],
    )  # fmt: skip
    def test_it_decides_on_nobody(self, role: Role, may: bool) -> None:
        unit = NewUnit(uuid4(), "Kansli", None, (NewPost(uuid4(), "Samordnare", role),))
        association = NewAgency(uuid4(), AgencyKind.ASSOCIATION, "Förbundet", "0000000098", (unit,))
        if may:
            rules.check_decides_on_nobody(association)
        else:
            with pytest.raises(rules.DecidesOnNobody, match="Samordnare would work with persons"):
                rules.check_decides_on_nobody(association)

    @pytest.mark.parametrize(
        ("year", "shares", "problem"),
        [
            (2020, LAWFUL, None),
            (2021, LAWFUL | {"municipality": Fraction(1, 12), "second municipality": Fraction(1, 6)}, None),
            (2020, LAWFUL | {"municipality": Fraction(1, 5)}, rules.SharesDoNotMakeOne),
            (2020, LAWFUL | {"insurance": Fraction(0.49999999)}, rules.SharesDoNotMakeOne),
            (2020, LAWFUL | {"insurance": Fraction(1, 4), "region": Fraction(1, 2)}, rules.NotAsTheLawShares),
            (2020, {"insurance": Fraction(1, 2), "region": Fraction(1, 2)}, rules.NotAsTheLawShares),
        ],
        ids=["as the law", "two municipalities", "too little", "nearly", "turned round", "one pays nothing"],
    )
    def test_shares_make_one_and_are_the_law_s(
        self,
        sweden: dict[str, UUID],
        year: int,
        shares: dict[str, Fraction],
        problem: type[Exception] | None,
    ) -> None:
        if problem is not None:
            with pytest.raises(problem):
                state(sweden, shares, year=year)
            return
        found = FundingShare.objects.using("owner").filter(funding_year=state(sweden, shares, year=year))
        assert sum((Fraction(one.numerator, one.denominator) for one in found), Fraction(0)) == 1

    def test_only_an_association_is_funded_together(self, sweden: dict[str, UUID]) -> None:
        with pytest.raises(rules.NotAnAssociation, match="region"):
            state(sweden | {"association": sweden["region"]}, LAWFUL, year=2022)

    def test_one_funding_a_year(self, sweden: dict[str, UUID]) -> None:
        state(sweden, LAWFUL, year=2023)
        with pytest.raises(IntegrityError, match="one_funding_a_year"), transaction.atomic(using="owner"):
            state(sweden, LAWFUL, year=2023)

    def test_its_leader_sees_the_parts_of_each_year_and_others_none(self, sweden: dict[str, UUID]) -> None:
        for year in (2025, 2027):
            state(sweden, LAWFUL, year=year)
        with acting_as(sweden["leader"], Purpose.STATISTICS) as viewer:
            newest, *_ = funding.of_own_association(viewer)
        assert [(part.party, str(part.share), part.amount) for part in newest.parts] == [
            ("insurance", "1/2", Decimal("500000.01")),
            ("municipality", "1/4", Decimal("250000.00")),
            ("region", "1/4", Decimal("250000.00")),
        ]
        assert (newest.year, newest.currency, newest.stated_total) == (2027, "SEK", Decimal("1000000.01"))
        with acting_as(people.PARTNERSHIP_LEADER, Purpose.STATISTICS) as viewer:
            assert funding.of_own_association(viewer) == []

    @pytest.mark.parametrize(
        ("year", "says"), [(2030, "counted only: 7"), (2031, "counted only: fewer than five")]
    )
    def test_the_page(self, sweden: dict[str, UUID], year: int, says: str) -> None:
        state(sweden, LAWFUL, year=year, anonymous=7 if year == 2030 else 4)
        page = " ".join(_figures(sweden["leader"]).split())
        assert f"What the parties of association pay, {year}" in page
        assert "500,000.01" in page
        assert says in page
        assert "What the parties of" not in _figures(people.PARTNERSHIP_LEADER)


def _figures(post: UUID) -> str:
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(Purpose.STATISTICS)
    session.save()
    return client.get("/figures/").content.decode()


@given(
    st.integers(0, 10**11),
    st.lists(st.integers(1, 50), min_size=1, max_size=8),
)
def test_the_parts_are_the_total_to_the_last_cent(cents: int, weights: list[int]) -> None:
    total = Decimal(cents) / 100
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    parts = funding.amounts(total, shares)
    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(Fraction(part) - Fraction(total) * share) < Fraction(1, 100)
