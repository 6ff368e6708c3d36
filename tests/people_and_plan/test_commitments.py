"""Commitments between agencies: who asks whom, what answers there are, what is measured, and who reads it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

import people
from agreements.test_agreements import signed
from gate.scratch import connect, later
from people import CANARY_WORDS, NOW, OnPlan, acting_as, family, on_plan
from people_and_plan.stand_ins import another
from samvirke.agreements.types import Promise
from samvirke.coordination import consents as coordination_consents
from samvirke.coordination import operations as coordinating
from samvirke.gate.types import Refused
from samvirke.kernel.codes import EndReason, Occupation, SupportSource
from samvirke.kernel.gate_words import DataKind
from samvirke.people import operations as people_operations
from samvirke.plan import commitment_policies as rules
from samvirke.plan import commitments, commitments_read, policies, teams
from samvirke.plan.commitment_types import CommitmentRow, Wanted
from samvirke.plan.models import Commitment, CommitmentStep, Plan
from samvirke.plan.types import Situation

TODAY = NOW.date()
SOON = TODAY + timedelta(days=14)
WHAT = "Nav gir tiltakspenger fra mandag."
BACK = "Sosialtjenesten gir støttekontakt."


def wanted(**changes: Any) -> Wanted:
    """Work, within two weeks."""
    said: dict[str, Any] = {"kind": DataKind.EMPLOYMENT, "what": WHAT, "by_when": SOON}
    return Wanted(**{**said, **changes})


def asked(
    plan: OnPlan, *, by: UUID = people.SOCIAL_WORKER, of: UUID = people.NAV_ADVISER, **changes: Any
) -> UUID:
    """The social service asks Nav."""
    with acting_as(by) as viewer:
        return commitments.ask_for(plan_id=plan.plan_id, wanted=wanted(**changes), of_post=of, by=viewer)


def answered(one: UUID, status: str, why: str = "", *, by: UUID = people.NAV_ADVISER) -> None:
    """Nav answers."""
    with acting_as(by) as viewer:
        commitments.answer(commitment_id=one, status=status, why=why, by=viewer)


def countered(one: UUID, *, by: UUID = people.NAV_ADVISER, **changes: Any) -> UUID:
    """Nav wants something in return."""
    with acting_as(by) as viewer:
        return commitments.counter(commitment_id=one, wanted=wanted(what=BACK, **changes), by=viewer)


def settled(
    one: UUID, status: str, why: str = "", *, by: UUID = people.NAV_ADVISER, day: date = TODAY
) -> None:
    """It is said what came of it."""
    with acting_as(by) as viewer:
        commitments.settle(commitment_id=one, status=status, on_day=day, why=why, by=viewer)


def rows(plan_id: UUID, who: UUID = people.SOCIAL_WORKER) -> dict[UUID, CommitmentRow]:
    """The plan's commitments, as somebody reads them."""
    with acting_as(who) as viewer:
        return {row.commitment_id: row for row in commitments_read.of_plan(viewer, plan_id).rows}


@people.database
class TestAsking:
    def test_both_parties_and_the_person_read_it(self) -> None:
        plan = on_plan()
        one = asked(plan, in_return="Vi tar husleia så lenge.")
        for who, gives, gets in (
            (people.SOCIAL_WORKER, False, True),
            (people.NAV_ADVISER, True, False),
            (people.COORDINATOR, False, False),
            (plan.person.citizen_id, False, False),
        ):
            row = rows(plan.plan_id, who)[one]
            assert (row.what, row.in_return, row.status) == (WHAT, "Vi tar husleia så lenge.", "asked")
            assert (row.is_ours_to_give, row.is_ours_to_get) == (gives, gets)
            assert (row.who_gives.title, row.by_when) == ("Veileder 1", SOON)

    @pytest.mark.parametrize("who", ["stranger", "social colleague", "follow-up adviser", "nav leader"])
    def test_nobody_outside_the_team_reads_or_asks(self, who: str) -> None:
        plan = on_plan()
        asked(plan)
        for act in (
            lambda: rows(plan.plan_id, people.EVERYBODY[who]),
            lambda: asked(plan, by=people.EVERYBODY[who]),
        ):
            with pytest.raises((Refused, Plan.DoesNotExist)):
                act()

    def test_somebody_admitted_without_a_seat_does_not_read(self) -> None:
        plan = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            people_operations.refer(
                person_id=plan.person.person_id,
                to_unit=people.NAV,
                consent_id=plan.person.consent_id,
                by=viewer,
            )
        with pytest.raises(policies.NotInTheTeam):
            rows(plan.plan_id, people.NAV_LEADER)

    def test_the_person_reads_and_does_not_ask(self) -> None:
        plan = on_plan()
        with pytest.raises((policies.NotInTheTeam, Refused)):
            asked(plan, by=plan.person.citizen_id)

    def test_not_of_the_own_unit_nor_of_somebody_outside(self) -> None:
        plan = on_plan()
        with pytest.raises(rules.OfTheSameUnit):
            asked(plan, by=people.COORDINATOR, of=people.COORDINATION_LEADER)
        with pytest.raises(policies.NotInTheTeam):
            asked(plan, of=people.STRANGER)

    def test_not_about_what_the_other_may_not_read(self) -> None:
        plan = on_plan()
        with pytest.raises(rules.CannotRead):
            asked(plan, kind=DataKind.HOUSING)
        one = asked(plan, by=people.SOCIAL_WORKER, of=people.COORDINATOR, kind=DataKind.HOUSING)
        assert one in rows(plan.plan_id, people.COORDINATOR)
        assert one not in rows(plan.plan_id, people.NAV_ADVISER)

    def test_who_reads_the_kind_and_writes_in_the_plan_answers(self) -> None:
        """The Nav adviser reads of money, and writes no note of it."""
        kinds = DataKind.ECONOMY | DataKind.EMPLOYMENT
        plan = on_plan(consent=people.terms(kinds=kinds))
        one = asked(plan, kind=DataKind.ECONOMY)
        with acting_as(people.NAV_ADVISER) as viewer:
            part = commitments_read.of_plan(viewer, plan.plan_id)
        assert DataKind.ECONOMY not in part.kinds
        assert "accepted" in part.rows[0].may_become
        answered(one, "accepted")
        settled(one, "kept")
        assert rows(plan.plan_id)[one].status == "kept"

    @pytest.mark.parametrize(
        ("changes", "refused"),
        [
            ({"what": " "}, policies.NothingWritten),
            ({"by_when": TODAY - timedelta(days=1)}, rules.DueInThePast),
            ({"in_return_for": uuid4()}, rules.NoSuchCommitment),
        ],
    )
    def test_what_cannot_be_asked(self, changes: dict[str, Any], refused: type[Exception]) -> None:
        plan = on_plan()
        with pytest.raises(refused):
            asked(plan, **changes)
        assert rows(plan.plan_id) == {}

    def test_in_return_for_another_of_the_plan_and_of_no_other(self) -> None:
        plan, other = on_plan(), on_plan(another(4))
        first = asked(plan)
        second = asked(plan, by=people.NAV_ADVISER, of=people.SOCIAL_WORKER, in_return_for=first)
        assert rows(plan.plan_id)[second].in_return_for == WHAT
        with pytest.raises(rules.NoSuchCommitment):
            asked(other, in_return_for=first)

    def test_nothing_is_written_in_a_plan_that_has_ended(self) -> None:
        plan = on_plan()
        one = asked(plan)
        with acting_as(people.COORDINATOR) as viewer:
            coordinating.end_plan(
                plan_id=plan.plan_id,
                reason=EndReason.JOB,
                situation=Situation(SupportSource.WAGES, Occupation.ORDINARY_JOB),
                by=viewer,
            )
        for act in (lambda: asked(plan), lambda: answered(one, "accepted")):
            with pytest.raises(policies.PlanIsClosed):
                act()
        assert rows(plan.plan_id)[one].may_become == ()


@people.database
class TestAnswering:
    @pytest.mark.parametrize(("status", "why"), [("accepted", ""), ("declined", "Vi har ikke plass.")])
    def test_yes_or_no_with_a_reason(self, status: str, why: str) -> None:
        plan = on_plan()
        one = asked(plan)
        answered(one, status, why)
        row = rows(plan.plan_id, plan.person.citizen_id)[one]
        assert (row.status, row.steps[0].why) == (status, why)
        assert row.steps[0].who is not None
        assert row.steps[0].who.title == "Veileder 1"

    def test_a_no_without_a_reason_is_no_answer(self) -> None:
        plan = on_plan()
        one = asked(plan)
        with pytest.raises(policies.ReasonMissing):
            answered(one, "declined", " ")
        assert rows(plan.plan_id)[one].status == "asked"

    @pytest.mark.parametrize("who", [people.SOCIAL_WORKER, people.COORDINATOR])
    def test_only_the_unit_that_is_asked_answers(self, who: UUID) -> None:
        plan = on_plan()
        one = asked(plan)
        for act in (lambda: answered(one, "accepted", by=who), lambda: countered(one, by=who)):
            with pytest.raises(rules.NotYoursToAnswer):
                act()

    def test_a_colleague_in_the_team_answers_for_the_unit(self) -> None:
        plan = on_plan()
        plain = asked(plan, of=people.COORDINATOR, kind=DataKind.PLAN)
        answered(plain, "accepted", by=people.COORDINATION_LEADER)
        assert rows(plan.plan_id)[plain].status == "accepted"

    def test_an_answer_is_given_once(self) -> None:
        plan = on_plan()
        one = asked(plan)
        answered(one, "accepted")
        for status in ("accepted", "declined"):
            with pytest.raises(rules.CommitmentHasMoved):
                answered(one, status, "Likevel ikke.")
        with pytest.raises(rules.CommitmentHasMoved):
            countered(one)

    @pytest.mark.parametrize("status", ["kept", "broken", "lapsed", "countered", "", "<script>"])
    def test_what_is_no_answer_is_refused(self, status: str) -> None:
        one = asked(on_plan())
        with pytest.raises(rules.CommitmentHasMoved):
            answered(one, status, "Fordi.")

    def test_a_stranger_finds_nothing_to_answer(self) -> None:
        one = asked(on_plan())
        with pytest.raises((Refused, Commitment.DoesNotExist)):
            answered(one, "accepted", by=people.STRANGER)


@people.database
class TestCounterDemands:
    def test_it_is_tied_to_what_it_answers_and_both_hold_when_it_is_accepted(self) -> None:
        plan = on_plan()
        one = asked(plan)
        back = countered(one)
        told = rows(plan.plan_id)
        assert (told[one].status, told[back].status) == ("countered", "asked")
        assert (told[back].is_counter, told[back].in_return_for) == (True, WHAT)
        assert told[back].is_ours_to_give
        answered(back, "accepted", by=people.SOCIAL_WORKER)
        told = rows(plan.plan_id)
        assert (told[one].status, told[back].status) == ("accepted", "accepted")

    def test_declined_the_first_still_waits_for_a_plain_answer(self) -> None:
        plan = on_plan()
        one = asked(plan)
        answered(countered(one), "declined", "Det kan vi ikke.", by=people.SOCIAL_WORKER)
        assert rows(plan.plan_id)[one].status == "countered"
        with pytest.raises(rules.CommitmentHasMoved):
            countered(one)
        answered(one, "accepted")
        assert rows(plan.plan_id)[one].status == "accepted"

    def test_where_the_asker_has_left_a_colleague_of_the_unit_is_asked(self) -> None:
        plan = on_plan()
        one = asked(plan, by=people.COORDINATOR, of=people.NAV_ADVISER, kind=DataKind.PLAN)
        with acting_as(people.COORDINATION_LEADER) as viewer:
            teams.leave_team(
                plan_id=plan.plan_id,
                post_ids=[people.COORDINATOR],
                actions_to=people.COORDINATION_LEADER,
                by=viewer,
            )
        back = countered(one, kind=DataKind.PLAN)
        row = rows(plan.plan_id)[back]
        assert row.who_gives.title != "Koordinator 1"
        answered(back, "accepted", by=people.COORDINATION_LEADER)
        assert rows(plan.plan_id)[one].status == "accepted"

    def test_a_demand_countered_in_turn(self) -> None:
        plan = on_plan()
        one = asked(plan)
        back = countered(one)
        again = countered(back, by=people.SOCIAL_WORKER)
        answered(again, "accepted")
        assert {row.status for row in rows(plan.plan_id).values()} == {"accepted"}

    def test_a_counter_demand_that_cannot_be_asked_answers_nothing(self) -> None:
        plan = on_plan()
        one = asked(plan)
        with pytest.raises(rules.DueInThePast):
            countered(one, by_when=TODAY - timedelta(days=1))
        assert rows(plan.plan_id)[one].status == "asked"


@people.database
class TestWhatCameOfIt:
    @pytest.mark.parametrize("who", [people.NAV_ADVISER, people.SOCIAL_WORKER])
    @pytest.mark.parametrize(("status", "why"), [("kept", ""), ("broken", "Systemet var nede.")])
    def test_both_parties_say_it(self, who: UUID, status: str, why: str) -> None:
        plan = on_plan()
        one = asked(plan)
        answered(one, "accepted")
        settled(one, status, why, by=who)
        row = rows(plan.plan_id, plan.person.citizen_id)[one]
        assert (row.status, row.steps[-1].why, row.steps[-1].on_day) == (status, why, TODAY)
        assert not row.is_open

    def test_broken_needs_a_reason_and_nobody_else_says_it(self) -> None:
        one = asked(on_plan())
        answered(one, "accepted")
        with pytest.raises(policies.ReasonMissing):
            settled(one, "broken")
        with pytest.raises(rules.NotYoursToAnswer):
            settled(one, "kept", by=people.COORDINATOR)

    def test_what_nobody_accepted_is_neither_kept_nor_broken(self) -> None:
        one = asked(on_plan())
        with pytest.raises(rules.CommitmentHasMoved):
            settled(one, "kept")

    @pytest.mark.parametrize("days", [-1, 1])
    def test_on_a_day_between_the_asking_and_today(self, days: int) -> None:
        one = asked(on_plan())
        answered(one, "accepted")
        with pytest.raises(rules.NotThatDay):
            settled(one, "kept", day=TODAY + timedelta(days=days))

    def test_who_leaves_the_team_takes_no_promise_along(self) -> None:
        plan = on_plan()
        one, kept = asked(plan), asked(plan)
        answered(kept, "accepted")
        settled(kept, "kept")
        with acting_as(people.COORDINATOR) as viewer:
            teams.leave_team(
                plan_id=plan.plan_id,
                post_ids=[people.NAV_ADVISER],
                actions_to=people.COORDINATOR,
                by=viewer,
            )
        told = rows(plan.plan_id)
        assert (told[one].status, told[kept].status) == ("lapsed", "kept")

    def test_a_colleague_who_stays_keeps_it_alive(self) -> None:
        plan = on_plan()
        one = asked(plan, of=people.COORDINATOR, kind=DataKind.PLAN)
        with acting_as(people.COORDINATION_LEADER) as viewer:
            teams.leave_team(
                plan_id=plan.plan_id,
                post_ids=[people.COORDINATOR],
                actions_to=people.COORDINATION_LEADER,
                by=viewer,
            )
        assert rows(plan.plan_id)[one].status == "asked"


@people.database
class TestTheTables:
    @pytest.mark.parametrize("table", ["plan_commitment", "plan_commitmentstep"])
    @pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
    def test_let_nobody_change_it(self, table: str, statement: str) -> None:
        answered(asked(on_plan()), "accepted")
        with (
            acting_as(people.COORDINATOR),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(table))

    def test_two_answers_at_once_are_one(self) -> None:
        one = asked(on_plan())
        answered(one, "accepted")
        with acting_as(people.NAV_ADVISER):
            step = CommitmentStep.objects.get(commitment_id=one)
            step.pk = uuid4()
            with pytest.raises(IntegrityError), transaction.atomic():
                step.save(force_insert=True)

    def test_a_withdrawn_consent_hides_them_from_the_team_and_not_from_the_person(self) -> None:
        plan, other = on_plan(), on_plan(another(4))
        for one in (plan, other):
            answered(asked(one), "accepted")
        with acting_as(plan.person.citizen_id) as viewer:
            lost = coordination_consents.consequences(viewer, plan.person.consent_id).losses
            assert {row.commitments for row in lost if row.post.title == "Veileder 1"} == {1}
            people_operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
        with acting_as(people.NAV_ADVISER):
            for model in (Commitment, CommitmentStep):
                found = set(model._default_manager.values_list("subject_id", flat=True))
                assert found == {other.person.person_id}
        assert len(rows(plan.plan_id, plan.person.citizen_id)) == 1


@people.database
class TestMeasured:
    def test_an_agreement_that_says_nothing_of_it_measures_nothing(self) -> None:
        signed(response_times={Promise.MEET: 1})
        plan = on_plan()
        one = asked(plan)
        row = rows(plan.plan_id)[one]
        assert (row.promised_days, row.is_compared, row.is_answer_late) == (None, True, False)

    def test_nor_one_between_others(self) -> None:
        signed(response_times={Promise.ANSWER_COMMITMENT: 3})
        plan = on_plan()
        one = asked(plan, by=people.COORDINATOR)
        row = rows(plan.plan_id)[one]
        assert row.promised_days is None

    def test_numbers_of_what_was_kept(self) -> None:
        signed(response_times={Promise.ANSWER_COMMITMENT: 3})
        plan = on_plan()
        for outcome in ("kept", "broken"):
            one = asked(plan)
            answered(one, "accepted")
            settled(one, outcome, "Fordi.")
        asked(plan)
        with acting_as(people.COORDINATOR) as viewer:
            (row,) = commitments_read.kept(viewer, people.PARTNERSHIP)
        assert (row.asked, row.answered, row.compared, row.in_time, row.kept, row.broken) == (
            3,
            2,
            2,
            2,
            1,
            1,
        )
        with acting_as(people.STRANGER) as viewer:
            assert commitments_read.kept(viewer, people.PARTNERSHIP) == ()


@people.database
class TestLists:
    def test_what_i_owe_and_what_i_wait_for(self) -> None:
        plan = on_plan()
        one = asked(plan)
        answered(asked(plan), "declined", "Nei.")
        for who, gives in ((people.NAV_ADVISER, True), (people.SOCIAL_WORKER, False)):
            with acting_as(who) as viewer:
                (owed,) = commitments_read.of_mine(viewer)
            assert (owed.row.commitment_id, owed.row.is_ours_to_give) == (one, gives)
            assert owed.person_name
        for who in (people.COORDINATOR, people.STRANGER):
            with acting_as(who) as viewer:
                assert commitments_read.of_mine(viewer) == []


@people.database
class TestAroundTheProtected:
    def commitments_of(self, plan: OnPlan) -> UUID:
        one = asked(plan, by=people.COORDINATOR, of=people.STRANGER, kind=DataKind.PLAN)
        answered(one, "accepted", by=people.STRANGER)
        return one

    def test_parties_are_told_by_the_kind_of_agency_alone_and_nothing_is_compared(self) -> None:
        signed(
            by=people.STRANGER_LEADER,
            parties=(people.SOCIAL_NORDENG, people.COORDINATING),
            response_times={Promise.ANSWER_COMMITMENT: 3},
        )
        here = family()
        one = self.commitments_of(here.mother)
        told = rows(here.mother.plan_id, people.SOCIAL_WORKER)[one]
        assert (told.who_gives.title, told.who_gives.agency_kind) == ("", "social_service")
        assert (told.promised_days, told.is_compared) == (None, False)
        assert not any(word in repr(told) for word in CANARY_WORDS)
        known = rows(here.mother.plan_id, here.mother.person.citizen_id)[one]
        assert (known.who_gives.title, known.promised_days) == ("Sosialkonsulent i Nordeng", 3)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert commitments_read.kept(viewer, people.PARTNERSHIP) == ()

    def test_a_family_s_commitments_are_not_told_to_the_other_parent(self) -> None:
        here = family()
        with acting_as(people.COORDINATOR) as viewer:
            one = commitments.ask_for(
                plan_id=here.plan_id,
                wanted=wanted(kind=DataKind.PLAN),
                of_post=people.SOCIAL_WORKER,
                by=viewer,
            )
        assert rows(here.plan_id, here.father.person.citizen_id) == {}
        assert set(rows(here.plan_id, here.mother.person.citizen_id)) == {one}
        assert set(rows(here.plan_id, people.SOCIAL_WORKER)) == {one}


def test_an_answer_is_measured_by_the_agreement_of_the_two(committed: str) -> None:
    signed(response_times={Promise.ANSWER_COMMITMENT: 3, Promise.MEET: 1})
    plan = on_plan()
    one, two = asked(plan), asked(plan)
    with later(2):
        answered(one, "accepted")
    with later(5):
        answered(two, "accepted")
        told = rows(plan.plan_id)
    assert [(told[n].answered_in, told[n].promised_days, told[n].is_answer_late) for n in (one, two)] == [
        (2, 3, False),
        (5, 3, True),
    ]
    with connect("owner", committed) as link:
        facts = link.execute("SELECT payload FROM events_fact WHERE code = 'commitment_answered'").fetchall()
    assert sorted((one["days"], one["promised_days"]) for (one,) in facts) == [(2, 3), (5, 3)]
    assert not any(WHAT in repr(one) for one in facts)


def test_a_silence_is_late_too(committed: str) -> None:
    signed(response_times={Promise.ANSWER_COMMITMENT: 3})
    plan = on_plan()
    one = asked(plan, by_when=TODAY + timedelta(days=1))
    with later(4):
        row = rows(plan.plan_id)[one]
    assert (row.answered_in, row.waited, row.is_answer_late, row.is_late) == (None, 4, True, True)
