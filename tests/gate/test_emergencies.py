"""Broken glass, and the one rule that decides.

Each denial stands beside a success from the same setup.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

import people
from gate.exceptions import OUTSIDER, REASON, answer, emergency, lifted
from gate.scratch import later
from people import OnPlan, acting_as, on_plan
from samvirke.coordination import queries as coordination
from samvirke.gate import operations as gate
from samvirke.gate import oversight
from samvirke.gate import queries as ask
from samvirke.gate.access import Basis, Refusal
from samvirke.gate.reading import may_refuse
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import conflicts, emergencies, explaining, national_ids, places
from samvirke.people import log as people_log
from samvirke.people.models import Person
from samvirke.people.verbs import READ_FAMILY
from samvirke.plan.models import Note, Plan
from samvirke.plan.verbs import READ_PLAN, WRITE_PLAN, write_note


class TestBrokenGlass:
    """Liftable refusals only, with a reason, for hours, told and reviewed."""

    pytestmark = people.database

    def test_it_opens_for_reading_and_is_logged_as_such(self) -> None:
        one = on_plan()
        assert lifted(one, asked=emergency(kinds=DataKind.HOUSING)) is not None
        with acting_as(OUTSIDER) as viewer:
            assert coordination.plan_page(viewer, one.plan_id).person_name
            assert {line.basis for line in viewer.lines.values() if line.basis} == {Basis.LIFT}
            assert answer(viewer, write_note(DataKind.HOUSING), one.person.person_id) is Refusal.NO_BASIS
            with pytest.raises(PermissionError), may_refuse():
                Note.objects.create(
                    id=uuid4(),
                    plan_id=one.plan_id,
                    subject_id=one.person.person_id,
                    kind=int(DataKind.HOUSING),
                    text="x",
                    written_by_id=viewer.post_id,
                    written_at=viewer.now,
                )

    def test_the_person_and_the_team_are_told_and_the_reason_only_to_the_reviewer(self) -> None:
        one = on_plan()
        lifted(one)
        told = {}
        everybody = {
            "person": one.person.citizen_id,
            "team": people.COORDINATOR,
            "worker": OUTSIDER,
            "reviewer": people.STRANGER_LEADER,
            "another": people.NAV_LEADER,
        }
        for who, post_id in everybody.items():
            with acting_as(post_id):
                told[who] = [row.reason for row in oversight.lifts([one.person.person_id])]
        assert told == {"person": [""], "team": [""], "worker": [REASON], "reviewer": [REASON], "another": []}

    def test_a_misuse_ends_it_at_once_and_only_the_reviewer_finds_it(self) -> None:
        one = on_plan()
        lift_id = lifted(one)
        assert lift_id is not None
        for who in (OUTSIDER, people.NAV_LEADER):
            with acting_as(who) as viewer, pytest.raises(emergencies.NotYoursToReview):
                emergencies.review(lift_id=lift_id, verdict="accepted", by=viewer)
        with acting_as(people.STRANGER_LEADER) as viewer:
            (row,) = emergencies.to_review(viewer)
            assert row.is_mine_to_review
            assert row.reason == REASON
            emergencies.review(lift_id=lift_id, verdict="misuse", by=viewer)
            with pytest.raises(emergencies.NotYoursToReview):
                emergencies.review(lift_id=lift_id, verdict="accepted", by=viewer)
        with acting_as(OUTSIDER) as viewer:
            assert answer(viewer, READ_PLAN, one.person.person_id) is Refusal.OUTSIDE_PERIOD
        with acting_as(one.person.citizen_id) as viewer:
            assert [row.verdict for row in emergencies.about(viewer, [one.person.person_id])] == ["misuse"]

    @pytest.mark.parametrize(
        ("asked", "problem"),
        [
            ({"reason": "Haster."}, emergencies.ReasonTooShortOrLong),
            ({"reason": "         x"}, emergencies.ReasonTooShortOrLong),
            ({"reason": "x" * 256}, emergencies.ReasonTooShortOrLong),
            ({"hours": 0}, emergencies.TooManyHours),
            ({"hours": 73}, emergencies.TooManyHours),
            ({"kinds": DataKind(0)}, emergencies.NothingChosen),
            ({"kinds": DataKind.PROTECTED_LOCATION}, emergencies.NothingChosen),
            ({"kinds": DataKind.ACCESS_LOG}, emergencies.NothingChosen),
        ],
    )
    def test_bad_input_opens_nothing(self, asked: dict[str, object], problem: type[Exception]) -> None:
        one = on_plan()
        with pytest.raises(problem):
            lifted(one, asked=emergency(**asked))
        with acting_as(OUTSIDER) as viewer:
            assert answer(viewer, READ_PLAN, one.person.person_id) is Refusal.NOT_ON_TEAM
        assert lifted(one, asked=emergency(reason="x" * 10, hours=72)) is not None

    def test_the_database_says_the_same_of_bad_input(self) -> None:
        one = on_plan()
        good = {
            "subject_id": one.person.person_id,
            "kinds": DataKind.PLAN,
            "reason": REASON,
            "hours": 8,
            "reviewer_id": people.STRANGER_LEADER,
        }
        for wrong in (
            {"reason": "x" * 9},
            {"reason": "x" * 256},
            {"hours": 73},
            {"kinds": DataKind.PROTECTED_LOCATION},
            {"reviewer_id": OUTSIDER},
        ):
            with acting_as(OUTSIDER), pytest.raises(PermissionError), may_refuse():
                gate.lift(**(good | wrong))  # type: ignore[arg-type]
        with acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE), pytest.raises(PermissionError), may_refuse():
            gate.lift(**good)  # type: ignore[arg-type]
        with acting_as(OUTSIDER):
            assert gate.lift(**good) is not None  # type: ignore[arg-type]

    def test_what_is_never_lifted_stays_closed(self) -> None:
        one = people.family()
        assert lifted(one.mother, people.NAV_LEADER) is None, "her place is protected"
        assert lifted(one.father, people.NAV_LEADER) is not None
        with acting_as(people.COORDINATOR) as viewer:
            said = emergency(DataKind.SOCIAL)
            mother = one.mother.person.person_id
            assert emergencies.break_glass(subject_id=mother, emergency=said, by=viewer), "knows the place"
            assert emergencies.break_glass(subject_id=one.circle_id, emergency=said, by=viewer) is None
            assert emergencies.break_glass(subject_id=uuid4(), emergency=said, by=viewer) is None

    def test_a_list_of_what_may_be_written_leaves_it_out(self) -> None:
        one = on_plan()
        lifted(one)
        with acting_as(OUTSIDER) as viewer:
            assert ask.visible(viewer, READ_PLAN, Plan.objects.all()).exists()
            assert not ask.visible(viewer, WRITE_PLAN, Plan.objects.all()).exists()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert ask.visible(viewer, WRITE_PLAN, Plan.objects.filter(pk=one.plan_id)).exists()

    def test_a_lift_on_each_member_opens_no_family(self) -> None:
        one = people.family()
        mother = one.mother.person
        with acting_as(mother.citizen_id) as viewer:
            places.lift_protection(person_id=mother.person_id, by=viewer)
        with acting_as(people.NAV_LEADER) as viewer:
            for member in (one.father.person.person_id, mother.person_id, one.child.person_id):
                assert emergencies.break_glass(
                    subject_id=member, emergency=emergency(DataKind.CONTACT), by=viewer
                )
        with acting_as(people.NAV_LEADER) as viewer:
            assert answer(viewer, READ_FAMILY, mother.person_id) is None
            assert answer(viewer, READ_FAMILY, one.circle_id) is Refusal.NOT_ON_TEAM

    def test_who_has_a_conflict_breaks_no_glass(self) -> None:
        one = on_plan()
        with acting_as(people.NAV_ADVISER) as viewer:
            conflicts.declare_conflict(
                subject_id=one.person.person_id, reason=Refusal.FORMER_PARTNER, by=viewer
            )
        assert lifted(one, people.NAV_ADVISER) is None
        assert lifted(one, people.NAV_LEADER) is not None

    def test_with_a_lift_alone_nobody_admits_or_protects(self) -> None:
        one = on_plan()
        lifted(one)
        acts: list[Callable[[], object]] = [
            lambda: gate.admit(consent_id=one.person.consent_id, post_ids=[people.NAV_LEADER]),
            lambda: gate.protect_place(person_id=one.person.person_id),
            lambda: gate.dismiss(subject_id=one.person.person_id, post_ids=[people.NAV_ADVISER]),
        ]
        for act in acts:
            with acting_as(OUTSIDER), pytest.raises(PermissionError), may_refuse():
                act()
        with acting_as(people.SOCIAL_WORKER), transaction.atomic():
            acts[0]()


class TestBrokenGlassByNumber:
    """Somebody known by a national id alone: unknown and never opened look the same."""

    pytestmark = people.database

    @staticmethod
    def ask(number: str) -> UUID | None:
        with acting_as(people.NAV_LEADER) as viewer:
            return emergencies.break_glass_by_number(
                national_id=number, partnership_id=people.PARTNERSHIP, emergency=emergency(), by=viewer
            )

    def test_it_opens_a_person_who_is_known(self) -> None:
        one = on_plan()
        assert self.ask(people.Client().national_id) == one.person.person_id
        with acting_as(people.NAV_LEADER) as viewer:
            assert coordination.plan_page(viewer, one.plan_id).plan_id == one.plan_id

    def test_the_unknown_and_the_protected_look_alike_and_the_person_reads_of_it(self) -> None:
        one = people.family()
        hers = national_ids.make_synthetic(birth_date=people.date(1990, 7, 2), sex=Sex.FEMALE, serial=5)
        nobody = national_ids.make_synthetic(birth_date=people.date(1971, 1, 2), sex=Sex.MALE, serial=9)
        assert self.ask(hers) is None
        assert self.ask(nobody) is None
        with acting_as(people.NAV_LEADER):
            assert not Person.objects.exists()
        with acting_as(one.mother.person.citizen_id) as viewer:
            seen = people_log.who_has_seen(viewer, asked=people_log.addressed(viewer)).rows
            assert [row.allowed for row in seen if "people.break_glass" in row.verbs] == [False]


class TestExplained:
    """The one rule that decides, for those who may ask."""

    pytestmark = people.database

    @staticmethod
    def of(viewer: Viewer, one: OnPlan, post_id: UUID, kind: DataKind, **more: object) -> str:
        found = explaining.explain(
            viewer,
            subject_id=one.person.person_id,
            post_id=post_id,
            kind=kind,
            purpose=Purpose.COORDINATION,
            at=more.get("at", viewer.now),  # type: ignore[arg-type]
            writes=bool(more.get("writes")),
        )
        return found.basis or found.refusal

    def test_yes_and_no_as_the_gate_itself_says(self) -> None:
        one = on_plan()
        with acting_as(one.person.citizen_id) as viewer:
            assert self.of(viewer, one, people.NAV_ADVISER, DataKind.EMPLOYMENT) == "consent"
            assert self.of(viewer, one, people.NAV_ADVISER, DataKind.HEALTH) == "role_may_not"
            assert self.of(viewer, one, people.COORDINATOR, DataKind.ECONOMY) == "no_basis"
            assert self.of(viewer, one, people.SOCIAL_WORKER, DataKind.HEALTH, writes=True) == "role_may_not"
        with acting_as(people.COORDINATOR) as viewer:
            assert self.of(viewer, one, people.NAV_ADVISER, DataKind.EMPLOYMENT) == "consent"

    def test_who_may_not_ask_gets_nothing(self) -> None:
        one = on_plan()
        with acting_as(OUTSIDER) as viewer, pytest.raises(Refused):
            self.of(viewer, one, people.NAV_ADVISER, DataKind.PLAN)
        with acting_as(people.COORDINATOR) as viewer, pytest.raises(explaining.NobodyHere):
            self.of(viewer, one, OUTSIDER, DataKind.PLAN)

    def test_that_a_place_is_protected_is_told_to_who_knows_it_alone(self) -> None:
        one = people.family().mother
        kind = DataKind.PROTECTED_LOCATION
        with acting_as(one.person.citizen_id) as viewer:
            assert self.of(viewer, one, people.SOCIAL_WORKER, kind) == "protected"
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert self.of(viewer, one, people.SOCIAL_WORKER, kind) == "no_basis"

    def test_a_post_that_is_not_in_use_and_a_purpose_it_does_not_have(self) -> None:
        one = on_plan()
        said = {"subject_id": one.person.person_id, "kind": DataKind.PLAN, "writes": False, "at": people.NOW}
        with acting_as(people.COORDINATOR):
            for post_id, purpose, refusal in (
                (uuid4(), Purpose.COORDINATION, Refusal.NOT_ACTIVE),
                (people.NAV_ADVISER, Purpose.STATISTICS, Refusal.WRONG_PURPOSE),
                (people.EVALUATOR, Purpose.EVALUATION, Refusal.ROLE_MAY_NOT),
            ):
                found = oversight.explain(post_id=post_id, purpose=purpose, **said)  # type: ignore[arg-type]
                assert found.refusal is refusal


class TestInTime:
    """A database of its own, since its clock moves."""

    def test_accepted_it_goes_on_until_its_hours_are_over(self, committed: str) -> None:
        one = on_plan()
        lift_id = lifted(one, asked=emergency(hours=24))
        assert lift_id is not None
        with acting_as(people.STRANGER_LEADER) as viewer:
            emergencies.review(lift_id=lift_id, verdict="accepted", by=viewer)
        for days, sees in ((0.99, True), (1.0, False)):
            with later(days), acting_as(OUTSIDER) as viewer:
                assert Plan.objects.filter(pk=one.plan_id).exists() is sees
                assert (answer(viewer, READ_PLAN, one.person.person_id) is None) is sees

    def test_an_earlier_decision_is_explained_by_what_held_then(self, committed: str) -> None:
        one = on_plan()
        with later(1) as after, acting_as(people.COORDINATOR):
            gate.dismiss(subject_id=one.person.person_id, post_ids=[people.NAV_ADVISER])
            at_once = oversight.explain(
                post_id=people.NAV_ADVISER,
                subject_id=one.person.person_id,
                kind=DataKind.PLAN,
                purpose=Purpose.COORDINATION,
                writes=False,
                at=after,
            )
            before = oversight.explain(
                post_id=people.NAV_ADVISER,
                subject_id=one.person.person_id,
                kind=DataKind.PLAN,
                purpose=Purpose.COORDINATION,
                writes=False,
                at=after - timedelta(microseconds=1),
            )
        assert (at_once.refusal, before.basis) == (Refusal.OUTSIDE_PERIOD, Basis.CONSENT)
