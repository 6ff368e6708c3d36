"""Who acts for whom in the demonstration: both parents asked, an own room, and a guardian in money matters.

Played through the same operations as pages use, beside the demonstration's family. Invented throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from samvirke.gate import session
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import consents, guardians
from samvirke.people.guardian_types import NewGuardian, View
from samvirke.people.operations import ConsentTerms, NewPerson
from samvirke.plan import consents as plan
from samvirke.plan import own_room
from samvirke.surfaces.commands.demo import family
from samvirke.surfaces.commands.demo.family import FamilyIds
from samvirke.surfaces.commands.demo.organisation import Organisation

OWN_WORDS = "Jeg vil gå ferdig på skolen, men ikke flytte en gang til."


@dataclass(frozen=True, slots=True)
class ActingIds:
    """Whom a visitor can be."""

    young: UUID
    ward: UUID


def play(here: Organisation, municipality: str, kin: FamilyIds, now: datetime) -> ActingIds:
    """One child whose other parent has not answered, one young person, one adult with a guardian."""
    terms = _terms(here, municipality, now)
    _ask_both(kin, terms)
    records = family.records_of(
        here,
        municipality,
        [
            family.row("F-ung", "Sander", date(now.year - 16, 1, 15), Sex.MALE, municipality),
            family.row("F-tante", "Berit", date(1961, 5, 2), Sex.FEMALE, municipality),
        ],
    )
    with session.enter(kin.worker, Purpose.COORDINATION) as by:
        father = _guardian(kin.father, "Ola", "no.parent_sole", guardians.EVERY_KIND, by)
        young = family.said_yes(here, records["F-ung"], "Sander", terms, by, [father], View.AGREES)
        ward = family.said_yes(here, records["F-tante"], "Berit", terms, by)
        helper = _guardian(kin.father, "Ola", "no.guardian_of_adult", DataKind.ECONOMY, by)
        guardians.record(person_id=ward.person_id, guardian=helper, by=by)
    _writes(young)
    return ActingIds(young.citizen_id, ward.citizen_id)


def _terms(here: Organisation, municipality: str, now: datetime) -> ConsentTerms:
    units = here.units(municipality)
    return ConsentTerms(
        kinds=DataKind.EDUCATION,
        purposes=Purpose.COORDINATION,
        from_units=units,
        to_units=units,
        provisions=("no.consent_individual_plan",),
        form="digital",
        text_version="2026-1",
        until=now + timedelta(days=365),
    )


def _ask_both(kin: FamilyIds, terms: ConsentTerms) -> None:
    """The mother has said yes; the question waits for the father."""
    with session.enter(kin.worker, Purpose.COORDINATION) as by:
        (draft_id,) = consents.draft(person_id=kin.child, terms=terms, by=by, view=View.AGREES)
    with session.enter(kin.mother, Purpose.COORDINATION) as by:
        plan.say_for_child(draft_id=draft_id, says_yes=True, by=by)


def _guardian(citizen_id: UUID, name: str, footing: str, scope: DataKind, by: Viewer) -> NewGuardian:
    return NewGuardian(
        citizen_id=citizen_id,
        name=name,
        footing=footing,
        scope=scope,
        lives_with=False,
        reference="Utskrift fra Folkeregisteret",
        seen_on=by.now.date(),
    )


def _writes(young: NewPerson) -> None:
    with session.enter(young.citizen_id, Purpose.COORDINATION) as by:
        own_room.write(text=OWN_WORDS, by=by)
