"""A guardian's access closes kind by kind on the days of the law packs, by the database's own clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import people
from gate.scratch import later
from gate.test_guardians import READS_ECONOMY, READS_HEALTH, adult, client, may
from people import NOW, acting_as, guardian
from samvirke.kernel.gate_words import DataKind
from samvirke.people import guardians, operations, verbs
from samvirke.people.guardian_types import View
from samvirke.people.operations import NewPerson
from samvirke.plan.verbs import READ_PLAN

BORN = date(2010, 3, 12)  # sixteen, and eighteen, on the twelfth of March


def father_and_son() -> tuple[people.OnPlan, NewPerson]:
    """A father, and a son who is fifteen."""
    father = adult()
    record_id = people.record(client("G-3", "Jon", BORN))
    with acting_as(people.SOCIAL_WORKER) as viewer:
        son = operations.record_yes(
            record_id=record_id,
            partnership_id=people.PARTNERSHIP,
            given_name="Jon",
            family_name="Eksempel",
            terms=people.terms(kinds=DataKind.EDUCATION | DataKind.HOUSING),
            by=viewer,
            guardians_of=[guardian(father.person.citizen_id, "Tore", footing="no.parent_sole")],
            view=View.AGREES,
        )
    return father, son


def test_health_closes_at_sixteen_and_everything_at_eighteen_by_the_database_s_clock(committed: str) -> None:
    father, son = father_and_son()
    person_id, citizen = son.person_id, father.person.citizen_id
    sixteen, eighteen = (_days_to(BORN.replace(year=BORN.year + age)) for age in (16, 18))
    a_minute = 1 / 24 / 60
    expected = {
        0: {READS_HEALTH, READS_ECONOMY, READ_PLAN},
        sixteen - a_minute: {READS_HEALTH, READS_ECONOMY, READ_PLAN},
        sixteen: {READS_ECONOMY, READ_PLAN},
        eighteen - a_minute: {READS_ECONOMY, READ_PLAN},
        eighteen: set(),
    }
    for days, verbs_then in expected.items():
        with later(days):
            assert may(citizen, person_id) - {verbs.READ_GUARDIANS.code} == {one.code for one in verbs_then}
    with later(eighteen), acting_as(citizen) as viewer:
        assert guardians.wards(viewer) == []


def _days_to(day: date) -> float:
    moment: datetime = guardians.beginning_of(day)
    return (moment - NOW) / timedelta(days=1)
