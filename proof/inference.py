"""An ordinary worker in the team cannot tell in which of two municipalities a protected person is.

Each person has a worker, meetings, an application and a referral where they live, in one municipality or the
other; all of them in one world. An adviser of the team looks at everything that has an address, list by list
and page by page, each answer as a text, a size, a status, a place in a list and a number of statements, and
at by how much the published figures rose with each person. One way of looking is a script. From a third of
the persons the adviser learns, and guesses the others, whose places a coin has drawn one by one.

A failure: more or fewer right guesses than chance gives (exact binomial test, both sides, alpha 0.01); or a
control in which the adversary guesses less than 95 % right. Controls: a leak seeded into the order of a list,
a number, the team, who was at a meeting, a meeting to come, the statements a page needs, the figures; and the
same persons with no protection. There is no search over persons (see channels/declared.py).
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import unescape
from itertools import pairwise
from typing import Any, LiteralString
from uuid import UUID

from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

import people
from applications.stand_ins import applied
from people import OnPlan, acting_as
from proof.channels.ground import as_superuser, own_database
from proof.channels.guessing import Guesses, guess
from proof.channels.seeded import LEAKS, Seeded
from proof.channels.visitors import Visitor, undone
from proof.outcome import Outcome
from samvirke.coordination import meetings
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import national_ids, operations, places
from samvirke.plan import operations as planning
from surfaces.everywhere import DRAWN, NOT_FOLLOWED, routes

SMALL, FULL = 18, 200
ALPHA, TOLD_APART = 0.01, 0.85
UNITS = (*people.UNITS, people.SOCIAL_NORDENG)
HERE, THERE = people.FJORDVIK, people.NORDENG
WORKER = {HERE: people.SOCIAL_COLLEAGUE, THERE: people.STRANGER}
UNIT = {HERE: people.SOCIAL, THERE: people.SOCIAL_NORDENG}
ASKED_KINDS = (DataKind.PLAN, DataKind.EMPLOYMENT, DataKind.SOCIAL, DataKind.CONTACT)
NAME = re.compile(r"\bNr\d{4}\b")
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TAKEN = {"plan_id", "goal_id", "application_id"}
PLAN_PAGES = {"plan", "plan_consents"}
SOME = 5  # lists and pages, in small
EPISODES: LiteralString = "SELECT municipality, count(*) FROM published.v1_episodes GROUP BY 1"
EVERYBODY_COUNTED: LiteralString = (
    "SELECT payload ->> 'municipality', count(*) FROM events_fact WHERE code = 'plan_entered' GROUP BY 1"
)
AROUND = 400  # characters of a list, before and after a person's name


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person, where they live, and what leads to them."""

    name: str
    place: str
    plan: OnPlan
    application: UUID


def run(size: int, seed: int) -> Outcome:
    """Guess where protected persons are, `size` in all; then with each leak, and with nothing protected."""
    drawn = random.Random(seed)
    with own_database() as database:
        where = _drawn_places(size, drawn)
        everybody, figures = _settled(where, database)
        adviser = Adviser.drawn(drawn, looks_everywhere=size >= FULL)
        observed = [dict(one) for one in adviser.observes(everybody)]
        for seen, in_figures in zip(observed, figures.published, strict=True):
            seen |= in_figures
        found = Found(where, _learnt(size), drawn)
        protected = found.guesses(observed)
        controls = {
            name: found.guesses([dict(one) for one in _with(leak, adviser, everybody)])
            for name, leak in LEAKS.items()
        }
        controls["figures that count everybody"] = found.guesses(figures.unprotected)
        _lift(everybody)
        controls["no protection at all"] = found.guesses(
            [dict(one) for one in adviser.only(PLAN_PAGES).observes(everybody)]
        )
    scripts = len(set().union(*observed))
    failures = [
        f"{name}: only {told.right} of {told.tried} guessed"
        for name, told in controls.items()
        if told.right < TOLD_APART * told.tried
    ]
    if protected.chance < ALPHA:
        failures.insert(0, f"{protected.right} of {protected.tried} guessed, by {protected.by}")
    return Outcome(
        sum(map(len, observed)),
        tuple(failures),
        f"{scripts} scripts x {size} persons, learnt from {found.learnt}: "
        f"{protected.right}/{protected.tried} guessed, p = {protected.chance:.3f}; guessed in controls: "
        + ", ".join(f"{name} {told.right}/{told.tried}" for name, told in controls.items()),
    )


def _learnt(size: int) -> int:
    return max(4, size // 3 // 2 * 2)


def _drawn_places(size: int, drawn: random.Random) -> list[str]:
    """Those learnt from are half here and half there; of the others a coin decides, one by one."""
    first = [HERE, THERE] * (_learnt(size) // 2)
    drawn.shuffle(first)
    return first + [drawn.choice((HERE, THERE)) for _ in range(size - len(first))]


@dataclass(frozen=True, slots=True)
class Found:
    """What the adversary learns from, and what there is to guess."""

    where: list[str]
    learnt: int
    drawn: random.Random

    def guesses(self, observed: list[dict[str, str]]) -> Guesses:
        """How many of the others are guessed by these observations."""
        return guess(observed, self.where, self.learnt, self.drawn)


@dataclass(frozen=True, slots=True)
class Figures:
    """By how much each figure rose with each person: as published, and as it would with everybody in it."""

    published: list[dict[str, str]]
    unprotected: list[dict[str, str]]


def _settled(where: list[str], database: str) -> tuple[list[Somebody], Figures]:
    """Everybody in one world, and what the figures told of each who came."""
    everybody: list[Somebody] = []
    published = [_counts(database, EPISODES)]
    raw = [_counts(database, EVERYBODY_COUNTED)]
    for number, place in enumerate(where):
        everybody.append(_somebody(number, place))
        published.append(_counts(database, EPISODES))
        raw.append(_counts(database, EVERYBODY_COUNTED))
    return everybody, Figures(_risen(published), _risen(raw))


def _counts(database: str, statement: LiteralString) -> dict[str, int]:
    with as_superuser(database) as link:
        return dict(link.execute(statement).fetchall())


def _risen(counts: list[dict[str, int]]) -> list[dict[str, str]]:
    return [
        {f"figures: {place}": str(after.get(place, 0) - before.get(place, 0)) for place in (HERE, THERE)}
        for before, after in pairwise(counts)
    ]


def _with(leak: Seeded, adviser: Adviser, everybody: list[Somebody]) -> Iterator[Iterator[tuple[str, str]]]:
    with leak.at_work():
        yield from adviser.only({leak.page}).observes(everybody)


def _somebody(number: int, place: str) -> Somebody:
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
    person, worker = plan.person, WORKER[place]
    with acting_as(people.SOCIAL_WORKER) as viewer:
        consent_id = person.consent_id
        planning.add_members(plan_id=plan.plan_id, post_ids=[worker], consent_id=consent_id, by=viewer)
        operations.refer(person_id=person.person_id, to_unit=UNIT[place], consent_id=consent_id, by=viewer)
    _met(plan.plan_id, worker)
    application = applied(plan, unit=UNIT[place])
    _protect(person.person_id, person.citizen_id, place)
    return Somebody(name, place, plan, application)


def _met(plan_id: UUID, worker: UUID) -> None:
    """Who works where the person lives has called two meetings, and was at one."""
    today = people.NOW.date()
    with acting_as(worker) as viewer:
        held, _ = (
            meetings.call_meeting(plan_id=plan_id, day=day, agenda="Neste steg", by=viewer)
            for day in (today, today + timedelta(days=7))
        )
        meetings.write_minutes(
            meeting_id=held, agreed="Vi fortsetter.", there=[worker], person_was_there=True, by=viewer
        )


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


def _lift(everybody: list[Somebody]) -> None:
    for one in everybody:
        person = one.plan.person
        with acting_as(person.citizen_id) as viewer:
            places.lift_protection(person_id=person.person_id, by=viewer)


@dataclass(frozen=True, slots=True)
class Adviser:
    """The adversary at work: which lists and which of each person's pages they look at."""

    client: Client
    lists: frozenset[str]
    pages: frozenset[str]

    @classmethod
    def drawn(cls, drawn: random.Random, *, looks_everywhere: bool) -> Adviser:
        """Who looks everywhere, or at what every worker looks at and at some more, as drawn."""
        every = [(name, taken) for name, taken in routes(get_resolver().url_patterns)]
        lists = sorted(name for name, taken in every if not taken and name not in NOT_FOLLOWED)
        pages = sorted(name for name, taken in every if taken and set(taken) <= TAKEN)
        if not looks_everywhere:
            lists, pages = drawn.sample(lists, SOME), drawn.sample(pages, SOME)
        client = Visitor("nav adviser", people.NAV_ADVISER).client()
        return cls(client, frozenset(lists) | {"worklist"}, frozenset(pages) | {"plan"})

    def only(self, names: Collection[str]) -> Adviser:
        """The same, who looks at these alone."""
        every = {*self.lists, *self.pages, *names}
        wanted = every & set(names)
        return replace(self, lists=frozenset(wanted & {"worklist"}), pages=frozenset(wanted - {"worklist"}))

    def observes(self, everybody: list[Somebody]) -> Iterator[Iterator[tuple[str, str]]]:
        """What is seen of each person: the places in lists, and each page in four ways."""
        lists = {name: _asked(self.client, reverse(name))[1] for name in sorted(self.lists)}
        orders = {name: _order(text, everybody) for name, text in lists.items()}
        for one in everybody:
            yield self._observed(one, lists, orders)

    def _observed(
        self, one: Somebody, lists: dict[str, str], orders: dict[str, list[str]]
    ) -> Iterator[tuple[str, str]]:
        for name, text in lists.items():
            at, order = text.find(one.name), orders[name]
            if at >= 0:
                yield f"{name}: around", _scrubbed(text[max(0, at - AROUND) : at + AROUND])
                yield f"{name}: row", _scrubbed(NAME.split(text[at + len(one.name) :])[0])
                yield f"{name}: half", str(order.index(one.name) * 2 < len(order))
                yield f"{name}: fourth", str(order.index(one.name) * 4 // len(order))
            yield f"{name}: times", str(text.count(one.name))
        for path, what in self._paths(one):
            status, text, statements = _asked(self.client, path)
            yield f"{what}: text", _scrubbed(text)
            yield f"{what}: size", str(len(_scrubbed(text)))
            yield f"{what}: status", str(status)
            yield f"{what}: statements", str(statements)

    def _paths(self, one: Somebody) -> Iterator[tuple[str, str]]:
        ids = {"plan_id": one.plan.plan_id, "goal_id": one.plan.goal_id, "application_id": one.application}
        for name, parameters in routes(get_resolver().url_patterns):
            if name in self.pages:
                yield reverse(name, kwargs={parameter: ids[parameter] for parameter in parameters}), name
        for name in ("plan_audience", "explain"):
            for kind in ASKED_KINDS if name in self.pages else ():
                path = reverse(name, kwargs={"plan_id": one.plan.plan_id})
                yield f"{path}?kind={int(kind)}", f"{name} of {kind.name}"


def _order(text: str, everybody: list[Somebody]) -> list[str]:
    """The names of a list in the order they stand in."""
    places = [(text.find(one.name), one.name) for one in everybody]
    return [name for at, name in sorted(places) if at >= 0]


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
    return NAME.sub("NAME", AN_ID.sub("ID", text))
