"""Every read stands in the access log: exactly one line for each request and subject, no more and no fewer.

Chance asks for pages, as chance's post, about chance's person or about nobody, and writes and reads by the
rooms' operations. An observer who knows nothing of the gate looks at each answer alone: every person has a
name of their own, so what the answer holds says whom it showed. A failure is a person who was shown without a
line, a line about somebody who was not shown, two lines where there should be one, an attempt without a line,
or any line in the log that no request explains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from django.core.exceptions import ObjectDoesNotExist
from django.db import connections
from django.test import Client
from django.urls import reverse

import cluster
import people
from gate.scratch import new_lane
from people import acting_as
from proof.outcome import Outcome
from samvirke.coordination import meetings
from samvirke.coordination import queries as coordination
from samvirke.gate import audit
from samvirke.gate.types import Refused
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import national_ids
from samvirke.plan import operations as planning
from samvirke.surfaces.actor import POST, PURPOSE
from samvirke.surfaces.commands import postgres
from samvirke.surfaces.running import patience

SMALL, FULL = 150, 100_000
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
AT_ONCE = 200  # requests between two looks at the log
READ_BY_OPERATIONS = 7  # beside seven ways to ask for a page or to write
STAFF = (
    people.SOCIAL_WORKER,
    people.SOCIAL_LEADER,
    people.NAV_ADVISER,
    people.COORDINATOR,
    people.COORDINATION_LEADER,
    people.STRANGER,
    people.FOLLOW_UP_ADVISER,
    people.PARTNERSHIP_LEADER,
)
LISTS = ("worklist", "records", "applications", "places")
OWN = ("my_plan", "my_seen", "my_consents", "my_applications", "my_rights")
ROWS = """
SELECT lane, seq, request_id, post_id, subject_id, outcome FROM gate_accessentry
WHERE lane = %s AND seq > %s ORDER BY seq
"""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the world; the name stands nowhere but where they are shown."""

    name: str
    ids: frozenset[UUID]  # the person, and the agency's record of them
    citizen: UUID | None
    addresses: tuple[str, ...]
    plan_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One request and its answer, as the observer has them."""

    what: str
    post: UUID
    status: int
    shown: frozenset[str]  # names
    asked: frozenset[UUID]  # ids that must stand in the log where nothing was shown
    about: frozenset[UUID]  # or one of these, where the gate knew whom it was about
    head: audit.Lane | None


@dataclass(frozen=True, slots=True)
class World:
    """Everybody, and the clients of those who ask."""

    everybody: Sequence[Someone]
    by_name: dict[str, Someone]
    clients: dict[UUID, Client]


def run(size: int, seed: int) -> Outcome:
    """Send so many requests, and compare the log with what was observed."""
    random, failures = Random(seed), []
    with _database() as name, _watching(name) as link:
        world = _world(random)
        head, lines = audit.head(), _count(link)
        done = 0
        while done < size:
            asked = [_ask(world, random) for _ in range(min(AT_ONCE, size - done))]
            failures += _compared(link, world, asked, head)
            head, done = asked[-1].head, done + len(asked)
        explained = 0 if head is None else head.seq
        if _count(link) != explained:
            failures.append(f"{_count(link)} lines in the log, of which requests explain {explained}")
        note = f"{_count(link) - lines} lines"
    return Outcome(size, tuple(failures), note)


def _compared(
    link: psycopg.Connection[Any], world: World, asked: Sequence[Asked], head: audit.Lane | None
) -> Iterator[str]:
    requests: set[UUID] = set()
    of_lanes = _lines_of_lanes(link, head, asked)
    for one in asked:
        rows = _between(of_lanes, head, one.head)
        for wrong in _wrong(world, one, rows):
            yield f"{one.what} as {one.post} ({one.status}): {wrong}"
        if {row[2] for row in rows} & requests:
            yield f"{one.what}: a line of another request"
        requests |= {row[2] for row in rows}
        head = one.head


def _lines_of_lanes(
    link: psycopg.Connection[Any], before: audit.Lane | None, asked: Sequence[Asked]
) -> dict[UUID, list[Any]]:
    """What was written since, by lane, in one look: a lane is whole, so that a place in it is a number."""
    found: dict[UUID, list[Any]] = {one.head.id: [] for one in asked if one.head is not None}
    first = {before.id: before.seq} if before is not None else {}
    for lane in found:
        found[lane] = link.execute(ROWS, [lane, first.get(lane, 0)]).fetchall()
    return found


def _between(
    of_lanes: dict[UUID, list[Any]], before: audit.Lane | None, after: audit.Lane | None
) -> list[Any]:
    if after is None or after == before:
        return []
    first = before.seq if before is not None and before.id == after.id else 0
    return [row for row in of_lanes[after.id] if first < row[1] <= after.seq]


def _wrong(world: World, one: Asked, rows: Sequence[Any]) -> Iterator[str]:
    """What the lines of one request are, against what the observer saw."""
    subjects = [row[4] for row in rows]
    if len(subjects) != len(set(subjects)):
        yield "two lines about one subject"
    if len({row[2] for row in rows}) > 1 or {row[3] for row in rows} - {one.post}:
        yield "lines of several requests or posts"
    allowed = {row[4] for row in rows if row[5] == audit.ALLOWED}
    stopped = set(subjects) - allowed
    shown = frozenset().union(*(world.by_name[name].ids for name in one.shown))
    for name in one.shown:
        if not allowed & world.by_name[name].ids:
            yield f"{name} was shown, and no line says so"
    if allowed - shown:
        yield f"{len(allowed - shown)} lines say that somebody was shown who was not"
    if one.shown and stopped:
        yield "a line of an attempt where something was shown"
    if not one.shown and one.asked | one.about:
        told = bool(one.asked) and one.asked <= stopped
        if not told and len(stopped & one.about) != 1:
            yield "an attempt without its line"
    if stopped - one.asked - one.about:
        yield "a line of an attempt that nobody made"


def _ask(world: World, random: Random) -> Asked:
    kind: Callable[[World, Random], Asked] = random.choice(
        (_list, _own, _about, _about, _about, _nobody, _note, *(_read,) * READ_BY_OPERATIONS)
    )
    return kind(world, random)


def _list(world: World, random: Random) -> Asked:
    return _got(world, random.choice(STAFF), reverse(random.choice(LISTS)))


def _own(world: World, random: Random) -> Asked:
    """A citizen's own page, which shows nobody else; it need not say their name."""
    someone = random.choice([one for one in world.everybody if one.citizen])
    assert someone.citizen is not None
    got = _got(world, someone.citizen, reverse(random.choice(OWN)))
    return replace(got, shown=got.shown | {someone.name}) if got.status == 200 else got


def _about(world: World, random: Random) -> Asked:
    someone = random.choice(world.everybody)
    address = random.choice(someone.addresses)
    post = random.choice([*STAFF, *([someone.citizen] if someone.citizen else [])])
    got = _got(world, post, address)
    if got.status == 200:
        return replace(got, shown=got.shown | {someone.name})  # a part of a page need not say the name
    return replace(got, asked=frozenset(map(UUID, ID.findall(address))), about=someone.ids)


def _nobody(world: World, random: Random) -> Asked:
    """An id of nothing, or no id."""
    if random.random() < 0.2:
        got = _got(world, random.choice(STAFF), f"/plans/{random.getrandbits(40):x}/")
        return replace(got, asked=frozenset({audit.NOBODY}))
    asked = UUID(int=random.getrandbits(128))
    name = random.choice(("plan", "record", "application", "need"))
    return replace(_got(world, random.choice(STAFF), reverse(name, args=[asked])), asked=frozenset({asked}))


def _note(world: World, random: Random) -> Asked:
    """A note by the room's operation, as a job or another surface would write it."""
    someone, post = random.choice([one for one in world.everybody if one.plan_id]), random.choice(STAFF)
    assert someone.plan_id is not None
    kind = random.choice((DataKind.EMPLOYMENT, DataKind.HEALTH))
    shown, about = frozenset[str](), frozenset[UUID]()
    with acting_as(post, _purpose(post)) as viewer:
        try:
            planning.write_note(plan_id=someone.plan_id, kind=kind, text="Et ord.", by=viewer)
            shown = frozenset({someone.name})
        except Refused:
            about = someone.ids
        except ObjectDoesNotExist:
            pass  # nothing has an address here: the operation never knew whom it was about
    return Asked("a note", post, 0, shown, frozenset(), about, audit.head())


def _read(world: World, random: Random) -> Asked:
    """A read by a room's operation, as a job or another surface would ask; the rows say whom it showed."""
    someone, post = random.choice([one for one in world.everybody if one.plan_id]), random.choice(STAFF)
    assert someone.plan_id is not None
    plan_id, told, about, shown = someone.plan_id, "", frozenset[UUID](), frozenset[str]()
    read = random.choice((coordination.worklist, coordination.plan_page, meetings.of_plan))
    with acting_as(post, _purpose(post)) as viewer:
        try:
            if read is coordination.worklist:
                told = repr(coordination.worklist(viewer))
            else:
                read(viewer, plan_id)
                shown = frozenset({someone.name})  # a part of a page need not say the name
        except Refused:
            about = someone.ids
        except ObjectDoesNotExist:
            pass  # the operation never knew whom it was about
    shown |= {name for name in world.by_name if name in told}
    return Asked(read.__name__, post, 0, shown, frozenset(), about, audit.head())


def _got(world: World, post: UUID, address: str) -> Asked:
    answer = world.clients[post].get(address)
    body = answer.content.decode(errors="replace")
    shown = frozenset(name for name in world.by_name if name in body)
    return Asked(address, post, answer.status_code, shown, frozenset(), frozenset(), audit.head())


@contextmanager
def _database() -> Iterator[str]:
    """A database of its own, in which whoever asks in vain need not wait."""
    before, at_once = str(connections["default"].settings_dict["NAME"]), patience.AT_ONCE
    with new_lane():
        name = cluster.use_clone("proof_completeness")
        patience.AT_ONCE = 10**9
        try:
            yield name
        finally:
            patience.AT_ONCE = at_once
            connections.close_all()
            postgres.drop_database(cluster.HOME / "db", name)
            cluster.point_at(before)


@contextmanager
def _watching(name: str) -> Iterator[psycopg.Connection[Any]]:
    place = replace(postgres.connection("backup"), name=name)
    with psycopg.connect(place.url, autocommit=True) as link:
        yield link


def _count(link: psycopg.Connection[Any]) -> int:
    (number,) = link.execute("SELECT count(*) FROM gate_accessentry").fetchall()[0]
    return int(number)


def _world(random: Random) -> World:
    everybody = [_on_plan(number) for number in range(5)] + [_on_a_list(number) for number in range(5, 8)]
    posts = [*STAFF, *(one.citizen for one in everybody if one.citizen)]
    return World(everybody, {one.name: one for one in everybody}, {post: _client(post) for post in posts})


def _someone(number: int) -> people.Client:
    born = date(1994, 5, 4)
    national_id = national_ids.make_synthetic(birth_date=born, sex=Sex.FEMALE, serial=3 + number)
    return people.Client(f"S-{number}", national_id, f"Kjennetegn{number:02d}")


def _on_plan(number: int) -> Someone:
    client = _someone(number)
    plan = people.on_plan(client)
    with acting_as(people.COORDINATOR) as viewer:
        planning.write_note(plan_id=plan.plan_id, kind=DataKind.HEALTH, text="Et ord.", by=viewer)
        meeting = meetings.call_meeting(
            plan_id=plan.plan_id, day=people.NOW.date(), agenda="Veien.", by=viewer
        )
    record_id = people.record(client)
    addresses = (
        reverse("plan", args=[plan.plan_id]),
        reverse("plan_goal", args=[plan.plan_id, plan.goal_id]),
        f"{reverse('plan_audience', args=[plan.plan_id])}?kind=8",
        reverse("meeting", args=[plan.plan_id, meeting]),
        reverse("record", args=[record_id]),
    )
    ids = frozenset({plan.person.person_id, record_id})
    return Someone(client.given_name, ids, plan.person.citizen_id, addresses, plan.plan_id)


def _on_a_list(number: int) -> Someone:
    """A client of the social service, of whom nobody has asked anything yet."""
    client = _someone(number)
    record_id = people.record(client)
    addresses = (reverse("record", args=[record_id]),)
    return Someone(client.given_name, frozenset({record_id}), None, addresses)


def _purpose(post: UUID) -> Purpose:
    return Purpose.STATISTICS if post == people.PARTNERSHIP_LEADER else Purpose.COORDINATION


def _client(post: UUID) -> Client:
    client = Client()
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(_purpose(post))
    session.save()
    return client
