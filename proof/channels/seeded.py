"""Leaks that a proof seeds itself, one for each channel: what a defect there would let a worker see.

Each is put into the program for as long as its channel is looked at again. An adversary that does not find
it could not have found it in the program either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection

import people
from samvirke.agencies import queries as agencies
from samvirke.coordination import meetings
from samvirke.coordination import queries as coordination
from samvirke.coordination.types import SeatRow
from samvirke.people import queries as people_queries
from samvirke.people import search
from samvirke.plan.models import TeamMember
from samvirke.surfaces.caseworker import worklist

THERE = "SELECT 1 FROM plan_teammember WHERE plan_id = %s AND post_id = %s"


@dataclass(frozen=True, slots=True)
class Seeded:
    """A leak: what of the program is replaced by what, and which page shows it."""

    module: Any
    name: str
    leaking: Callable[[Any], Any]  # of what stands there
    page: str  # the name of a route, of a list or of a person's page

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The program with the leak."""
        as_ever = getattr(self.module, self.name)
        setattr(self.module, self.name, self.leaking(as_ever))
        try:
            yield
        finally:
            setattr(self.module, self.name, as_ever)


def _lives_there(plan_id: UUID) -> bool:
    """Whether the one in the team who works where the person lives is of the other municipality."""
    return TeamMember.objects.filter(plan_id=plan_id, post_id=people.STRANGER).exists()


def _person_lives_there(person_id: UUID | None) -> bool:
    return TeamMember.objects.filter(subject_id=person_id, post_id=people.STRANGER).exists()


def _sorted_by_place(as_ever: Any) -> Any:
    return lambda case: (_lives_there(case.row.plan_id), *as_ever(case))


def _counted(as_ever: Any) -> Any:
    return lambda viewer: [
        replace(row, open_actions=row.open_actions + _lives_there(row.plan_id)) for row in as_ever(viewer)
    ]


def _named(as_ever: Any) -> Any:
    return lambda post: post


def _seats_named(as_ever: Any) -> Any:
    def seats(subject_id: UUID, held: Any, team: Any) -> Any:
        found = list(held)
        wanted = {post_id for one in found for post_id in (one.meeting.called_by_id, *one.there)}
        posts = agencies.posts({*team, *wanted})
        return {
            post_id: SeatRow(post.title, post.agency_name, post.agency_kind)
            for post_id, post in posts.items()
        }

    return seats


def _place_of_a_meeting(as_ever: Any) -> Any:
    def row(held: Any, seats: Any, today: Any) -> Any:
        shown = as_ever(held, seats, today)
        where = "Nordeng" if _lives_there(held.meeting.plan_id) else "Fjordvik"
        return replace(shown, agenda=f"{shown.agenda} ({where})")

    return row


def _one_statement_more(as_ever: Any) -> Any:
    def plan_page(viewer: Any, plan_id: UUID) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(THERE, [plan_id, people.STRANGER])
            if cursor.fetchone():
                cursor.execute(THERE, [plan_id, people.STRANGER])
        return as_ever(viewer, plan_id)

    return plan_page


def _found_by_place(as_ever: Any) -> Any:
    return lambda *asked: sorted(as_ever(*asked), key=lambda one: _person_lives_there(one.person_id))


def _found_with_number(as_ever: Any) -> Any:
    return lambda found: [
        replace(one, external_id="N-7" if _person_lives_there(one.person_id) else "F-7")
        for one in as_ever(found)
    ]


LEAKS: Mapping[str, Seeded] = {
    "the order of a list": Seeded(worklist, "_urgency", _sorted_by_place, "worklist"),
    "a number in a list": Seeded(coordination, "worklist", _counted, "worklist"),
    "who is in the team": Seeded(people_queries, "unnamed", _named, "plan"),
    "who was at a meeting": Seeded(meetings, "_seats", _seats_named, "plan"),
    "a meeting to come": Seeded(meetings, "_row", _place_of_a_meeting, "plan"),
    "how much the page asks of the database": Seeded(coordination, "plan_page", _one_statement_more, "plan"),
    "the order of a search": Seeded(search, "_likeliest", _found_by_place, "find"),
    "what a search tells": Seeded(search, "_one_each", _found_with_number, "find"),
}
