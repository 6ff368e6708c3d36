"""How persons are shown an agency's workers: by name, by role and unit, or by unit only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies.models import Agency, NamingRule, Post
from samvirke.agencies.types import PostRow, Shows
from samvirke.gate import operations as gate
from samvirke.gate.reading import rows

OWNER = gate.OWNER
REASON = (10, 255)  # characters
NEWEST = """
SELECT DISTINCT ON (agency_id) agency_id, shows FROM agencies_namingrule WHERE agency_id = ANY (%s)
ORDER BY agency_id, set_at DESC
"""
WORKER_NAMES = "SELECT id, worker_name FROM agencies_post WHERE id = ANY (%s) AND worker_name <> ''"


class NoSuchAgency(LookupError):
    """The number is no agency's."""

    def __init__(self, number: str) -> None:
        super().__init__(f"No agency has the organisation number {number!r}. Compare it with the directory.")


class NoReason(Exception):
    """Why workers are shown this way was not said."""

    def __init__(self, length: int) -> None:
        shortest, longest = REASON
        super().__init__(
            f"The reason has {length} characters and needs {shortest} to {longest}. Say why the agency shows "
            "its workers this way; it is kept."
        )


class NotShownByName(Exception):
    """A worker's name was given, and the agency does not show names."""

    def __init__(self, agency: str) -> None:
        super().__init__(
            f"{agency} does not show its workers by name, so no name is kept. Change how it shows them first."
        )


def state(*, organisation_number: str, shows: Shows, reason: str, now: datetime) -> None:
    """From now on the agency's workers are shown so. An administrator's act; names are kept no longer than
    they are shown. Raises NoSuchAgency, NoReason.
    """
    if not REASON[0] <= len(reason.strip()) <= REASON[1]:
        raise NoReason(len(reason.strip()))
    with transaction.atomic(using=OWNER):
        agency = _agency(organisation_number)
        NamingRule.objects.using(OWNER).create(
            id=uuid4(), agency=agency, shows=shows, reason=reason.strip(), set_at=now
        )
        if shows is not Shows.NAME:
            Post.objects.using(OWNER).filter(unit__agency=agency).update(worker_name="")


def name_worker(*, post_id: UUID, name: str) -> None:
    """Who has the post, for an agency that shows names. An administrator's act. Raises NotShownByName."""
    with transaction.atomic(using=OWNER):
        post = Post.objects.using(OWNER).select_related("unit__agency").get(pk=post_id)
        newest = post.unit.agency.naming_rules.order_by("set_at").last()
        if newest is None or newest.shows != Shows.NAME:
            raise NotShownByName(post.unit.agency.name)
        Post.objects.using(OWNER).filter(pk=post_id).update(worker_name=name.strip())


def rules_of(organisation_number: str) -> list[tuple[datetime, Shows, str]]:
    """What an agency has stated, the newest first. Raises NoSuchAgency."""
    found = _agency(organisation_number).naming_rules.order_by("-set_at")
    return [(rule.set_at, Shows(rule.shows), rule.reason) for rule in found]


def shown(posts: Mapping[UUID, PostRow]) -> dict[UUID, PostRow]:
    """The posts as persons are shown them. A post that is masked already stays so."""
    by_agency = shown_by({post.agency_id for post in posts.values()})
    named = [key for key, post in posts.items() if by_agency.get(post.agency_id) is Shows.NAME]
    names: dict[UUID, str] = dict(rows(WORKER_NAMES, [named], _pair)) if named else {}
    return {
        post_id: _as_shown(post, by_agency.get(post.agency_id, Shows.ROLE), names.get(post_id, ""))
        for post_id, post in posts.items()
    }


def shown_by(agency_ids: Iterable[UUID]) -> dict[UUID, Shows]:
    """What each agency has stated last; those that stated nothing are left out."""
    return {agency: Shows(shows) for agency, shows in rows(NEWEST, [list(agency_ids)], _pair)}


def _as_shown(post: PostRow, shows: Shows, name: str) -> PostRow:
    if not post.unit_name:  # who it is, is not told at all
        return post
    if shows is Shows.UNIT:
        return replace(post, title="")
    return replace(post, title=f"{name}, {post.title}") if name else post


def _agency(number: str) -> Agency:
    found = Agency.objects.using(OWNER).filter(organisation_number=number).first()
    if found is None:
        raise NoSuchAgency(number)
    return found


def _pair(first: Any, second: Any) -> tuple[Any, Any]:
    return first, second
