"""The demonstration's family: two parents and a child, the mother's place protected. Invented throughout.

Played through the same operations as pages use. The words that would tell her place are in no other word of
the demonstration, so that a check can look for them anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import LiteralString
from uuid import UUID

from samvirke.coordination import meetings
from samvirke.coordination import operations as coordination
from samvirke.coordination.meeting_types import Arranged
from samvirke.gate import session
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind, Sex
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.kernel.week import WeeklyTime
from samvirke.people import families, guardians, merge, national_ids, places
from samvirke.people import operations as people
from samvirke.people import queries as people_queries
from samvirke.people.guardian_types import NewGuardian, View
from samvirke.people.operations import ConsentTerms, NewPerson
from samvirke.people.types import NewFamilyMember, Places
from samvirke.plan import actions
from samvirke.plan import operations as plan
from samvirke.plan.action_types import Agreed
from samvirke.surfaces.commands.demo.organisation import Organisation
from samvirke.surfaces.commands.demo.rows import ClientRow

CANARY = "Kanari"
PLACES = Places(
    address="Kanariveien 7",
    municipality="Kanarivik",
    school="Kanaribakken skole",
    meeting_place="Kanaritunet",
    provider="Kanarihjelpen",
)
SURNAME = "Lindås"
GOAL = "Vi vil at Liv skal ha det trygt, og at skole og helsehjelp henger sammen."
ACTIONS = (
    ("father", "Samtale med far om samværet"),
    ("mother", "Samtale med mor om tiden framover"),
    ("family", "Felles møte om timeplanen til Liv"),
)
SWIMMING = Agreed("Svømming for Liv", week=(WeeklyTime(2, time(16), time(17)),))
DECISION = "Vedtak om støttekontakt"
MEETING = "Hvordan går det på skolen?"
MEETING_AT, DESPITE = time(16, 30), "Tolken kan bare på dette tidspunktet."

# What a run must have: each counts what is there.
HAPPENED: tuple[tuple[str, LiteralString], ...] = (
    (
        "A family's meeting has a time, an interpreter, and a reason for a time that is taken",
        """SELECT count(*) FROM coordination_meetingterms t JOIN people_familymember m USING (subject_id)
        WHERE t.starts_at IS NOT NULL AND t.language <> '' AND t.number = 1 AND t.why <> ''""",
    ),
)


@dataclass(frozen=True, slots=True)
class FamilyIds:
    """Whom a visitor can be."""

    father: UUID
    mother: UUID
    child: UUID  # as a person
    coordinator: UUID
    worker: UUID


def play(here: Organisation, municipality: str, now: datetime) -> FamilyIds:
    """Everything up to a family's plan with a child coordinator who has accepted."""
    worker = here.worker(f"{AgencyKind.SOCIAL_SERVICE.value}-{municipality}-1")
    units = here.units(municipality)
    terms = ConsentTerms(
        kinds=DataKind.NETWORK | DataKind.SOCIAL,
        purposes=Purpose.COORDINATION | Purpose.SERVICE | Purpose.FOLLOW_UP,
        from_units=units,
        to_units=units,
        provisions=("no.consent_individual_plan",),
        form="digital",
        text_version="2026-1",
        until=now + timedelta(days=3 * 365),
    )
    records = _records(here, municipality)
    with session.enter(worker, Purpose.COORDINATION) as by:
        father = said_yes(here, records["F-far"], "Ola", terms, by)
        mother = said_yes(here, records["F-mor"], "Anne", terms, by)
    _protect(here, mother, terms, now)
    circle_id, child, consents = _family(here, worker, father, mother, records["F-barn"], terms, now)
    _plan(here, worker, circle_id, consents, {"father": father.person_id, "mother": mother.person_id})
    return FamilyIds(father.citizen_id, mother.citizen_id, child, here.coordinators[0], worker)


def _records(here: Organisation, municipality: str) -> dict[str, UUID]:
    rows = [
        row("F-far", "Ola", date(1988, 3, 9), Sex.MALE, municipality),
        mother(municipality),
        row("F-barn", "Liv", date(2017, 9, 1), Sex.FEMALE, municipality),
    ]
    return records_of(here, municipality, rows)


def records_of(here: Organisation, municipality: str, rows: Sequence[ClientRow]) -> dict[str, UUID]:
    """These clients as the social services' own system sends them: their records by number."""
    unit_id = here.unit(AgencyKind.SOCIAL_SERVICE, municipality)
    system = here.integration(AgencyKind.SOCIAL_SERVICE, municipality)
    with session.enter(system, Purpose.SERVICE) as by:
        merge.merge_records(rows, unit_id=unit_id, home=municipality, dry_run=False, now=by.now)
        return people_queries.record_ids(unit_id, [one.external_id for one in rows])


def mother(municipality: str) -> ClientRow:
    """The mother, whose place is protected."""
    return row("F-mor", "Anne", date(1990, 7, 2), Sex.FEMALE, municipality)


def row(external_id: str, name: str, born: date, sex: Sex, municipality: str) -> ClientRow:
    """One of the family, as a client of the social services."""
    number = national_ids.make_synthetic(birth_date=born, sex=sex, serial=41)
    return ClientRow(external_id, number, name, SURNAME, born, sex, municipality)


def said_yes(
    here: Organisation,
    record_id: UUID,
    name: str,
    terms: ConsentTerms,
    by: Viewer,
    guardians_of: Sequence[NewGuardian] = (),
    view: View | None = None,
) -> NewPerson:
    """Somebody of the family has said yes; for a child, those who act for it."""
    return people.record_yes(
        record_id=record_id,
        partnership_id=here.partnership_id,
        given_name=name,
        family_name=SURNAME,
        terms=terms,
        by=by,
        guardians_of=guardians_of,
        view=view,
    )


def _protect(here: Organisation, mother: NewPerson, terms: ConsentTerms, now: datetime) -> None:
    with session.enter(mother.citizen_id, Purpose.COORDINATION) as by:
        places.state_whereabouts(
            person_id=mother.person_id,
            level="no.strictly_confidential",
            places=PLACES,
            expires_on=now.date() + timedelta(days=365),
            by=by,
        )
        places.let_know_place(person_id=mother.person_id, post_ids=[here.coordinators[0]], terms=terms, by=by)


def _family(
    here: Organisation,
    worker: UUID,
    father: NewPerson,
    mother: NewPerson,
    record_id: UUID,
    terms: ConsentTerms,
    now: datetime,
) -> tuple[UUID, UUID, list[UUID]]:
    with session.enter(worker, Purpose.COORDINATION) as by:
        parents = [
            _parent(mother, "Anne", lives_with=True, by=by),
            _parent(father, "Ola", lives_with=False, by=by),
        ]
        child = said_yes(here, record_id, "Liv", terms, by, parents, View.AGREES)
        circle_id = families.open_family(
            members=[
                NewFamilyMember(father.person_id, "Ola", "parent"),
                NewFamilyMember(mother.person_id, "Anne", "parent"),
                NewFamilyMember(child.person_id, "Liv", "child"),
            ],
            by=by,
        )
    for giver, to in ((father, mother), (mother, father)):
        with session.enter(giver.citizen_id, Purpose.COORDINATION) as by:
            families.share_with_family(
                circle_id=circle_id,
                person_id=giver.person_id,
                citizen_ids=[to.citizen_id],
                terms=terms,
                by=by,
            )
    return circle_id, child.person_id, [person.consent_id for person in (father, mother, child)]


def _parent(person: NewPerson, name: str, *, lives_with: bool, by: Viewer) -> NewGuardian:
    return NewGuardian(
        citizen_id=person.citizen_id,
        name=name,
        footing="no.parents_shared",
        scope=guardians.EVERY_KIND,
        lives_with=lives_with,
        reference="Folkeregisteret, foreldreansvar",
        seen_on=by.now.date(),
    )


def _plan(
    here: Organisation, worker: UUID, circle_id: UUID, consents: Sequence[UUID], about: dict[str, UUID]
) -> None:
    first, second = here.coordinators[:2]
    with session.enter(worker, Purpose.COORDINATION) as by:
        plan_id = coordination.start_family_plan(
            circle_id=circle_id,
            partnership_id=here.partnership_id,
            consent_ids=consents,
            unit_id=here.unit(AgencyKind.COORDINATING_UNIT, ""),
            deputy=second,
            next_review=by.now.date() + timedelta(days=120),
            by=by,
        )
        plan.add_family_members(plan_id=plan_id, post_ids=[first], consent_ids=consents, by=by)
    with session.enter(here.coordination_leader, Purpose.COORDINATION) as by:
        handover = coordination.offer_duty(
            plan_id=plan_id, to_post=first, deputy=second, consent_id=consents[0], by=by
        )
    with session.enter(first, Purpose.COORDINATION) as by:
        coordination.accept_handover(handover_id=handover, by=by)
        goal_id = plan.set_goal(
            plan_id=plan_id, life_domain="network", own_words=GOAL, target="", by_when=None, by=by
        )
        for whom, what in ACTIONS:
            actions.add(
                plan_id=plan_id,
                goal_id=goal_id,
                kind=DataKind.PLAN,
                agreed=Agreed(what=what, due_on=by.now.date() + timedelta(days=30)),
                accountable=first,
                decision_reference="",
                about=about.get(whom),
                by=by,
            )
        _calendar(plan_id, goal_id, first, by)


def _calendar(plan_id: UUID, goal_id: UUID, coordinator: UUID, by: Viewer) -> None:
    """What the family does every week, and a meeting at the same time, for a reason."""
    actions.add(
        plan_id=plan_id,
        goal_id=goal_id,
        kind=DataKind.PLAN,
        agreed=SWIMMING,
        accountable=coordinator,
        decision_reference=DECISION,
        by=by,
    )
    today = by.now.date()
    meetings.call_meeting(
        plan_id=plan_id,
        day=today + timedelta(days=8 - today.weekday()),  # next week's Tuesday
        agenda=MEETING,
        arranged=Arranged(starts=MEETING_AT, language="polsk", despite=DESPITE),
        by=by,
    )
