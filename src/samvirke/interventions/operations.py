"""Setting up what is offered; noting a need, and answering it. Change and fact stand in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.events import operations as events
from samvirke.events.operations import FactLike
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.types import Viewer
from samvirke.interventions import facts, policies, queries, verbs
from samvirke.interventions.models import Intervention, Need, Place, Placement
from samvirke.interventions.types import KIND_OF, NewIntervention
from samvirke.kernel.codes import InterventionKind, PlacementEnd, UnmetReason
from samvirke.kernel.gate_words import DataKind
from samvirke.people import queries as people

OWNER = gate.OWNER


def set_up(*, interventions: Sequence[NewIntervention]) -> None:
    """Write the catalogue with its places. An administrator's act: it runs as the owner of the database."""
    with transaction.atomic(using=OWNER):
        for new in interventions:
            Intervention.objects.using(OWNER).create(
                id=new.id,
                unit_id=new.unit_id,
                kind=new.kind,
                name=new.name,
                provider=new.provider,
                paid_by=new.paid_by,
                is_earmarked=new.is_earmarked,
                starts_on=new.starts_on,
                ends_before=new.ends_before,
            )
            Place.objects.using(OWNER).bulk_create(
                [
                    Place(id=uuid4(), intervention_id=new.id, number=number)
                    for number in range(1, new.places + 1)
                ]
            )


@transaction.atomic
def note_need(*, person_id: UUID, intervention_kind: InterventionKind, words: str, by: Viewer) -> UUID:
    """The person is ready for a kind of intervention, and waits from today. Returns the need's id.

    Raises Refused, OnlyForAPerson, WaitsAlready.
    """
    kind = KIND_OF[intervention_kind]
    ask.require(by, verbs.write(kind), person_id)
    if person_id not in people.persons({person_id}):
        raise policies.OnlyForAPerson
    waiting = Need.objects.filter(subject_id=person_id, intervention_kind=intervention_kind, status="waiting")
    if waiting.exists():
        raise policies.WaitsAlready
    need = Need.objects.create(
        id=uuid4(),
        subject_id=person_id,
        kind=int(kind),
        intervention_kind=intervention_kind,
        words=words.strip(),
        noted_by_id=by.post_id,
        noted_on=by.now.date(),
    )
    _tell(facts.NeedNoted(person_id, need.id, intervention_kind), by)
    return need.id


@transaction.atomic
def give_place(*, need_id: UUID, intervention_id: UUID, starts_on: date, by: Viewer) -> UUID:
    """Give the person a free place in an intervention of the own unit. Returns the placement's id.

    Raises Refused, NotWaiting, PlaceIsHidden, NotYours, DoesNotFit, DayHasBeen, NoFreePlace,
    Need.DoesNotExist, Intervention.DoesNotExist.
    """
    need = _to_answer(need_id, by)
    policies.check_waiting(need)
    queries.check_place_is_known(need.subject_id)
    intervention = Intervention.objects.get(pk=intervention_id)
    policies.check_decides(intervention, by.holders)
    policies.check_fits(intervention, need, starts_on)
    policies.check_not_past(starts_on, by.now.date())
    placement = Placement.objects.create(
        id=uuid4(),
        need=need,
        subject_id=need.subject_id,
        kind=need.kind,
        place_id=_take_place(intervention),
        given_by_id=by.post_id,
        starts_on=starts_on,
    )
    _settle(need, "placed", by)
    told = facts.PlacementStarted(
        subject_id=need.subject_id,
        need_id=need.id,
        placement_id=placement.id,
        intervention_kind=InterventionKind(need.intervention_kind),
        decided_by=agencies.units([intervention.unit_id])[intervention.unit_id].agency_kind,
        starts_on=starts_on,
        days_waited=(starts_on - need.noted_on).days,
    )
    _tell(told, by)
    return placement.id


@transaction.atomic
def say_unmet(*, need_id: UUID, reason: UnmetReason, by: Viewer) -> None:
    """The person waits in vain: no place, no such offer, or none that suits.

    Raises Refused, NotWaiting, NotYours, PlacesAreFree, ThereIsSuchAnOffer, Need.DoesNotExist.
    """
    need = _to_answer(need_id, by)
    policies.check_waiting(need)
    kind = InterventionKind(need.intervention_kind)
    ours = [row for row in queries.own_interventions(by) if row.kind is kind]
    policies.check_reason(reason, is_ours=bool(ours), free=sum(row.free or 0 for row in ours))
    need.unmet_because = reason
    _settle(need, "unmet", by)
    _tell(facts.NeedUnmet(need.subject_id, need.id, kind, reason, _days_waited(need, by)), by)


@transaction.atomic
def withdraw_need(*, need_id: UUID, by: Viewer) -> None:
    """The person waits no longer, by their own wish. Raises Refused, NotWaiting, Need.DoesNotExist."""
    need = Need.objects.select_for_update().get(pk=need_id)
    ask.require(by, verbs.read(DataKind(need.kind)), need.subject_id)
    ask.require(by, verbs.WITHDRAW, need.subject_id)
    policies.check_waiting(need)
    _settle(need, "withdrawn", by)
    kind = InterventionKind(need.intervention_kind)
    _tell(facts.NeedWithdrawn(need.subject_id, need.id, kind, _days_waited(need, by)), by)


@transaction.atomic
def end_placement(*, placement_id: UUID, reason: PlacementEnd, by: Viewer) -> None:
    """The placement ends today, or before it began; the place is free at once.

    Raises Refused, PlaceIsHidden, NotYours, AlreadyEnded, Placement.DoesNotExist.
    """
    placement = Placement.objects.select_for_update().get(pk=placement_id)
    ask.require(by, verbs.write(DataKind(placement.kind)), placement.subject_id)
    queries.check_place_is_known(placement.subject_id)
    intervention = Intervention.objects.get(places=placement.place_id)
    policies.check_decides(intervention, by.holders)
    policies.check_not_ended(placement)
    placement.ends_before = max(by.now.date(), placement.starts_on)
    placement.end_reason = reason
    placement.save(update_fields=["ends_before", "end_reason"])
    Place.objects.filter(pk=placement.place_id).update(is_taken=False)
    told = facts.PlacementEnded(
        subject_id=placement.subject_id,
        placement_id=placement.id,
        intervention_kind=InterventionKind(intervention.kind),
        ended_on=placement.ends_before,
        reason=reason,
        days_held=(placement.ends_before - placement.starts_on).days,
    )
    _tell(told, by)


def _to_answer(need_id: UUID, by: Viewer) -> Need:
    """A need the viewer may answer, locked. Raises Refused, Need.DoesNotExist."""
    need = Need.objects.select_for_update().get(pk=need_id)
    ask.require(by, verbs.write(DataKind(need.kind)), need.subject_id)
    return need


def _take_place(intervention: Intervention) -> UUID:
    """The first place that is free and that nobody is about to take. Raises NoFreePlace."""
    free = Place.objects.filter(intervention=intervention, is_taken=False).order_by("number")
    place = free.select_for_update(skip_locked=True, of=("self",)).first()
    if place is None:
        raise policies.NoFreePlace(intervention.name)
    place.is_taken = True
    place.save(update_fields=["is_taken"])
    return place.id


def _settle(need: Need, status: str, by: Viewer) -> None:
    need.status, need.settled_on = status, by.now.date()
    need.save(update_fields=["status", "settled_on", "unmet_because"])


def _days_waited(need: Need, by: Viewer) -> int:
    return (by.now.date() - need.noted_on).days


def _tell(fact: FactLike, by: Viewer) -> None:
    events.record([fact], by=by.post_id, at=by.now)
