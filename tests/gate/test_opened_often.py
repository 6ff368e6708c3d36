"""A post that breaks the glass often in a week raises an alarm, for as long as the week lasts."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

import people
from gate.conftest import committed
from gate.exceptions import OUTSIDER, lifted
from gate.scratch import later
from people import acting_as, on_plan
from samvirke.people import emergencies
from samvirke.people.emergencies import ALARM_AFTER, WEEK

__all__ = ["committed"]

A_MICROSECOND = timedelta(microseconds=1)


def told(leader: UUID) -> list[tuple[str, int]]:
    with acting_as(leader) as viewer:
        return [(alarm.who, alarm.times) for alarm in emergencies.alarms(viewer)]


def is_unusual(post_id: UUID) -> bool:
    with acting_as(post_id) as viewer:
        return emergencies.is_unusual(viewer)


@people.database
def test_at_the_limit_and_not_before(database_name: str) -> None:
    one = on_plan()
    for times in range(1, ALARM_AFTER + 2):
        assert lifted(one)
        reached = times >= ALARM_AFTER
        assert told(people.STRANGER_LEADER) == ([("Sosialkonsulent i Nordeng", times)] if reached else [])
        assert is_unusual(OUTSIDER) is reached


@people.database
def test_each_post_is_counted_by_itself_and_told_to_who_reviews_it(database_name: str) -> None:
    one = on_plan()
    for post_id in (OUTSIDER, people.NAV_LEADER):
        for _ in range(ALARM_AFTER - 1):
            assert lifted(one, post_id)
    everybody = (people.STRANGER_LEADER, people.NAV_LEADER, people.COORDINATION_LEADER, people.SOCIAL_LEADER)
    assert [told(leader) for leader in everybody] == [[]] * 4
    assert lifted(one, people.NAV_LEADER), "whom a coordinating unit's leader reviews"
    assert [told(leader) for leader in everybody] == [[], [], [("Leder for Nav Fjordvik", ALARM_AFTER)], []]
    assert (is_unusual(people.NAV_LEADER), is_unusual(OUTSIDER)) == (True, False)
    assert told(one.person.citizen_id) == []


@people.database
def test_what_was_refused_does_not_count(database_name: str) -> None:
    one = people.family()
    for _ in range(ALARM_AFTER):
        assert lifted(one.mother, people.NAV_LEADER) is None, "her place is protected"
    assert told(people.COORDINATION_LEADER) == []
    for _ in range(ALARM_AFTER):
        assert lifted(one.father, people.NAV_LEADER)
    assert told(people.COORDINATION_LEADER) == [("Leder for Nav Fjordvik", ALARM_AFTER)]


@pytest.mark.parametrize(
    ("after", "times"),
    [(WEEK - A_MICROSECOND, 3), (WEEK, 2), (WEEK + A_MICROSECOND, 2)],
    ids=["still in the week", "a week old", "older"],
)
def test_a_week_ends_on_the_microsecond(committed: str, after: timedelta, times: int) -> None:
    one = on_plan()
    assert lifted(one)
    with later(1):
        assert lifted(one)
        assert lifted(one)
    with later(after / timedelta(days=1)) as now:
        assert now == people.NOW + after
        assert told(people.STRANGER_LEADER) == ([("Sosialkonsulent i Nordeng", 3)] if times == 3 else [])
        assert is_unusual(OUTSIDER) is (times == 3)
