"""An adviser of the team who looks at everything that has an address, and searches for everybody.

Each answer is seen as a text, whatever kind of file it is, as a size, a status and a number of statements,
and each list and each search as an order too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import product
from typing import Any, Self

from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

import people
from assessments.stand_ins import STEPS
from proof.channels.somebody import Somebody
from proof.channels.visitors import Visitor, undone
from samvirke.kernel.gate_words import DataKind
from samvirke.programmes import overviews
from surfaces.everywhere import DRAWN, NOT_FOLLOWED, routes, text_of

ASKED_KINDS = (DataKind.PLAN, DataKind.EMPLOYMENT, DataKind.SOCIAL, DataKind.CONTACT)
ASKED = ("plan_audience", "explain")  # of a kind
SEARCH = "find"
NAME = re.compile(r"\bNr\d{4}\b")
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
OF_THEIR_OWN = {  # of each person, wherever they live
    "NAME": re.compile(r"\b(Nr|Barn)\d{4}\b"),
    "CASE": re.compile(r"\b[SB]-\d{4}\b"),
    "BORN": re.compile(r"\b\d\d?\.? \w+ 1980\b|\b\d\d?\.\d\d?\.1980\b|\b1980-\d\d-\d\d\b"),
    "ID": AN_ID,
}
# What addresses name that is not of one person: the same for everybody, as a list is.
OF_ALL: Mapping[str, Sequence[Any]] = {
    "unit_id": (people.NAV, people.COORDINATING, people.SOCIAL_NORDENG),
    "evidence_id": ("samverkan-2010",),
    "instrument": (STEPS,),
}
# What not each has: agencies' own affairs and files, and what seldom happens to a person.
NOT_OF_EACH = frozenset(
    {
        "absence_id", "agreement_id", "conflict_id", "contact_id", "exception_id", "follow_up_id", "lift_id",
        "opening_id", "pair_id", "recall_id", "run_id", "upload_id",
        "authority_id", "commitment_id", "condition_id", "exemption_id", "number",
        "proposal_id", "topic", "wish_id",
    }
)  # fmt: skip
SOME = 5  # lists and pages, in small
AROUND = 400  # characters of a list, before and after a person's name


class NotNamed(Exception):
    """Addresses take something of which nobody has said whether each person has one."""

    def __init__(self, parameters: Collection[str]) -> None:
        super().__init__(
            f"Give each somebody {', '.join(sorted(parameters))} in proof/channels/somebody.py, or say in "
            "proof/channels/adviser.py that not each has one."
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, as a text, and how many statements that took."""

    status: int
    text: str
    statements: int

    def seen(self, what: str) -> Iterator[tuple[str, str]]:
        """In four ways."""
        text = _scrubbed(self.text)
        yield f"{what}: text", text
        yield f"{what}: size", str(len(text))
        yield f"{what}: status", str(self.status)
        yield f"{what}: statements", str(self.statements)

    def order(self, what: str, name: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """How often somebody stands there, where among all, before whom of those known, and beside what."""
        text, names = self.text, list(dict.fromkeys(NAME.findall(self.text)))
        yield f"{what}: times", str(text.count(name))
        yield f"{what}: many", str(len(names))
        if name in names:
            at, place = text.find(name), names.index(name)
            yield f"{what}: around", _scrubbed(text[max(0, at - AROUND) : at + AROUND])
            yield f"{what}: row", _scrubbed(NAME.split(text[at + len(name) :])[0])
            for town, other in known.items():
                yield f"{what}: before one in {town}", str(other in names[place + 1 :])
            yield f"{what}: half", str(place * 2 < len(names))


@dataclass(frozen=True, slots=True)
class Adviser:
    """The adversary at work: which lists and which of each person's pages they look at; all are searched."""

    client: Client
    lists: frozenset[str]
    pages: frozenset[str]
    known: Mapping[str, str]  # a person's name in each municipality
    searches: bool = True

    @classmethod
    def drawn(
        cls,
        drawn: random.Random,
        of_each: Collection[str],
        known: Mapping[str, str],
        *,
        looks_everywhere: bool,
    ) -> Self:
        """Who looks everywhere, or at what every worker looks at and some more, as drawn. Raises NotNamed."""
        shared = {*OF_ALL, "programme_id"}
        every = [(name, set(taken)) for name, taken in routes(get_resolver().url_patterns)]
        unknown = set().union(*(taken for _, taken in every)) - {*of_each, *shared, *NOT_OF_EACH}
        if unknown:
            raise NotNamed(unknown)
        lists = sorted(name for name, taken in every if taken <= shared and name not in NOT_FOLLOWED)
        pages = sorted(name for name, taken in every if taken & set(of_each) and not taken & NOT_OF_EACH)
        if not looks_everywhere:
            lists, pages = drawn.sample(lists, SOME), drawn.sample(pages, SOME)
        client = Visitor("nav adviser", people.NAV_ADVISER).client()
        return cls(client, frozenset(lists) | {"worklist"}, frozenset(pages) | {"plan"}, known)

    def only(self, names: Collection[str]) -> Self:
        """The same, who looks at these alone."""
        wanted = frozenset(names)
        return replace(
            self, lists=wanted & {"worklist"}, pages=wanted - {"worklist", SEARCH}, searches=SEARCH in wanted
        )

    def observes(self, everybody: Sequence[Somebody]) -> Iterator[Iterator[tuple[str, str]]]:
        """What is seen of each person: in lists, on their pages and in searches for them."""
        lists = {path: _asked(self.client, path) for path in self._lists()}
        of_routes = {name: taken for name, taken in routes(get_resolver().url_patterns) if name in self.pages}
        for one in everybody:
            yield self._observed(one, lists, of_routes)

    def _lists(self) -> Iterator[str]:
        ids = {**OF_ALL, "programme_id": [row.programme_id for row in overviews.programmes()]}
        for name, taken in routes(get_resolver().url_patterns):
            if name in self.lists:
                for values in product(*(ids[one] for one in taken)):
                    yield reverse(name, kwargs=dict(zip(taken, values, strict=True)))

    def _observed(
        self, one: Somebody, lists: Mapping[str, Answer], of_routes: Mapping[str, Sequence[str]]
    ) -> Iterator[tuple[str, str]]:
        for path, answer in lists.items():
            yield from answer.order(path, one.name, self.known)
        for path, what in _paths(one, of_routes):
            yield from _asked(self.client, path).seen(what)
        for what, text in self._texts(one).items() if self.searches else ():
            answer = _asked(self.client, reverse(SEARCH), {"text": text})
            yield from answer.seen(f"search by {what}")
            answer = replace(answer, text=answer.text.partition(text)[2])  # below what was typed
            yield from answer.order(f"search by {what}", one.name, self.known)

    def _texts(self, one: Somebody) -> dict[str, str]:
        """What a worker may search for who knows somebody, and somebody else whose place is known."""
        return {
            "name": one.name,
            "birth date": f"{one.birth_date:%d.%m.%Y}",
            "name and birth date": f"{one.name} {one.birth_date:%d.%m.%Y}",
            "beginning": one.name[:-1],
            "case number": one.case_number,
            **{f"name beside one in {town}": f"{one.name} {other}" for town, other in self.known.items()},
        }


def _paths(one: Somebody, of_routes: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for name, taken in of_routes.items():
        shared = {parameter: values[0] for parameter, values in OF_ALL.items()}
        path = reverse(name, kwargs={parameter: (shared | one.ids)[parameter] for parameter in taken})
        yield path, name
        for kind in ASKED_KINDS if name in ASKED else ():
            yield f"{path}?kind={int(kind)}", f"{name} of {kind.name}"


def _asked(client: Client, path: str, sent: Mapping[str, str] | None = None) -> Answer:
    count = [0]

    def counted(execute: Any, statement: Any, values: Any, many: bool, context: Any) -> Any:
        count[0] += 1
        return execute(statement, values, many, context)

    with undone(client), connection.execute_wrapper(counted):
        response = client.get(path) if sent is None else client.post(path, sent)
    body = b"".join(response) if response.streaming else response.content
    text = unescape(text_of(body, response.headers.get("Content-Type", "")))
    return Answer(response.status_code, DRAWN.sub("", text), count[0])


def _scrubbed(text: str) -> str:
    for word, own in OF_THEIR_OWN.items():
        text = own.sub(word, text)
    return text
