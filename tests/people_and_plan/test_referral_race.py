"""Several at once refer or receive the same person, in requests that really commit: it happens once."""

from __future__ import annotations

from uuid import UUID

import people
from gate.scratch import at_once, connect
from people import acting_as, said_yes
from people_and_plan.stand_ins import another
from samvirke.people import candidates, operations
from samvirke.people.operations import NewPerson


def refer(person: NewPerson) -> UUID:
    """One request of the social worker."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        return operations.refer(
            person_id=person.person_id, to_unit=people.NAV, consent_id=person.consent_id, by=viewer
        )


def test_a_person_is_referred_once(committed: str) -> None:
    person = said_yes()
    assert at_once([lambda: refer(person)] * 4) == {"done": 1, "ReferredBefore": 3}
    with connect("backup", committed) as link:
        assert link.execute(b"SELECT count(*) FROM people_referral").fetchone() == (1,)


def test_a_referral_is_received_once(committed: str) -> None:
    referral = refer(said_yes())

    def receive() -> None:
        with acting_as(people.NAV_LEADER) as viewer:
            operations.receive_referral(referral_id=referral, by=viewer)

    assert at_once([receive] * 4) == {"done": 1, "DoesNotExist": 3}


def test_of_several_who_receive_a_list_each_receives_what_is_left(committed: str) -> None:
    referrals = [refer(said_yes(another(serial))) for serial in (3, 4, 5)]
    counts: list[int] = []

    def receive() -> None:
        with acting_as(people.NAV_LEADER) as viewer:
            counts.append(candidates.receive(referral_ids=referrals, by=viewer).count)

    assert at_once([receive] * 3) == {"done": 3}
    assert sum(counts) == len(referrals)
