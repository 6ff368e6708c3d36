"""What the demonstration's sign-ins can read of the protected place: their pages, asked for as they would.

Both processes read, each for half of the posts. Whatever the visits write, the access log and the sessions,
is undone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.db import transaction
from django.test import Client
from django.urls import reverse

from samvirke.gate.access import Role
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.actor import POST, PURPOSE
from samvirke.surfaces.commands.demo.other_half import OtherHalf
from samvirke.surfaces.commands.demo.sign_ins import first_purpose

LINK = re.compile(r'href="(/[^"#]+)')
FILES = ("/static/", "/my-plan/document/", "/my-plan/easy/document/")
ELSEWHERE = (*FILES, "/plans/")  # the plans of others
AROUND_A_PLAN = ("plan", "plan_places")
MAY_KNOW = """
SELECT DISTINCT g.holder_id FROM gate_grant g JOIN gate_protectedplace p USING (subject_id)
WHERE g.kinds & 4096 <> 0
"""
PLANS_AROUND = """
SELECT DISTINCT p.id FROM gate_protectedplace one
LEFT JOIN gate_circlemember m ON m.person_id = one.subject_id
JOIN plan_plan p ON p.subject_id IN (one.subject_id, m.circle_id)
"""


@dataclass(frozen=True, slots=True)
class Readers:
    """The posts that may know the protected place, and those that find it."""

    may_know: frozenset[UUID]
    find_it: frozenset[UUID]


def readers(home: Path, words: str, reader: psycopg.Connection[Any], other: OtherHalf[Any]) -> Readers:
    """Asked of everybody one can sign in as, and of those who may know. `reader` sees everything."""
    may_know = frozenset(holder for (holder,) in reader.execute(MAY_KNOW).fetchall())
    plan_ids = [plan_id for (plan_id,) in reader.execute(PLANS_AROUND).fetchall()]
    posts = list((dict(_sign_ins(home)) | dict.fromkeys(may_know, Purpose.COORDINATION)).items())
    other.read(posts[1::2], plan_ids, words)
    found = told_to(posts[::2], plan_ids, words)
    return Readers(may_know, frozenset(found | other.told()))


def follow(line: Connection) -> None:
    """Be the other half: read the pages of those posts that come, until nobody asks any longer."""
    while True:
        line.send(told_to(*line.recv()))


def told_to(posts: Iterable[tuple[UUID, Purpose]], plan_ids: Sequence[UUID], words: str) -> set[UUID]:
    """Those posts that find the words on their first page, where it leads to, or around these plans."""
    client = Client(SERVER_NAME="127.0.0.1")  # one for all: each would look through the static files anew
    with transaction.atomic(), transaction.atomic(using="accounts"):
        found = {post for post, purpose in posts if words in "".join(_read(client, post, purpose, plan_ids))}
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="accounts")
    return found


def _sign_ins(home: Path) -> list[tuple[UUID, Purpose]]:
    """Everybody a visitor can be."""
    people = json.loads((home / "demo" / "people.json").read_text(encoding="utf-8"))
    return [(UUID(one["post_id"]), first_purpose(Role(one["role"]))) for one in people]


def _read(client: Client, post_id: UUID, purpose: Purpose, plan_ids: Sequence[UUID]) -> Iterator[str]:
    client.cookies.clear()
    session = client.session
    session[POST], session[PURPOSE] = str(post_id), int(purpose)
    session.save()
    first = client.get(reverse("sign_in"), follow=True).content.decode()
    yield first
    links = {link for link in LINK.findall(first) if not link.startswith(ELSEWHERE)}
    around = [reverse(name, args=[plan_id]) for plan_id in plan_ids for name in AROUND_A_PLAN]
    for address in (*sorted(links), *around):
        yield client.get(address).content.decode()
