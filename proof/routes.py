"""No route tells what is not for the visitor, nor that it is there: every method, role, state and object.

What the database does not show to a visitor must be answered as an id that was never given: the same
status, body (but for the id and the token of forms), headers, cookies and number of SQL statements; and no
conditional request gets another answer. Whoever's membership has not begun, or is over, is sent to sign in.
A failure: an answer that differs, one within 200 to 299 where nothing may be shown, one from 500 on, or a
route that the proof cannot fill.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import UUID

from django.db import connections
from django.test import Client
from django.test.utils import override_settings
from django.urls import get_resolver, reverse

import people
from proof.channels.declared import PAGE, content_of
from proof.channels.ground import own_database
from proof.channels.visitors import LISTS, OPEN, TABLES, Visitor, end_all_memberships, undone, visitors
from proof.outcome import Outcome
from samvirke.gate import clock
from surfaces.everywhere import DRAWN, CannotFill, Route, World, routes, world

SMALL, FULL = 200, 60_000
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
CONDITIONS = (
    {"If-None-Match": "*"},
    {"If-Modified-Since": "Wed, 01 Jan 2125 00:00:00 GMT"},
    {"Range": "bytes=0-1"},
)
TELLING = frozenset({206, 304, 412, 416})
OUTSIDE = ("not begun", "over")
PAIRS_TIMED = 20
EXPIRY = re.compile(r"expires=[^;]*;")  # of a cookie: the second in which it was set


@dataclass(frozen=True, slots=True)
class Address:
    """A route with what it takes."""

    route: str
    values: tuple[tuple[str, Any], ...]

    @property
    def path(self) -> str:
        """As a visitor asks for it."""
        return reverse(self.route, kwargs=dict(self.values))

    def without(self, seen: set[Any], drawn: random.Random) -> Address:
        """The same with an id that was never given for each that the visitor does not see."""

        def kept(one: Any) -> Any:
            return one if one in seen else UUID(int=drawn.getrandbits(128), version=4)

        return Address(self.route, tuple((name, kept(one)) for name, one in self.values))


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a visitor can tell answers apart by."""

    status: int
    body: str
    headers: tuple[tuple[str, str], ...]
    cookies: str
    statements: int

    @property
    def content(self) -> str:
        """What it calls itself."""
        return dict(self.headers).get("Content-Type", PAGE).partition(";")[0]


@dataclass
class Findings:
    """What was asked, and what was wrong."""

    calls: int = 0
    failures: list[str] = field(default_factory=list)
    forbidden: list[tuple[Visitor, Address]] = field(default_factory=list)


def run(size: int, seed: int) -> Outcome:
    """Ask as often as `size`, drawn from everything there is to ask; every route at least once."""
    drawn = random.Random(seed)
    findings = Findings()
    with ExitStack() as stack:
        database = stack.enter_context(own_database())
        folder = Path(stack.enter_context(TemporaryDirectory()))
        stack.enter_context(override_settings(HOME=folder))
        here = world(folder)
        try:
            addresses = list(filled(here, list(routes(get_resolver().url_patterns))))
        except CannotFill as problem:
            return Outcome(0, (str(problem),))
        everybody = visitors(here)
        _inside(here, everybody, addresses, size * 4 // 5, drawn, findings)
        timed = _timed(findings.forbidden, here, drawn, max(1, size // 1000))
        for state in OUTSIDE:
            with _membership(state, database):
                _outside(everybody, addresses, size // 10, state, drawn, findings)
    return Outcome(findings.calls, tuple(findings.failures), f"{timed}; {len(addresses)} addresses")


def filled(here: World, among: Sequence[Route]) -> Iterator[Address]:
    """Every route with everything it can take. Raises CannotFill."""
    for name, parameters in among:
        for parameter in parameters:
            if not here.ids.get(parameter) or parameter not in {*OPEN, *TABLES, *LISTS}:
                raise CannotFill(name, parameter)
        for values in product(*(here.ids[parameter] for parameter in parameters)):
            yield Address(name, tuple(zip(parameters, values, strict=True)))


def _drawn(
    everybody: Sequence[Visitor], addresses: Sequence[Address], size: int, drawn: random.Random
) -> Iterator[tuple[Visitor, Address, str]]:
    """Every route once, and then anything, never the same twice."""
    everything = list(product(everybody, addresses, METHODS))
    drawn.shuffle(everything)
    first = {address.route: (visitor, address, method) for visitor, address, method in everything}
    yield from first.values()
    seen = set(first.values())
    yield from [one for one in everything if one not in seen][: max(0, size - len(first))]


def _inside(
    here: World, everybody: Sequence[Visitor], addresses: Sequence[Address], size: int, drawn: random.Random,
    findings: Findings,
) -> None:  # fmt: skip
    seen = {visitor.name: visitor.sees(here.ids) for visitor in everybody}
    clients = {visitor.name: visitor.client() for visitor in everybody}
    for visitor, address, method in _drawn(everybody, addresses, size, drawn):
        client, twin = clients[visitor.name], address.without(seen[visitor.name], drawn)
        answer = ask(client, method, address, findings)
        what = f"{visitor.name}, {method} {address.route}"
        if answer.status >= 500:
            findings.failures.append(f"{what}: {answer.status}")
        if answer.status == 200 and answer.content not in content_of(address.route):
            findings.failures.append(f"{what}: {answer.content}, which is not declared")
        if twin != address:
            _alike(what, answer, ask(client, method, twin, findings), findings)
            if method == "GET":
                _unconditional(what, client, address, answer, findings)
                findings.forbidden.append((visitor, address))


def _alike(what: str, forbidden: Answer, missing: Answer, findings: Findings) -> None:
    if 200 <= forbidden.status < 300 and not what.split(", ")[1].startswith("OPTIONS"):
        findings.failures.append(f"{what}: {forbidden.status} for what is not shown")
    for name in Answer.__slots__:
        if getattr(forbidden, name) != getattr(missing, name):
            findings.failures.append(f"{what}: the {name} tells what is hidden from what is not there")


def _unconditional(what: str, client: Client, address: Address, plain: Answer, findings: Findings) -> None:
    for headers in CONDITIONS:
        answer = ask(client, "GET", address, findings, headers)
        if answer.status in TELLING or answer.status != plain.status:
            findings.failures.append(f"{what} with {next(iter(headers))}: {answer.status}")


def _outside(
    everybody: Sequence[Visitor], addresses: Sequence[Address], size: int, state: str, drawn: random.Random,
    findings: Findings,
) -> None:  # fmt: skip
    signed_in = [visitor for visitor in everybody if visitor.post_id is not None]
    clients = {visitor.name: visitor.client() for visitor in signed_in}
    for visitor, address, method in _drawn(signed_in, addresses, size, drawn):
        answer = ask(clients[visitor.name], method, address, findings)
        if (answer.status, dict(answer.headers).get("Location")) != (302, reverse("sign_in")) or answer.body:
            findings.failures.append(f"{visitor.name}, {state}, {method} {address.route}: {answer.status}")


@contextmanager
def _membership(state: str, database: str) -> Iterator[None]:
    """All memberships are not in force: the time is before they began, or they have ended."""
    if state == "over":
        end_all_memberships(database)
        yield
    else:
        clock.set_to(people.NOW - timedelta(days=2000))
        try:
            yield
        finally:
            clock.set_to(people.NOW)


def ask(
    client: Client, method: str, address: Address, findings: Findings, headers: dict[str, str] | None = None
) -> Answer:
    """One request, undone again."""
    findings.calls += 1
    statements: Counter[str] = Counter()

    def count(execute: Any, statement: Any, values: Any, many: bool, context: Any) -> Any:
        statements["run"] += 1
        return execute(statement, values, many, context)

    path = address.path
    with undone(client), connections["default"].execute_wrapper(count):
        response: Any = client.generic(method, path, headers=headers)
        body = response.content if not response.streaming else b"".join(response.streaming_content)
    return Answer(
        response.status_code,
        _scrubbed(body.decode("latin-1"), address),
        tuple((name, _scrubbed(value, address)) for name, value in sorted(response.headers.items())),
        _scrubbed(str(response.cookies), address),
        statements["run"],
    )


def _scrubbed(text: str, address: Address) -> str:
    """Without what was asked for, which an answer may repeat, and without what is drawn anew for each."""
    text = EXPIRY.sub("", DRAWN.sub("", text))
    for name, value in address.values:
        text = text.replace(str(value), name)
    return text


def _timed(
    forbidden: Sequence[tuple[Visitor, Address]], here: World, drawn: random.Random, times: int
) -> str:
    """The largest difference of medians between what is hidden and what is not there, in milliseconds."""
    largest = 0.0
    for visitor, address in drawn.sample(forbidden, min(PAIRS_TIMED, len(forbidden))):
        client = visitor.client()
        twin = address.without(visitor.sees(here.ids), drawn)
        took: dict[Address, list[float]] = {address: [], twin: []}
        for _ in range(times):
            for one in took:
                began = perf_counter()
                client.get(one.path)
                took[one].append(perf_counter() - began)
        largest = max(largest, abs(median(took[address]) - median(took[twin])))
    return f"largest difference of medians {largest * 1000:.1f} ms over {times} each"
