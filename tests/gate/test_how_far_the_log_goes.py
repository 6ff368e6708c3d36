"""The person's log piece by piece: however many visits there are, none is out of reach, none comes twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from uuid import UUID

import pytest

import people
from gate.scratch import later
from gate.test_what_the_log_tells import consent_for
from people import OnPlan, acting_as, family, on_plan
from samvirke.coordination import queries as coordination
from samvirke.gate import queries as ask
from samvirke.gate.types import Refused
from samvirke.people import log, verbs
from samvirke.people.exception_types import Seen
from surfaces.test_hidden_addresses import signed_in

pytestmark = pytest.mark.usefixtures("committed")
PAGE = "/my-plan/seen/"
AT_ONCE = 4


@pytest.fixture(autouse=True)
def _short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LINES_AT_ONCE", AT_ONCE)


def attempted_before_many(plan: OnPlan) -> None:
    """Somebody is stopped; then the person and an adviser open the plan, more often than a page has room."""
    with acting_as(people.STRANGER) as viewer, suppress(Refused):
        ask.require(viewer, verbs.EXPLAIN, plan.person.person_id)
    for number in range(1, 12):
        with later(number / 1000):
            with acting_as(people.NAV_ADVISER) as viewer:
                coordination.plan_page(viewer, plan.plan_id)
            with acting_as(plan.person.citizen_id) as viewer:
                coordination.my_plan(viewer)


def pieces(citizen: UUID) -> Iterator[Seen]:
    """One read after the other, each before what the last one came to."""
    piece, before = None, None
    while piece is None or before:
        with acting_as(citizen) as viewer:
            piece = log.who_has_seen(viewer, before=before)
        before = piece.earlier
        yield piece


def test_an_attempt_before_many_visits_is_on_an_earlier_page() -> None:
    plan = on_plan()
    attempted_before_many(plan)
    with later(1):
        found = list(pieces(plan.person.citizen_id))
    assert all(row.allowed for row in found[0].rows)
    stopped = [row for piece in found for row in piece.rows if not row.allowed]
    assert len(stopped) == 1
    assert len(found) >= 3


def test_no_visit_is_left_out_and_none_comes_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = on_plan()
    attempted_before_many(plan)
    with later(1):
        found = [row for piece in pieces(plan.person.citizen_id) for row in piece.rows]
        monkeypatch.setattr(log, "LINES_AT_ONCE", 1000)
        (whole,) = pieces(plan.person.citizen_id)
    assert found == list(whole.rows)
    assert len(found) >= 12


def test_one_s_own_visits_take_no_room() -> None:
    plan = on_plan()
    with later(1):
        before = list(pieces(plan.person.citizen_id))
        for number in range(3 * AT_ONCE):
            with later(2 + number / 1000), acting_as(plan.person.citizen_id) as viewer:
                coordination.my_plan(viewer)
    with later(3):
        assert list(pieces(plan.person.citizen_id)) == before


def test_the_page_leads_to_what_was_earlier_and_back() -> None:
    plan = on_plan()
    attempted_before_many(plan)
    with later(1):
        citizen, address, stopped, told = signed_in(plan.person.citizen_id), PAGE, [], 0
        while address:
            page = citizen.get(address).content.decode()
            stopped.append("Prøvde, og ble stoppet" in page)
            assert (f'href="{PAGE}"' in page and "Tilbake til de nyeste besøkene" in page) == (told > 0)
            earlier = re.search(r'href="(\?before=[^"]+)"', page)
            address, told = PAGE + unescape(earlier[1]) if earlier else "", told + 1
    assert (stopped[0], stopped.count(True)) == (False, 1)


def test_a_guardian_reads_a_child_s_log_as_far_back() -> None:
    one = family()
    people.father_answers_alone(one)
    child, father = one.child.person_id, one.father.person.citizen_id
    with acting_as(father) as viewer:
        consent_for(viewer, child)
    for number in range(1, 3 * AT_ONCE):
        with later(number / 1000), acting_as(people.FOLLOW_UP_ADVISER) as viewer:
            ask.require(viewer, verbs.EXPLAIN, child)
    with later(1), acting_as(father) as viewer:
        newest = log.who_has_seen_child(viewer, child)
        everything, piece = list(newest.rows), newest
        while piece.earlier:
            piece = log.who_has_seen_child(viewer, child, before=piece.earlier)
            everything += piece.rows
    assert len(newest.rows) == AT_ONCE
    assert len({row.visit_id for row in everything}) == len(everything) == 3 * AT_ONCE - 1
