"""No page tells where a protected person is: every route, for every sign-in around the standing family."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

import people
from people import CANARY_WORDS, Family, family
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.actor import POST, PURPOSE

pytestmark = people.database
NOT_READ = {"set_language", "sign_out", "accept_offer", "withdraw_consent"}


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all routes."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        elif pattern.name and pattern.name not in NOT_READ:
            yield pattern.name


def addresses(one: Family) -> Iterator[str]:
    """Every route with every id of the family that it can take."""
    ids = [one.plan_id, one.mother.plan_id, one.father.plan_id, one.circle_id, one.mother.goal_id]
    for name in sorted(set(names(get_resolver().url_patterns))):
        try:
            yield reverse(name)
            continue
        except NoReverseMatch:
            pass  # the route takes ids
        for first in ids:
            for args in ([first], [first, one.mother.goal_id]):
                try:
                    yield reverse(name, args=args)
                except NoReverseMatch:
                    continue


def told_to(post_id: UUID, one: Family, purpose: Purpose = Purpose.COORDINATION) -> tuple[str, int]:
    """Everything this sign-in can read, 404s too, and how many pages there were."""
    client = Client()
    session = client.session
    session[POST], session[PURPOSE] = str(post_id), int(purpose)
    session.save()
    answers = [client.get(address) for address in addresses(one)]
    for plan_id in (one.plan_id, one.mother.plan_id, one.father.plan_id):
        answers.append(client.get(reverse("plan_audience", args=[plan_id]), {"kind": "4"}))
    pages = sum(answer.status_code == 200 for answer in answers)
    return "\n".join(answer.content.decode() for answer in answers), pages


def test_nobody_without_the_right_reads_a_canary() -> None:
    one = family()
    without = {
        **people.EVERYBODY,
        "the father": one.father.person.citizen_id,
        "the child": one.child.citizen_id,
        "evaluator": people.EVALUATOR,
        "partnership leader": people.PARTNERSHIP_LEADER,
    }
    own_unit = {"coordinator", "stranger"}  # the coordinator may know; the stranger reads its own unit's name
    for who in without.keys() - own_unit:
        purpose = Purpose.STATISTICS if who in {"evaluator", "partnership leader"} else Purpose.COORDINATION
        purpose = Purpose.SERVICE if who == "social system" else purpose
        text, pages = told_to(without[who], one, purpose)
        assert pages, who
        assert [word for word in CANARY_WORDS if word in text] == [], who


@pytest.mark.parametrize("who", ["mother", "coordinator"])
def test_who_has_the_right_is_told_so_the_sweep_can_fail(who: str) -> None:
    one = family()
    post = one.mother.person.citizen_id if who == "mother" else people.COORDINATOR
    text, _ = told_to(post, one)
    assert "Sosialkonsulent i Nordeng" in text


def test_both_parents_read_the_family_s_plan_each_without_the_other_s_part() -> None:
    one = family()
    for me, mine, theirs in (
        (one.father, people.OF_THE_OTHER, people.OF_THE_PROTECTED),
        (one.mother, people.OF_THE_PROTECTED, people.OF_THE_OTHER),
    ):
        text, _ = told_to(me.person.citizen_id, one)
        assert people.SHARED_GOAL in text
        assert mine in text
        assert theirs not in text
