"""Guardians: within a scope, on a document, until the days of the law packs, and over at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

import people
from people import NOW, Family, acting_as, family, guardian, on_plan
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.models import Consent, Grant
from samvirke.gate.types import Refused
from samvirke.kernel.codes import Country, Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import guardians, national_ids, verbs
from samvirke.people.guardian_types import NewGuardian
from samvirke.people.models import Guardianship, Person
from samvirke.plan.verbs import READ_PLAN, write_note
from samvirke.statutes import ages

pytestmark = people.database
ECONOMY = DataKind.ECONOMY
READS_HEALTH = replace(write_note(DataKind.HEALTH), code="health", writes=False)
READS_ECONOMY = replace(write_note(ECONOMY), code="economy", writes=False)
EVERY_VERB = (READS_HEALTH, READS_ECONOMY, READ_PLAN, verbs.READ_GUARDIANS)


def client(external_id: str, given_name: str, born: date) -> people.Client:
    """A client of the social services."""
    number = national_ids.make_synthetic(birth_date=born, sex=Sex.MALE, serial=17)
    return people.Client(external_id, number, given_name, "Eksempel", born, Sex.MALE)


def adult(name: str = "Tore", key: str = "G-1") -> people.OnPlan:
    """Somebody grown up, on a plan."""
    return on_plan(client(key, name, date(1980, 1, 1 + len(name))))


def recorded(person_id: UUID, new: NewGuardian, by: UUID = people.SOCIAL_WORKER) -> UUID:
    """A worker records a guardian."""
    with acting_as(by) as viewer:
        return guardians.record(person_id=person_id, guardian=new, by=viewer)


def may(who: UUID, about: UUID) -> set[str]:
    """Which of the verbs the gate allows."""
    with acting_as(who) as viewer:
        return ask.allowed(viewer, EVERY_VERB, about)


def test_the_scope_is_what_a_guardian_sees_and_says_yes_to() -> None:
    ward, helper = adult(), adult("Berit", "G-2")
    new = guardian(helper.person.citizen_id, "Berit", footing="no.guardian_of_adult", scope=ECONOMY)
    recorded(ward.person.person_id, new)
    with acting_as(helper.person.citizen_id) as viewer:
        found = ask.allowed(viewer, EVERY_VERB, ward.person.person_id)
        assert {verb.code for verb in (READS_ECONOMY, verbs.READ_GUARDIANS)} <= found
        assert READ_PLAN.code not in found
        assert Person.objects.filter(pk=ward.person.person_id).exists()
        for kinds, is_given in ((ECONOMY, True), (ECONOMY | DataKind.HEALTH, False)):
            give = _gives(ward.person.person_id, helper.person.citizen_id, kinds)
            if is_given:
                give()
                continue
            with pytest.raises(DatabaseError, match="within their scope"), transaction.atomic():
                give()


def _gives(person_id: UUID, citizen_id: UUID, kinds: DataKind) -> Callable[[], object]:
    terms = people.terms(kinds=kinds)
    return lambda: gate.give_consent(
        person_id=person_id,
        citizen_id=citizen_id,
        kinds=kinds,
        purposes=terms.purposes,
        from_units=terms.from_units,
        to_units=terms.to_units,
        provisions=terms.provisions,
        form="digital",
        text_version="1",
        until=terms.until,
    )


def test_recorded_anew_the_new_scope_and_the_new_day_hold_at_once() -> None:
    ward, helper = adult(), adult("Berit", "G-2")
    person_id, citizen = ward.person.person_id, helper.person.citizen_id
    new = guardian(citizen, "Berit", footing="no.guardian_of_adult")
    first = recorded(person_id, new)
    assert READ_PLAN.code in may(citizen, person_id)
    second = recorded(person_id, replace(new, scope=ECONOMY, until=date(2026, 12, 31)))
    assert READ_PLAN.code not in may(citizen, person_id)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        rows = {row.guardianship_id: row for row in guardians.around(viewer, person_id)}
    assert (rows[first].is_in_force, rows[second].is_in_force) == (False, True)
    assert timezone.localtime(rows[second].valid_to) == guardians.beginning_of(date(2027, 1, 1))
    third = recorded(person_id, new)
    assert third not in {first, second}
    assert READ_PLAN.code in may(citizen, person_id)


def test_a_guardian_who_is_one_no_longer_reads_nothing_not_even_what_they_gave() -> None:
    one = family()
    child, father = one.child.person_id, one.father.person.citizen_id
    with acting_as(father):
        assert Consent.objects.filter(subject_id=child).exists()
    with acting_as(people.SOCIAL_WORKER) as viewer:
        (row,) = [row for row in guardians.around(viewer, child) if row.citizen_id == father]
        guardians.end(guardianship_id=row.guardianship_id, by=viewer)
        guardians.end(guardianship_id=row.guardianship_id, by=viewer)  # twice is as once
    with acting_as(father) as viewer:
        assert guardians.wards(viewer) == []
        for model in (Person, Guardianship, Consent, Grant):
            key = "pk" if model is Person else "subject_id"
            assert not model._default_manager.filter(**{key: child}).exists()
        with pytest.raises(DatabaseError, match="no such consent"), transaction.atomic():
            gate.withdraw_consent(consent_id=one.child.consent_id)


def test_no_guardian_and_no_child_ends_or_records_a_guardian() -> None:
    one = family()
    child = one.child.person_id
    for who, other in (
        (one.mother.person.citizen_id, one.father.person.citizen_id),
        (one.child.citizen_id, one.father.person.citizen_id),
        (people.STRANGER, one.father.person.citizen_id),
    ):
        with acting_as(who) as viewer:
            with pytest.raises(DatabaseError, match="guardian"), transaction.atomic():
                gate.end_guardian(child_id=child, citizen_id=other)
            with pytest.raises(Refused), transaction.atomic():
                guardians.record(person_id=child, guardian=guardian(other, scope=ECONOMY), by=viewer)
    assert READ_PLAN.code in may(one.father.person.citizen_id, child)


def _wrong(one: Family, today: date) -> dict[type[Exception], NewGuardian]:
    fine = guardian(one.mother.person.citizen_id, "Anne", lives_with=True)
    return {
        guardians.NothingInScope: replace(fine, scope=DataKind(0)),
        guardians.EndsBeforeItBegins: replace(fine, until=today - timedelta(days=1)),
        guardians.RestsOnNoDocument: replace(fine, reference=" "),
        guardians.NotForThisAge: replace(fine, footing="no.guardian_of_adult"),
        guardians.AnotherFooting: replace(fine, footing="no.parent_sole"),
        guardians.NotTheirOwnGuardian: replace(fine, citizen_id=one.child.citizen_id),
    }


def test_what_cannot_be_is_refused_in_words_and_nothing_is_written() -> None:
    one = family()
    child = one.child.person_id
    for refusal, new in _wrong(one, NOW.date()).items():
        with acting_as(people.SOCIAL_WORKER) as viewer:
            before = set(Guardianship.objects.values_list("pk", "ended_at"))
            with pytest.raises(refusal) as said, transaction.atomic():
                guardians.record(person_id=child, guardian=new, by=viewer)
            assert str(said.value).count(".") >= 2  # what, and what next
            assert set(Guardianship.objects.values_list("pk", "ended_at")) == before
    seen_later = replace(guardian(one.mother.person.citizen_id), seen_on=NOW.date() + timedelta(days=1))
    with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(guardians.RestsOnNoDocument):
        guardians.record(person_id=child, guardian=seen_later, by=viewer)


def test_nobody_is_a_grown_up_s_guardian_by_being_a_parent() -> None:
    ward, helper = adult(), adult("Berit", "G-2")
    for footing in ("no.parents_shared", "no.parent_sole", "no.guardian_of_minor"):
        with pytest.raises(guardians.NotForThisAge):
            recorded(ward.person.person_id, guardian(helper.person.citizen_id, footing=footing))
    assert not may(helper.person.citizen_id, ward.person.person_id)


def test_the_document_and_where_the_child_lives_are_not_for_the_other_guardian() -> None:
    one = family()
    with acting_as(one.father.person.citizen_id) as viewer:
        rows = guardians.around(viewer, one.child.person_id)
    assert {row.name for row in rows} == {"Anne", "Ola"}
    assert all(row.reference == "" and row.lives_with is None for row in rows)
    with acting_as(people.COORDINATOR) as viewer:
        rows = guardians.around(viewer, one.child.person_id)
    assert {row.lives_with for row in rows} == {True, False}
    with acting_as(people.SOCIAL_WORKER) as viewer:  # works with them, and may not know the mother's place
        assert all(row.reference == "" for row in guardians.around(viewer, one.child.person_id))


def test_recorded_and_ended_are_told_to_the_log_of_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    ward, helper = adult(), adult("Berit", "G-2")
    told: list[str] = []
    as_ever = guardians.events.record

    def keeps(found: Sequence[Any], **rest: Any) -> None:
        told.extend(one.code for one in found)
        as_ever(found, **rest)

    monkeypatch.setattr(guardians.events, "record", keeps)
    new = guardian(helper.person.citizen_id, footing="no.guardian_of_adult", scope=ECONOMY)
    found = recorded(ward.person.person_id, new)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        guardians.end(guardianship_id=found, by=viewer)
    assert told == ["guardian_recorded", "guardian_ended"]


def test_a_line_drawn_anew_is_told_and_reckoned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    one = family()
    child, father = one.child.person_id, one.father.person.citizen_id
    as_ever = ages.lines

    def health_from_six(country: Country, *, on: date) -> tuple[ages.AgeLine, ...]:
        lines = as_ever(country, on=on)
        return tuple(
            line.model_copy(update={"age": 6}) if line.code == "no.health_16" else line for line in lines
        )

    monkeypatch.setattr(ages, "lines", health_from_six)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert all(row.is_stale for row in guardians.around(viewer, child))
    assert READS_HEALTH.code in may(father, child)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        guardians.recompute(person_id=child, by=viewer)
        assert not any(row.is_stale for row in guardians.around(viewer, child))
    assert READS_HEALTH.code not in may(father, child)
    assert READS_ECONOMY.code in may(father, child)
