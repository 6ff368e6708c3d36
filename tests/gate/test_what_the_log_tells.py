"""What the access log keeps back, what a guardian is told of it, and why somebody looked.

In a database of each test's own, where requests commit: what one has written the next one reads.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

import people
from gate.exceptions import OUTSIDER, lifted
from gate.scratch import later
from people import OnPlan, acting_as, family, on_plan
from samvirke.agencies import naming
from samvirke.agencies.types import Shows
from samvirke.coordination import queries as coordination
from samvirke.gate import audit, oversight
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.access import Basis, Refusal
from samvirke.gate.models import AccessEntry
from samvirke.gate.reading import may_refuse
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import (
    conflicts,
    emergencies,
    explaining,
    guardians,
    kept_back,
    log,
    log_questions,
    verbs,
)
from samvirke.people.exception_types import Visit
from samvirke.people.kept_back import Asked
from samvirke.people.models import LogQuestion
from samvirke.people.operations import record_consent
from samvirke.people.types import SeenRow

pytestmark = pytest.mark.usefixtures("committed")
REASON = "Moren er i fare om dette blir kjent."
NAV_UNIT = "Nav Fjordvik"


def asked(
    reader: UUID, *, units: tuple[UUID, ...] = (people.NAV,), case: str = "investigation", days: int = 30
) -> Asked:
    return Asked(reader, units, f"no.log_{case}", days, REASON)


def keep_back(person_id: UUID, one: Asked) -> UUID:
    with acting_as(people.COORDINATION_LEADER) as viewer:
        return kept_back.keep_back(person_id=person_id, asked=one, by=viewer)


def review(exception_id: UUID, verdict: str, by: UUID) -> None:
    with acting_as(by) as viewer:
        kept_back.review(exception_id=exception_id, verdict=verdict, by=viewer)


def reviewer_of(exception_id: UUID) -> UUID:
    with acting_as(people.COORDINATION_LEADER) as viewer:
        (found,) = [one for one in oversight.kept_back(viewer) if one.exception_id == exception_id]
        return found.reviewer_id


def looked(plan: OnPlan, who: UUID = people.NAV_ADVISER) -> None:
    with acting_as(who) as viewer:
        coordination.plan_page(viewer, plan.plan_id)


def seen(plan: OnPlan) -> tuple[SeenRow, ...]:
    with acting_as(plan.person.citizen_id) as viewer:
        return log.who_has_seen(viewer).rows


def units_seen(plan: OnPlan) -> set[str]:
    return {row.unit_name for row in seen(plan)}


def of_nav(plan: OnPlan) -> Visit:
    """The person's newest visit of Nav's adviser."""
    with acting_as(plan.person.citizen_id) as viewer:
        (first, *_) = [row for row in log.who_has_seen(viewer).rows if row.unit_name == NAV_UNIT]
        assert first.visit_id is not None
        return log.visit(viewer, first.visit_id)


class TestKeptBack:
    """From the person, while an investigation runs."""

    def test_in_the_very_next_request_and_told_when_it_is_over(self) -> None:
        plan = on_plan()
        looked(plan)
        assert NAV_UNIT in units_seen(plan)
        keep_back(plan.person.person_id, asked(plan.person.citizen_id, days=2))
        looked(plan)
        assert NAV_UNIT not in units_seen(plan)
        with later(2.1):
            assert NAV_UNIT in units_seen(plan)
            with acting_as(plan.person.citizen_id) as viewer:
                (told,) = kept_back.kept_back_from_me(viewer)
            assert (told.state, told.units, told.reason) == ("over", (NAV_UNIT,), "")

    def test_nothing_tells_that_it_was_decided_while_it_holds(self) -> None:
        plan = on_plan()
        exception = keep_back(plan.person.person_id, asked(plan.person.citizen_id))
        with acting_as(plan.person.citizen_id) as viewer:
            assert kept_back.kept_back_from_me(viewer) == []
            assert oversight.kept_back(viewer) == []
            assert not AccessEntry.objects.filter(verb__contains="kept_back").exists()
        review(exception, "ended", people.COORDINATION_LEADER)
        with acting_as(plan.person.citizen_id) as viewer:
            assert [one.state for one in kept_back.kept_back_from_me(viewer)] == ["ended"]
            assert AccessEntry.objects.filter(verb__contains="decide_kept_back").exists()

    def test_not_reviewed_in_time_it_lapses_and_accepted_it_goes_on(self) -> None:
        plan = on_plan()
        looked(plan)
        exception = keep_back(plan.person.person_id, asked(plan.person.citizen_id))
        with later(2.9):
            assert NAV_UNIT not in units_seen(plan)
        with later(3.1):
            assert NAV_UNIT in units_seen(plan)
        review(exception, "accepted", reviewer_of(exception))
        with later(3.1):
            assert NAV_UNIT not in units_seen(plan)
        with later(30.1):
            assert NAV_UNIT in units_seen(plan)

    def test_only_another_leader_accepts_and_either_ends_it(self) -> None:
        plan = on_plan()
        looked(plan)
        exception = keep_back(plan.person.person_id, asked(plan.person.citizen_id))
        for who in (people.COORDINATION_LEADER, people.FOLLOW_UP_LEADER):
            with pytest.raises(kept_back.NotYoursToEnd):
                review(exception, "accepted", who)
        with pytest.raises(kept_back.NotYoursToEnd):
            review(exception, "ended", people.FOLLOW_UP_LEADER)
        assert NAV_UNIT not in units_seen(plan)
        review(exception, "ended", reviewer_of(exception))
        assert NAV_UNIT in units_seen(plan)

    @pytest.mark.parametrize(
        ("case", "to_who_decided", "to_the_reviewer"),
        [("investigation", "person", ""), ("child_protection", "guardian", "guardian")],
    )
    def test_the_reviewer_reads_from_whom_only_where_the_case_type_tells_it(
        self, case: str, to_who_decided: str, to_the_reviewer: str
    ) -> None:
        one = people.family()
        subject, reader = one.child.person_id, one.father.person.citizen_id
        if to_who_decided == "person":
            subject = one.father.person.person_id
        exception = keep_back(subject, asked(reader, case=case))
        told = []
        for who in (people.COORDINATION_LEADER, reviewer_of(exception)):
            with acting_as(who) as viewer:
                (view,) = kept_back.decided_or_reviewed(viewer)
                told.append(view.from_whom)
        assert told == [to_who_decided, to_the_reviewer]

    def test_only_a_leader_around_the_person_within_the_case_type(self) -> None:
        plan = on_plan()
        citizen, person = plan.person.citizen_id, plan.person.person_id
        with acting_as(people.COORDINATOR) as viewer, pytest.raises(kept_back.MayNotKeepBack):
            kept_back.keep_back(person_id=person, asked=asked(citizen), by=viewer)
        with acting_as(people.STRANGER_LEADER) as viewer, pytest.raises(Refused):
            kept_back.keep_back(person_id=person, asked=asked(citizen), by=viewer)
        for wrong in (
            asked(citizen, days=91),
            asked(citizen, case="child_protection"),  # never from the person
            asked(people.SOCIAL_WORKER),
            asked(citizen, units=()),
            Asked(citizen, (people.NAV,), "no.log_investigation", 30, "Kort."),
        ):
            with pytest.raises(kept_back.MayNotKeepBack):
                keep_back(person, wrong)
        assert keep_back(person, asked(citizen))

    def test_the_database_itself_says_no(self) -> None:
        """The function refuses a worker, oneself as reviewer and a time without an end."""
        plan = on_plan()
        person, citizen = plan.person.person_id, plan.person.citizen_id
        sql = "SELECT gate.keep_back(%s, %s, %s, %s, 'c', 'p', %s, %s, gate.now() + interval '1 day', %s)"

        def call(by: UUID, reviewer: UUID, days: int = 10, reader: UUID = citizen) -> None:
            with acting_as(by) as viewer, may_refuse(), connection.cursor() as cursor:
                until = viewer.now + timedelta(days=days)
                cursor.execute(sql, [uuid4(), person, reader, [people.NAV], REASON, reviewer, until])

        for by, reviewer, days, reader in (
            (people.COORDINATOR, people.SOCIAL_LEADER, 10, citizen),
            (people.STRANGER_LEADER, people.SOCIAL_LEADER, 10, citizen),
            (people.COORDINATION_LEADER, people.COORDINATION_LEADER, 10, citizen),
            (people.COORDINATION_LEADER, people.COORDINATOR, 10, citizen),
            (people.COORDINATION_LEADER, people.SOCIAL_LEADER, 400, citizen),
            (people.COORDINATION_LEADER, people.SOCIAL_LEADER, 10, people.NAV_ADVISER),
            (citizen, people.SOCIAL_LEADER, 10, citizen),
        ):
            with pytest.raises(PermissionError):
                call(by, reviewer, days, reader)
        call(people.COORDINATION_LEADER, people.SOCIAL_LEADER)

    def test_it_holds_for_any_sql_and_for_broken_glass_audience_and_explanation(self) -> None:
        plan = on_plan()
        person = plan.person.person_id
        looked(plan)
        assert lifted(plan) is not None
        with acting_as(plan.person.citizen_id) as viewer:
            assert OUTSIDER in AccessEntry.objects.values_list("post_id", flat=True)
            assert emergencies.about(viewer, [person])
        outside = (people.NAV, _unit_of(OUTSIDER))
        exception = keep_back(person, asked(plan.person.citizen_id, units=outside))
        with acting_as(plan.person.citizen_id) as viewer:
            hidden = {OUTSIDER, people.NAV_ADVISER}
            assert hidden.isdisjoint(AccessEntry.objects.values_list("post_id", flat=True))
            assert emergencies.about(viewer, [person]) == []
            assert hidden.isdisjoint(ask.who_sees(viewer, verbs.EXPLAIN, person, DataKind.PLAN))
            with pytest.raises(explaining.NobodyHere):
                _explain(viewer, person, people.NAV_ADVISER)
            with pytest.raises(PermissionError):
                oversight.explain(
                    post_id=people.NAV_ADVISER,
                    subject_id=person,
                    kind=DataKind.PLAN,
                    purpose=Purpose.COORDINATION,
                    writes=False,
                    at=viewer.now,
                )
        with acting_as(people.COORDINATOR) as viewer:  # nobody else is kept from anything
            assert people.NAV_ADVISER in ask.who_sees(viewer, verbs.EXPLAIN, person, DataKind.PLAN)
            assert emergencies.about(viewer, [person])
        review(exception, "ended", people.COORDINATION_LEADER)
        with acting_as(plan.person.citizen_id) as viewer:
            assert hidden <= set(AccessEntry.objects.values_list("post_id", flat=True))
            assert emergencies.about(viewer, [person])

    def test_it_is_counted_without_persons(self) -> None:
        plan = on_plan()
        keep_back(plan.person.person_id, asked(plan.person.citizen_id))
        with acting_as(people.COORDINATION_LEADER) as viewer:
            ((label, states),) = kept_back.counted(kept_back.decided_or_reviewed(viewer))
        assert "criminal case" in label
        assert states == {"waiting": 1, "accepted": 0, "ended": 0, "over": 0}


def _unit_of(post_id: UUID) -> UUID:
    return {people.STRANGER: people.SOCIAL_NORDENG, people.FOLLOW_UP_ADVISER: people.FOLLOW_UP}[post_id]


def _explain(viewer: Viewer, person_id: UUID, post_id: UUID) -> None:
    explaining.explain(
        viewer,
        subject_id=person_id,
        post_id=post_id,
        kind=DataKind.PLAN,
        purpose=Purpose.COORDINATION,
        at=people.NOW,
    )


class TestAGuardian:
    """Told of a child's log: who looked on a yes of the guardian's own, and of nothing else."""

    def test_the_own_yes_and_no_other_ground(self) -> None:
        one = family()
        people.father_answers_alone(one)
        child, father = one.child.person_id, one.father.person.citizen_id
        with acting_as(father) as viewer:
            assert log.who_has_seen_child(viewer, child).rows == ()  # the yes was the mother's
            assert not AccessEntry.objects.filter(subject_id=child).exists()
            consent_for(viewer, child)
        for who in ALL_THREE:
            with acting_as(who) as viewer:
                ask.require(viewer, verbs.EXPLAIN, child)
        with acting_as(people.STRANGER) as viewer, pytest.raises(Refused):
            ask.require(viewer, verbs.EXPLAIN, child)
        with acting_as(father) as viewer:
            rows = log.who_has_seen_child(viewer, child).rows
            assert {(row.unit_name, row.basis) for row in rows} == {("Oppfølgingstjenesten", Basis.CONSENT)}
            lines = AccessEntry.objects.filter(subject_id=child)
            assert set(lines.values_list("post_id", flat=True)) == {people.FOLLOW_UP_ADVISER}

    def test_not_what_another_yes_opened_nor_who_is_near_a_protected_parent(self) -> None:
        """Nav's adviser is around the mother, whose place the father may not know."""
        one = family()
        people.father_answers_alone(one)
        child, father = one.child.person_id, one.father.person.citizen_id
        with acting_as(father) as viewer:
            consent_for(viewer, child)
        with acting_as(people.NAV_ADVISER) as viewer:
            ask.require(viewer, verbs.EXPLAIN, child)
        with acting_as(people.FOLLOW_UP_ADVISER) as viewer:
            audit.note(viewer, verbs.EXPLAIN, subject_ids=[child], basis="consent", kinds=DataKind.ECONOMY)
        with acting_as(father) as viewer:
            assert log.who_has_seen_child(viewer, child).rows == ()
            assert not AccessEntry.objects.filter(subject_id=child).exists()

    def test_kept_back_from_one_guardian_and_over_when_the_relation_is(self) -> None:
        one = family()
        people.father_answers_alone(one)
        child, father = one.child.person_id, one.father.person.citizen_id
        with acting_as(father) as viewer:
            consent_for(viewer, child)
        with acting_as(people.FOLLOW_UP_ADVISER) as viewer:
            ask.require(viewer, verbs.EXPLAIN, child)
        told = asked(father, units=(people.FOLLOW_UP,), case="child_protection")
        with acting_as(father) as viewer:
            assert len(log.who_has_seen_child(viewer, child).rows) == 1
        exception = keep_back(child, told)
        with acting_as(father) as viewer:
            assert log.who_has_seen_child(viewer, child).rows == ()
        review(exception, "ended", people.COORDINATION_LEADER)
        with acting_as(father) as viewer:
            assert len(log.who_has_seen_child(viewer, child).rows) == 1
        with acting_as(people.SOCIAL_WORKER) as viewer:
            for row in guardians.around(viewer, child):
                if row.citizen_id == father:
                    guardians.end(guardianship_id=row.guardianship_id, by=viewer)
        with acting_as(father) as viewer:
            with pytest.raises(Refused):
                log.who_has_seen_child(viewer, child)
            assert not AccessEntry.objects.filter(subject_id=child).exists()

    def test_a_worker_is_no_guardian(self) -> None:
        one = family()
        with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(Refused):
            log.who_has_seen_child(viewer, one.child.person_id)


ALL_THREE = (people.FOLLOW_UP_ADVISER, people.NAV_ADVISER, people.SOCIAL_WORKER)


def consent_for(viewer: Viewer, child: UUID) -> None:
    """The father says yes to Nav and the follow-up service."""
    terms = people.terms(units=(people.NAV, people.FOLLOW_UP), kinds=DataKind.EDUCATION)
    consent_id = record_consent(child, viewer.post_id, terms)
    gate.admit(consent_id=consent_id, post_ids=[people.NAV_ADVISER, people.FOLLOW_UP_ADVISER])


class TestWhy:
    """The rule that decided a visit, and a question to who answers for it."""

    def test_the_rule_and_the_consent_it_rested_on(self) -> None:
        plan = on_plan()
        looked(plan)
        visit = of_nav(plan)
        with acting_as(plan.person.citizen_id) as viewer:
            (found,) = log_questions.explained(viewer, visit)
        assert (found.basis, found.kind, found.at) == (Basis.CONSENT, DataKind.PLAN, visit.row.at)
        assert found.consents == (plan.person.consent_id,)

    def test_of_a_refused_attempt_and_of_broken_glass_too(self) -> None:
        plan = on_plan()
        with acting_as(people.STRANGER) as viewer, pytest.raises(Refused):
            ask.require(viewer, verbs.REFER, plan.person.person_id)
        assert lifted(plan, by=people.FOLLOW_UP_ADVISER) is not None
        visits = {row.unit_name: row.visit_id for row in seen(plan)}
        with acting_as(plan.person.citizen_id) as viewer:
            stopped = log.visit(viewer, visits["Sosialtjenesten i Nordeng"])
            assert [one.refusal for one in log_questions.explained(viewer, stopped)] == [Refusal.NOT_ON_TEAM]
            broken = log.visit(viewer, visits["Oppfølgingstjenesten"])
            assert Basis.LIFT in {one.basis for one in log_questions.explained(viewer, broken)}
            for visit in (stopped, broken):
                log_questions.ask_why(visit=visit, text="Hvorfor?", by=viewer)
        for leader in (people.STRANGER_LEADER, people.FOLLOW_UP_LEADER):
            with acting_as(leader) as viewer:
                assert len(log_questions.to_answer(viewer)) == 1

    def test_asked_answered_and_read_and_by_nobody_else(self) -> None:
        plan = on_plan()
        looked(plan)
        visit = of_nav(plan)
        with acting_as(plan.person.citizen_id) as viewer:
            question = log_questions.ask_why(visit=visit, text="Hvorfor så dere på planen min?", by=viewer)
            with pytest.raises(log_questions.AskedAlready):
                log_questions.ask_why(visit=visit, text="Igjen?", by=viewer)
        for who in (people.NAV_ADVISER, people.COORDINATOR, people.SOCIAL_LEADER):
            with acting_as(who) as viewer:
                assert not LogQuestion.objects.exists()
                with pytest.raises(log_questions.NotYoursToAnswer):
                    log_questions.answer(question_id=question, text="Fordi.", by=viewer)
        with acting_as(people.NAV_LEADER) as viewer:
            (row,) = log_questions.to_answer(viewer)
            assert (row.name, row.who, str(row.due_on)) == ("Kari Eksempel", "Veileder 1", "2026-03-16")
            with pytest.raises(log_questions.WordsMissing):
                log_questions.answer(question_id=question, text=" ", by=viewer)
            log_questions.answer(question_id=question, text="Vi forberedte møtet.", by=viewer)
            with pytest.raises(log_questions.NotYoursToAnswer):
                log_questions.answer(question_id=question, text="Noe annet.", by=viewer)
        with acting_as(plan.person.citizen_id) as viewer:
            (read,) = log_questions.asked_by_me(viewer)
        assert (read.answer, read.is_late) == ("Vi forberedte møtet.", False)

    def test_unanswered_after_its_day_it_is_late(self) -> None:
        plan = on_plan()
        looked(plan)
        visit = of_nav(plan)
        with acting_as(plan.person.citizen_id) as viewer:
            log_questions.ask_why(visit=visit, text="Hvorfor?", by=viewer)
        for days, late in ((14, False), (15, True)):
            with later(days), acting_as(people.NAV_LEADER) as viewer:
                assert [row.is_late for row in log_questions.to_answer(viewer)] == [late]

    def test_the_leader_who_looked_does_not_answer_for_themself(self) -> None:
        plan = on_plan()
        with acting_as(people.NAV_LEADER) as viewer, pytest.raises(Refused):
            ask.require(viewer, verbs.REFER, plan.person.person_id)
        visit = of_nav(plan)
        with acting_as(plan.person.citizen_id) as viewer:
            log_questions.ask_why(visit=visit, text="Hvorfor?", by=viewer)
        with acting_as(people.COORDINATION_LEADER) as viewer:
            assert len(log_questions.to_answer(viewer)) == 1

    def test_a_leader_who_keeps_out_of_the_case_does_not_answer(self) -> None:
        plan = on_plan()
        looked(plan, people.COORDINATOR)
        with acting_as(people.COORDINATION_LEADER) as viewer:
            conflicts.declare_conflict(
                subject_id=plan.person.person_id, reason=Refusal.FORMER_PARTNER, by=viewer
            )
        with acting_as(plan.person.citizen_id) as viewer:
            rows = [row for row in log.who_has_seen(viewer).rows if row.who == "Koordinator 1"]
            assert rows[0].visit_id is not None
            log_questions.ask_why(visit=log.visit(viewer, rows[0].visit_id), text="Hvorfor?", by=viewer)
        with acting_as(people.COORDINATION_LEADER) as viewer:
            assert log_questions.to_answer(viewer) == []
        with acting_as(plan.person.citizen_id):
            assert LogQuestion.objects.get().to_post_id != people.COORDINATION_LEADER

    def test_only_about_a_line_that_the_asker_reads(self) -> None:
        """Also by any SQL: no question about a visit to somebody else, or one that is kept back."""
        plan = on_plan()
        looked(plan)
        visit = of_nav(plan)
        keep_back(plan.person.person_id, asked(plan.person.citizen_id))
        with acting_as(plan.person.citizen_id) as viewer:
            with pytest.raises(log.NoSuchVisit):
                log.visit(viewer, visit.row.visit_id)
            with pytest.raises(PermissionError), may_refuse():
                log_questions.ask_why(visit=visit, text="Hvorfor?", by=viewer)

    def test_no_more_is_told_where_who_it_was_is_hidden(self) -> None:
        """The father sees that an agency was there; whose reader near the mother it was is not told."""
        one = family()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            coordination.plan_page(viewer, one.plan_id)
        with acting_as(one.father.person.citizen_id) as viewer:
            masked = [row for row in log.who_has_seen(viewer).rows if not row.unit_name]
            assert masked
            assert {row.visit_id for row in masked} == {None}
            request_ids = AccessEntry.objects.values_list("request_id", flat=True)
            told = {row.visit_id for row in log.who_has_seen(viewer).rows}
            for request_id in set(request_ids) - told:
                with pytest.raises(log.NoSuchVisit):
                    log.visit(viewer, request_id)


class TestNames:
    """How an agency shows its workers."""

    def test_by_role_first_then_as_the_agency_states(self) -> None:
        plan = on_plan()
        looked(plan)

        def shown() -> set[tuple[str, str]]:
            return {(row.who, row.unit_name) for row in seen(plan) if row.unit_name == NAV_UNIT}

        assert shown() == {("Veileder 1", NAV_UNIT)}
        _state(Shows.UNIT, "Trusler mot ansatte i vinter.", 0)
        assert shown() == {("", NAV_UNIT)}
        with pytest.raises(naming.NotShownByName):
            naming.name_worker(post_id=people.NAV_ADVISER, name="Ane Veileder")
        _state(Shows.NAME, "Vi vil at folk skal vite hvem.", 1)
        naming.name_worker(post_id=people.NAV_ADVISER, name="Ane Veileder")
        assert shown() == {("Ane Veileder, Veileder 1", NAV_UNIT)}
        _state(Shows.ROLE, "Som det var før.", 2)
        assert shown() == {("Veileder 1", NAV_UNIT)}
        assert [shows for _, shows, _ in naming.rules_of("310990908")] == ["role", "name", "unit"]
        _state(Shows.NAME, "Navn igjen, av samme grunn.", 3)
        assert shown() == {("Veileder 1", NAV_UNIT)}  # names were not kept meanwhile

    def test_not_without_a_reason_nor_for_nobody(self) -> None:
        with pytest.raises(naming.NoReason):
            _state(Shows.UNIT, "Fordi", 0)
        with pytest.raises(naming.NoSuchAgency):
            naming.state(
                organisation_number="1", shows=Shows.UNIT, reason="Trusler i vinter.", now=people.NOW
            )


def _state(shows: Shows, reason: str, minute: int) -> None:
    now = people.NOW + timedelta(minutes=minute)
    naming.state(organisation_number="310990908", shows=shows, reason=reason, now=now)
