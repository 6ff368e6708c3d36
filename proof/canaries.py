"""Each word about a person is seen by those whom the access table and the seal allow, and nowhere besides.

A token of its own stands in every field of every row that tells something of somebody; everybody goes
everywhere, and whatever they are told is searched: pages, parts, files, refusals, headers, cookies, and with
them the log, facts and the access log, in which no token may stand for anybody. Published views hold none.
A failure: a token that is told to somebody who may not see its row, or that stands where none may stand; a
text column of which nobody has said what it holds; a field without a token.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from django.test.utils import override_settings
from psycopg.sql import SQL, Identifier

import people
from applications.stand_ins import applied
from people import acting_as
from proof.channels.ground import as_superuser, own_database
from proof.channels.planted import WORDS, Canary, NotDeclared, plant, seen_by
from proof.channels.visitors import Visitor, visitors
from proof.outcome import Outcome
from samvirke.coordination import queries as coordination
from samvirke.plan import operations as planning
from surfaces.everywhere import Heard, World, visit, world

SMALL, FULL = 2, 17
FEWEST = 100
TOKEN = re.compile(r"qz\d\dx\d{4}zq")
FOR_NOBODY = re.compile(r"the log of |a row: |.*, (headers|cookies|on the way)$", re.DOTALL)
WRITERS = (people.COORDINATOR, people.SOCIAL_WORKER)
VIEWS = "SELECT table_name FROM information_schema.views WHERE table_schema = 'published'"


def run(size: int, seed: int) -> Outcome:
    """Let as many visitors as `size`, as drawn, go everywhere; when all go, each sends every form."""
    with ExitStack() as stack:
        database = stack.enter_context(own_database())
        folder = Path(stack.enter_context(TemporaryDirectory()))
        stack.enter_context(override_settings(HOME=folder))
        here = world(folder)
        _write_of_every_kind(here)
        with as_superuser(database) as link:
            try:
                canaries = plant(link)
            except NotDeclared as problem:
                return Outcome(0, (str(problem),))
            failures = [*_unfilled(canaries), *_published(link)]
        everybody = visitors(here)
        random.Random(seed).shuffle(everybody)
        going = everybody[:size]
        for visitor in going:
            allowed = seen_by(visitor, canaries)
            failures += told_wrongly(visitor, _heard(visitor, here, sends=size >= FULL), canaries, allowed)
    return Outcome(
        len(canaries) * len(going),
        tuple(failures),
        f"{len(canaries)} tokens in {len(WORDS)} fields; {len(going)} visitors",
    )


def _heard(visitor: Visitor, here: World, *, sends: bool) -> Heard:
    return visit(visitor.post_id, here, visitor.purpose, sends=sends)


def _write_of_every_kind(here: World) -> None:
    """Notes of each kind the writer may write, open and sealed, and statements: the world has few of them."""
    one = here.family
    here.ids["application_id"].append(applied(one.father, right=""))
    for who, plan_id in product(WRITERS, (one.plan_id, one.mother.plan_id, one.father.plan_id)):
        with acting_as(who) as viewer:
            kinds = coordination.plan_page(viewer, plan_id).may_write_kinds
            for kind, sealed in product(kinds, (False, True)):
                planning.write_note(plan_id=plan_id, kind=kind, text="Ord.", sealed=sealed, by=viewer)
            planning.state(plan_id=plan_id, topic="strengths", text="Ord.", by=viewer)


def told_wrongly(
    visitor: Visitor, heard: Heard, canaries: Sequence[Canary], allowed: Collection[str]
) -> Iterator[str]:
    """Each token that this visitor, or a place that is for nobody, should not have."""
    columns = {one.token: one.column for one in canaries}
    for place, text in heard.said:
        for token in sorted(set(TOKEN.findall(text))):
            if FOR_NOBODY.match(place):
                yield f"{columns[token]} stands in {place[:80]}, where {visitor.name} was"
            elif token not in allowed:
                yield f"{columns[token]} was told to {visitor.name} at {place[:80]}"


def _unfilled(canaries: Sequence[Canary]) -> Iterator[str]:
    filled = {one.column for one in canaries}
    yield from (f"{column} has no row in the swept world" for column in WORDS if column not in filled)
    if len(canaries) < FEWEST:
        yield f"only {len(canaries)} tokens were planted"


def _published(link: psycopg.Connection[Any]) -> Iterator[str]:
    for (view,) in link.execute(VIEWS).fetchall():
        rows = link.execute(SQL("SELECT * FROM published.{}").format(Identifier(view))).fetchall()
        yield from (f"{token} stands in published.{view}" for token in set(TOKEN.findall(repr(rows))))
