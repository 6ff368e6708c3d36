"""A withdrawn consent is withdrawn at once, also for those who are reading just then.

Readers and one who withdraws meet at a barrier, each on a connection of their own to a database in which
everything commits. A failure: a read that began after the commit and saw something, a read that was over
before the withdrawal began and saw nothing, or a control that saw nothing after the commit either. The
controls read what they may no longer: one holds a snapshot from before, one remembers a decision from before.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from math import ceil
from typing import Any
from uuid import UUID

from django.urls import reverse

import people
from applications.stand_ins import applied
from gate.test_withdrawal import full_plan
from people import OnPlan, acting_as
from proof.channels.ground import own_database
from proof.channels.racing import AFTER, Act, Reader, Tally, race
from proof.channels.readers import Gated, OnPage, WithMemory, WithSnapshot
from proof.outcome import Outcome, at_most_wrong
from samvirke.gate import operations as gate
from samvirke.kernel.gate_words import DataKind
from samvirke.people import operations

SMALL, FULL = 300, 20_000
OVER_HTTP = 20  # reads in SQL for one read of each page
READERS = (people.SOCIAL_WORKER, people.NAV_ADVISER, people.COORDINATOR)
KINDS = DataKind.EMPLOYMENT | DataKind.EDUCATION | DataKind.HOUSING | DataKind.HEALTH | DataKind.SOCIAL
CONTROL = "control"
IN_SQL, ON_PAGES = 0.01, 0.2  # seconds; the withdrawal comes at some time within
Make = Callable[[], Reader]


def run(size: int, seed: int) -> Outcome:
    """Race until `size` reads in SQL, and a part of it of each page, have begun after a commit."""
    drawn = random.Random(seed)
    with own_database() as name:
        plan = full_plan()
        consents = [plan.person.consent_id]
        with acting_as(plan.person.citizen_id):
            title = applied(plan)
        withdraw(plan, consents)
        act = partial(Act, partial(give, plan, consents), partial(withdraw, plan, consents))
        # Pages first: they read every consent there has been, and the race in SQL leaves thousands.
        on_pages = race(_on_pages(plan, title), act(ON_PAGES), ceil(size / OVER_HTTP / AFTER), drawn)
        in_sql = race(_in_sql(name), act(IN_SQL), ceil(size / AFTER / len(READERS)), drawn)
    return _outcome(in_sql, on_pages)


def give(plan: OnPlan, consents: list[UUID]) -> None:
    """The person says yes once more, and the team is admitted on it."""
    with acting_as(plan.person.citizen_id):
        one = operations.record_consent(
            plan.person.person_id, plan.person.citizen_id, people.terms(kinds=KINDS)
        )
        gate.admit(consent_id=one, post_ids=READERS)
    consents.append(one)


def withdraw(plan: OnPlan, consents: list[UUID]) -> None:
    """The person takes the last one back."""
    with acting_as(plan.person.citizen_id) as viewer:
        operations.withdraw_consent(consent_id=consents.pop(), by=viewer)


def _in_sql(name: str) -> list[Make]:
    gated = [partial(Gated, name, post) for post in READERS]
    return [
        *gated,
        partial(WithSnapshot, name, people.NAV_ADVISER),
        partial(WithMemory, name, people.COORDINATOR),
    ]


def _on_pages(plan: OnPlan, application: UUID) -> list[Make]:
    on_plan = {"plan_id": plan.plan_id}
    channels: dict[str, tuple[str, Callable[[Any], bool]]] = {
        "plan page": (reverse("plan", kwargs=on_plan), _answers),
        "document": (reverse("plan_document", kwargs=on_plan), _answers),
        "audience part": (f"{reverse('plan_audience', kwargs=on_plan)}?kind={int(DataKind.PLAN)}", _answers),
        "worklist": (reverse("worklist"), partial(_names, str(plan.plan_id))),
        "applications": (reverse("applications"), partial(_names, str(application))),
    }
    pages = [partial(OnPage, way, path, people.COORDINATOR, sees) for way, (path, sees) in channels.items()]
    found = partial(_names, str(plan.plan_id))
    text = {"text": people.Client().family_name}
    return [*pages, partial(OnPage, "search", reverse("find"), people.COORDINATOR, found, sends=text)]


def _answers(response: Any) -> bool:
    assert response.status_code in {200, 404}, response.status_code
    return response.status_code == 200


def _names(word: str, response: Any) -> bool:
    assert response.status_code == 200, response.status_code
    return word in response.content.decode()


def _outcome(*tallies: Tally) -> Outcome:
    reads = sum((tally.reads for tally in tallies), Tally().reads)
    saw = sum((tally.saw for tally in tallies), Tally().saw)
    ways = sorted({way for way, _ in reads})
    after = {way: reads[way, "after"] for way in ways if not way.startswith(CONTROL)}
    return Outcome(
        sum(after.values()),
        tuple(problem for way in ways for problem in _problems(way, Tally(reads, saw))),
        "; ".join(f"{way} {_told(way, reads, saw)}" for way in ways),
        "; ".join(f"{way} {at_most_wrong(tried)}" for way, tried in after.items() if tried),
    )


def _told(way: str, reads: Counter[tuple[str, str]], saw: Counter[tuple[str, str]]) -> str:
    """How many of the reads before, at and after the commit saw something."""
    return ", ".join(f"{saw[way, when]}/{reads[way, when]} {when}" for when in ("before", "at", "after"))


def _problems(way: str, tally: Tally) -> Iterator[str]:
    """One for each read that was answered wrongly."""
    if way.startswith(CONTROL):
        if not tally.saw[way, "after"]:
            yield f"{way}: it saw nothing after a commit, so this race shows nothing"
        return
    yield from [f"{way}: seen after the commit"] * tally.saw[way, "after"]
    denied = tally.reads[way, "before"] - tally.saw[way, "before"]
    yield from [f"{way}: denied before the withdrawal"] * denied
