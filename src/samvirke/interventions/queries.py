"""What pages read of interventions. Each answer holds only what its viewer may see.

Which offer somebody has, who runs it and which unit decides tell where a person is. Where a person's place is
hidden from the viewer, or that of somebody close to them, only the kind of intervention is left. What is left
of those close: the own unit's offers, and to the persons themselves what they have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from samvirke.agencies import queries as agencies
from samvirke.gate import audit
from samvirke.gate import queries as ask
from samvirke.gate.reading import ids, rows
from samvirke.gate.types import Viewer
from samvirke.interventions import policies, verbs
from samvirke.interventions import rows as stored
from samvirke.interventions.models import Need
from samvirke.interventions.rows import StoredNeed, StoredOffer, StoredPlacement
from samvirke.interventions.types import KIND_OF, InterventionRow, NeedRow, PlacementRow
from samvirke.kernel.codes import AgencyKind, InterventionKind, PlacementEnd, UnmetReason
from samvirke.kernel.gate_words import DataKind
from samvirke.people import queries as people

KINDS = tuple(dict.fromkeys(KIND_OF.values()))
ADDRESSED = "SELECT id FROM interventions_need WHERE subject_id = ANY (%(about)s)"


def about(viewer: Viewer, person_id: UUID) -> list[NeedRow]:
    """A person's needs as far as the viewer may see them; logged where any is shown.

    Who waits stands first and has waited longest, then who has a place, then what is over, newest first.
    """
    kinds = ask.kinds_allowed(viewer, map(verbs.read, KINDS), person_id)
    found = stored.needs_of(person_id, kinds) if kinds else []
    for one in found:
        _note(viewer, DataKind(one.kind), [one])
    return sorted(_rows(viewer, found), key=_what_matters_first)


def need(viewer: Viewer, need_id: UUID) -> NeedRow:
    """One need. Raises Refused, Need.DoesNotExist."""
    found = stored.need(need_id)
    ask.require(viewer, verbs.read(DataKind(found.kind)), found.subject_id)
    return _rows(viewer, [found])[0]


def queue(viewer: Viewer) -> list[NeedRow]:
    """Who waits for what the viewer's unit offers, of those the viewer may see; who has waited longest first.

    Each is logged as read.
    """
    kinds = {row.kind for row in own_interventions(viewer)}
    waiting = Need.objects.filter(status="waiting", intervention_kind__in=kinds)
    rows = _visible_rows(viewer, waiting) if kinds else []
    return sorted(rows, key=lambda row: (row.noted_on, row.person_name))


def own_interventions(viewer: Viewer) -> list[InterventionRow]:
    """What the viewer's unit offers today, with how many places are free."""
    which = {"units": list(viewer.holders), "today": viewer.now.date()}
    return [_offer(viewer, one) for one in rows(stored.OFFERED_BY, which, StoredOffer)]


def interventions_near(viewer: Viewer) -> list[InterventionRow]:
    """What the units of the viewer's municipality offer today, and those of the whole partnership.

    Answers from where the viewer is, never from where a person is. How many places other units have left is
    not told: one fewer, on the day somebody's waiting ends, would tell where they are.
    """
    here = agencies.place_of(agencies.post(viewer.post_id).unit_id).municipality
    which = {"here": here, "today": viewer.now.date()}
    return [_offer(viewer, one) for one in rows(stored.OFFERED_NEAR, which, StoredOffer)]


def check_place_is_known(person_id: UUID) -> None:
    """Raises PlaceIsHidden where the viewer of this transaction may not know where the person is."""
    if ask.is_hidden(person_id):
        raise policies.PlaceIsHidden


def addressed(subject_ids: Iterable[UUID]) -> list[UUID]:
    """Ids that an address may name about these subjects, as far as the viewer may see them."""
    return ids(ADDRESSED, subject_ids)


def _offer(viewer: Viewer, one: StoredOffer) -> InterventionRow:
    return InterventionRow(
        intervention_id=one.id,
        kind=InterventionKind(one.kind),
        name=one.name,
        provider=one.provider,
        unit_name=one.unit_name,
        paid_by=AgencyKind(one.paid_by),
        is_earmarked=one.is_earmarked,
        places=one.places,
        free=one.free if one.unit_id in viewer.holders else None,
        is_ours=one.unit_id in viewer.holders,
    )


def _visible_rows(viewer: Viewer, needs: QuerySet[Need]) -> list[NeedRow]:
    found: list[StoredNeed] = []
    for kind in KINDS:
        shown = ask.visible(viewer, verbs.read(kind), needs.filter(kind=int(kind)))
        of_kind = stored.needs(shown.values_list("id", flat=True))
        _note(viewer, kind, of_kind)
        found += of_kind
    return _rows(viewer, found)


def _note(viewer: Viewer, kind: DataKind, shown: Iterable[StoredNeed]) -> None:
    subjects = {one.subject_id for one in shown}
    basis = "self" if viewer.is_citizen else "consent"
    audit.note(viewer, verbs.read(kind), subject_ids=subjects, basis=basis, kinds=kind | DataKind.IDENTITY)


@dataclass(frozen=True, slots=True)
class _Ours:
    """What the viewer's own unit offers of one kind."""

    is_ours: bool = False
    free: int = 0


def _ours(rows: Iterable[InterventionRow]) -> dict[InterventionKind, _Ours]:
    found: dict[InterventionKind, _Ours] = {}
    for row in rows:
        found[row.kind] = _Ours(True, found.get(row.kind, _Ours()).free + (row.free or 0))
    return found


def _rows(viewer: Viewer, needs: Sequence[StoredNeed]) -> list[NeedRow]:
    if not needs:
        return []
    subjects = {one.subject_id for one in needs}
    persons = people.persons(subjects)
    near = ask.near_hidden(subjects)
    hidden = {subject_id for subject_id in near if ask.is_hidden(subject_id)}
    of_others = {one for one in near & persons.keys() if persons[one].citizen_id != viewer.post_id}
    ours = {} if viewer.is_citizen else _ours(own_interventions(viewer))
    return [
        _row(
            viewer,
            one,
            person_name=persons[one.subject_id].name,
            is_hidden=one.subject_id in hidden,
            is_near=one.subject_id in of_others,
            ours=ours.get(InterventionKind(one.intervention_kind), _Ours()),
        )
        for one in needs
        if one.subject_id in persons  # not where the consent was withdrawn just now
    ]


def _row(
    viewer: Viewer, one: StoredNeed, *, person_name: str, is_hidden: bool, is_near: bool, ours: _Ours
) -> NeedRow:
    placement = one.placement
    is_ours = placement is not None and placement.unit_id in viewer.holders
    is_told = not is_hidden and (is_ours or not is_near)
    may = policies.may_become(one, placement, viewer, is_ours=ours.is_ours)
    return NeedRow(
        need_id=one.id,
        subject_id=one.subject_id,
        person_name=person_name,
        intervention_kind=InterventionKind(one.intervention_kind),
        words=one.words,
        noted_on=one.noted_on,
        status=one.status,
        settled_on=one.settled_on,
        days_waited=_days_waited(one, placement, viewer.now.date()),
        unmet_because=UnmetReason(one.unmet_because) if one.unmet_because else None,
        placement=_placement_row(placement, is_told=is_told) if placement else None,
        is_hidden=is_hidden,
        may_become=may - {"placed", "ended"} if is_hidden else may,
        unmet_reasons=policies.reasons(is_ours=ours.is_ours, free=ours.free),
    )


def _placement_row(placement: StoredPlacement, *, is_told: bool) -> PlacementRow:
    return PlacementRow(
        placement_id=placement.id,
        name=placement.name if is_told else "",
        provider=placement.provider if is_told else "",
        unit_name=placement.unit_name if is_told else "",
        starts_on=placement.starts_on,
        ends_before=placement.ends_before,
        end_reason=PlacementEnd(placement.end_reason) if placement.end_reason else None,
    )


def _days_waited(one: StoredNeed, placement: StoredPlacement | None, today: date) -> int:
    until = placement.starts_on if placement else one.settled_on or today
    return (min(until, today) - one.noted_on).days


def _what_matters_first(row: NeedRow) -> tuple[bool, bool, int]:
    is_waiting = row.status == "waiting"
    since = row.noted_on if is_waiting else row.settled_on or row.noted_on
    return (not is_waiting, not row.is_held, since.toordinal() if is_waiting else -since.toordinal())
