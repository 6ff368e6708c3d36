"""Looking up the directory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from samvirke.agencies.models import Agency, AgencyName, Municipality, Post, Unit
from samvirke.agencies.types import NameOfKind, Party, Place, PostOfUnit, PostRow, UnitOfParty, UnitRow
from samvirke.gate.access import ACCESS, CASEWORK, Role
from samvirke.gate.reading import rows
from samvirke.kernel.codes import AgencyKind, Country
from samvirke.statutes.sharing import Body

WORKERS = tuple(
    role for role, cell in ACCESS.items() if cell.purposes == CASEWORK and role is not Role.CITIZEN
)
POSTS = """
SELECT p.id, p.title, u.id, u.name, a.id, a.name, a.kind
FROM agencies_post p JOIN agencies_unit u ON u.id = p.unit_id JOIN agencies_agency a ON a.id = u.agency_id
WHERE p.id = ANY (%s)
"""
UNITS = """
SELECT u.id, u.name, a.name, a.kind FROM agencies_unit u JOIN agencies_agency a ON a.id = u.agency_id
WHERE u.id = ANY (%s)
"""

BODIES = """
SELECT u.id, a.id, a.kind, a.country, u.office
FROM agencies_unit u JOIN agencies_agency a ON a.id = u.agency_id WHERE u.id = ANY (%s)
"""


class NoLeader(Exception):
    """A unit without a leader post cannot answer for anything."""

    def __init__(self, unit_name: str) -> None:
        super().__init__(f"{unit_name} has no leader post. Ask an administrator to set one up.")


def posts(post_ids: Iterable[UUID]) -> dict[UUID, PostRow]:
    """The posts by id. Holders that are no posts (citizens) are left out."""
    return {post.post_id: post for post in rows(POSTS, [list(set(post_ids))], post_row)}


def post(post_id: UUID) -> PostRow:
    """One post. Raises Post.DoesNotExist."""
    try:
        return posts([post_id])[post_id]
    except KeyError:
        raise Post.DoesNotExist from None


def leader_of(unit_id: UUID) -> UUID:
    """The unit's leader post, which answers for what nobody has accepted yet. Raises NoLeader."""
    leader = Post.objects.filter(unit_id=unit_id, is_leader=True).values_list("pk", flat=True).first()
    if leader is None:
        raise NoLeader(Unit.objects.get(pk=unit_id).name)
    return leader


def leader_of_another_unit(post_id: UUID, kind: AgencyKind) -> UUID | None:
    """A unit leader in an agency of this kind in the post's country, who is not the post itself."""
    found = Post.objects.filter(
        is_leader=True,
        role=Role.UNIT_LEADER,
        unit__agency__kind=kind,
        unit__agency__country=country_of_post(post_id),
    )
    return found.exclude(pk=post_id).order_by("pk").values_list("pk", flat=True).first()


def leaders_of(unit_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The leader posts of units that have one, by unit."""
    found = Post.objects.filter(unit_id__in=set(unit_ids), is_leader=True)
    return dict(found.values_list("unit_id", "pk"))


def unit_ids() -> list[UUID]:
    """Every unit."""
    return list(Unit.objects.values_list("pk", flat=True))


def unit_names(unit_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of units by id."""
    found = Unit.objects.filter(pk__in=set(unit_ids))
    return {unit.pk: unit.name for unit in found}


def integration_post(unit_name: str) -> UUID | None:
    """The post that takes in the files of a unit's own system, by the unit's name."""
    found = Post.objects.filter(unit__name=unit_name, role=Role.INTEGRATION)
    return found.values_list("pk", flat=True).first()


def place_of(unit_id: UUID) -> Place:
    """Where a unit is. Raises Unit.DoesNotExist."""
    unit = Unit.objects.select_related("agency").get(pk=unit_id)
    return Place(unit.municipality_id or "", unit.agency.organisation_number, Country(unit.agency.country))


def municipality_names() -> dict[str, str]:
    """Names of municipalities by code."""
    return dict(Municipality.objects.values_list("code", "name"))


def names_of_kinds() -> tuple[NameOfKind, ...]:
    """What agencies were called in earlier years, by kind and name."""
    found = AgencyName.objects.order_by("kind", "name")
    return tuple(
        NameOfKind(AgencyKind(one.kind), one.name, one.used_from, one.used_to, one.source) for one in found
    )


def countries_of(municipalities: Iterable[str]) -> set[Country]:
    """The countries that municipalities are in, by their codes. Codes that nobody knows are left out."""
    found = Municipality.objects.filter(code__in=set(municipalities)).values_list("country", flat=True)
    return {Country(country) for country in found}


def country_of_post(post_id: UUID) -> Country:
    """The country whose law a post works by. Raises Post.DoesNotExist."""
    return Country(Post.objects.values_list("unit__agency__country", flat=True).get(pk=post_id))


def units(unit_ids: Iterable[UUID]) -> dict[UUID, UnitRow]:
    """Units with the agency they are a part of."""
    return {unit.unit_id: unit for unit in rows(UNITS, [list(set(unit_ids))], _unit_row)}


def bodies(unit_ids: Iterable[UUID]) -> dict[UUID, Body]:
    """Units as the law sees them: of which agency, in which country, in which joint office."""
    return dict(rows(BODIES, [list(set(unit_ids))], _body))


def units_serving(place: Place) -> list[UnitRow]:
    """Units with workers that serve a place's municipality or the whole partnership, by agency and name.

    For a unit that itself serves the whole partnership (no municipality), all of its country.
    """
    found = Unit.objects.filter(posts__role__in=WORKERS, agency__country=place.country)
    if place.municipality:
        found = found.filter(Q(municipality=place.municipality) | Q(municipality__isnull=True))
    return sorted(
        units(found.values_list("pk", flat=True)).values(), key=lambda one: (one.agency_kind, one.name)
    )


def units_near(municipality: str, country: Country) -> list[UnitRow]:
    """Units with workers that serve a municipality, and those that serve the whole partnership, by name.

    Only the latter where the municipality is not told.
    """
    found = Unit.objects.filter(posts__role__in=WORKERS, agency__country=country).filter(
        Q(municipality=municipality or None) | Q(municipality__isnull=True)
    )
    return sorted(units(found.values_list("pk", flat=True)).values(), key=lambda unit: unit.name)


def units_of_partnership(municipalities: Iterable[str]) -> list[UnitRow]:
    """Units with workers in these municipalities, and those that serve the whole partnership."""
    found = Unit.objects.filter(posts__role__in=WORKERS).filter(
        Q(municipality__in=list(municipalities)) | Q(municipality__isnull=True)
    )
    return list(units(found.values_list("pk", flat=True)).values())


def parties(municipalities: Iterable[str], country: Country) -> list[Party]:
    """The agencies of a country with units for these municipalities or the whole partnership, by name.

    Also those whose posts see no person: an office that leads, an association that pays.
    """
    here = Q(municipality__in=list(municipalities)) | Q(municipality__isnull=True)
    found = Unit.objects.filter(here, agency__country=country)
    of_agencies = Prefetch("units", found.select_related("municipality").prefetch_related("posts"))
    agencies = Agency.objects.filter(pk__in=found.values("agency")).prefetch_related(of_agencies)
    return [_party(agency) for agency in agencies.order_by("name", "pk")]


def workers_in(unit_ids: Iterable[UUID]) -> list[PostRow]:
    """The units' posts for work with persons, by unit and title."""
    found = Post.objects.filter(
        unit_id__in=set(unit_ids), role__in=WORKERS, out_of_use_from__isnull=True
    ).values_list("pk", flat=True)
    return sorted(posts(found).values(), key=lambda post: (post.unit_name, post.title))


def out_of_use(post_ids: Iterable[UUID], on: date) -> set[UUID]:
    """Those of the posts that are out of use on a day."""
    gone = Post.objects.filter(pk__in=set(post_ids), out_of_use_from__lte=on)
    still = gone.filter(Q(in_use_again_on__isnull=True) | Q(in_use_again_on__gt=on))
    return set(still.values_list("pk", flat=True))


def units_in(municipality: str) -> dict[UUID, UnitRow]:
    """The units that serve one municipality alone."""
    return units(Unit.objects.filter(municipality_id=municipality).values_list("pk", flat=True))


def posts_of(unit_id: UUID) -> list[PostOfUnit]:
    """The posts of a unit with their roles, the leader first, then by title."""
    found = Post.objects.filter(unit_id=unit_id).order_by("-is_leader", "title")
    return [PostOfUnit(post.pk, Role(post.role), post.is_leader) for post in found]


def roles(post_ids: Iterable[UUID]) -> dict[UUID, Role]:
    """The roles of posts by id."""
    found = Post.objects.filter(pk__in=set(post_ids)).values_list("pk", "role")
    return {post_id: Role(role) for post_id, role in found}


def post_row(*columns: Any) -> PostRow:
    """A post of the columns in the order of PostRow."""
    post = PostRow(*columns)
    return replace(post, agency_kind=AgencyKind(post.agency_kind))


def _unit_row(unit_id: UUID, name: str, agency_name: str, agency_kind: str) -> UnitRow:
    return UnitRow(unit_id, name, agency_name, AgencyKind(agency_kind))


def _party(agency: Agency) -> Party:
    units = sorted(agency.units.all(), key=lambda unit: unit.name)
    roles = {Role(post.role) for unit in units for post in unit.posts.all()}
    return Party(
        name=agency.name,
        organisation_number=agency.organisation_number,
        kind=AgencyKind(agency.kind),
        units=tuple(
            UnitOfParty(unit.pk, unit.name, unit.municipality.name if unit.municipality else "")
            for unit in units
        ),
        roles=tuple(role for role in Role if role in roles),
    )


def _body(unit_id: UUID, agency_id: UUID, kind: str, country: str, office: str) -> tuple[UUID, Body]:
    return unit_id, Body(agency_id, AgencyKind(kind), Country(country), office)
