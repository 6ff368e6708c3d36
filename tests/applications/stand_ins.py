"""Applications in a stated status, made through the operations."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import people
from people import acting_as
from samvirke.applications import operations
from samvirke.gate.types import Viewer
from samvirke.kernel.gate_words import DataKind
from samvirke.people.operations import ConsentTerms

WAYS = {
    "sent": (),
    "received": ("received",),
    "more_asked_for": ("received", "more_asked_for"),
    "granted": ("received", "granted"),
    "refused": ("received", "refused"),
    "appealed": ("received", "refused", "appealed"),
    "withdrawn": ("withdrawn",),
}


def every_kind() -> ConsentTerms:
    """A consent that opens everyday life too, which the social service needs to receive an application."""
    return people.terms(kinds=DataKind.EMPLOYMENT | DataKind.SOCIAL)


def applied(
    plan: people.OnPlan,
    *,
    unit: UUID = people.COORDINATING,
    right: str = "no.right_coordinator",
    by: UUID | None = None,
) -> UUID:
    """The person has applied, or somebody for them."""
    with acting_as(by or plan.person.citizen_id) as viewer:
        return operations.apply(
            person_id=plan.person.person_id,
            right=right,
            title="" if right else "Hjelp til flytting",
            words="Jeg trenger en som holder i trådene.",
            to_unit=unit,
            by=viewer,
        )


def in_status(plan: people.OnPlan, status: str) -> UUID:
    """An application that has come into a status in the shortest way."""
    one = applied(plan)
    moved(plan, one, *WAYS[status])
    return one


def in_days(viewer: Viewer, days: int) -> Viewer:
    """The same viewer some days later. Only the owner could move the database's own clock."""
    return replace(viewer, now=viewer.now + timedelta(days=days))


def moved(plan: people.OnPlan, one: UUID, *steps: str, days: int = 0) -> None:
    """Each step by whoever takes such steps, some days from now."""
    for step in steps:
        own = step in {"received again", "appealed", "withdrawn"}
        with acting_as(plan.person.citizen_id if own else people.COORDINATOR) as entered:
            viewer = in_days(entered, days)
            later = people.NOW.date() + timedelta(days=21)
            match step:
                case "received":
                    operations.receive(application_id=one, answer_due_on=later, by=viewer)
                case "more_asked_for":
                    operations.ask_for_more(application_id=one, question="Hvor bor du nå?", by=viewer)
                case "received again":
                    operations.give_more(application_id=one, words="I Fjordvik.", by=viewer)
                case "granted":
                    operations.grant(application_id=one, text="Ja.", by=viewer)
                case "refused":
                    operations.refuse(application_id=one, reason="Nei, fordi.", appeal_by=later, by=viewer)
                case "appealed":
                    operations.appeal(application_id=one, words="Jeg er uenig.", by=viewer)
                case "withdrawn":
                    operations.withdraw(application_id=one, by=viewer)
