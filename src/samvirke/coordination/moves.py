"""A person moves to another municipality of the partnership: the old place's units leave, the new ones join.

A composition of what other rooms do one by one: the move, a new consent that names the new units, referrals
on it, and leaving. Where the place is protected it is done one by one by those who know the place, since
which units leave would tell where the person was. Who moves out of the partnership ends the plan instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from samvirke.agencies import queries as agencies
from samvirke.agencies.types import UnitRow
from samvirke.coordination import policies, queries, verbs
from samvirke.coordination.models import Duty, Turn
from samvirke.coordination.types import MoveRow
from samvirke.gate import queries as ask
from samvirke.gate.types import ConsentRecord, Viewer
from samvirke.people import operations as people_operations
from samvirke.people import queries as people
from samvirke.people.guardian_types import View
from samvirke.people.operations import ConsentTerms
from samvirke.plan import queries as plans
from samvirke.plan import teams
from samvirke.programmes import queries as programmes


@transaction.atomic
def move(
    *,
    plan_id: UUID,
    municipality: str,
    form: str,
    text_version: str,
    by: Viewer,
    view: View | None = None,
) -> list[UUID]:
    """The person moves within the partnership and has consented that the new place's units know.

    The new consent is what the old one was, with the new place's units in place of the old one's. view: what
    a child thinks. Returns the ids of the referrals. Raises Refused, NotInTheTeam, PlaceIsProtected,
    NotOfThePartnership, YouLeaveToo, StillCoordinates, and as `people.operations.consent_anew`.
    """
    duty, found = _proposal(by, plan_id, municipality)
    posts = [post.id for unit in found.leaving for post in agencies.posts_of(unit.unit_id)]
    newest = Turn.objects.filter(duty=duty).order_by("-starts_on")[0]
    policies.check_coordinate_no_longer(posts, [newest.post_id, newest.deputy_id])
    terms = _terms(ask.consent(found.consent_id), found, form=form, text_version=text_version)
    consent_id = people_operations.consent_anew(person_id=duty.subject_id, terms=terms, view=view, by=by)
    people_operations.move(person_id=duty.subject_id, municipality=municipality, by=by)
    referrals = [
        people_operations.refer(person_id=duty.subject_id, to_unit=unit.unit_id, consent_id=consent_id, by=by)
        for unit in found.joining
    ]
    acting = queries.acting([duty.id], by.now.date())[plan_id]
    teams.leave_team(plan_id=plan_id, post_ids=posts, actions_to=acting, by=by)
    return referrals


def proposal(viewer: Viewer, plan_id: UUID, municipality: str) -> MoveRow:
    """Who would leave and who would be asked. Raises as `move` does."""
    return _proposal(viewer, plan_id, municipality)[1]


def places(viewer: Viewer, plan_id: UUID) -> dict[str, str]:
    """Where the person may move within the partnership: names by code. Raises as `move` does."""
    _, was, partnership_id = _whence(viewer, plan_id)
    names = agencies.municipality_names()
    return {code: names[code] for code in programmes.municipalities(partnership_id) if code != was}


def _proposal(viewer: Viewer, plan_id: UUID, municipality: str) -> tuple[Duty, MoveRow]:
    duty, was, partnership_id = _whence(viewer, plan_id)
    policies.check_of_partnership(municipality, was, programmes.municipalities(partnership_id))
    consent = ask.consent(plans.teams([plan_id])[plan_id][viewer.post_id])
    named = agencies.units({*consent.from_units, *consent.to_units})
    at_old, at_new = agencies.units_in(was), agencies.units_in(municipality)
    leaving = [unit for unit_id, unit in named.items() if unit_id in at_old]
    policies.check_stays(viewer, [unit.unit_id for unit in leaving])
    kinds = {unit.agency_kind for unit in leaving}
    joining = [unit for unit in at_new.values() if unit.agency_kind in kinds]
    return duty, MoveRow(consent.id, _by_name(leaving), _by_name(joining))


def _whence(viewer: Viewer, plan_id: UUID) -> tuple[Duty, str, UUID]:
    duty = Duty.objects.get(plan_id=plan_id)
    ask.require(viewer, verbs.MOVE, duty.subject_id)
    policies.check_in_team([viewer.post_id], plans.teams([plan_id])[plan_id])
    policies.check_goes_on(duty)
    person = people.persons({duty.subject_id}).get(duty.subject_id)
    was = policies.told_place(person.municipality_id if person is not None else None)
    assert person is not None
    return duty, was, person.partnership_id


def _by_name(units: Sequence[UnitRow]) -> tuple[UnitRow, ...]:
    return tuple(sorted(units, key=lambda unit: unit.name))


def _terms(old: ConsentRecord, found: MoveRow, *, form: str, text_version: str) -> ConsentTerms:
    gone, new = {unit.unit_id for unit in found.leaving}, tuple(unit.unit_id for unit in found.joining)
    return ConsentTerms(
        kinds=old.kinds,
        purposes=old.purposes,
        from_units=(*(unit for unit in old.from_units if unit not in gone), *new),
        to_units=(*(unit for unit in old.to_units if unit not in gone), *new),
        provisions=old.provisions,
        form=form,
        text_version=text_version,
        until=old.valid_to,
    )
