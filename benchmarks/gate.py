"""What the gate costs: pages and a search with row security and without, among few and among many persons.

Everything is read as a page reads it: entered, asked of the gate, logged and committed. What row security
adds is measured on the statements of a page alone, sent by the pages' role and by one that sees everything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, transaction

import people
from benchmarks.crowded import CASES, PLAN, UNITS, Crowd
from benchmarks.table import Line, Times, at_most, times, took
from gate.scratch import connect
from people import acting_as
from samvirke.coordination import follow_ups
from samvirke.coordination import queries as coordination
from samvirke.gate import operations as gate
from samvirke.gate import session
from samvirke.gate.access import Role
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import Purpose
from samvirke.people import search

TURNS = 10
# Tables of the directory, of the session and of the log are no persons'.
ABOUT_PERSONS = ("FROM plan_", "FROM coordination_", "FROM people_", "FROM gate_consent", "JOIN people_")
Statement = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """What one post reads."""

    post_id: UUID
    of: Callable[[Viewer], object]

    def __call__(self) -> None:
        """Entered, asked, logged and committed."""
        with acting_as(self.post_id) as viewer:
            self.of(viewer)

    def statements(self) -> list[Statement]:
        """Every statement that one read sends."""
        found: list[Statement] = []

        def keep(execute: Callable[..., Any], statement: str, values: Any, many: bool, context: Any) -> Any:
            found.append((statement, values))
            return execute(statement, values, many, context)

        with connection.execute_wrapper(keep):
            self()
        return found


def _finds(text: str) -> Callable[[Viewer], object]:
    return lambda viewer: search.search(viewer, text, partnership_id=people.PARTNERSHIP)


READS: Mapping[str, Read] = {
    "one plan": Read(people.NAV_ADVISER, lambda viewer: coordination.plan_page(viewer, PLAN)),
    f"a worklist of {CASES}": Read(people.FOLLOW_UP_ADVISER, coordination.worklist),
    "calls that are due": Read(people.FOLLOW_UP_ADVISER, follow_ups.due),
    f"a search by name, {CASES} persons": Read(people.FOLLOW_UP_ADVISER, _finds("kali mo")),
}
OF_MANY: Mapping[str, Read] = {
    "one plan": Read(people.SOCIAL_WORKER, lambda viewer: coordination.plan_page(viewer, PLAN)),
    f"a worklist of {CASES}": Read(people.SOCIAL_WORKER, coordination.worklist),
    "calls that are due": Read(people.SOCIAL_WORKER, follow_ups.due),
    "a search by name": Read(people.SOCIAL_WORKER, _finds("kali berkasen")),
    "a search by one name as it sounds": Read(people.SOCIAL_WORKER, _finds("qualli")),
    "a search by date of birth": Read(people.SOCIAL_WORKER, _finds("01.03.1960")),
}


def lines(small: Crowd, large: Crowd, rounds: int) -> list[Line]:
    """Each read: how it grows with the crowd, and what row security adds."""
    found = []
    for what, read in READS.items():
        before, after = _by_turns([small, large], read, rounds)
        line = at_most(
            f"{what}: p95 among {large.persons:,} by p95 among {small.persons:,}", 1.3, after.p95 / before.p95
        )
        seen = f"{line.seen} × ({after.p95:.1f} / {before.p95:.1f} ms)"
        found += [Line(line.what, "≤ 1.3 ×", seen, line.reached), *_costs(what, large, read, after, rounds)]
        found.append(_as_many_statements(what, small, large, read))
    return found


def of_many(large: Crowd, rounds: int) -> list[Line]:
    """For a post whose unit has thousands of own cases: the same, and how soon it has access and has not."""
    large.enter()
    cases = large.persons // 2 // UNITS
    found = []
    for what, read in OF_MANY.items():
        name = f"{what}, {cases:,} own cases among {large.persons:,} persons"
        seen = times(read, rounds)
        if "search" in what:
            found.append(at_most(f"{name}: p95", 50, seen.p95, " ms"))
        found += _costs(name, large, read, seen, rounds)
    return found + _moving(cases)


def _moving(cases: int) -> list[Line]:
    """Taking a post out of a unit, putting it into another and back again, as the owner."""
    now = datetime.now(UTC)
    post_id = people.SOCIAL_COLLEAGUE
    ended = _once(lambda: gate.end_membership(post_id=post_id, now=now))
    moved = _once(lambda: gate.appoint(post_id=post_id, unit_id=people.NAV, role=Role.NAV_ADVISER, now=now))
    gate.end_membership(post_id=post_id, now=now)
    given = _once(
        lambda: gate.appoint(post_id=post_id, unit_id=people.SOCIAL, role=Role.SOCIAL_WORKER, now=now)
    )
    return [
        at_most(f"taking {cases:,} own cases from a post", 100, ended, " ms"),
        at_most("moving the post to another unit", 100, moved, " ms"),
        at_most(f"giving it {cases:,} own cases again", 100, given, " ms"),
    ]


def _once(act: Callable[[], object]) -> float:
    """How long it takes, committed, in ms."""
    started = perf_counter()
    with transaction.atomic(using="owner"):
        act()
    return (perf_counter() - started) * 1000


def _by_turns(crowds: Sequence[Crowd], read: Read, rounds: int) -> list[Times]:
    """Now among these, now among those, so that what else the machine does hits all alike."""
    found: dict[str, list[float]] = {one.name: [] for one in crowds}
    for turn in range(TURNS):
        for one in crowds if turn % 2 else reversed(crowds):
            one.enter()
            found[one.name] += took(read, max(2, rounds // TURNS))
    return [Times.of(found[one.name]) for one in crowds]


def _costs(what: str, crowd: Crowd, read: Read, page: Times, rounds: int) -> list[Line]:
    """What the second lock adds to the statements about persons, in ms and of the whole read."""
    crowd.enter()
    more = added(read.statements(), read.post_id, rounds)
    return [
        at_most(f"{what}: row security on the statements about persons", 3, more, " ms"),
        at_most(f"{what}: with row security by without", 1.1, page.p50 / (page.p50 - more), " ×"),
    ]


def added(statements: Sequence[Statement], post_id: UUID, rounds: int) -> float:
    """What row security adds to those of the statements that are about persons, in ms."""
    about = [one for one in statements if any(table in one[0] for table in ABOUT_PERSONS)]
    return sent(about, post_id, rounds).p50 - sent(about, None, rounds).p50


def _as_many_statements(what: str, small: Crowd, large: Crowd, read: Read) -> Line:
    counts = []
    for one in (small, large):
        one.enter()
        counts.append(len(read.statements()))
    return Line(
        f"{what}: SQL statements, few and many persons",
        "the same",
        f"{counts[0]}, {counts[1]}",
        len(set(counts)) == 1,
    )


def sent(statements: Sequence[Statement], post_id: UUID | None, rounds: int) -> Times:
    """The statements alone: of a post, under row security, or of a role that sees everything."""
    role = "backup" if post_id is None else "app"
    with connect(role, str(connection.settings_dict["NAME"])) as link:
        if post_id is not None:
            ticket = session.ticket(link, post_id, Purpose.COORDINATION)
            link.execute("SELECT gate.enter(%s, %s, %s)", [post_id, int(Purpose.COORDINATION), ticket])
        return times(lambda: _send(link, statements), rounds)


def _send(link: psycopg.Connection[Any], statements: Sequence[Statement]) -> None:
    """Each statement, its rows fetched."""
    for statement, values in statements:
        assert link.execute(statement, values).fetchall() is not None
