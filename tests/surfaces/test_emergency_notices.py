"""Who is told of broken glass where they look first: the person, those around the person, the reviewer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from prometheus_client import REGISTRY

import people
from gate.conftest import committed
from gate.exceptions import OUTSIDER, REASON, lifted
from gate.scratch import later
from people import OnPlan, acting_as, on_plan
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import emergencies, kept_back, national_ids
from surfaces.test_hidden_addresses import counting, signed_in

__all__ = ["committed"]

TO_THE_PERSON = "Noe om deg ble åpnet i en nødsituasjon 2. mars 2026"
TO_THOSE_AROUND = "Åpnet i en nødsituasjon 2. mars 2026"
ALARM = "Åpnet uvanlig ofte"
WORKERS = {*people.EVERYBODY.values(), people.STRANGER_LEADER, people.FOLLOW_UP_LEADER}


def first_page(who: UUID) -> tuple[str, int]:
    """Where somebody comes in, and how many statements it took."""
    address = "/worklist/" if who in WORKERS else "/my-plan/"
    client = signed_in(who)
    with counting() as sent:
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode(), len(sent)


def page(who: UUID) -> str:
    return first_page(who)[0]


def another(serial: int) -> OnPlan:
    return on_plan(people.Client(external_id=f"S-{serial}", national_id=_number(serial)))


def _number(serial: int) -> str:
    return national_ids.make_synthetic(birth_date=date(1994, 5, 4), sex=Sex.FEMALE, serial=serial)


class TestThePerson:
    pytestmark = people.database

    def test_reads_it_first_and_nobody_else_does(self) -> None:
        one, other = on_plan(), another(7)
        assert TO_THE_PERSON not in page(one.person.citizen_id)
        lifted(one)
        mine = page(one.person.citizen_id)
        assert TO_THE_PERSON in mine
        assert 'href="/my-plan/seen/"' in mine
        assert REASON not in mine
        assert TO_THE_PERSON not in page(other.person.citizen_id)

    def test_also_without_a_plan_and_never_who_it_was_near_a_protected_place(self) -> None:
        one = people.family()
        with acting_as(people.COORDINATOR) as viewer:
            for person in (one.mother.person, one.child):
                wanted = emergencies.Emergency(DataKind.SOCIAL, REASON, 1)
                assert emergencies.break_glass(subject_id=person.person_id, emergency=wanted, by=viewer)
        for person in (one.mother.person, one.child):
            assert TO_THE_PERSON in page(person.citizen_id)
        assert TO_THE_PERSON not in page(one.father.person.citizen_id)

    def test_a_guardian_is_told_of_no_visit_but_those_on_an_own_yes(self) -> None:
        """As on the page of the child's log."""
        one = people.family()
        father = one.father.person.citizen_id
        addresses = ("/my-plan/", "/my-children/", f"/my-plan/children/{one.child.person_id}/seen/")
        with acting_as(people.COORDINATOR) as viewer:
            wanted, child = emergencies.Emergency(DataKind.SOCIAL, REASON, 1), one.child.person_id
            assert emergencies.break_glass(subject_id=child, emergency=wanted, by=viewer)
        for address in addresses:
            answer = signed_in(father).get(address)
            assert (answer.status_code, "nødsituasjon" in answer.content.decode()) == (200, False)
        assert TO_THE_PERSON in page(one.child.citizen_id)

    def test_what_is_kept_back_is_not_told_before_it_is_over(self) -> None:
        one = on_plan()
        lifted(one)
        with acting_as(people.COORDINATION_LEADER) as viewer:
            exception_id = kept_back.keep_back(
                person_id=one.person.person_id,
                asked=kept_back.Asked(
                    one.person.citizen_id,
                    (people.SOCIAL_NORDENG,),
                    "no.log_investigation",
                    30,
                    "Politiet ber om det i etterforskningen.",
                ),
                by=viewer,
            )
        assert TO_THE_PERSON not in page(one.person.citizen_id)
        assert TO_THOSE_AROUND in page(people.COORDINATOR)
        with acting_as(people.COORDINATION_LEADER) as viewer:
            kept_back.review(exception_id=exception_id, verdict="ended", by=viewer)
        assert TO_THE_PERSON in page(one.person.citizen_id)

    def test_it_costs_the_same_however_much_was_opened(self) -> None:
        one, other = on_plan(), another(7)
        first_page(one.person.citizen_id)  # what a process reads once
        costs = [first_page(one.person.citizen_id)[1]]
        for subject in (one, other, one):
            lifted(subject)
            costs.append(first_page(one.person.citizen_id)[1])
        assert len(set(costs)) == 1


def test_the_person_reads_it_for_as_long_as_it_is_told_of(committed: str) -> None:
    one = on_plan()
    lift_id = lifted(one)
    assert lift_id is not None
    with later(91):
        assert TO_THE_PERSON in page(one.person.citizen_id), "nobody has reviewed it"
    with acting_as(people.STRANGER_LEADER) as viewer:
        emergencies.review(lift_id=lift_id, verdict="accepted", by=viewer)
    for days, is_told in ((89.99, True), (90, False)):
        with later(days):
            assert (TO_THE_PERSON in page(one.person.citizen_id)) is is_told


class TestThoseAround:
    pytestmark = people.database

    def test_each_plan_says_it_of_its_own_person(self) -> None:
        one, other = on_plan(), another(7)
        lifted(one)
        for who in (people.COORDINATOR, people.SOCIAL_WORKER, people.NAV_ADVISER):
            shown = page(who)
            assert shown.count(TO_THOSE_AROUND) == 1
            assert f'href="/plans/{one.plan_id}/#emergencies-title"' in shown
            assert f'href="/plans/{other.plan_id}/"' in shown
        assert (
            'id="emergencies-title"'
            in signed_in(people.COORDINATOR).get(f"/plans/{one.plan_id}/").content.decode()
        )
        for who in (people.FOLLOW_UP_ADVISER, people.OTHER_COORDINATOR, people.NAV_LEADER, OUTSIDER):
            assert TO_THOSE_AROUND not in page(who)

    def test_it_costs_the_same_for_one_plan_and_for_many(self) -> None:
        plans = [on_plan(), *(another(serial) for serial in (7, 8, 9))]
        first_page(people.COORDINATOR)  # what a process reads once
        costs = [first_page(people.COORDINATOR)[1]]
        for one in plans:
            lifted(one)
            costs.append(first_page(people.COORDINATOR)[1])
        assert page(people.COORDINATOR).count(TO_THOSE_AROUND) == len(plans)
        assert len(set(costs)) == 1


class TestTheReviewer:
    pytestmark = people.database

    def test_reads_the_alarm_first_and_nobody_else_does(self) -> None:
        one = on_plan()
        for _ in range(emergencies.ALARM_AFTER - 1):
            lifted(one)
        assert ALARM not in page(people.STRANGER_LEADER)
        lifted(one)
        for address in ("/worklist/", "/emergencies/"):
            shown = signed_in(people.STRANGER_LEADER).get(address).content.decode()
            assert ALARM in shown
            assert f"Sosialkonsulent i Nordeng: {emergencies.ALARM_AFTER} ganger" in shown
            assert "Kari Eksempel" not in shown
        for who in (OUTSIDER, people.NAV_LEADER, people.COORDINATION_LEADER, people.FOLLOW_UP_LEADER):
            assert ALARM not in page(who)

    def test_the_leader_of_a_coordinating_unit_reads_that_of_leaders(self) -> None:
        one = on_plan()
        for _ in range(emergencies.ALARM_AFTER):
            lifted(one, people.NAV_LEADER)
        assert "Leder for Nav Fjordvik: 3 ganger" in page(people.COORDINATION_LEADER)
        assert ALARM not in page(people.NAV_LEADER)

    def test_it_costs_the_same_however_many_posts_there_are(self) -> None:
        one = on_plan()
        for _ in range(emergencies.ALARM_AFTER):
            lifted(one, people.NAV_LEADER)
        first_page(people.COORDINATION_LEADER)  # what a process reads once
        few = first_page(people.COORDINATION_LEADER)[1]
        for _ in range(emergencies.ALARM_AFTER):
            lifted(one, people.SOCIAL_LEADER)
        shown, many = first_page(people.COORDINATION_LEADER)
        assert shown.count("Snakk med dem") == 2
        assert many == few


def counted(unusual: str) -> float:
    return REGISTRY.get_sample_value("samvirke_emergencies_total", {"unusual": unusual}) or 0


@people.database
@pytest.mark.parametrize("by_number", [True, False])
def test_openings_are_counted_for_the_monitoring_as_usual_or_not(by_number: bool, database_name: str) -> None:
    numbers = [_number(serial) for serial in (7, 8, 9)]
    plans = {one: on_plan(people.Client(external_id=f"S-{one}", national_id=one)) for one in numbers}
    client = signed_in(people.NAV_ADVISER)

    def opened(national_id: str, kind: DataKind = DataKind.ECONOMY) -> tuple[float, float]:
        before = counted("no"), counted("yes")
        where = "/emergencies/new/" if by_number else f"/plans/{plans[national_id].plan_id}/emergency/"
        said = {"kinds": [str(int(kind))], "hours": "1", "reason": REASON, "national_id": national_id}
        assert client.post(where, said).status_code == (302 if kind else 422)
        return counted("no") - before[0], counted("yes") - before[1]

    assert opened(numbers[0], DataKind(0)) == (0, 0)
    if by_number:
        assert opened(_number(6)) == (0, 0), "nobody has it"
    assert [opened(one) for one in numbers] == [(1, 0), (1, 0), (0, 1)]
