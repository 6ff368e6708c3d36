"""What the demonstration's sign-ins can read of the protected place: their pages, asked for as they would.

Whatever the visits write, the access log and the sessions, is undone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.test import Client
from django.urls import reverse

from samvirke.gate.access import Role
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.actor import POST, PURPOSE
from samvirke.surfaces.commands.demo.sign_ins import first_purpose

LINK = re.compile(r'href="(/[^"#]+)')
ELSEWHERE = ("/static/", "/plans/")  # files, and the plans of others
AROUND_A_PLAN = ("plan", "plan_places")


def told_to(posts: Sequence[tuple[UUID, Purpose]], plan_ids: Sequence[UUID], words: str) -> set[UUID]:
    """Those posts that find the words on their first page, where it leads to, or around these plans."""
    client = Client(SERVER_NAME="127.0.0.1")  # one for all: each would look through the static files anew
    with transaction.atomic(), transaction.atomic(using="accounts"):
        found = {post for post, purpose in posts if words in "".join(_read(client, post, purpose, plan_ids))}
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="accounts")
    return found


def sign_ins(home: Path) -> list[tuple[UUID, Purpose]]:
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
