"""What several tests of these rooms need: further clients, and acts that may be refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

import people
from people import OnPlan, acting_as
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people.national_ids import make_synthetic
from samvirke.plan import actions
from samvirke.plan import operations as planning
from samvirke.plan.action_types import Agreed


def number(serial: int) -> str:
    """A synthetic national id; the standing client has serial 3."""
    return make_synthetic(birth_date=date(1994, 5, 4), sex=Sex.FEMALE, serial=serial)


def another(serial: int) -> people.Client:
    """Another client of the social service."""
    return people.Client(external_id=f"S-{serial}", national_id=number(serial), given_name=f"Nr {serial}")


def add_action(
    plan: OnPlan,
    by: Viewer,
    *,
    accountable: UUID = people.NAV_ADVISER,
    kind: DataKind = DataKind.EMPLOYMENT,
    decision: str = "",
) -> UUID:
    """An action of the plan's goal."""
    return actions.add(
        plan_id=plan.plan_id,
        goal_id=plan.goal_id,
        kind=kind,
        agreed=Agreed(
            what="Praksis på verksted", how="To dager i uka", extent="8 timer", due_on=date(2026, 5, 1)
        ),
        accountable=accountable,
        decision_reference=decision,
        by=by,
    )


def note(plan: OnPlan, kind: DataKind, text: str, who: UUID = people.COORDINATOR) -> None:
    """A note of one kind."""
    with acting_as(who) as viewer:
        planning.write_note(plan_id=plan.plan_id, kind=kind, text=text, by=viewer)


def refused(act: Callable[[], object]) -> str:
    """What the database says when it refuses; empty when it lets it happen. Undone if refused."""
    try:
        with transaction.atomic():
            act()
    except DatabaseError as problem:
        return str(problem)
    return ""


def execute(statement: str, values: Sequence[Any]) -> None:
    """One statement in the viewer's transaction, its deferred constraints checked at once."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
