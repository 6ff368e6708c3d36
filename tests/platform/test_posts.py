"""An administrator gives a post to somebody, ends it, suspends it: in committed transactions."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

import people
from gate.conftest import committed
from gate.scratch import later
from people import acting_as, on_plan
from samvirke.accounts import queries as accounts
from samvirke.agencies import posts as operations
from samvirke.agencies import queries as agencies
from samvirke.coordination import operations as coordination
from samvirke.coordination import queries
from samvirke.gate import session
from samvirke.gate.access import Refusal
from samvirke.surfaces.actor import POST, PURPOSE
from samvirke.surfaces.commands.posts import posts

__all__ = ["committed"]
KARI = people.Client().national_id


def said(*words: object, code: int = 0) -> str:
    """What the command answers."""
    done = CliRunner().invoke(posts, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return " ".join(done.output.split())


def browser(post: object) -> Client:
    """Somebody who has been signed in for a while."""
    client = Client()
    kept = client.session
    kept[POST], kept[PURPOSE] = str(post), 1
    kept.save()
    return client


def seated(post: UUID) -> UUID:
    account = uuid4()
    said("seat", post, account, "--national-id", KARI)
    return account


def test_a_seat_is_taken_alone_and_keeps_from_the_own_case(committed: str) -> None:
    one = on_plan()
    account = uuid4()
    told = said("seat", people.NAV_ADVISER, account, "--national-id", KARI)
    assert told == "Veileder 1 is taken. It is kept from 2 records and persons of its holder."
    assert KARI not in told
    assert [row.post_id for row in accounts.posts_of(account)] == [people.NAV_ADVISER]
    with acting_as(people.NAV_ADVISER) as viewer:
        assert viewer.barred[one.person.person_id] is Refusal.OWN_CASE
    other = seated(people.NAV_ADVISER)
    assert accounts.posts_of(account) == []
    assert accounts.posts_of(other)
    assert "no national id" in said("seat", people.NAV_ADVISER, account, "--national-id", "1", code=1)


def test_a_page_that_was_open_before_gives_nothing_after(committed: str) -> None:
    one = on_plan()
    account, client = seated(people.COORDINATOR), browser(people.COORDINATOR)
    page = reverse("plan", args=[one.plan_id])
    assert client.get(page).status_code == 404  # it is her own case
    account, client = seated(people.SOCIAL_WORKER), browser(people.COORDINATOR)
    said("end", people.COORDINATOR)
    answer = client.get(page)
    assert (answer.status_code, answer["Location"]) == (302, reverse("sign_in"))
    assert POST not in client.session
    with pytest.raises(session.NoMembership), acting_as(people.COORDINATOR):
        pass
    assert account


def test_who_stands_in_acts_from_then_on_and_no_day_is_without(committed: str) -> None:
    one = on_plan()
    with acting_as(people.COORDINATION_LEADER) as viewer:
        offer = coordination.offer_duty(
            plan_id=one.plan_id, to_post=people.COORDINATOR, deputy=people.OTHER_COORDINATOR,
            consent_id=one.person.consent_id, by=viewer,
        )  # fmt: skip
    with later(1), acting_as(people.COORDINATOR) as viewer:
        coordination.accept_handover(handover_id=offer, by=viewer)
    with later(2):
        said("end", people.COORDINATOR)
        with acting_as(people.COORDINATION_LEADER) as viewer:
            (row,) = queries.worklist(viewer)
            assert (row.i_stand_in, row.stands_in_for, row.stands_in_until) == (
                True, "Koordinator 1", date.max,
            )  # fmt: skip
            assert (
                "until further notice"
                in browser(people.COORDINATION_LEADER)
                .get(reverse("worklist"), headers={"accept-language": "en"})
                .content.decode()
            )
            assert people.COORDINATOR not in {
                post.post_id for post in agencies.workers_in([people.COORDINATING])
            }


def test_on_a_day_and_for_a_time(committed: str) -> None:
    said("end", people.NAV_ADVISER, "--on", "2026-03-05")
    said("suspend", people.SOCIAL_COLLEAGUE, "--from", "2026-03-04", "--until", "2026-03-06")
    for days, nav, colleague in ((1, True, True), (2.5, True, False), (3.5, False, False), (5, False, True)):
        with later(days):
            for post, may in ((people.NAV_ADVISER, nav), (people.SOCIAL_COLLEAGUE, colleague)):
                try:
                    with acting_as(post):
                        entered = True
                except session.NoMembership:
                    entered = False
                assert entered is may, (days, post)
    assert "Veileder 1 (nav_adviser), out of use from 2026-03-05" in said("list")


def test_whoever_moves_takes_the_seat_and_the_own_case_along(committed: str) -> None:
    one = on_plan()
    account = seated(people.SOCIAL_COLLEAGUE)
    assert "Veileder 1 is taken" in said("move", people.SOCIAL_COLLEAGUE, people.NAV_ADVISER)
    assert [row.post_id for row in accounts.posts_of(account)] == [people.NAV_ADVISER]
    with acting_as(people.NAV_ADVISER) as viewer:
        assert viewer.barred[one.person.person_id] is Refusal.OWN_CASE
    with pytest.raises(session.NoMembership), acting_as(people.SOCIAL_COLLEAGUE):
        pass


def test_refusals_say_what_why_and_what_next(committed: str) -> None:
    assert "Error: There is no such post." in said("end", uuid4(), code=1)
    assert "leads its unit" in said("end", people.NAV_LEADER, code=1)
    assert "in order" in said("end", people.NAV_ADVISER, "--on", "2026-03-01", code=1)
    assert "in order" in said("suspend", people.NAV_ADVISER, "--until", "2026-03-02", code=1)
    said("end", people.NAV_ADVISER)
    for words in (["end"], ["suspend", "--until", "2026-04-01"], ["seat", "--national-id", KARI]):
        more = [uuid4()] if words[0] == "seat" else []
        assert "is out of use from 2026-03-02" in said(
            words[0], people.NAV_ADVISER, *more, *words[1:], code=1
        )
    assert operations.listed()
