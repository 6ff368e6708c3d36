"""Conflicts of interest, shielded cases, sealed notes, and what a law opens.

Each denial stands beside a success from the same setup.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

import people
from gate.exceptions import OUTSIDER, answer, lifted, own_record
from people import OnPlan, acting_as, on_plan
from samvirke.gate import operations as gate
from samvirke.gate import oversight
from samvirke.gate import queries as ask
from samvirke.gate.access import BARS, Basis, Refusal
from samvirke.gate.reading import may_refuse
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import conflicts, duplicates, ties
from samvirke.people.models import ClientRecord
from samvirke.people.verbs import READ_FAMILY, READ_RECORDS
from samvirke.plan import operations as plan
from samvirke.plan.audience import readers
from samvirke.plan.models import Note, Plan
from samvirke.plan.verbs import READ_PLAN, write_note


class TestConflicts:
    """Who must not see a case does not see it, whatever else holds."""

    pytestmark = people.database

    @pytest.mark.parametrize("reason", BARS)
    def test_who_declares_one_is_out_at_once(self, reason: Refusal) -> None:
        one = on_plan()
        with acting_as(people.NAV_ADVISER) as viewer:
            assert answer(viewer, READ_PLAN, one.person.person_id) is None
            conflicts.declare_conflict(subject_id=one.person.person_id, reason=reason, by=viewer)
        with acting_as(people.NAV_ADVISER) as viewer:
            assert answer(viewer, READ_PLAN, one.person.person_id) is reason
            assert not Plan.objects.filter(pk=one.plan_id).exists()
            assert viewer.barred[one.person.person_id] is reason
        with acting_as(people.COORDINATOR) as viewer:
            assert answer(viewer, READ_PLAN, one.person.person_id) is None

    def test_it_covers_the_own_record_of_the_same_person_and_the_other_way_round(self) -> None:
        one, record_id = on_plan(), None
        record_id = own_record()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert answer(viewer, READ_RECORDS, record_id) is None
            conflicts.declare_conflict(
                subject_id=one.person.person_id, reason=Refusal.CLOSE_RELATION, by=viewer
            )
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert answer(viewer, READ_RECORDS, record_id) is Refusal.CLOSE_RELATION
            assert not ClientRecord.objects.filter(pk=record_id).exists()
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            assert answer(viewer, READ_RECORDS, record_id) is None
            conflicts.declare_conflict(subject_id=record_id, reason=Refusal.FORMER_PARTNER, by=viewer)
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            assert answer(viewer, READ_RECORDS, record_id) is Refusal.FORMER_PARTNER
            assert viewer.barred[one.person.person_id] is Refusal.FORMER_PARTNER

    def test_it_covers_another_number_of_the_same_person(self) -> None:
        one = on_plan()
        people.record(people.Client(external_id="S-9"))
        first, second = own_record(), own_record("S-9")
        with acting_as(people.SOCIAL_WORKER) as viewer:
            duplicates.fold(record_id=second, into=first, by=viewer)
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            assert answer(viewer, READ_RECORDS, first) is None
            conflicts.declare_conflict(subject_id=second, reason=Refusal.CLOSE_RELATION, by=viewer)
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            for subject_id in (first, second, one.person.person_id):
                assert answer(viewer, READ_RECORDS, subject_id) is Refusal.CLOSE_RELATION

    def test_of_a_family_it_covers_each_member_and_of_a_member_the_family(self) -> None:
        one = people.family()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            conflicts.declare_conflict(subject_id=one.circle_id, reason=Refusal.CLOSE_RELATION, by=viewer)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            for subject_id in (one.circle_id, one.child.person_id, one.father.person.person_id):
                assert answer(viewer, READ_FAMILY, subject_id) is Refusal.CLOSE_RELATION
        with acting_as(people.COORDINATOR) as viewer:
            assert answer(viewer, READ_FAMILY, one.circle_id) is None
            conflicts.declare_conflict(
                subject_id=one.child.person_id, reason=Refusal.CLOSE_RELATION, by=viewer
            )
        with acting_as(people.COORDINATOR) as viewer:
            assert answer(viewer, READ_FAMILY, one.circle_id) is Refusal.CLOSE_RELATION
            assert answer(viewer, READ_FAMILY, one.father.person.person_id) is None

    def test_the_unit_s_leader_ends_it_and_nobody_else(self) -> None:
        on_plan()
        record_id = own_record()
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            conflicts.declare_conflict(subject_id=record_id, reason=Refusal.CLOSE_RELATION, by=viewer)
            (row,) = conflicts.conflicts(viewer)
            assert row.is_own
            assert not row.may_end
            with pytest.raises(conflicts.NotYoursToEnd):
                conflicts.end_conflict(conflict_id=row.conflict_id, by=viewer)
        with acting_as(people.NAV_LEADER) as viewer:
            assert conflicts.conflicts(viewer) == []
            with pytest.raises(conflicts.NotYoursToEnd):
                conflicts.end_conflict(conflict_id=row.conflict_id, by=viewer)
        with acting_as(people.SOCIAL_LEADER) as viewer:
            assert [one.may_end for one in conflicts.conflicts(viewer)] == [True]
            conflicts.end_conflict(conflict_id=row.conflict_id, by=viewer)
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            assert answer(viewer, READ_RECORDS, record_id) is None

    def test_the_leader_declares_it_for_a_post_of_the_unit_alone(self) -> None:
        on_plan()
        record_id = own_record()
        with acting_as(people.SOCIAL_LEADER) as viewer:
            with pytest.raises(PermissionError):
                conflicts.declare_conflict(
                    subject_id=record_id, reason=BARS[1], by=viewer, post_id=people.NAV_ADVISER
                )
            conflicts.declare_conflict(
                subject_id=record_id, reason=BARS[1], by=viewer, post_id=people.SOCIAL_WORKER
            )
        with acting_as(people.SOCIAL_WORKER) as viewer:
            assert answer(viewer, READ_RECORDS, record_id) is BARS[1]

    def test_an_own_case_is_never_ended(self) -> None:
        one = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            conflicts.declare_conflict(subject_id=one.person.person_id, reason=Refusal.OWN_CASE, by=viewer)
        with acting_as(people.SOCIAL_LEADER) as viewer:
            (row,) = conflicts.conflicts(viewer)
            with pytest.raises(conflicts.NotYoursToEnd):
                conflicts.end_conflict(conflict_id=row.conflict_id, by=viewer)

    def test_a_person_is_never_barred_from_themselves(self) -> None:
        one = on_plan()
        with acting_as(one.person.citizen_id) as viewer, pytest.raises(PermissionError):
            conflicts.declare_conflict(subject_id=one.person.person_id, reason=BARS[1], by=viewer)

    def test_an_unknown_reason_is_refused_in_words(self) -> None:
        one = on_plan()
        with acting_as(people.NAV_ADVISER) as viewer:
            with pytest.raises(conflicts.UnknownReason, match="Choose one of: own_case"):
                conflicts.declare_conflict(subject_id=one.person.person_id, reason="nabо", by=viewer)
            assert oversight.bars_in_the_unit() == []


def seen_by_the_lifter(one: OnPlan) -> tuple[Refusal | None, bool]:
    """What the outsider who broke the glass is answered about the plan, and whether its row is there."""
    with acting_as(OUTSIDER) as viewer:
        there = Plan.objects.filter(pk=one.plan_id).exists()
        return answer(viewer, READ_PLAN, one.person.person_id), there


class TestShields:
    """A client who works with the agency."""

    pytestmark = people.database

    def test_only_those_named_and_the_system_go_on_seeing_the_case(self) -> None:
        on_plan()
        record_id = own_record()
        with acting_as(people.SOCIAL_LEADER) as viewer:
            assert not conflicts.shielding(viewer, record_id).is_shielded
            conflicts.shield_record(record_id=record_id, post_ids=[people.SOCIAL_WORKER], by=viewer)
        seen = {}
        for who in ("social worker", "social colleague", "social leader", "social system"):
            purpose = Purpose.SERVICE if who == "social system" else Purpose.COORDINATION
            with acting_as(people.EVERYBODY[who], purpose) as viewer:
                seen[who] = (
                    answer(viewer, READ_RECORDS, record_id),
                    ClientRecord.objects.filter(pk=record_id).exists(),
                )
        assert seen == {
            "social worker": (None, True),
            "social colleague": (Refusal.SHIELDED, False),
            "social leader": (None, True),
            "social system": (None, True),
        }
        with acting_as(people.SOCIAL_LEADER) as viewer:
            assert conflicts.shielding(viewer, record_id).is_shielded
            conflicts.unshield_record(record_id=record_id, by=viewer)
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            assert answer(viewer, READ_RECORDS, record_id) is None

    def test_the_glass_is_not_broken_on_the_person_either(self) -> None:
        one = on_plan()
        record_id = own_record()
        with acting_as(people.SOCIAL_LEADER) as viewer:
            conflicts.shield_record(record_id=record_id, post_ids=[people.SOCIAL_WORKER], by=viewer)
        assert lifted(one) is None
        with acting_as(people.SOCIAL_LEADER) as viewer:
            conflicts.unshield_record(record_id=record_id, by=viewer)
        assert lifted(one) is not None

    def test_glass_that_was_broken_before_is_whole_again(self) -> None:
        one, record_id = on_plan(), own_record()
        assert lifted(one) is not None
        assert seen_by_the_lifter(one) == (None, True)
        with acting_as(people.SOCIAL_LEADER) as viewer:
            conflicts.shield_record(record_id=record_id, post_ids=[people.SOCIAL_WORKER], by=viewer)
        assert seen_by_the_lifter(one) == (Refusal.SHIELDED, False)
        with acting_as(people.SOCIAL_LEADER) as viewer:
            conflicts.unshield_record(record_id=record_id, by=viewer)
        assert seen_by_the_lifter(one) == (Refusal.OUTSIDE_PERIOD, False)

    @pytest.mark.parametrize("is_shielded", [False, True])
    def test_a_shielded_case_that_turns_out_to_be_the_person_s_ends_a_lift(self, is_shielded: bool) -> None:
        one = on_plan()
        client = people.Client(external_id="N-1")
        record_id = people.record(client, system=people.NAV_SYSTEM, unit=people.NAV)
        if is_shielded:
            with acting_as(people.NAV_LEADER) as viewer:
                conflicts.shield_record(record_id=record_id, post_ids=[people.NAV_ADVISER], by=viewer)
        assert lifted(one) is not None
        assert seen_by_the_lifter(one) == (None, True)
        with acting_as(people.NAV_ADVISER) as viewer:
            tied = ties.match_own_record(
                person_id=one.person.person_id,
                unit_id=people.NAV,
                consent_id=one.person.consent_id,
                by=viewer,
            )
        assert tied == record_id
        assert seen_by_the_lifter(one) == ((Refusal.SHIELDED, False) if is_shielded else (None, True))

    def test_a_worker_does_not_shield_and_nobody_names_others(self) -> None:
        on_plan()
        record_id = own_record()
        with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(conflicts.NotYoursToShield):
            conflicts.shield_record(record_id=record_id, post_ids=[people.SOCIAL_WORKER], by=viewer)
        with acting_as(people.SOCIAL_LEADER) as viewer:
            with pytest.raises(conflicts.NotYoursToShield):
                conflicts.shield_record(record_id=record_id, post_ids=[people.NAV_ADVISER], by=viewer)
            with pytest.raises(conflicts.NobodyNamed):
                conflicts.shield_record(record_id=record_id, post_ids=[], by=viewer)
        with acting_as(people.SOCIAL_COLLEAGUE) as viewer:
            assert answer(viewer, READ_RECORDS, record_id) is None
            with pytest.raises(conflicts.NotYoursToShield):
                conflicts.unshield_record(record_id=record_id, by=viewer)


class TestSealedNotes:
    """For the writer's unit and the person alone."""

    pytestmark = people.database

    def test_another_unit_that_sees_the_kind_does_not_see_the_note(self) -> None:
        one = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            for sealed in (False, True):
                plan.write_note(
                    plan_id=one.plan_id, kind=DataKind.HOUSING, text=f"{sealed}", by=viewer, sealed=sealed
                )
        seen = {}
        for who in (people.SOCIAL_WORKER, people.COORDINATOR, one.person.citizen_id):
            with acting_as(who):
                seen[who] = sorted(Note.objects.values_list("text", flat=True))
        assert seen == {
            people.SOCIAL_WORKER: ["False", "True"],
            people.COORDINATOR: ["False"],
            one.person.citizen_id: ["False", "True"],
        }

    def test_before_it_is_written_the_readers_are_told(self) -> None:
        one = on_plan()
        with acting_as(people.SOCIAL_WORKER) as viewer:
            told = {
                sealed: {
                    row.who: row.reason
                    for row in readers(viewer, one.plan_id, DataKind.HOUSING, sealed=sealed)
                    if row.sees
                }
                for sealed in (False, True)
            }
        assert told[False].keys() - told[True].keys() == {"Koordinator 1"}
        assert set(told[True].values()) == {"self", "consent"}

    def test_nobody_seals_a_note_to_somebody_else_s_unit(self) -> None:
        one = on_plan()
        with acting_as(people.COORDINATOR) as viewer:
            ask.require(viewer, write_note(DataKind.HOUSING), one.person.person_id)
            with pytest.raises(PermissionError), may_refuse():
                Note.objects.create(
                    id=uuid4(),
                    plan_id=one.plan_id,
                    subject_id=one.person.person_id,
                    kind=int(DataKind.HOUSING),
                    text="x",
                    written_by_id=viewer.post_id,
                    written_at=viewer.now,
                    sealed_to_id=people.SOCIAL,
                )


class TestByLaw:
    """What a provision opens without consent: no more than the giver sees, and until a day."""

    pytestmark = people.database

    @staticmethod
    def open(one: OnPlan, kinds: DataKind, **more: object) -> None:
        """To a post outside the team, by the Nav adviser's law."""
        said: dict[str, object] = {
            "purposes": Purpose.SERVICE,
            "provision": "no.nav_act_16",
            "until": people.NOW + timedelta(days=30),
        }
        with may_refuse():
            gate.open_by_law(
                person_id=one.person.person_id,
                post_ids=[OUTSIDER],
                kinds=kinds,
                **(said | more),  # type: ignore[arg-type]
            )

    def test_it_opens_and_ends(self) -> None:
        one, kinds = on_plan(), DataKind.IDENTITY | DataKind.PLAN
        with acting_as(people.SOCIAL_WORKER):
            self.open(one, kinds)
        with acting_as(OUTSIDER, Purpose.SERVICE) as viewer:
            assert answer(viewer, READ_PLAN, one.person.person_id) is None
            assert Plan.objects.filter(pk=one.plan_id).exists()
            line = next(iter(viewer.lines.values()))
            assert line.basis == Basis.STATUTE
        with acting_as(OUTSIDER, Purpose.COORDINATION) as viewer:
            assert answer(viewer, READ_PLAN, one.person.person_id) is Refusal.NO_BASIS
        with acting_as(people.SOCIAL_WORKER):
            said = {"person_id": one.person.person_id, "post_ids": [OUTSIDER]}
            assert gate.end_by_law(provision="no.other", **said) == 0  # type: ignore[arg-type]
            assert gate.end_by_law(provision="no.nav_act_16", **said) == 1  # type: ignore[arg-type]
        with acting_as(OUTSIDER, Purpose.SERVICE) as viewer:
            assert answer(viewer, READ_PLAN, one.person.person_id) is Refusal.OUTSIDE_PERIOD

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kinds": DataKind.PLAN | DataKind.SUBSTANCE_USE},  # the giver does not see it
            {"kinds": DataKind.PLAN | DataKind.PROTECTED_LOCATION},
            {"kinds": DataKind(0)},
            {"kinds": DataKind.PLAN, "purposes": Purpose.COORDINATION},
            {"kinds": DataKind.PLAN, "provision": ""},
            {"kinds": DataKind.PLAN, "until": people.NOW},
        ],
        ids=repr,
    )
    def test_what_no_law_opens_is_refused_and_nothing_written(self, wrong: dict[str, object]) -> None:
        one = on_plan()
        with acting_as(people.SOCIAL_WORKER), pytest.raises(PermissionError):
            self.open(one, **wrong)  # type: ignore[arg-type]
        with acting_as(OUTSIDER, Purpose.SERVICE) as viewer:
            assert answer(viewer, READ_PLAN, one.person.person_id) is Refusal.NOT_ON_TEAM

    def test_who_is_not_around_opens_and_ends_nothing(self) -> None:
        one = on_plan()
        with acting_as(people.NAV_LEADER), pytest.raises(PermissionError):
            self.open(one, DataKind.PLAN)
        with acting_as(people.NAV_LEADER), pytest.raises(PermissionError), may_refuse():
            gate.end_by_law(person_id=one.person.person_id, post_ids=[OUTSIDER], provision="x")
