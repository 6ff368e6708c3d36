"""What a plan page costs, as ratios of one run. Times of two runs or two machines are not to be compared.

    make bench

One plan with a team, actions and notes, in a copy of the tests' database; every read commits, as in use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID

import click
import psycopg

import cluster

cluster.prepare()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

import people  # noqa: E402
from gate.scratch import connect  # noqa: E402
from people import acting_as, on_plan  # noqa: E402
from people_and_plan.stand_ins import add_action, note  # noqa: E402
from samvirke.coordination import queries as coordination  # noqa: E402
from samvirke.kernel.gate_words import DataKind, Purpose  # noqa: E402

ROUNDS = 200
ITEMS = 8  # actions, and notes
ABOUT_PERSONS = ("FROM plan_", "FROM coordination_", "FROM people_", "FROM gate_consent")
Statement = tuple[Any, Any]


def main() -> None:
    """Measure, and print one line for each way to read the same page."""
    cluster.use_clone("bench")
    plan_id = a_full_plan()
    statements = statements_of(plan_id)
    about_persons = [one for one in statements if any(table in one[0] for table in ABOUT_PERSONS)]
    browser = signed_in()
    with acting_as(people.COORDINATOR) as viewer:
        unlogged = milliseconds(lambda: coordination.plan_page(viewer, plan_id))
    found = {
        "as HTML": milliseconds(lambda: browser.get(f"/plans/{plan_id}/")),
        "as rows, logged and committed": milliseconds(lambda: read(plan_id)),
        "as rows, neither": unlogged,
        f"its {len(about_persons)} statements about persons, with row security": sent(about_persons, "app"),
        "the same without": sent(about_persons, "backup"),
    }
    one = found["as rows, logged and committed"]
    click.echo(f"The plan page sends {len(statements)} statements. Median of {ROUNDS} reads:")
    for way, took in found.items():
        click.echo(f"  {way:60}{took:7.2f} ms{took / one:7.2f}")


def a_full_plan() -> UUID:
    """A plan with something of everything."""
    plan = on_plan()
    with acting_as(people.COORDINATOR) as viewer:
        for _ in range(ITEMS):
            add_action(plan, viewer)
    for number in range(ITEMS):
        note(plan, DataKind.EMPLOYMENT, f"Ringte, {number}.")
    return plan.plan_id


def read(plan_id: UUID) -> None:
    """The page's read in a transaction of its own."""
    with acting_as(people.COORDINATOR) as viewer:
        coordination.plan_page(viewer, plan_id)


def statements_of(plan_id: UUID) -> list[Statement]:
    """Every statement of one read."""
    sent: list[Statement] = []

    def keep(execute: Callable[..., Any], statement: str, values: Any, many: bool, context: Any) -> Any:
        sent.append((statement, values))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(keep):
        read(plan_id)
    return sent


def sent(statements: Sequence[Statement], role: str) -> float:
    """The statements alone, as a role that is under row security or as one that sees everything."""
    with connect(role, str(connection.settings_dict["NAME"])) as link:
        if role == "app":
            link.execute("SELECT gate.enter(%s, %s)", [people.COORDINATOR, int(Purpose.COORDINATION)])
        return milliseconds(lambda: send(link, statements))


def send(link: psycopg.Connection[Any], statements: Sequence[Statement]) -> None:
    """Each statement, its rows fetched."""
    for statement, values in statements:
        assert link.execute(statement, values).fetchall() is not None


def signed_in() -> Client:
    """A browser that is signed in as the coordinator."""
    browser = Client()
    session = browser.session
    session["post"], session["purpose"] = str(people.COORDINATOR), int(Purpose.COORDINATION)
    session.save()
    return browser


def milliseconds(act: Callable[[], object]) -> float:
    """The median of many rounds, after some to warm up."""
    for _ in range(ROUNDS // 10):
        act()
    took = []
    for _ in range(ROUNDS):
        started = perf_counter()
        act()
        took.append(perf_counter() - started)
    return median(took) * 1000


if __name__ == "__main__":
    main()
