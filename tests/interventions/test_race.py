"""Several workers at once, in requests that really commit: never more people than places."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier
from uuid import UUID

import pytest
from psycopg import Connection

import people
from gate.scratch import at_once, connect
from interventions.stand_ins import give, noted, somebody
from samvirke.interventions import operations, policies
from samvirke.interventions.models import Intervention, Place
from samvirke.kernel.codes import InterventionKind

HELD = "SELECT count(*), count(DISTINCT place_id) FROM interventions_placement WHERE ends_before IS NULL"
TAKEN = "SELECT count(*) FROM interventions_place WHERE is_taken"


def give_later(need: UUID, offer: UUID) -> Callable[[], object]:
    """A request that has not been sent yet."""
    return lambda: give(need, offer)


def counted(name: str) -> tuple[int, int, int]:
    """Placements that hold, the places they hold, and the places taken; seen by the role that sees all."""
    with connect("backup", name) as link:
        held, places = _one(link, HELD)
        (taken,) = _one(link, TAKEN)
    return held, places, taken


def _one(link: Connection[tuple[object, ...]], query: str) -> tuple[int, ...]:
    row = link.execute(query.encode()).fetchone()
    assert row is not None
    return tuple(int(str(value)) for value in row)


def test_two_places_go_to_two_of_six(committed: str) -> None:
    needs = [noted(somebody(serial)) for serial in range(3, 9)]
    outcome = at_once([give_later(need, people.WORK_PRACTICE) for need in needs])
    assert outcome == {"done": 2, "NoFreePlace": 4}
    assert counted(committed) == (2, 2, 2)


def test_one_need_is_answered_once(committed: str) -> None:
    need = noted(somebody(3))
    outcome = at_once([give_later(need, people.WORK_PRACTICE) for _ in range(4)])
    assert outcome == {"done": 1, "NotWaiting": 3}
    assert counted(committed) == (1, 1, 1)


def test_the_tables_alone_hold_where_the_code_forgets_the_lock(
    committed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the lock all find the same free place, and all but one fail at the key."""
    needs = [noted(somebody(serial), InterventionKind.TRAINING) for serial in range(3, 7)]
    found = Barrier(len(needs))

    def forgets(intervention: Intervention) -> UUID:
        place = Place.objects.filter(intervention=intervention, is_taken=False).first()
        found.wait(timeout=20)
        if place is None:
            raise policies.NoFreePlace(intervention.name)
        Place.objects.filter(pk=place.id).update(is_taken=True)
        return place.id

    monkeypatch.setattr(operations, "_take_place", forgets)
    outcome = at_once([give_later(need, people.COURSE) for need in needs])
    assert outcome == {"done": 1, "IntegrityError": 3}
    assert counted(committed) == (1, 1, 1)
