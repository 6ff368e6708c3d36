"""Looking up the directory."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from samvirke.agencies.models import Municipality, Post, Unit
from samvirke.agencies.types import Place, PostOfUnit, PostRow, UnitRow
from samvirke.gate.access import Role
from samvirke.kernel.codes import AgencyKind


class NoLeader(Exception):
    """A unit without a leader post cannot answer for anything."""

    def __init__(self, unit_name: str) -> None:
        super().__init__(f"{unit_name} has no leader post. Ask an administrator to set one up.")


def posts(post_ids: Iterable[UUID]) -> dict[UUID, PostRow]:
    """The posts by id. Holders that are no posts (citizens) are left out."""
    found = Post.objects.filter(pk__in=set(post_ids)).select_related("unit__agency")
    return {post.pk: row_of(post) for post in found}


def post(post_id: UUID) -> PostRow:
    """One post. Raises Post.DoesNotExist."""
    return row_of(Post.objects.select_related("unit__agency").get(pk=post_id))


def leader_of(unit_id: UUID) -> UUID:
    """The unit's leader post, which answers for what nobody has accepted yet. Raises NoLeader."""
    leader = Post.objects.filter(unit_id=unit_id, is_leader=True).values_list("pk", flat=True).first()
    if leader is None:
        raise NoLeader(Unit.objects.get(pk=unit_id).name)
    return leader


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
    return Place(unit.municipality_id or "", unit.agency.organisation_number)


def municipality_names() -> dict[str, str]:
    """Names of municipalities by code."""
    return dict(Municipality.objects.values_list("code", "name"))


def units(unit_ids: Iterable[UUID]) -> dict[UUID, UnitRow]:
    """Units with the agency they are a part of."""
    found = Unit.objects.filter(pk__in=set(unit_ids)).select_related("agency")
    return {
        unit.pk: UnitRow(unit.pk, unit.name, unit.agency.name, AgencyKind(unit.agency.kind)) for unit in found
    }


def posts_of(unit_id: UUID) -> list[PostOfUnit]:
    """The posts of a unit with their roles, the leader first, then by title."""
    found = Post.objects.filter(unit_id=unit_id).order_by("-is_leader", "title")
    return [PostOfUnit(post.pk, Role(post.role), post.is_leader) for post in found]


def roles(post_ids: Iterable[UUID]) -> dict[UUID, Role]:
    """The roles of posts by id."""
    found = Post.objects.filter(pk__in=set(post_ids)).values_list("pk", "role")
    return {post_id: Role(role) for post_id, role in found}


def row_of(post: Post) -> PostRow:
    """A post that came with its unit and agency, as rows of other rooms refer to it."""
    return PostRow(
        post_id=post.pk,
        title=post.title,
        unit_id=post.unit_id,
        unit_name=post.unit.name,
        agency_id=post.unit.agency_id,
        agency_name=post.unit.agency.name,
        agency_kind=AgencyKind(post.unit.agency.kind),
    )
