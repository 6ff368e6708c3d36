"""An ordinary worker in the team cannot tell in which of two municipalities a protected person is.

Each person has a worker, an application and a referral where they live, in one municipality or the other. An
adviser of the team looks at everything that has an address, list by list and page by page, each answer as a
text, a size, a status, a place in a list and a number of statements, and learns from one half of the persons
to guess the other. A failure: more or fewer right guesses than chance gives (exact binomial test, both sides,
alpha 0.01); or a control, without protection, in which the adversary guesses less than 95 % right.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

import people
from applications.stand_ins import applied
from people import OnPlan, acting_as
from proof.channels.ground import own_database
from proof.channels.guessing import Guesses, guess
from proof.channels.visitors import Visitor, undone
from proof.outcome import Outcome
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import national_ids, operations, places
from samvirke.plan import operations as planning
from surfaces.everywhere import DRAWN, NOT_FOLLOWED, routes

SMALL, FULL = 12, 200
ALPHA, TOLD_APART = 0.01, 0.95
UNITS = (*people.UNITS, people.SOCIAL_NORDENG)
HERE, THERE = people.FJORDVIK, people.NORDENG
WORKER = {HERE: people.SOCIAL_COLLEAGUE, THERE: people.STRANGER}
UNIT = {HERE: people.SOCIAL, THERE: people.SOCIAL_NORDENG}
ASKED_KINDS = (DataKind.PLAN, DataKind.EMPLOYMENT, DataKind.SOCIAL, DataKind.CONTACT)
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
AROUND = 400  # characters of a list, before and after a person's name


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person, where they live, and what leads to them."""

    name: str
    place: str
    plan: OnPlan
    application: UUID


def run(size: int, seed: int) -> Outcome:
    """Guess where half of `size` protected persons are; and of as many whose places nobody protects."""
    drawn = random.Random(seed)
    protected, seen = _tried(size, drawn, is_protected=True)
    control, seen_there = _tried(size, drawn, is_protected=False)
    failures = []
    if protected.chance < ALPHA:
        failures.append(f"{protected.right} of {protected.tried} guessed, by {protected.by}")
    if control.right < TOLD_APART * control.tried:
        failures.append(f"the control: only {control.right} of {control.tried} guessed without protection")
    return Outcome(
        seen + seen_there,
        tuple(failures),
        f"{protected.right}/{protected.tried} guessed, by {protected.by}, p = {protected.chance:.3f}; "
        f"control {control.right}/{control.tried}, by {control.by}; "
        f"{seen // size} observations of each person",
    )


def _tried(size: int, drawn: random.Random, *, is_protected: bool) -> tuple[Guesses, int]:
    with own_database():
        where = [HERE, THERE] * (size // 2)
        drawn.shuffle(where)
        everybody = [_somebody(*one, is_protected=is_protected) for one in enumerate(where)]
        client = Visitor("nav adviser", people.NAV_ADVISER).client()
        lists = dict(_lists(client))
        observed = [dict(_observed(client, one, lists)) for one in everybody]
    told = guess(observed, [one.place for one in everybody], drawn)
    return told, sum(map(len, observed))


def _somebody(number: int, place: str, *, is_protected: bool) -> Somebody:
    name = f"Nr{number:04}"
    born = date.fromordinal(date(1980, 1, 1).toordinal() + number)
    client = people.Client(
        external_id=f"S-{number}",
        national_id=national_ids.make_synthetic(birth_date=born, sex=Sex.FEMALE, serial=3),
        given_name=name,
        birth_date=born,
        municipality=place,
    )
    kinds = DataKind.EMPLOYMENT | DataKind.SOCIAL
    plan = people.on_plan(client, consent=people.terms(kinds=kinds, units=UNITS))
    person = plan.person
    with acting_as(people.SOCIAL_WORKER) as viewer:
        consent_id = person.consent_id
        planning.add_members(plan_id=plan.plan_id, post_ids=[WORKER[place]], consent_id=consent_id, by=viewer)
        operations.refer(person_id=person.person_id, to_unit=UNIT[place], consent_id=consent_id, by=viewer)
    application = applied(plan, unit=UNIT[place])
    if is_protected:
        _protect(person.person_id, person.citizen_id, place)
    return Somebody(name, place, plan, application)


def _protect(person_id: UUID, citizen_id: UUID, place: str) -> None:
    with acting_as(citizen_id) as viewer:
        places.state_whereabouts(
            person_id=person_id,
            level="no.strictly_confidential",
            places=replace(people.CANARIES, municipality=place),
            expires_on=date(2027, 3, 1),
            by=viewer,
        )
        places.let_know_place(
            person_id=person_id, post_ids=[people.COORDINATOR], terms=people.terms(), by=viewer
        )


def _lists(client: Client) -> Iterator[tuple[str, str]]:
    """Every page that takes nothing, with all on it."""
    for name, parameters in routes(get_resolver().url_patterns):
        if not parameters and name not in NOT_FOLLOWED:
            _, text, _ = _asked(client, reverse(name))
            yield name, text


def _observed(client: Client, one: Somebody, lists: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is seen of one person: the places in lists, and each page in five ways."""
    for name, text in lists.items():
        at = text.find(one.name)
        if at >= 0:
            yield f"{name}: around", _scrubbed(text[max(0, at - AROUND) : at + AROUND])
        yield f"{name}: half", str(at * 2 < len(text))
        yield f"{name}: times", str(text.count(one.name))
    for path, what in _pages(one):
        status, text, statements = _asked(client, path)
        yield f"{what}: text", _scrubbed(text)
        yield f"{what}: size", str(len(_scrubbed(text)))
        yield f"{what}: status", str(status)
        yield f"{what}: statements", str(statements)


def _pages(one: Somebody) -> Iterator[tuple[str, str]]:
    ids = {"plan_id": one.plan.plan_id, "goal_id": one.plan.goal_id, "application_id": one.application}
    for name, parameters in routes(get_resolver().url_patterns):
        if parameters and set(parameters) <= ids.keys():
            yield reverse(name, kwargs={parameter: ids[parameter] for parameter in parameters}), name
    for name in ("plan_audience", "explain"):
        for kind in ASKED_KINDS:
            path = reverse(name, kwargs={"plan_id": one.plan.plan_id})
            yield f"{path}?kind={int(kind)}", f"{name} of {kind.name}"


def _asked(client: Client, path: str) -> tuple[int, str, int]:
    count = [0]

    def counted(execute: Any, statement: Any, values: Any, many: bool, context: Any) -> Any:
        count[0] += 1
        return execute(statement, values, many, context)

    with undone(client), connection.execute_wrapper(counted):
        response = client.get(path)
    kind = response.headers.get("Content-Type", "")
    text = unescape(response.content.decode()) if kind.startswith("text/html") else kind
    return response.status_code, DRAWN.sub("", text), count[0]


def _scrubbed(text: str) -> str:
    """Without what is each person's own, wherever they live."""
    return re.sub(r"\bNr\d{4}\b", "NAME", AN_ID.sub("ID", text))
