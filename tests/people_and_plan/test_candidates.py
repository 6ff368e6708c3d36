"""A list of candidates to another office: each on their own yes, and received in one go."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import people
from gate.scratch import later
from people import acting_as, said_yes, terms
from people_and_plan.stand_ins import another
from samvirke.kernel.gate_words import Purpose
from samvirke.people import candidates, operations
from samvirke.people.candidates import Received, Sent, WhyNot
from samvirke.people.models import Referral
from samvirke.people.operations import NewPerson


def offered(unit: UUID = people.NAV, who: UUID = people.SOCIAL_WORKER) -> list[str]:
    """The names on the list."""
    with acting_as(who) as viewer:
        return [row.name for row in candidates.for_office(viewer, unit)]


def sent(persons: Collection[UUID], unit: UUID = people.NAV, who: UUID = people.SOCIAL_WORKER) -> Sent:
    """The social worker, or another, sends a list."""
    with acting_as(who) as viewer:
        return candidates.send(person_ids=persons, to_unit=unit, by=viewer)


def ids(*of: NewPerson) -> list[UUID]:
    """Whom a list is made of."""
    return [one.person_id for one in of]


@people.database
def test_each_is_referred_on_the_own_yes_and_received_in_one_go() -> None:
    one, other = said_yes(), said_yes(another(4))
    known = people.record(another(4), system=people.NAV_SYSTEM, unit=people.NAV)
    with acting_as(people.SOCIAL_WORKER) as viewer:
        found = {row.unit.unit_id: row.persons for row in candidates.offices(viewer)}
    assert found == {people.NAV: 2, people.COORDINATING: 2, people.FOLLOW_UP: 2}
    assert offered() == ["Kari Eksempel", "Nr 4 Eksempel"]
    result = sent(ids(one, other, one))
    assert (len(result.referrals), result.refused) == (2, {})
    with acting_as(people.NAV_LEADER) as viewer:
        rests_on = dict(Referral.objects.values_list("subject_id", "consent_id"))
        assert rests_on == {each.person_id: each.consent_id for each in (one, other)}
        assert candidates.receive(referral_ids=result.referrals, by=viewer) == Received(count=2, known=1)
        assert candidates.receive(referral_ids=result.referrals, by=viewer) == Received(count=0, known=0)
        assert known in operations.IdentityLink.objects.values_list("record_id", flat=True)
    assert offered() == []


@people.database
def test_who_has_no_basis_is_refused_alone_and_the_others_are_sent() -> None:
    fine, twice, back = said_yes(), said_yes(another(4)), said_yes(another(5))
    elsewhere = said_yes(another(6), consent=terms(units=(people.SOCIAL, people.COORDINATING)))
    sent(ids(twice))
    with acting_as(back.citizen_id) as viewer:
        operations.withdraw_consent(consent_id=back.consent_id, by=viewer)
    assert offered() == ["Kari Eksempel"]
    unknown = uuid4()
    result = sent([*ids(fine, twice, back, elsewhere), unknown])
    assert len(result.referrals) == 1
    assert result.refused == {
        twice.person_id: WhyNot.REFERRED,
        **dict.fromkeys([*ids(back, elsewhere), unknown], WhyNot.NO_BASIS),
    }


def test_a_yes_that_has_ended_is_no_basis(committed: str) -> None:
    one = said_yes(consent=terms(days=1))
    with later(2):
        assert offered() == []
        assert sent(ids(one)) == Sent((), {one.person_id: WhyNot.NO_BASIS})


@people.database
@pytest.mark.parametrize(
    "who", ["social colleague", "social leader", "stranger", "nav adviser", "coordinator"]
)
def test_nobody_else_has_them_on_a_list(who: str) -> None:
    one = said_yes()
    assert offered(who=people.EVERYBODY[who]) == []
    result = sent(ids(one), who=people.EVERYBODY[who], unit=people.COORDINATING)
    assert result == Sent((), {one.person_id: WhyNot.NO_BASIS})


@people.database
def test_the_receiver_cannot_send_them_on() -> None:
    """Nav sees the person now, who is none of its own clients."""
    one = said_yes()
    sent(ids(one))
    assert offered(people.FOLLOW_UP, who=people.NAV_LEADER) == []
    result = sent(ids(one), people.FOLLOW_UP, who=people.NAV_LEADER)
    assert result == Sent((), {one.person_id: WhyNot.NO_BASIS})


@people.database
def test_a_list_is_for_working_together_alone() -> None:
    one = said_yes()
    with acting_as(people.SOCIAL_WORKER, Purpose.SERVICE) as viewer:
        assert candidates.offices(viewer) == []
        result = candidates.send(person_ids=ids(one), to_unit=people.NAV, by=viewer)
    assert result == Sent((), {one.person_id: WhyNot.NO_BASIS})


@people.database
def test_nobody_receives_for_another_unit() -> None:
    result = sent(ids(said_yes()))
    for who in (people.SOCIAL_WORKER, people.NAV_ADVISER, people.STRANGER_LEADER):
        with acting_as(who) as viewer:
            assert candidates.receive(referral_ids=result.referrals, by=viewer).count == 0
    with acting_as(people.NAV_LEADER) as viewer:
        assert candidates.receive(referral_ids=result.referrals, by=viewer).count == 1


@people.database
def test_a_protected_person_is_on_no_list_of_who_may_not_know_where_they_are() -> None:
    said_yes()
    family = people.family()
    mother = family.mother.person.person_id
    for unit in (people.NAV, people.SOCIAL_NORDENG):
        assert "Anne Eksempel" not in offered(unit)
        assert sent([mother], unit).refused == {mother: WhyNot.NO_BASIS}
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert people.SOCIAL_NORDENG not in {row.unit.unit_id for row in candidates.offices(viewer)}
    assert offered() == ["Kari Eksempel"]


@people.database
def test_a_longer_list_takes_no_more_statements() -> None:
    def statements() -> int:
        with acting_as(people.SOCIAL_WORKER) as viewer, CaptureQueriesContext(connection) as found:
            candidates.offices(viewer)
            candidates.for_office(viewer, people.NAV)
        return len(found)

    said_yes()
    one = statements()
    for serial in (4, 5):
        said_yes(another(serial))
    assert statements() == one
    assert len(offered()) == 3
