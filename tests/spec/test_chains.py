"""What a delay moves, stated from the rule: whatever comes after begins the day after at the earliest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as some

from samvirke.plan import chains


@dataclass(frozen=True)
class Link:
    """A place in a chain, without a plan around it."""

    starts_on: date | None
    due_on: date | None
    comes_after: frozenset[UUID]
    is_open: bool = True


START = date(2026, 3, 2)


@some.composite
def chain(draw: some.DrawFn) -> dict[UUID, Link]:
    """Up to twelve actions; each may come after some of those before it."""
    ids = [uuid4() for _ in range(draw(some.integers(2, 12)))]
    made = {}
    for place, one in enumerate(ids):
        begins = START + timedelta(days=draw(some.integers(0, 60)))
        lasts = timedelta(days=draw(some.integers(0, 30)))
        before = draw(some.sets(some.sampled_from(ids[:place]))) if place else set()
        made[one] = Link(begins, begins + lasts, frozenset(before), draw(some.booleans()) or place == 0)
    return made


@given(chain(), some.integers(1, 90))
def test_a_delay_moves_as_little_as_keeps_the_order(found: dict[UUID, Link], late_by: int) -> None:
    """Stated from the rule alone: the ends of what moved, and who begins the day after."""
    first, *_ = found
    end = found[first].due_on
    assert end is not None
    late = end + timedelta(days=late_by)
    moved = chains.delayed(found, first, late)
    ends = {one: moved[one].due_on if one in moved else link.due_on for one, link in found.items()} | {
        first: late
    }
    for one, link in found.items():
        reached = [ends[before] for before in link.comes_after if before == first or before in moved]
        known = [day for day in reached if day is not None]
        assert link.starts_on is not None
        if one in moved:
            begins, until = moved[one]
            assert begins is not None
            assert link.due_on is not None
            assert link.is_open
            assert begins == max(known) + timedelta(days=1) > link.starts_on
            assert until == begins + (link.due_on - link.starts_on)
        elif link.is_open and one != first:
            assert all(day < link.starts_on for day in known)


def test_two_hundred_actions_in_one_chain_all_move() -> None:
    ids = [uuid4() for _ in range(200)]
    found = {
        one: Link(
            START + timedelta(days=place), START + timedelta(days=place), frozenset(ids[place - 1 : place])
        )
        for place, one in enumerate(ids)
    }
    moved = chains.delayed(found, ids[0], START + timedelta(days=10))
    assert [moved[one].starts_on for one in ids[1:]] == [
        START + timedelta(days=10 + place) for place in range(1, 200)
    ]


def test_an_earlier_end_moves_nothing() -> None:
    one, other = uuid4(), uuid4()
    found = {one: Link(START, START, frozenset()), other: Link(START, START, frozenset({one}))}
    assert chains.delayed(found, one, START - timedelta(days=1)) == {}
    assert chains.delayed(found, one, None) == {}
