"""Records of one agency that may be the same person: found, decided by a worker, taken apart again.

Looked for among the agency's own records alone: whether another agency knows somebody is not asked before
there is a basis. Folding moves nothing. The folded record keeps its values and goes on being read in; the
other one stands for both where cases are listed, screened and counted, until the finding is ended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet

from samvirke.events import operations as events
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.people import facts, policies, queries, verbs
from samvirke.people.models import ClientRecord, RecordPair
from samvirke.people.types import Alike, AlikePage, Likeness, OwnRecord, PairRow

PAGE = 10
NEWEST = 20
SUREST_FIRST = {likeness: place for place, likeness in enumerate(Likeness)}


class NotOfOneAgency(Exception):
    """Two records of two units were to be one."""

    def __init__(self) -> None:
        super().__init__(
            "Only two different cases of one unit can be the same, and not every two of those. Choose two "
            "cases from the unit's own list, or leave these as they are."
        )


class StandsForOthers(Exception):
    """A record that stands for others was to be folded, or one that is folded was to stand for another."""

    def __init__(self) -> None:
        super().__init__(
            "One of these cases is part of another finding already. Let the case that stands for others "
            "stand here too, or take those apart first."
        )


class EndedAlready(Exception):
    """A finding was to be ended twice."""

    def __init__(self) -> None:
        super().__init__("Somebody has taken this back already. Read the list again.")


def alike(viewer: Viewer, *, page: int = 1) -> AlikePage:
    """Own records that may be the same person and that nobody has decided of; those shown are logged."""
    of_own = ask.visible(viewer, verbs.READ_RECORDS, _in_force(), subject="record")
    decided = set(of_own.values_list("record_id", "other_id"))
    traits = _traits(viewer)
    parted = ask.parted_records(one.record_id for one in traits)
    found = [
        (one.record_id, other.record_id, likeness)
        for one, other, likeness in policies.alike([one for one in traits if one.record_id not in parted])
        if not {(one.record_id, other.record_id), (other.record_id, one.record_id)} & decided
    ]
    found.sort(key=lambda pair: SUREST_FIRST[pair[2]])
    shown = found[(page - 1) * PAGE : page * PAGE]
    own = _by_id(viewer, {record for one, other, _ in shown for record in (one, other)})
    return AlikePage(
        rows=tuple(Alike(own[one], own[other], likeness) for one, other, likeness in shown),
        of_all=len(found),
        page=page,
        pages=max(1, -(-len(found) // PAGE)),
    )


def kept_apart(viewer: Viewer) -> list[PairRow]:
    """The newest findings that two own records are two persons; the records are logged as read."""
    return _rows(viewer, _in_force().filter(is_same=False).order_by("-found_at", "id"), newest=NEWEST)


def folded_into(viewer: Viewer, record_id: UUID) -> list[PairRow]:
    """What one of the own records stands for; those records are logged as read."""
    return _rows(viewer, _in_force().filter(is_same=True, other=record_id).order_by("found_at", "id"))


def stands_for(viewer: Viewer, record_id: UUID) -> UUID | None:
    """The record into which this one is folded. Nothing is logged: an id leads to its page, which is."""
    found = ask.visible(viewer, verbs.READ_RECORDS, _in_force(), subject="record")
    return found.filter(is_same=True, record=record_id).values_list("other_id", flat=True).first()


@transaction.atomic
def fold(*, record_id: UUID, into: UUID, by: Viewer) -> UUID:
    """The record is the same person as the other, which stands for both. Returns the finding's id.

    Whoever has a new identity is held to be nobody else, and the refusal tells no more than that these two
    are not to be one. Raises Refused, NotOfOneAgency, StandsForOthers.
    """
    pair = _asked_for([record_id, into], by)
    if ask.parted_records(pair):
        raise NotOfOneAgency
    standing = _in_force().filter(is_same=True)
    if standing.filter(Q(other=record_id) | Q(record__in=[record_id, into])).exists():
        raise StandsForOthers
    _in_force().filter(record__in=pair, other__in=pair).update(ended_at=by.now, ended_by_id=by.post_id)
    found = _found(record_id, into, is_same=True, by=by)
    events.record([facts.RecordFolded(record_id, found, into)], by=by.post_id, at=by.now)
    return found


@transaction.atomic
def keep_apart(*, one: UUID, other: UUID, by: Viewer) -> UUID:
    """The two are two persons, and are not shown as alike any more. Returns the finding's id.

    Raises Refused, NotOfOneAgency, StandsForOthers.
    """
    pair = _asked_for([one, other], by)
    if _in_force().filter(record__in=pair, other__in=pair).exists():
        raise StandsForOthers
    return _found(*pair, is_same=False, by=by)


@transaction.atomic
def end(*, pair_id: UUID, by: Viewer) -> bool:
    """Take a finding back: folded records are two again, or two are looked at anew. Returns if they were one.

    Raises Refused, EndedAlready.
    """
    pair = RecordPair.objects.select_for_update().get(pk=pair_id)
    _require_each((pair.record_id, pair.other_id), by)
    if pair.ended_at is not None:
        raise EndedAlready
    pair.ended_at, pair.ended_by_id = by.now, by.post_id
    pair.save(update_fields=["ended_at", "ended_by"])
    if pair.is_same:
        events.record([facts.RecordTakenApart(pair.record_id, pair.id)], by=by.post_id, at=by.now)
    return bool(pair.is_same)


def _in_force() -> QuerySet[RecordPair]:
    return RecordPair.objects.filter(ended_at__isnull=True)


def _asked_for(record_ids: Sequence[UUID], by: Viewer) -> list[UUID]:
    """Both, in one order, locked; nothing else is decided of either meanwhile."""
    found = ClientRecord.objects.select_for_update().filter(pk__in=record_ids, withdrawn_at__isnull=True)
    records = list(found.order_by("pk"))
    _require_each(record_ids, by)
    if len(records) != 2 or records[0].unit_id != records[1].unit_id:
        raise NotOfOneAgency
    return [record.pk for record in records]


def _require_each(record_ids: Iterable[UUID], by: Viewer) -> None:
    for record_id in record_ids:
        ask.require(by, verbs.WRITE_RECORDS, record_id)


def _found(record_id: UUID, other_id: UUID, *, is_same: bool, by: Viewer) -> UUID:
    pair = RecordPair.objects.create(
        id=uuid4(),
        record_id=record_id,
        other_id=other_id,
        is_same=is_same,
        found_by_id=by.post_id,
        found_at=by.now,
    )
    return pair.id


def _traits(viewer: Viewer) -> list[policies.Traits]:
    own = queries.standing(viewer).order_by("family_name", "given_name", "external_id")
    return [
        policies.Traits(
            record.pk,
            bytes(record.national_id_hash),
            record.given_name,
            record.family_name,
            record.birth_date,
        )
        for record in own.only("pk", "national_id_hash", "given_name", "family_name", "birth_date")
    ]


def _by_id(viewer: Viewer, record_ids: Collection[UUID]) -> dict[UUID, OwnRecord]:
    return {record.record_id: record for record in queries.own_records(viewer, list(record_ids))}


def _rows(viewer: Viewer, pairs: QuerySet[RecordPair], *, newest: int | None = None) -> list[PairRow]:
    found = list(ask.visible(viewer, verbs.READ_RECORDS, pairs, subject="record")[:newest])
    own = _by_id(viewer, {key for pair in found for key in (pair.record_id, pair.other_id)})
    return [PairRow(pair.id, own[pair.record_id], own[pair.other_id], pair.found_at) for pair in found]
