"""The plan page: read, decided, logged and committed; with and without row security; in a growing crowd."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

import people
from benchmarks.crowded import PLAN, Crowd, coordinator_returns
from benchmarks.table import Line, Times, at_most, times, took
from gate.scratch import connect
from people import acting_as
from samvirke.coordination import queries as coordination
from samvirke.gate import session
from samvirke.kernel.gate_words import Purpose

ABOUT_PERSONS = ("FROM plan_", "FROM coordination_", "FROM people_", "FROM gate_consent")
Statement = tuple[Any, Any]
TURNS = 10


def growth(small: Crowd, large: Crowd, rounds: int) -> Line:
    """How much slower the page's one domain call, in a transaction of its own, is among more persons."""
    before, after = _by_turns([small, large], rounds)
    what = f"plan page, p95 among {large.persons:,} persons by p95 among {small.persons:,}"
    line = at_most(what, 1.3, after.p95 / before.p95, " ×")
    return Line(line.what, line.goal, f"{line.seen} ({after.p95:.1f} / {before.p95:.1f} ms)", line.reached)


def _by_turns(crowds: Sequence[Crowd], rounds: int) -> list[Times]:
    """Now among these, now among those, so that what else the machine does hits all alike."""
    found: dict[str, list[float]] = {one.name: [] for one in crowds}
    for turn in range(TURNS):
        for one in crowds if turn % 2 else reversed(crowds):
            one.enter()
            found[one.name] += took(lambda: read(PLAN), rounds // TURNS)
    return [Times.of(found[one.name]) for one in crowds]


def gate_costs(crowd: Crowd, rounds: int, as_html: Times) -> list[Line]:
    """What the second lock adds to the page's statements about persons, in ms and of the whole page."""
    away = len(statements_of(PLAN))
    coordinator_returns(crowd)
    statements = statements_of(PLAN)
    about = [one for one in statements if any(table in one[0] for table in ABOUT_PERSONS)]
    on, off = sent(about, "app", rounds), sent(about, "backup", rounds)
    more = on.p50 - off.p50
    return [
        at_most(f"row security on the page's {len(about)} statements about persons", 3, more, " ms"),
        at_most(
            "the page as HTML with row security by without", 1.1, as_html.p50 / (as_html.p50 - more), " ×"
        ),
        at_most("SQL statements of the page's domain call, entering and log included", 15, len(statements)),
        at_most("the same on a day when the coordinator is away", 15, away),
    ]


def read(plan_id: UUID) -> None:
    """As the Nav adviser."""
    with acting_as(people.NAV_ADVISER) as viewer:
        coordination.plan_page(viewer, plan_id)


def statements_of(plan_id: UUID) -> list[Statement]:
    """Every statement of one read."""
    found: list[Statement] = []

    def keep(execute: Callable[..., Any], statement: str, values: Any, many: bool, context: Any) -> Any:
        found.append((statement, values))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(keep):
        read(plan_id)
    return found


def sent(statements: Sequence[Statement], role: str, rounds: int) -> Times:
    """The statements alone, as a role that is under row security or as one that sees everything."""
    with connect(role, str(connection.settings_dict["NAME"])) as link:
        if role == "app":
            ticket = session.ticket(link, people.NAV_ADVISER, Purpose.COORDINATION)
            values = [people.NAV_ADVISER, int(Purpose.COORDINATION), ticket]
            link.execute("SELECT gate.enter(%s, %s, %s)", values)
        return times(lambda: send(link, statements), rounds)


def send(link: psycopg.Connection[Any], statements: Sequence[Statement]) -> None:
    """Each statement, its rows fetched."""
    for statement, values in statements:
        assert link.execute(statement, values).fetchall() is not None
