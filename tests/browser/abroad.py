"""A person on a plan in another country, in the invented partnership of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

import people
from samvirke.gate import session
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.commands.demo import neighbours
from samvirke.surfaces.commands.demo.neighbours import Guest, Met, Neighbour


@dataclass(frozen=True, slots=True)
class Abroad:
    """The partnership, and the plan of one person in it."""

    here: Neighbour
    plan_id: UUID
    citizen_id: UUID

    def post(self, key: str) -> UUID:
        """A post by what it is called in the partnership."""
        return self.here.key(key)


def begun_today(everybody: Neighbour, *given_names: str) -> list[Abroad]:
    """Only these of its people, whose plans begin today; in the order they have there."""
    guests = [one for one in everybody.guests if one.given_name in given_names]
    here = replace(everybody, guests=tuple(_today(one) for one in guests))
    met = neighbours.set_up(here, people.NOW)
    for step in neighbours.steps(here, met, people.NOW.date()):
        with session.enter(step.post(), Purpose.COORDINATION) as viewer:
            step.act(viewer)
    return [_abroad(here, one) for one in met]


def _today(guest: Guest) -> Guest:
    assert guest.plan is not None
    return replace(guest, plan=replace(guest.plan, days_ago=0))


def _abroad(here: Neighbour, met: Met) -> Abroad:
    assert met.plan_id is not None
    assert met.citizen_id is not None
    return Abroad(here, met.plan_id, met.citizen_id)
