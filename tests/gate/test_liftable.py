"""What the access table calls liftable is what the database lets somebody lift, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple
from uuid import UUID

import pytest

import people
from gate.exceptions import OUTSIDER, REASON, answer, own_record
from people import OnPlan, acting_as, on_plan
from samvirke.gate import operations as gate
from samvirke.gate.access import ACCESS, CASEWORK, LIFTABLE, Refusal, Role
from samvirke.gate.reading import may_refuse
from samvirke.gate.types import Verb
from samvirke.kernel.gate_words import DataKind, Purpose, kinds_in
from samvirke.people import conflicts, operations
from samvirke.people.emergencies import LIFTABLE_KINDS

pytestmark = people.database


class Asks(NamedTuple):
    """Who asks, of whom and for what."""

    post_id: UUID
    subject_id: UUID
    kind: DataKind = DataKind.PLAN
    purpose: Purpose = Purpose.COORDINATION
    reviewer_id: UUID = people.NAV_LEADER

    def answer(self) -> Refusal | None:
        with acting_as(self.post_id, self.purpose) as viewer:
            return answer(viewer, Verb("plan.read", self.kind, CASEWORK), self.subject_id)

    def lift(self) -> None:
        with acting_as(self.post_id, self.purpose):
            try:
                with may_refuse():
                    gate.lift(
                        subject_id=self.subject_id,
                        kinds=self.kind,
                        reason=REASON,
                        hours=8,
                        reviewer_id=self.reviewer_id,
                    )
            except PermissionError:
                pass


def _on_no_team(one: OnPlan) -> Asks:
    return Asks(OUTSIDER, one.person.person_id, reviewer_id=people.STRANGER_LEADER)


def _without_basis(one: OnPlan) -> Asks:
    return Asks(people.NAV_ADVISER, one.person.person_id, DataKind.ECONOMY)


def _too_late(one: OnPlan) -> Asks:
    with acting_as(one.person.citizen_id) as viewer:
        operations.withdraw_consent(consent_id=one.person.consent_id, by=viewer)
    return Asks(people.NAV_ADVISER, one.person.person_id)


def _who_keeps_out(reason: Refusal) -> Callable[[OnPlan], Asks]:
    def stage(one: OnPlan) -> Asks:
        with acting_as(people.NAV_ADVISER) as viewer:
            conflicts.declare_conflict(subject_id=one.person.person_id, reason=reason, by=viewer)
        return Asks(people.NAV_ADVISER, one.person.person_id)

    return stage


def _colleague_of_a_shielded(_: OnPlan) -> Asks:
    record_id = own_record()
    with acting_as(people.SOCIAL_LEADER) as viewer:
        conflicts.shield_record(record_id=record_id, post_ids=[people.SOCIAL_WORKER], by=viewer)
    return Asks(people.SOCIAL_COLLEAGUE, record_id, DataKind.SOCIAL, reviewer_id=people.SOCIAL_LEADER)


def _role_without(one: OnPlan) -> Asks:
    (kind, *_) = kinds_in(LIFTABLE_KINDS & ~ACCESS[Role.NAV_ADVISER].reads)
    return Asks(people.NAV_ADVISER, one.person.person_id, kind)


def _for_something_else(one: OnPlan) -> Asks:
    return Asks(people.PARTNERSHIP_LEADER, one.person.person_id, purpose=Purpose.STATISTICS)


STATES: Mapping[Refusal, Callable[[OnPlan], Asks]] = {
    Refusal.WRONG_PURPOSE: _for_something_else,
    Refusal.ROLE_MAY_NOT: _role_without,
    Refusal.OWN_CASE: _who_keeps_out(Refusal.OWN_CASE),
    Refusal.CLOSE_RELATION: _who_keeps_out(Refusal.CLOSE_RELATION),
    Refusal.FORMER_PARTNER: _who_keeps_out(Refusal.FORMER_PARTNER),
    Refusal.SHIELDED: _colleague_of_a_shielded,
    Refusal.NOT_ON_TEAM: _on_no_team,
    Refusal.NO_BASIS: _without_basis,
    Refusal.OUTSIDE_PERIOD: _too_late,
}
# Who is not active cannot enter, to lift or for anything else; a protected place is no kind that a lift can
# name, see test_emergencies; a seal is of a row, see test_conflicts.
ELSEWHERE = {Refusal.NOT_ACTIVE, Refusal.PROTECTED, Refusal.SEALED}


def test_every_refusal_is_tried() -> None:
    assert STATES.keys() | ELSEWHERE == set(Refusal)
    assert not ELSEWHERE & LIFTABLE


@pytest.mark.parametrize("refusal", STATES)
def test_a_lift_opens_what_is_liftable_and_nothing_else(refusal: Refusal) -> None:
    asks = STATES[refusal](on_plan())
    assert asks.answer() is refusal
    asks.lift()
    assert asks.answer() is (None if refusal in LIFTABLE else refusal)
