"""Everybody whom the requests of the proof of the access log are about, and who asks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from uuid import UUID

from django.test import Client
from django.urls import get_resolver, reverse

import people
from applications.stand_ins import applied
from people import acting_as
from samvirke.coordination import meetings
from samvirke.interventions import operations as interventions
from samvirke.kernel.codes import InterventionKind, Sex
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import guardians, national_ids
from samvirke.plan import operations as planning
from samvirke.surfaces.actor import POST, PURPOSE
from surfaces.everywhere import routes

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
REVIEWERS = {  # of the glass that each breaks
    people.SOCIAL_WORKER: people.SOCIAL_LEADER,
    people.NAV_ADVISER: people.NAV_LEADER,
    people.COORDINATOR: people.COORDINATION_LEADER,
    people.STRANGER: people.STRANGER_LEADER,
    people.FOLLOW_UP_ADVISER: people.FOLLOW_UP_LEADER,
}
BORN, BORN_LATER = date(1994, 5, 4), date(2017, 9, 1)
VISIT = re.compile(r"/seen/([0-9a-f-]{36})/")
VISITS = 3  # of each citizen's log; a page of the log shows many more


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the world; the name stands nowhere but where they are shown."""

    client: people.Client
    ids: frozenset[UUID]  # the person, and the agencies' records of them
    citizen: UUID | None = None
    plan_id: UUID | None = None
    named: dict[str, list[UUID]] = field(default_factory=dict)  # by the name that a route gives it

    @property
    def name(self) -> str:
        """What shows them."""
        return self.client.given_name


@dataclass(frozen=True, slots=True)
class World:
    """Everybody, the clients of those who ask, and every route with what it takes."""

    everybody: Sequence[Someone]
    by_name: Mapping[str, Someone]
    clients: Mapping[UUID, Client]
    routes: Mapping[str, tuple[str, ...]]

    @property
    def citizens(self) -> list[Someone]:
        """Those who have an entrance of their own."""
        return [one for one in self.everybody if one.citizen]

    @property
    def pages(self) -> list[str]:
        """Every page that takes nothing, by its route."""
        return [name for name, taken in self.routes.items() if not taken]

    def addresses(self, someone: Someone, route: str) -> list[str]:
        """Where a route leads for somebody; nowhere, if it takes what they have none of."""
        taken = self.routes[route]
        every = product(*(someone.named.get(name, []) for name in taken))
        return [reverse(route, kwargs=dict(zip(taken, values, strict=True))) for values in every]


def world() -> World:
    """Five on plans, the first of them a guardian; the child; and three of whom nobody has asked anything."""
    on_plans = [_on_plan(number) for number in range(5)]
    assert on_plans[0].citizen is not None
    everybody = [*on_plans, *(_on_a_list(number) for number in range(5, 8)), _child(8, on_plans[0].citizen)]
    citizens = [one.citizen for one in everybody if one.citizen]
    clients = {post: client_of(post) for post in {*STAFF, *REVIEWERS.values(), *citizens}}
    made = World(
        everybody, {one.name: one for one in everybody}, clients, dict(routes(get_resolver().url_patterns))
    )
    _read_their_logs(made)
    return made


def _read_their_logs(made: World) -> None:
    """Each citizen knows some visits, and the guardian some of the child's."""
    guardian, child = made.everybody[0], made.everybody[-1]
    assert guardian.citizen is not None
    for one in made.citizens:
        assert one.citizen is not None
        one.named["visit_id"] = _visits(made.clients[one.citizen], reverse("my_seen"))
    of_child = reverse("child_seen", args=child.named["child_id"])
    child.named["visit_id"] = _visits(made.clients[guardian.citizen], of_child)


def _visits(client: Client, address: str) -> list[UUID]:
    found = VISIT.findall(client.get(address).content.decode())
    assert found, address
    return [UUID(one) for one in found[:VISITS]]


def _client(number: int, born: date = BORN) -> people.Client:
    national_id = national_ids.make_synthetic(birth_date=born, sex=Sex.FEMALE, serial=3 + number)
    return people.Client(f"S-{number}", national_id, f"Kjennetegn{number:02d}", birth_date=born)


def _on_plan(number: int) -> Someone:
    """Known to the social service and to Nav, with something of what a plan has."""
    client = _client(number)
    plan = people.on_plan(client)
    person_id = plan.person.person_id
    with acting_as(people.COORDINATOR) as viewer:
        planning.write_note(plan_id=plan.plan_id, kind=DataKind.HEALTH, text="Et ord.", by=viewer)
        meeting = meetings.call_meeting(
            plan_id=plan.plan_id, day=people.NOW.date(), agenda="Veien.", by=viewer
        )
        need = interventions.note_need(
            person_id=person_id, intervention_kind=InterventionKind.TRAINING, words="", by=viewer
        )
    own, navs = people.record(client), people.record(client, system=people.NAV_SYSTEM, unit=people.NAV)
    named = {
        "plan_id": [plan.plan_id],
        "goal_id": [plan.goal_id],
        "meeting_id": [meeting],
        "record_id": [own, navs],
        "person_id": [person_id],
        "child_id": [person_id],
        "consent_id": [plan.person.consent_id],
        "application_id": [applied(plan)],
        "need_id": [need],
    }
    ids = frozenset({person_id, own, navs})
    return Someone(client, ids, plan.person.citizen_id, plan.plan_id, named)


def _on_a_list(number: int) -> Someone:
    """A client of the social service, of whom nobody has asked anything yet."""
    client = _client(number)
    record_id = people.record(client)
    return Someone(client, frozenset({record_id}), named={"record_id": [record_id]})


def _child(number: int, guardian: UUID) -> Someone:
    """Known here, without a plan, and one guardian answers alone."""
    client = _client(number, BORN_LATER)
    record_id = people.record(client)
    alone = people.guardian(guardian, footing="no.guardian_of_minor", lives_with=True)
    person = people.said_yes(client, guardians_of=[alone])
    with acting_as(people.SOCIAL_WORKER) as viewer:
        acting = [row.guardianship_id for row in guardians.around(viewer, person.person_id)]
    named = {
        "record_id": [record_id],
        "person_id": [person.person_id],
        "child_id": [person.person_id],
        "consent_id": [person.consent_id],
        "guardianship_id": acting,
    }
    return Someone(client, frozenset({person.person_id, record_id}), named=named)


def purpose_of(post: UUID) -> Purpose:
    """What a post asks for."""
    return Purpose.STATISTICS if post == people.PARTNERSHIP_LEADER else Purpose.COORDINATION


def client_of(post: UUID) -> Client:
    """Somebody signed in at this post."""
    client = Client()
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(purpose_of(post))
    session.save()
    return client
