"""Delegated authority: a post may decide under a named law, within a scope and between two days.

A leader records it for a post of the own unit. It is ended rather than deleted, and it opens nothing in the
gate: it says who may decide, not who may see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from samvirke.agencies import facts, queries
from samvirke.agencies.models import DelegatedAuthority
from samvirke.events import operations as events
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind
from samvirke.statutes import policies as law
from samvirke.statutes import queries as statutes
from samvirke.statutes.types import Right

SOON = timedelta(days=30)  # before its last day the leader is reminded


class NotOfYourUnit(Exception):
    """Somebody who does not lead the post's unit was to delegate to it."""

    def __init__(self) -> None:
        super().__init__("Only the leader of the unit records this, for a post of the unit. Ask the leader.")


class UnknownLaw(Exception):
    """The law was named by a code that the country's law packs do not know."""

    def __init__(self, code: str) -> None:
        super().__init__(f"No law pack of this country has {code!r}. Choose one that it has.")


class EndedAlready(Exception):
    """There is no such authority any more."""

    def __init__(self) -> None:
        super().__init__("It has ended already. Read the list again.")


class EndsBeforeItBegins(Exception):
    """The last day comes before the first, or has been."""

    def __init__(self) -> None:
        super().__init__("The last day comes before the first, or has been. Choose a later day.")


class NothingSaid(Exception):
    """It is not said how far the authority goes."""

    def __init__(self) -> None:
        super().__init__("It is not said how far it goes. Write what the post may decide.")


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """What one post may decide."""

    authority_id: UUID
    post_id: UUID
    post_title: str
    label: str  # message id: what the law is about
    citation: str  # empty until compared with the law itself
    scope: str
    valid_from: date
    last_day: date
    ended_on: date | None
    holds: bool
    ends_soon: bool


@transaction.atomic
def delegate(*, post_id: UUID, right: str, scope: str, valid_from: date, last_day: date, by: Viewer) -> UUID:
    """Record what a post of the own unit may decide, and until when. Returns the id.

    Raises NotOfYourUnit, UnknownLaw, EndsBeforeItBegins, NothingSaid.
    """
    post = queries.posts([post_id]).get(post_id)
    if post is None or _led_unit(by) != post.unit_id:
        raise NotOfYourUnit
    if right not in {one.code for one in laws(by)}:
        raise UnknownLaw(right)
    if not max(valid_from, by.now.date()) <= last_day:
        raise EndsBeforeItBegins
    if not scope.strip():
        raise NothingSaid
    made = DelegatedAuthority.objects.create(
        id=uuid4(),
        post_id=post_id,
        right=right,
        scope=scope.strip(),
        valid_from=valid_from,
        last_day=last_day,
        recorded_by_id=by.post_id,
        recorded_at=by.now,
    )
    told = facts.AuthorityDelegated(made.id, post.agency_kind, right, valid_from, last_day)
    events.record([told], by=by.post_id, at=by.now)
    return made.id


@transaction.atomic
def end(*, authority_id: UUID, by: Viewer) -> None:
    """From today the post decides no more. Raises NotOfYourUnit, EndedAlready."""
    made = DelegatedAuthority.objects.filter(pk=authority_id, ended_on__isnull=True).first()
    if made is None:
        raise EndedAlready
    if _led_unit(by) != queries.post(made.post_id).unit_id:
        raise NotOfYourUnit
    made.ended_on = by.now.date()
    made.save(update_fields=["ended_on"])
    events.record([facts.AuthorityEnded(made.id, made.ended_on)], by=by.post_id, at=by.now)


def laws(viewer: Viewer) -> tuple[Right, ...]:
    """What may be delegated: the rights that the packs of the viewer's country know."""
    return statutes.rights(queries.country_of_post(viewer.post_id))


def of_own_unit(viewer: Viewer) -> list[AuthorityRow]:
    """All that was delegated to posts of the unit the viewer leads; what holds and ends soonest first."""
    unit_id = _led_unit(viewer)
    found = DelegatedAuthority.objects.filter(post__unit_id=unit_id) if unit_id else ()
    rows = [_row(one, viewer.now.date()) for one in found]
    return sorted(rows, key=lambda row: (not row.holds, row.last_day, row.post_title))


def holding(post_ids: Iterable[UUID], on: date) -> list[AuthorityRow]:
    """What these posts may decide on a day."""
    begun = Q(valid_from__lte=on, last_day__gte=on)
    found = DelegatedAuthority.objects.filter(begun, post_id__in=set(post_ids))
    found = found.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on)).select_related("post")
    return [_row(one, on) for one in found.order_by("post__title", "last_day", "id")]


def is_missing(viewer: Viewer, owners: Iterable[AgencyKind]) -> bool:
    """Whether the viewer would decide for another kind of agency, and nothing is recorded that lets them.

    owners: whose matter it is; where nobody is named there is nothing to compare with.
    """
    named = set(owners)
    if not named or queries.post(viewer.post_id).agency_kind in named:
        return False
    return not holding([viewer.post_id], viewer.now.date())


def _led_unit(viewer: Viewer) -> UUID | None:
    own = queries.posts([viewer.post_id]).get(viewer.post_id)
    if own is None or queries.leaders_of([own.unit_id]).get(own.unit_id) != own.post_id:
        return None
    return own.unit_id


def _row(one: DelegatedAuthority, today: date) -> AuthorityRow:
    right = statutes.right(one.right)
    goes_on = one.ended_on is None or one.ended_on > today
    holds = goes_on and one.valid_from <= today <= one.last_day
    return AuthorityRow(
        authority_id=one.id,
        post_id=one.post_id,
        post_title=one.post.title,
        label=right.label,
        citation=law.citation(right),
        scope=one.scope,
        valid_from=one.valid_from,
        last_day=one.last_day,
        ended_on=one.ended_on,
        holds=holds,
        ends_soon=holds and one.last_day - today <= SOON,
    )
