"""Everything the gate and the plan can do is played, and a run in which one of it was not is told of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import cast
from uuid import UUID

import pytest
from pytest_django import DjangoDbBlocker

import people
from agreements.test_agreements import signed
from gate.scratch import connect, later, own_database
from people import Client, OnPlan, acting_as
from samvirke.agreements.types import Promise
from samvirke.assessments.types import Respondent
from samvirke.coordination import queries as coordination
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import national_ids
from samvirke.surfaces.commands.demo import (
    access_log,
    agreed_anew,
    as_a_whole,
    checks,
    counter_demands,
    family,
    met,
    out_of_the_ordinary,
    progression,
    told_once,
)
from samvirke.surfaces.commands.demo.family import FamilyIds
from samvirke.surfaces.commands.demo.player import Player

LAPSED = 3.1  # days after which nobody has reviewed what the police asked for
WHY = "Legevakta ringte, og noen hjemme må få vite det."


@pytest.fixture
def database(database_name: str, worker_id: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with own_database(worker_id, django_db_blocker) as name:
        yield name


def missing(database: str) -> set[str]:
    with later(LAPSED), connect("backup", database) as reader:
        return {result.says for result in checks.happened(reader) if not result.holds}


def client(number: int) -> Client:
    born = date(1991, 4, number)
    hers = national_ids.make_synthetic(birth_date=born, sex=Sex.FEMALE, serial=7)
    return Client(external_id=f"S-{number}", national_id=hers, birth_date=born)


def break_glass(one: OnPlan, verdict: str) -> None:
    out_of_the_ordinary._broken(
        people.SOCIAL_COLLEAGUE, people.SOCIAL_LEADER, one.person.person_id, WHY, verdict
    )


def type_numbers(of: Client) -> None:
    """One that opens, and the one of the family's mother, who is protected."""
    protected = national_ids.make_synthetic(birth_date=date(1990, 7, 2), sex=Sex.FEMALE, serial=5)
    for number in (of.national_id, protected):
        out_of_the_ordinary._by_number(people.STRANGER, number, WHY)


def ask(one: OnPlan) -> UUID:
    return access_log._asks(one.person.citizen_id, WHY)


def ask_and_answer(one: OnPlan) -> None:
    access_log._answers(people.SOCIAL_LEADER, ask(one))


def keep_back_for_the_police(one: OnPlan) -> None:
    player = cast(Player, SimpleNamespace(known=one.person))
    with acting_as(people.COORDINATION_LEADER) as by:
        access_log._keep_back_for_the_police(player, people.NAV_ADVISER, by)


def on_the_plan(one: OnPlan) -> Player:
    known = SimpleNamespace(known=one.person, plan_id=one.plan_id, coordinator=people.COORDINATOR)
    return cast(Player, known)


def delay(one: OnPlan) -> None:
    with acting_as(people.COORDINATOR) as by:
        agreed_anew._chain(on_the_plan(one), by)


def say_and_agree(one: OnPlan) -> None:
    """The person's own voice and part, and what both say to a version."""
    player = on_the_plan(one)
    as_a_whole._said(player)
    as_a_whole._own_part(player)
    as_a_whole._agreed(player)


def promise_each_other(one: OnPlan, *, fails: bool) -> None:
    """Nav answers after a week what it promised to answer in a day."""
    signed(response_times={Promise.ANSWER_COMMITMENT: 1})
    with acting_as(people.SOCIAL_WORKER) as by:
        counter_demands.asks(one.plan_id, people.NAV_ADVISER, by)
    with later(7):
        with acting_as(people.NAV_ADVISER) as by:
            counter_demands.wants_in_return(one.plan_id, by)
        if not fails:
            return
        with acting_as(people.SOCIAL_WORKER) as by:
            counter_demands.says_yes(one.plan_id, by)
        with acting_as(people.NAV_ADVISER) as by:
            counter_demands.tells_what_came(one.plan_id, by)


def says_how_it_goes(one: OnPlan, number: int, post: UUID, respondent: Respondent, alone: bool) -> None:
    known = SimpleNamespace(known=one.person, person=SimpleNamespace(birth_date=date(1991, 4, 1)))
    with later(number * 90), acting_as(post) as by:
        progression._answers(cast(Player, known), number, alone, respondent, by)


def of_the_family() -> None:
    one = people.family()
    with acting_as(people.COORDINATOR) as by:
        goal_id = coordination.plan_page(by, one.plan_id).goals[0].goal_id
        family._calendar(one.plan_id, goal_id, people.COORDINATOR, by)
    parents = one.father.person.citizen_id, one.mother.person.citizen_id
    kin = FamilyIds(*parents, one.child.person_id, people.COORDINATOR, people.SOCIAL_WORKER)
    access_log._keep_back_for_her_address(people.COORDINATION_LEADER, kin)


def test_each_thing_that_was_not_done_is_missing_until_it_is(database: str) -> None:
    consent = people.terms(kinds=DataKind.CONTACT | DataKind.EMPLOYMENT | DataKind.HEALTH | DataKind.NETWORK)
    first, second, third = (people.on_plan(client(number), consent=consent) for number in (1, 2, 3))
    worker, colleague, leader = people.SOCIAL_WORKER, people.SOCIAL_COLLEAGUE, people.SOCIAL_LEADER
    played = (
        (partial(break_glass, first, "accepted"), {"An emergency was accepted"}),
        (partial(break_glass, second, ""), {"An emergency waits for its review"}),
        (
            partial(break_glass, third, "misuse"),
            {
                "An emergency was misuse, and what it opened is closed",
                "A leader is told of somebody who opened more often than others",
            },
        ),
        (
            partial(out_of_the_ordinary._kept_out, colleague, worker, leader),
            {"Somebody keeps out of the case of somebody close", "A case is kept from colleagues"},
        ),
        (
            partial(out_of_the_ordinary._is_also_a_client, colleague, people.SOCIAL, client(3).national_id),
            {"Somebody is kept from an own case"},
        ),
        (partial(out_of_the_ordinary._sealed, worker), {"A note is sealed"}),
        (
            partial(out_of_the_ordinary._by_law, worker, people.NAV_LEADER),
            {"Something is open by law, until a day"},
        ),
        (partial(ask, first), {"A question about the log waits for its answer"}),
        (partial(ask_and_answer, second), {"A question about the log is answered"}),
        (
            partial(access_log._is_explained, first.person.citizen_id, people.NAV_ADVISER),
            {"A person had a decision about them explained, and that is in the log"},
        ),
        (
            of_the_family,
            {
                "A family's meeting has a time, an interpreter, and a reason for a time that is taken",
                "Visits are kept back from a reader of the log, as a second leader found right",
            },
        ),
        (
            partial(type_numbers, client(1)),
            {"A typed number opened somebody in an emergency, and nothing of somebody protected"},
        ),
        (
            partial(delay, first),
            {"An action waits for another", "A delay moved along what comes after"},
        ),
        (
            lambda: agreed_anew._wishes(on_the_plan(first)),
            {"A wish was decided", "A wish was refused, and stays with its reason"},
        ),
        (
            partial(say_and_agree, first),
            {
                "The person said what they dream of",
                "The person does something themselves",
                "A relative answers for something",
                "A party agrees with a version in part, and says why",
            },
        ),
        (lambda: as_a_whole._reached(on_the_plan(second)), {"A goal is reached"}),
        (
            lambda: told_once.tell(on_the_plan(second), people.NAV_ADVISER, is_urgent=False),
            {"What was told once was led on, taken over and answered"},
        ),
        (
            lambda: told_once.tell(on_the_plan(third), people.NAV_ADVISER, is_urgent=True),
            {"Something urgent was told and waits for its answer"},
        ),
        (
            partial(promise_each_other, second, fails=False),
            {"An agency answered with a counter-demand, later than the agreement says"},
        ),
        (
            partial(promise_each_other, third, fails=True),
            {
                "Two agencies' promises held together, and one was kept",
                "A promise was not kept, and it is said why",
            },
        ),
        (
            lambda: says_how_it_goes(first, 0, people.COORDINATOR, Respondent.WORKER, alone=False),
            set(),
        ),
        (
            lambda: says_how_it_goes(first, 0, first.person.citizen_id, Respondent.PERSON, alone=False),
            {"A worker's view stands beside the person's own"},
        ),
        (
            lambda: says_how_it_goes(first, 1, first.person.citizen_id, Respondent.PERSON, alone=True),
            {"A person answered how it goes, and again later", "A person kept the answers to themselves"},
        ),
        (
            lambda: met._meet(on_the_plan(second)),
            {
                "What a meeting proposed is in the plan, and the person said yes",
                "What a meeting proposed waits for an answer",
            },
        ),
        (
            partial(keep_back_for_the_police, first),
            {"Visits that were kept back and that nobody reviewed are told by now"},
        ),
    )
    for act, says in played:
        before = missing(database)
        act()
        assert before - missing(database) == says
    assert missing(database) == set()
