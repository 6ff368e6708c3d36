"""Setting up the organisation. An administrator's act: it runs as the owner of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from samvirke.agencies import policies
from samvirke.agencies.models import Agency, AgencyName, Municipality, Post, Unit
from samvirke.agencies.types import NameOfKind, NewAgency, NewUnit
from samvirke.gate import operations as gate
from samvirke.kernel.codes import Country

OWNER = gate.OWNER


def set_up(
    *, country: Country, municipalities: Mapping[str, str], agencies: Sequence[NewAgency], now: datetime
) -> None:
    """Write a country's part of the directory and make its posts members of their units.

    municipalities: names by code, outside Norway with the country before it. Raises DecidesOnNobody,
    OfAnotherCountry.
    """
    with transaction.atomic(using=OWNER):
        Municipality.objects.using(OWNER).bulk_create(
            [Municipality(code=code, country=country, name=name) for code, name in municipalities.items()]
        )
        here = set(Municipality.objects.using(OWNER).filter(country=country).values_list("code", flat=True))
        for agency in agencies:
            policies.check_decides_on_nobody(agency)
            policies.check_of_country(agency, here)
            _set_up_agency(agency, country, now)


def keep_names(names: Sequence[NameOfKind]) -> None:
    """Write what agencies were called; a name that is known already is told anew. Runs as the owner."""
    AgencyName.objects.using(OWNER).bulk_create(
        [
            AgencyName(
                id=uuid4(),
                kind=one.kind,
                name=one.name,
                used_from=one.used_from,
                used_to=one.used_to,
                source=one.source,
            )
            for one in names
        ],
        update_conflicts=True,
        unique_fields=["kind", "name"],
        update_fields=["used_from", "used_to", "source"],
    )


def _set_up_agency(agency: NewAgency, country: Country, now: datetime) -> None:
    Agency.objects.using(OWNER).create(
        id=agency.id,
        kind=agency.kind,
        country=country,
        name=agency.name,
        organisation_number=agency.organisation_number,
    )
    for unit in agency.units:
        _set_up_unit(agency, unit, now)


def _set_up_unit(agency: NewAgency, unit: NewUnit, now: datetime) -> None:
    gate.new_holders([unit.id, *(post.id for post in unit.posts)])
    Unit.objects.using(OWNER).create(
        id_id=unit.id,
        agency_id=agency.id,
        municipality_id=unit.municipality,
        name=unit.name,
        office=unit.office,
    )
    for post in unit.posts:
        Post.objects.using(OWNER).create(
            id_id=post.id, unit_id=unit.id, title=post.title, role=post.role, is_leader=post.is_leader
        )
        gate.appoint(post_id=post.id, unit_id=unit.id, role=post.role, now=now)
