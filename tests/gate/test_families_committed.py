"""What another connection must see of a family: bars, and the published views."""

from __future__ import annotations

from uuid import UUID, uuid4

import people
from gate.scratch import connect
from people import CANARY_WORDS, Family, acting_as, family
from samvirke.people import operations as people_operations
from samvirke.people import places
from samvirke.people.models import Person
from samvirke.plan.models import Plan


def sees(who: UUID, family: Family) -> bool:
    """Whether the database shows the family's plan."""
    with acting_as(who):
        return Plan.objects.filter(pk=family.plan_id).exists()


def test_barred_from_one_is_barred_from_the_circle(committed: str) -> None:
    one = family()
    with connect("owner", committed) as link:
        link.execute(
            "INSERT INTO gate_bar (id, holder_id, subject_id, reason, since) "
            "VALUES (%s, %s, %s, 'close_relation', %s)",
            [uuid4(), people.COORDINATOR, one.father.person.person_id, people.NOW],
        )
    assert not sees(people.COORDINATOR, one)


def test_published_views_leave_the_protected_out(committed: str) -> None:
    one = family()
    with connect("insight", committed) as link:
        rows = link.execute("SELECT * FROM published.v1_episodes").fetchall()
        flow = link.execute("SELECT * FROM published.v1_flow").fetchall()
    persons = {row[0] for row in rows}
    assert one.father.person.person_id in persons
    assert one.mother.person.person_id not in persons
    assert not any(word in repr([*rows, *flow]) for word in CANARY_WORDS)


def test_the_municipality_of_a_protected_person_is_in_no_fact(committed: str) -> None:
    one = family()
    for plan in (one.mother, one.father):
        with acting_as(people.COORDINATOR) as viewer:
            people_operations.move(person_id=plan.person.person_id, municipality=people.NORDENG, by=viewer)
    with connect("backup", committed) as link:
        found = dict(
            link.execute("SELECT subject_id, payload FROM events_fact WHERE code = 'person_moved'").fetchall()
        )
    assert found[one.father.person.person_id]["to_municipality"] == people.NORDENG
    assert set(found[one.mother.person.person_id].values()) == {"0000"}
    with acting_as(people.COORDINATOR):
        assert Person.objects.get(pk=one.mother.person.person_id).municipality_id is None


def test_published_views_go_on_leaving_out_whose_protection_was_lifted(committed: str) -> None:
    """Figures of before would tell where the person has been."""
    one = family()
    with acting_as(one.mother.person.citizen_id) as viewer:
        places.lift_protection(person_id=one.mother.person.person_id, by=viewer)
    with connect("insight", committed) as link:
        rows = link.execute("SELECT * FROM published.v1_episodes").fetchall()
    assert one.father.person.person_id in {row[0] for row in rows}
    assert one.mother.person.person_id not in {row[0] for row in rows}
