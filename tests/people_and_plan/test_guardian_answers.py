"""Who answers for a child: both, one, nobody; what the child thinks; and the young person's own room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

import people
from people import CANARY_WORDS, Family, acting_as, family, guardian
from samvirke.gate.models import Consent
from samvirke.gate.types import Refused
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import (
    answering,
    consents,
    guardian_answers,
    guardians,
    national_ids,
    operations,
)
from samvirke.people import queries as people_queries
from samvirke.people.consents import NotWaiting
from samvirke.people.guardian_types import NewGuardian, View
from samvirke.people.models import ChildView, ConsentDraft
from samvirke.people.operations import ConsentTerms, NewPerson
from samvirke.plan import consents as plan_consents
from samvirke.plan import own_room
from samvirke.plan.models import OwnWords
from samvirke.plan.policies import NothingWritten

pytestmark = people.database
CARE = DataKind.HEALTH | DataKind.SUBSTANCE_USE
OF_THE_CHILD = "Jeg vil ikke at noen andre skal vite dette."


def terms(kinds: DataKind = DataKind.EDUCATION, *, units: tuple[UUID, ...] | None = None) -> ConsentTerms:
    """What is asked about a child."""
    wanted = people.terms(kinds=kinds, units=units or (people.SOCIAL, people.NAV, people.COORDINATING))
    return replace(wanted, purposes=Purpose.COORDINATION)


def asked(child: UUID, kinds: DataKind = DataKind.EDUCATION, view: View | None = View.AGREES) -> UUID:
    """The social worker asks one question."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        (draft_id,) = consents.draft(person_id=child, terms=terms(kinds), by=viewer, view=view)
    return draft_id


def says(who: UUID, draft_id: UUID, *, yes: bool = True) -> bool:
    """A guardian answers; whether a consent came of it."""
    with acting_as(who) as viewer:
        return plan_consents.say_for_child(draft_id=draft_id, says_yes=yes, by=viewer) is not None


def status(child: UUID, draft_id: UUID) -> str:
    """How the question stands, for the worker who asked."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return {row.draft_id: row.status for row in consents.drafts(viewer, child)}[draft_id]


def both(one: Family) -> tuple[UUID, UUID]:
    """The parents as citizens."""
    return one.mother.person.citizen_id, one.father.person.citizen_id


def given(child: NewPerson) -> int:
    """How many consents about the child are in force."""
    with acting_as(child.citizen_id):
        return Consent.objects.filter(subject_id=child.person_id, withdrawn_at__isnull=True).count()


class TestBothMustAnswer:
    @pytest.mark.parametrize("first", [0, 1])
    def test_one_yes_waits_for_the_other_and_opens_nothing(self, first: int) -> None:
        one = family()
        child, parents = one.child.person_id, both(one)
        draft_id = asked(child)
        assert not says(parents[first], draft_id)
        assert (given(one.child), status(child, draft_id)) == (1, "waiting")
        with acting_as(parents[first]) as viewer:
            mine = guardian_answers.question(viewer, child, draft_id)
            assert (mine.said, mine.others_left, mine.may_answer, mine.in_force) == ("yes", 1, False, False)
        assert says(parents[1 - first], draft_id)
        assert (given(one.child), status(child, draft_id)) == (2, "yes")

    @pytest.mark.parametrize("who", [0, 1])
    def test_either_takes_a_yes_of_both_back_at_once(self, who: int) -> None:
        one = family()
        child, parents = one.child.person_id, both(one)
        draft_id = asked(child)
        for parent in parents:
            says(parent, draft_id)
        with acting_as(parents[who]) as viewer:
            found = guardian_answers.question(viewer, child, draft_id)
            assert found.in_force
            assert found.asked.consent_id is not None
            operations.withdraw_consent(consent_id=found.asked.consent_id, by=viewer)
            assert not guardian_answers.question(viewer, child, draft_id).in_force
        assert given(one.child) == 1

    def test_the_first_no_ends_it_and_each_sees_that_without_reasons_or_places(self) -> None:
        one = family()
        child, (mother, father) = one.child.person_id, both(one)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            wide = terms(units=(people.SOCIAL, people.NAV, people.SOCIAL_NORDENG))
            (draft_id,) = consents.draft(person_id=child, terms=wide, by=viewer, view=View.AGREES)
        says(mother, draft_id)
        assert not says(father, draft_id, yes=False)
        assert given(one.child) == 1
        with acting_as(father) as viewer:
            told = repr(guardian_answers.questions(viewer, child))
            assert not any(word in told for word in CANARY_WORDS if word != str(people.SOCIAL_NORDENG))
            assert str(people.SOCIAL_NORDENG) not in told
        with acting_as(mother) as viewer:
            assert guardian_answers.question(viewer, child, draft_id).asked.status == "no"
            with pytest.raises(NotWaiting):
                guardian_answers.answer(draft_id=draft_id, says_yes=True, by=viewer)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            found = guardian_answers.progress(viewer, child)[draft_id]
            assert {(row.name, row.answer) for row in found.answers} == {("Anne", "yes"), ("Ola", "no")}

    def test_nobody_answers_twice_and_nobody_else_answers(self) -> None:
        one = family()
        child, (mother, _) = one.child.person_id, both(one)
        draft_id = asked(child)
        says(mother, draft_id)
        with acting_as(mother) as viewer, pytest.raises(guardian_answers.AnsweredBefore):
            guardian_answers.answer(draft_id=draft_id, says_yes=True, by=viewer)
        for who in (one.child.citizen_id, people.SOCIAL_WORKER):
            with acting_as(who) as viewer, pytest.raises(Refused):
                guardian_answers.answer(draft_id=draft_id, says_yes=True, by=viewer)
        for who in (people.NAV_ADVISER, people.STRANGER):
            with acting_as(who) as viewer, pytest.raises(ConsentDraft.DoesNotExist):
                guardian_answers.answer(draft_id=draft_id, says_yes=True, by=viewer)
        with acting_as(one.child.citizen_id) as viewer, pytest.raises(Refused):
            consents.answer_yes(draft_id=draft_id, without_kinds=DataKind(0), without_units=(), by=viewer)
        assert given(one.child) == 1


class TestOneOrNobody:
    def test_when_one_is_a_guardian_no_longer_the_other_s_yes_waits_for_somebody_to_be_recorded(self) -> None:
        one = family()
        child, (mother, father) = one.child.person_id, both(one)
        _end(child, father)
        draft_id = asked(child)
        assert not says(mother, draft_id)
        with acting_as(mother) as viewer:
            assert guardian_answers.question(viewer, child, draft_id).lacks == 1

    def test_without_a_guardian_nobody_is_asked_and_an_appointed_one_answers_alone(self) -> None:
        one = family()
        child, parents = one.child.person_id, both(one)
        for parent in parents:
            _end(child, parent)
        with pytest.raises(answering.NobodyAnswers):
            asked(child)
        new = guardian(parents[1], "Ola", footing="no.guardian_of_minor", scope=DataKind.EDUCATION)
        _record(child, new)
        draft_id = asked(child)
        assert says(parents[1], draft_id)
        with pytest.raises(answering.NobodyAnswers):
            asked(child, DataKind.ECONOMY)

    def test_a_question_outside_the_scope_is_neither_read_nor_answered(self) -> None:
        one = family()
        child, (mother, father) = one.child.person_id, both(one)
        draft_id = asked(child)
        _record(child, guardian(father, "Ola", scope=DataKind.ECONOMY))
        with acting_as(father) as viewer:
            assert guardian_answers.questions(viewer, child) == []
            with pytest.raises(ConsentDraft.DoesNotExist):
                guardian_answers.answer(draft_id=draft_id, says_yes=True, by=viewer)
        with acting_as(mother) as viewer:
            assert guardian_answers.question(viewer, child, draft_id).may_answer


class TestTheChild:
    def test_a_child_who_is_heard_is_asked_before_the_guardians_and_they_do_not_read_it(self) -> None:
        one = family()
        child = one.child.person_id
        with pytest.raises(answering.NotHeard):
            asked(child, view=None)
        draft_id = asked(child, view=View.DISAGREES)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert guardian_answers.progress(viewer, child)[draft_id].view == "disagrees"
        for parent in both(one):
            with acting_as(parent):
                assert ConsentDraft.objects.filter(pk=draft_id).exists()
                assert not ChildView.objects.exists()

    @pytest.mark.parametrize(
        ("born", "alone"),
        [(date(2010, 3, 3), False), (date(2010, 3, 2), True), (date(2008, 3, 2), True)],
    )
    def test_about_their_health_a_young_person_answers_alone_from_the_day_of_the_line(
        self, born: date, alone: bool
    ) -> None:
        young = young_person(born)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            (draft_id,) = consents.draft(
                person_id=young.person_id, terms=terms(CARE), by=viewer, view=View.AGREES
            )
        with acting_as(young.citizen_id) as viewer:
            assert [row.draft_id for row in consents.waiting(viewer)] == ([draft_id] if alone else [])

    def test_a_question_about_both_is_parted_and_each_part_asks_its_own(self) -> None:
        young = young_person(date(2010, 3, 2))
        both_kinds = terms(CARE | DataKind.EDUCATION)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            drafts = consents.draft(person_id=young.person_id, terms=both_kinds, by=viewer, view=View.AGREES)
        with acting_as(people.SOCIAL_WORKER):
            rows = {row.kinds: row.asks_guardians for row in ConsentDraft.objects.filter(pk__in=drafts)}
        assert rows == {int(CARE): False, int(DataKind.EDUCATION): True}
        with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(answering.AskedInOne):
            operations.consent_anew(person_id=young.person_id, terms=both_kinds, by=viewer)

    def test_what_guardians_say_yes_to_lasts_no_longer_than_it_is_theirs_to_say(self) -> None:
        young = young_person(date(2008, 3, 22))
        with acting_as(people.SOCIAL_WORKER) as viewer:
            (draft_id,) = consents.draft(
                person_id=young.person_id, terms=terms(), by=viewer, view=View.AGREES
            )
            (row,) = consents.drafts(viewer, young.person_id)
        assert row.draft_id == draft_id
        assert row.until == guardians.beginning_of(date(2026, 3, 22))

    def test_a_child_does_not_take_back_what_guardians_gave_before_the_line(self) -> None:
        one = family()
        with acting_as(one.child.citizen_id) as viewer:
            assert [row.may_withdraw for row in people_queries.my_consents(viewer)] == [False]
            with pytest.raises(Refused):
                operations.withdraw_consent(consent_id=one.child.consent_id, by=viewer)


SCOPES = {"everything": guardians.EVERY_KIND, "plan": DataKind.PLAN, "economy": DataKind.ECONOMY}


class TestTheOwnRoom:
    @pytest.mark.parametrize(
        ("born", "has_room"), [(date(2014, 3, 3), False), (date(2014, 3, 2), True), (date(2009, 1, 1), True)]
    )
    @pytest.mark.parametrize("scope", SCOPES)
    def test_by_age_guardian_and_scope(self, born: date, has_room: bool, scope: str) -> None:
        young = young_person(born, scope=guardians.EVERY_KIND)
        parent = _parent_of(young)
        _record(young.person_id, guardian(parent, "Tore", footing="no.parent_sole", scope=SCOPES[scope]))
        with acting_as(young.citizen_id) as viewer:
            assert own_room.has_room(viewer) is has_room
            warned = own_room.guardians_read(viewer, young.person_id, DataKind.PLAN)
            assert warned is (scope != "economy")
            if not has_room:
                with pytest.raises(own_room.NoRoomYet):
                    own_room.write(text=OF_THE_CHILD, by=viewer)
                return
            own_room.write(text=OF_THE_CHILD, by=viewer)
            assert [row.text for row in own_room.read(viewer, young.person_id)] == [OF_THE_CHILD]
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert [row.text for row in own_room.read(viewer, young.person_id)] == [OF_THE_CHILD]
        for who in (parent, people.STRANGER, people.NAV_ADVISER):
            with acting_as(who):
                assert not OwnWords.objects.exists()

    def test_no_guardian_and_no_worker_writes_in_it(self) -> None:
        young = young_person(date(2010, 1, 1))
        for who in (_parent_of(young), people.SOCIAL_WORKER):
            with acting_as(who), pytest.raises(DatabaseError, match="policy"), transaction.atomic():
                OwnWords.objects.create(
                    id=young.consent_id, subject_id=young.person_id, text="x", written_at=people.NOW
                )
        with acting_as(young.citizen_id) as viewer, pytest.raises(NothingWritten):
            own_room.write(text="  ", by=viewer)

    def test_a_worker_whose_consent_is_taken_back_reads_it_no_more(self) -> None:
        young = young_person(date(2010, 1, 1))
        with acting_as(young.citizen_id) as viewer:
            own_room.write(text=OF_THE_CHILD, by=viewer)
        with acting_as(_parent_of(young)) as viewer:
            operations.withdraw_consent(consent_id=young.consent_id, by=viewer)
        with acting_as(people.SOCIAL_WORKER):
            assert not OwnWords.objects.exists()


def young_person(born: date, *, scope: DataKind = guardians.EVERY_KIND) -> NewPerson:
    """Jon, with one parent who decides alone."""
    parent = people.said_yes(_client("G-1", "Tore", date(1980, 1, 1)))
    record_id = people.record(_client("G-2", "Jon", born))
    is_grown = born <= date(2008, 3, 2)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return operations.record_yes(
            record_id=record_id,
            partnership_id=people.PARTNERSHIP,
            given_name="Jon",
            family_name="Eksempel",
            terms=people.terms(kinds=DataKind.EDUCATION),
            by=viewer,
            guardians_of=[]
            if is_grown
            else [guardian(parent.citizen_id, "Tore", footing="no.parent_sole", scope=scope)],
            view=View.AGREES,
        )


def _client(key: str, name: str, born: date) -> people.Client:
    number = national_ids.make_synthetic(birth_date=born, sex=Sex.MALE, serial=23)
    return people.Client(key, number, name, "Eksempel", born, Sex.MALE)


def _parent_of(young: NewPerson) -> UUID:
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return guardians.around(viewer, young.person_id)[0].citizen_id


def _record(person_id: UUID, new: NewGuardian) -> None:
    with acting_as(people.SOCIAL_WORKER) as viewer:
        guardians.record(person_id=person_id, guardian=new, by=viewer)


def _end(child: UUID, citizen_id: UUID) -> None:
    with acting_as(people.SOCIAL_WORKER) as viewer:
        for row in guardians.around(viewer, child):
            if row.citizen_id == citizen_id:
                guardians.end(guardianship_id=row.guardianship_id, by=viewer)


def test_without_a_guardian_no_child_is_taken_in_and_both_are_asked() -> None:
    parents = [people.said_yes(_client(f"P-{n}", f"Forelder {n}", date(1980, 1, n))) for n in (1, 2)]
    record_id = people.record(_client("P-3", "Mia", date(2018, 1, 1)))
    for count, refusal in ((0, answering.NobodyAnswers), (1, answering.OneYesIsNotEnough), (2, None)):
        with acting_as(people.SOCIAL_WORKER) as viewer:
            said = {
                "record_id": record_id,
                "partnership_id": people.PARTNERSHIP,
                "given_name": "Mia",
                "family_name": "Eksempel",
                "terms": people.terms(kinds=DataKind.EDUCATION),
                "guardians_of": [guardian(parent.citizen_id) for parent in parents[:count]],
                "view": View.AGREES,
            }
            if refusal is not None:
                with pytest.raises(refusal), transaction.atomic():
                    operations.record_yes(**said, by=viewer)
                continue
            child = operations.record_yes(**said, by=viewer)
    with acting_as(parents[1].citizen_id):
        consent = Consent.objects.get(pk=child.consent_id)
        assert {consent.given_by_id, *consent.given_with} == {parent.citizen_id for parent in parents}
