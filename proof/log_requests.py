"""What the proof of the access log asks, and what an observer makes of each answer.

Every page that takes nothing is asked by everybody, and every route as chance has it: about somebody, where
the world has what it takes, and with ids of nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.messages import get_messages
from django.contrib.messages.storage.session import SessionStorage
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import people
from exchange.test_nav import line
from people import acting_as
from proof.log_world import BORN, REVIEWERS, STAFF, Someone, World, purpose_of
from samvirke.coordination import meetings
from samvirke.coordination import queries as coordination
from samvirke.exchange.systems.nav.mapping import COLUMNS
from samvirke.exchange.uploads import operations as uploads
from samvirke.gate import audit
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import national_ids, secrets
from samvirke.plan import operations as planning
from samvirke.surfaces.citizen import addresses as own_pages
from surfaces.everywhere import routes, text_of

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FOUND = frozenset({200, 302, 422})  # the answer is a page, the way to another, or what to write otherwise
OF_OTHERS = "my_children"  # a citizen's page that shows others, and not the citizen
OWN = frozenset(name for name, _ in routes(own_pages.urlpatterns)) - {OF_OTHERS}
MOVED, MISSING = 302, 404
OFTEN = 4  # times as often as a stranger's: the citizen's own visit
NOWHERE = 0.2
A_WORD = "evidence_id"  # the one thing in an address that is no id
REVIEW = re.compile(r'action="(/emergencies/[0-9a-f-]{36}/review/)"')
NOBODYS_NUMBER = national_ids.make_synthetic(birth_date=BORN, sex=Sex.FEMALE, serial=90)
EMERGENCY = {"kinds": [int(DataKind.SOCIAL)], "hours": 8, "reason": "Hun ringte og trengte hjelp straks."}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request and its answer, as the observer has them."""

    what: str
    post: UUID
    status: int
    shown: frozenset[str] = frozenset()  # names
    asked: frozenset[UUID] = frozenset()  # ids that must stand in the log where nothing was shown
    about: frozenset[UUID] = frozenset()  # or one of these, where the gate knew whom it was about
    own: frozenset[UUID] = frozenset()  # whoever asks: a page of one's own reads them before it says no
    head: audit.Lane | None = None
    leads_to: str = ""


Kind = Callable[[World, Random], Iterator[Asked]]


def every_page(world: World) -> Iterator[Asked]:
    """Every page that takes nothing, as everybody."""
    for route, post in product(world.pages, world.clients):
        yield _page(world, post, route)


def at_random(world: World, random: Random) -> Iterator[Asked]:
    """Requests without end."""
    kinds, weights = zip(*KINDS, strict=True)
    while True:
        (kind,) = random.choices(kinds, weights)
        yield from kind(world, random)


# Pages


def _of_nobody(world: World, random: Random) -> Iterator[Asked]:
    yield _page(world, random.choice(STAFF), random.choice(world.pages))


def _of_oneself(world: World, random: Random) -> Iterator[Asked]:
    citizen = random.choice(world.citizens).citizen
    assert citizen is not None
    own = [name for name in world.pages if name in OWN or name == OF_OTHERS]
    yield _page(world, citizen, random.choice(own))


def _page(world: World, post: UUID, route: str) -> Asked:
    """A citizen's own page shows the citizen, though it need not say their name."""
    got = _got(world, post, reverse(route))
    whose = [one.name for one in world.citizens if one.citizen == post]
    if got.status == 200 and route in OWN:
        return replace(got, shown=got.shown.union(whose))
    return got


def _about(world: World, random: Random) -> Iterator[Asked]:
    """A route that is about somebody, as anybody."""
    someone = random.choice(world.everybody)
    leading = (world.addresses(someone, route) for route, taken in world.routes.items() if taken)
    address = random.choice(random.choice([there for there in leading if there]))
    query = {"kind": int(DataKind.HEALTH)} if address.endswith("/audience/") else {}
    guardian, stranger, *_ = world.citizens
    near = [someone.citizen or guardian.citizen] * OFTEN + [stranger.citizen]
    post = random.choice([*STAFF, *(citizen for citizen in near if citizen)])
    yield _of_someone(_got(world, post, address, query), someone)


def _nobody(world: World, random: Random) -> Iterator[Asked]:
    """A route with ids of nothing, or an address that is nowhere."""
    post = random.choice([*STAFF, *(one.citizen for one in world.citizens if one.citizen)])
    if random.random() < NOWHERE:
        got = _got(world, post, f"/plans/{random.getrandbits(40):x}/")
        yield replace(got, asked=frozenset({audit.NOBODY}))
        return
    route = random.choice(
        [
            route
            for route, taken in world.routes.items()
            if taken and all(one.endswith("_id") and one != A_WORD for one in taken)
        ]
    )
    ids = {name: UUID(int=random.getrandbits(128)) for name in world.routes[route]}
    got = _got(world, post, reverse(route, kwargs=ids))
    asked = frozenset(ids.values())
    yield replace(got, asked=asked, about=asked) if got.status == MISSING else got


# Forms


def _search(world: World, random: Random) -> Iterator[Asked]:
    """A name in small letters, which the field repeats and a hit does not; a number; and nobody's name."""
    one = random.choice(world.everybody).client
    every, nobody = one.given_name.lower()[:-2], "Ingen"
    named = (one.given_name.lower(), one.national_id, one.external_id, f"{BORN:%d.%m.%Y}", every, nobody)
    post = random.choice([*STAFF, random.choice(world.citizens).citizen])
    assert post is not None
    yield _sent(world, post, reverse("find"), {"text": random.choice(named)})


def _explain(world: World, random: Random) -> Iterator[Asked]:
    """Why one of the team, or one who is not, sees something; asked by staff and by the person."""
    someone = random.choice(world.citizens)
    assert someone.citizen is not None
    said = {
        "post": random.choice(STAFF),
        "kind": int(random.choice((DataKind.PLAN, DataKind.HEALTH))),
        "purpose": int(Purpose.COORDINATION),
        "day": f"{people.NOW:%Y-%m-%d}",
    }
    staff = random.random() < 1 / 2
    post, route = (random.choice(STAFF), "explain") if staff else (someone.citizen, "my_explain")
    (address,) = world.addresses(someone, route)
    yield _of_someone(_sent(world, post, address, said), someone)


def _emergency_by_number(world: World, random: Random) -> Iterator[Asked]:
    """The glass is broken for a number: of somebody here, of somebody on a list alone, or of nobody."""
    number = random.choice([*(one.client.national_id for one in world.everybody), NOBODYS_NUMBER])
    post = random.choice([*REVIEWERS])
    got = _sent(world, post, reverse("emergency"), {"national_id": number, **EMERGENCY})
    asked = secrets.asked_by(secrets.hashed(number, scope=people.PARTNERSHIP))
    yield replace(got, asked=frozenset({asked})) if got.status == MOVED else got
    yield from _reviewed(world, post)


def _emergency_on_plan(world: World, random: Random) -> Iterator[Asked]:
    """More is opened by one who has the plan, or asked for by one who has not."""
    someone, post = random.choice(world.citizens), random.choice([*REVIEWERS])
    (address,) = world.addresses(someone, "emergency_on_plan")
    yield _of_someone(_sent(world, post, address, EMERGENCY), someone)
    yield from _reviewed(world, post)


def _reviewed(world: World, post: UUID) -> Iterator[Asked]:
    """It is called misuse, and closes again: so a stranger stays one."""
    reviewer, overview = REVIEWERS[post], reverse("emergencies")
    waiting = REVIEW.findall(world.clients[reviewer].get(overview).content.decode())
    yield from (_sent(world, reviewer, address, {"verdict": "misuse"}) for address in waiting)


def _file(world: World, random: Random) -> Iterator[Asked]:
    """A file of Nav's clients is sent, looked through by the worker, looked at, and forgotten."""
    post = people.NAV_LEADER
    held = random.sample(world.citizens, random.randint(1, len(world.citizens)))
    sent = {"file": SimpleUploadedFile("liste.csv", _lines(one.client for one in held))}
    got = _sent(world, post, reverse("imports"), sent)
    yield got
    (upload_id,) = map(UUID, ID.findall(got.leads_to))
    with acting_as(post) as viewer:
        uploads.check(upload_id=upload_id, by=viewer)
    yield Asked("the dry run", post, 0, head=audit.head())
    address = reverse("upload", args=[upload_id])
    yield _got(world, post, address)
    yield replace(_got(world, people.SOCIAL_LEADER, address), asked=frozenset({upload_id}))
    yield _sent(world, post, reverse("forget_upload", args=[upload_id]), {})


def _lines(clients: Iterable[people.Client]) -> bytes:
    rows = [
        line(
            BRUKER_ID=one.external_id,
            FNR=one.national_id,
            FØDSELSDATO=f"{one.birth_date:%d.%m.%Y}",
            FORNAVN=one.given_name,
        )
        for one in clients
    ]
    return "\r\n".join((";".join(COLUMNS), *rows, line(BRUKER_ID="N-9"))).encode("iso-8859-1")


# Operations, as a job or another surface asks


def _note(world: World, random: Random) -> Iterator[Asked]:
    kind = random.choice((DataKind.EMPLOYMENT, DataKind.HEALTH))

    def write(viewer: Viewer, plan_id: UUID) -> None:
        planning.write_note(plan_id=plan_id, kind=kind, text="Et ord.", by=viewer)

    yield _operated(world, random, "a note", write)


def _read(world: World, random: Random) -> Iterator[Asked]:
    read = random.choice((coordination.plan_page, meetings.of_plan))
    yield _operated(world, random, read.__name__, read)


def _operated(world: World, random: Random, what: str, act: Callable[[Viewer, UUID], object]) -> Asked:
    someone, post = random.choice(world.citizens), random.choice(STAFF)
    assert someone.plan_id is not None
    shown, about = frozenset[str](), frozenset[UUID]()
    with acting_as(post, purpose_of(post)) as viewer:
        try:
            act(viewer, someone.plan_id)
            shown = frozenset({someone.name})
        except Refused:
            about = someone.ids
        except ObjectDoesNotExist:
            pass  # nothing has an address here: the operation never knew whom it was about
    return Asked(what, post, 0, shown, about=about, head=audit.head())


def _worklist(world: World, random: Random) -> Iterator[Asked]:
    post = random.choice(STAFF)
    with acting_as(post, purpose_of(post)) as viewer:
        try:
            told = repr(coordination.worklist(viewer))
        except Refused:
            told = ""
    yield Asked("worklist", post, 0, _names(world, told), head=audit.head())


# What is answered


def _got(world: World, post: UUID, address: str, query: Mapping[str, int] | None = None) -> Asked:
    return _heard(world, post, address, world.clients[post].get(address, query))


def _sent(world: World, post: UUID, address: str, said: Mapping[str, object]) -> Asked:
    """The answer to a form; what it has the next page say is told by it, and not once more by that page."""
    client = world.clients[post]
    heard = _heard(world, post, f"{address}, sent {sorted(said)}", client.post(address, said))
    session = client.session
    if session.pop(SessionStorage.session_key, None):
        session.save()
    return heard


def _heard(world: World, post: UUID, what: str, answer: Any) -> Asked:
    """The answer, where it leads, and what it has the next page say."""
    body = text_of(answer.content, answer.headers.get("Content-Type", ""))
    said = " ".join(str(one) for one in get_messages(answer.wsgi_request))
    to = answer.headers.get("Location", "")
    shown = _names(world, f"{body} {said}") | _names_of_plans(world, to)
    own = frozenset().union(*(one.ids for one in world.citizens if one.citizen == post))
    return Asked(what, post, answer.status_code, shown, own=own, head=audit.head(), leads_to=to)


def _names(world: World, text: str) -> frozenset[str]:
    return frozenset(name for name in world.by_name if name in text)


def _names_of_plans(world: World, address: str) -> frozenset[str]:
    return frozenset(one.name for one in world.citizens if str(one.plan_id) in address)


def _of_someone(got: Asked, someone: Someone) -> Asked:
    """A part of a page need not say the name; where nothing is shown, the address or the gate says whom."""
    if got.status in FOUND:
        return replace(got, shown=got.shown | {someone.name})
    if got.status == MISSING:
        return replace(got, asked=frozenset(map(UUID, ID.findall(got.what))), about=someone.ids)
    return got


KINDS: tuple[tuple[Kind, float], ...] = (
    (_of_nobody, 2),
    (_of_oneself, 1),
    (_about, 4),
    (_nobody, 1),
    (_search, 2),
    (_explain, 1),
    (_emergency_by_number, 0.2),
    (_emergency_on_plan, 0.2),
    (_file, 0.2),
    (_note, 1),
    (_read, 4),
    (_worklist, 1),
)
