"""No route tells what is not for the visitor, nor that it is there: every method, role, state and object.

What the database does not show to a visitor must be answered as an id that was never given: the same
status, body (but for the id and the token of forms), headers, cookies and number of SQL statements, and at
full size in the same time; and no conditional request gets another answer. What is shown to a visitor is
called unchanged only after the gate was asked. Whoever's membership has not begun, or is over, is sent to
sign in. Every route is also asked as somebody whom it lets in.
A failure: an answer that differs, one within 200 to 299 where nothing may be shown, one from 500 on, one of
a kind that is not declared, a route that lets nobody in, or one that the proof cannot fill.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import chain, groupby, islice, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import connections
from django.test import Client
from django.test.utils import override_settings
from django.urls import get_resolver, reverse

import people
from proof.channels.declared import PAGE, content_of
from proof.channels.ground import own_database
from proof.channels.timing import ROUNDS, Timed, slower, summary, timed
from proof.channels.visitors import (
    LISTS,
    OPEN,
    TABLES,
    Visitor,
    end_all_memberships,
    for_another_purpose,
    undone,
    visitors,
)
from proof.outcome import Outcome
from samvirke.exchange.inbox.types import Mode
from samvirke.gate import clock
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people.queries import record_ids
from surfaces.everywhere import DRAWN, CannotFill, Route, World, routes, world

SMALL, FULL = 200, 60_000
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
CONDITIONAL = frozenset({"GET", "POST"})  # asked again with each of these
CONDITIONS = (
    {"If-None-Match": "*"},
    {"If-Modified-Since": "Wed, 01 Jan 2125 00:00:00 GMT"},
    {"If-Match": '"of-no-version"'},
    {"If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
    {"Range": "bytes=0-1"},
)
UNCHANGED = 304
# What a route must be told besides its address to come further than a refusal of the form.
SAID: dict[str, dict[str, str]] = {
    "refer": {"unit": str(people.FOLLOW_UP)},
    "plan_audience": {"kind": str(int(DataKind.EMPLOYMENT))},
    "review_emergency": {"verdict": "accepted"},
    "review_kept_back": {"verdict": "accepted"},
    "open_by_law": {"rule": "no.social_services_act_44"},
    "change_purpose": {"purpose": str(int(Purpose.SERVICE))},
    "take_in_upload": {"mode": Mode.GOOD_ROWS_ONLY.value},
}
FORM = "application/x-www-form-urlencoded"
OUTSIDE = ("not begun", "over")
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

    def without(self, seen: Collection[Any], drawn: random.Random) -> Address:
        """The same with an id that was never given for each that the visitor does not see.

        A number in an order is nobody's, and no id.
        """

        def kept(one: Any) -> Any:
            return one if one in seen or isinstance(one, int) else UUID(int=drawn.getrandbits(128), version=4)

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


@dataclass(frozen=True, slots=True)
class Sight:
    """A visitor, who asks, and what is shown to them."""

    visitor: Visitor
    client: Client
    seen: frozenset[Any]

    def shows(self, address: Address) -> bool:
        """Whether nothing that the address names is hidden."""
        return all(value in self.seen for _, value in address.values)


def run(size: int, seed: int) -> Outcome:
    """Ask as often as `size`, drawn from everything there is to ask; every route at least once."""
    drawn = random.Random(seed)
    findings = Findings()
    with ExitStack() as stack:
        database = stack.enter_context(own_database())
        folder = Path(stack.enter_context(TemporaryDirectory()))
        stack.enter_context(override_settings(HOME=folder))
        try:
            here, addresses, sights = laid_out(folder)
        except CannotFill as problem:
            return Outcome(0, (str(problem),))
        _lets_somebody_in(sights, addresses, findings)
        _inside(sights, addresses, size * 4 // 5, drawn, findings)
        measured = list(_timed(here, sights, addresses, drawn, max(1, size * ROUNDS // FULL)))
        findings.failures += slower(measured)
        for state in OUTSIDE:
            with _membership(state, database):
                _outside(sights, addresses, size // 10, state, drawn, findings)
    told = f"{summary(measured)}; {len(addresses)} addresses, {len(sights)} visitors"
    return Outcome(findings.calls, tuple(findings.failures), told)


def laid_out(home: Path) -> tuple[World, list[Address], list[Sight]]:
    """The world, all that can be asked for in it, and who asks. Raises CannotFill."""
    here = world(home)
    here.ids["record_id"].append(_somebody_alone())
    _there_is_a_report(home)
    addresses = list(filled(here, list(routes(get_resolver().url_patterns))))
    everybody = visitors(here)
    everybody += for_another_purpose(everybody)
    return here, addresses, [Sight(one, one.client(), frozenset(one.sees(here.ids))) for one in everybody]


def _somebody_alone() -> UUID:
    """On a plan, of no family and with no protected place: may be referred further."""
    people.on_plan()
    with people.acting_as(people.SOCIAL_WORKER):
        return record_ids(people.SOCIAL, ["S-1"])["S-1"]


def _there_is_a_report(home: Path) -> None:
    """Of the evaluation, in both languages."""
    folder = home / "figures" / str(people.PARTNERSHIP)
    folder.mkdir(parents=True)
    for language in ("nb", "en"):
        (folder / f"report-{language}.html").write_text("<p>About nobody.</p>", encoding="utf-8")


def filled(here: World, among: Sequence[Route]) -> Iterator[Address]:
    """Every route with everything it can take. Raises CannotFill."""
    for name, parameters in among:
        for parameter in parameters:
            if not here.ids.get(parameter) or parameter not in {*OPEN, *TABLES, *LISTS}:
                raise CannotFill(name, parameter)
        for values in product(*(here.ids[parameter] for parameter in parameters)):
            yield Address(name, tuple(zip(parameters, values, strict=True)))


def _drawn(
    sights: Sequence[Sight], addresses: Sequence[Address], size: int, drawn: random.Random
) -> Iterator[tuple[Sight, Address, str]]:
    """Every route once, then each by every method as everybody, and then anything, never the same twice."""
    everything = list(product(range(len(sights)), addresses, METHODS))
    drawn.shuffle(everything)
    routes_once = {address.route: (who, address, method) for who, address, method in everything}
    ways_once = {(who, address.route, method): (who, address, method) for who, address, method in everything}
    ordered = dict.fromkeys(chain(routes_once.values(), ways_once.values(), everything))
    for who, address, method in islice(ordered, max(size, len(routes_once))):
        yield sights[who], address, method


def _lets_somebody_in(sights: Sequence[Sight], addresses: Sequence[Address], findings: Findings) -> None:
    for route, among in groupby(addresses, key=lambda address: address.route):
        there = list(among)
        if not any(_is_let_in(one, there, findings) for one in sights):
            findings.failures.append(f"{route} lets nobody in")


def _is_let_in(one: Sight, addresses: Sequence[Address], findings: Findings) -> bool:
    """Whether somebody who signed in is answered at one of the addresses that hide nothing."""
    asked = product(filter(one.shows, addresses), ("GET", "POST"))
    return one.visitor.post_id is not None and any(
        ask(one.client, method, address, findings).status < 400 for address, method in asked
    )


def _inside(
    sights: Sequence[Sight], addresses: Sequence[Address], size: int, drawn: random.Random, findings: Findings
) -> None:
    for sight, address, method in _drawn(sights, addresses, size, drawn):
        answer = ask(sight.client, method, address, findings)
        what = f"{sight.visitor.name}, {method} {address.route}"
        if answer.status >= 500:
            findings.failures.append(f"{what}: {answer.status}")
        is_shown = sight.shows(address)
        if not is_shown:
            missing = ask(sight.client, method, address.without(sight.seen, drawn), findings)
            may_show = method == "OPTIONS"
            findings.failures += [f"{what}: {problem}" for problem in _unlike(answer, missing, may_show)]
        if method in CONDITIONAL and address.values:
            for headers in CONDITIONS:
                again = ask(sight.client, method, address, findings, headers)
                if not _as_before(answer, again, is_shown=is_shown):
                    findings.failures.append(f"{what} with {next(iter(headers))}: {again.status}")


def _unlike(forbidden: Answer, missing: Answer, may_show: bool) -> Iterator[str]:
    if 200 <= forbidden.status < 300 and not may_show:
        yield f"{forbidden.status} for what is not shown"
    for name in Answer.__slots__:
        if getattr(forbidden, name) != getattr(missing, name):
            yield f"the {name} tells what is hidden from what is not there"


def _as_before(plain: Answer, again: Answer, *, is_shown: bool) -> bool:
    """Conditions change no answer; what is shown may be called unchanged once as much was asked as before."""
    if is_shown and again.status == UNCHANGED:
        return again.statements >= plain.statements
    return again.status == plain.status


def _outside(
    sights: Sequence[Sight], addresses: Sequence[Address], size: int, state: str, drawn: random.Random,
    findings: Findings,
) -> None:  # fmt: skip
    members = [Sight(one.visitor, one.visitor.client(), one.seen) for one in sights if one.visitor.post_id]
    for sight, address, method in _drawn(members, addresses, size, drawn):
        answer = ask(sight.client, method, address, findings)
        if (answer.status, dict(answer.headers).get("Location")) != (302, reverse("sign_in")) or answer.body:
            findings.failures.append(
                f"{sight.visitor.name}, {state}, {method} {address.route}: {answer.status}"
            )


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

    with undone(client), connections["default"].execute_wrapper(count):
        response = _sent(client, method, address.path, address.route, headers)
        content = response.content if not response.streaming else b"".join(response.streaming_content)
    answer = Answer(
        response.status_code,
        _scrubbed(content.decode("latin-1"), address),
        tuple((name, _scrubbed(value, address)) for name, value in sorted(response.headers.items())),
        _scrubbed(str(response.cookies), address),
        statements["run"],
    )
    if answer.content not in content_of(address.route):
        problem = f"{answer.status} {answer.content}, which is not declared"
        findings.failures.append(f"{method} {address.route}: {problem}")
    return answer


def _sent(client: Client, method: str, path: str, route: str, headers: dict[str, str] | None = None) -> Any:
    told = urlencode(SAID.get(route, {}))
    return client.generic(method, path, told, FORM, headers=headers, QUERY_STRING=told)


def _scrubbed(text: str, address: Address) -> str:
    """Without what was asked for, which an answer may repeat, and without what is drawn anew for each."""
    text = EXPIRY.sub("", DRAWN.sub("", text))
    for name, value in address.values:
        text = text.replace(str(value), name)
    return text


def _timed(
    here: World, sights: Sequence[Sight], addresses: Sequence[Address], drawn: random.Random, rounds: int
) -> Iterator[Timed]:
    """An address that hides an id of each kind; asked, where it can be, by one whom the route lets in."""
    pages = {route: list(among) for route, among in groupby(addresses, key=lambda address: address.route)}
    hidden = [
        (one, address, {name for name, value in address.values if value not in one.seen})
        for one, address in product(sights, addresses)
        if one.visitor.post_id is not None
    ]
    drawn.shuffle(hidden)
    for kind in here.ids:
        of_kind = [(one, address) for one, address, kinds in hidden if kind in kinds]
        let_in = (found for found in of_kind if _is_let_in(found[0], pages[found[1].route], Findings()))
        if of_kind:
            one, address = next(let_in, of_kind[0])
            is_page = _sent(one.client, "GET", address.path, address.route).status_code != 405
            asks = partial(_sent, one.client, "GET" if is_page else "POST", route=address.route)
            missing, another = (address.without(one.seen, drawn).path for _ in range(2))
            what = f"{one.visitor.name}, {address.route}"
            yield timed(asks, what, (address.path, missing, another), rounds, drawn)
