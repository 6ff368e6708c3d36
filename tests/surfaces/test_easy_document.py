"""The plan in easy words: the same plan, shorter, for whoever may see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

import people
from people import acting_as, on_plan
from people_and_plan.stand_ins import add_action
from samvirke.coordination import queries as coordination
from samvirke.kernel.codes import Sex
from samvirke.kernel.gate_words import DataKind
from samvirke.people import national_ids
from samvirke.people import operations as people_operations
from samvirke.plan.types import OwnSideRow
from samvirke.surfaces.components import easy_document
from surfaces.pdf_text import pdf_text
from surfaces.test_plan_document import visit

GOAL = "Jeg vil ha en jobb der jeg får bruke hendene."
OF_HEALTH = "Praksis på verksted"
OTHERS_NUMBER = national_ids.make_synthetic(birth_date=date(1994, 5, 4), sex=Sex.FEMALE, serial=4)
ODD = "<script>😀 čđŋ\x00" + "a" * 20_000
pytestmark = people.database


def test_the_page_and_the_file_say_the_same_to_each_reader() -> None:
    plan = on_plan()
    with acting_as(people.COORDINATOR) as viewer:
        add_action(plan, viewer, kind=DataKind.HEALTH, accountable=people.COORDINATOR)
    for who, route, taken, sees_health in (
        (plan.person.citizen_id, "my_easy_", [], True),
        (people.COORDINATOR, "plan_easy", [plan.plan_id], True),
        (people.NAV_ADVISER, "plan_easy", [plan.plan_id], False),
    ):
        names = ("my_easy_plan", "my_easy_document") if route == "my_easy_" else (route, f"{route}_document")
        page, file = (visit(who).get(reverse(name, args=taken)) for name in names)
        assert file.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
        assert b"pdfuaid:part" in file.content
        for text in (page.content.decode(), pdf_text(file.content)):
            assert GOAL in text
            assert "What do I want?" in text
            assert "Whom can I call?" in text
            assert (OF_HEALTH in text) is sees_health


def test_whoever_may_not_see_the_plan_gets_neither() -> None:
    plan, without = on_plan(), people.said_yes(people.Client("S-4", OTHERS_NUMBER))
    with acting_as(plan.person.citizen_id) as viewer:
        people_operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
    for route in ("plan_easy", "plan_easy_document"):
        for who in (people.NAV_ADVISER, people.STRANGER):
            assert visit(who).get(reverse(route, args=[plan.plan_id])).status_code == 404
    for route in ("my_easy_plan", "my_easy_document"):
        assert visit(without.citizen_id).get(reverse(route)).status_code == 404


@pytest.mark.parametrize(
    ("language", "asked"), [("nb", "Hva vil jeg?"), ("da", "Hvad vil jeg?"), ("sv", "Vad vill jag?")]
)
def test_it_asks_in_the_reader_s_language_and_says_what_is_empty(language: str, asked: str) -> None:
    plan = on_plan()
    with acting_as(people.COORDINATOR) as viewer:
        one = coordination.plan_page(viewer, plan.plan_id)
    bare = replace(one, goals=(), actions=(), team=(), own_side=())
    with translation.override(language):
        made = easy_document.contents(bare, people.NOW)
    assert made.language == language
    assert made.questions[0].asked == asked
    assert all(question.things or question.none for question in made.questions)
    assert asked in pdf_text(easy_document.pdf(made, people.NOW))


def test_a_wish_never_looks_like_a_decision_and_odd_letters_cost_nobody_the_file() -> None:
    plan = on_plan()
    with acting_as(people.COORDINATOR) as viewer:
        add_action(plan, viewer)
        one = coordination.plan_page(viewer, plan.plan_id)
    undecided = "This is a wish. It is not decided yet."
    for standing in ("wish", "decision"):
        for status in ("planned", "in_progress"):
            row = replace(one.actions[0], standing=standing, status=status, what=ODD)
            with translation.override("en"):
                made = easy_document.contents(replace(one, actions=(row,)), people.NOW)
            lines = [line for question in made.questions for thing in question.things for line in thing.lines]
            assert (undecided in lines) is (standing == "wish")
    assert easy_document.pdf(made, people.NOW).startswith(b"%PDF-1.7")


def test_the_person_does_it_themselves_and_calls_who_acts() -> None:
    plan = on_plan()
    with acting_as(people.COORDINATOR) as viewer:
        add_action(plan, viewer)
        one = coordination.plan_page(viewer, plan.plan_id)
    row = replace(one.actions[0], status="in_progress")
    mine = OwnSideRow(row.accountable_member, "person", one.person_name, one.subject_id)
    away = replace(one.coordinator, acting_title="Vikar", acting_until=date(2026, 5, 1))
    with translation.override("en"):
        plain = easy_document.contents(replace(one, actions=(row,)), people.NOW)
        made = easy_document.contents(
            replace(one, actions=(row,), own_side=(mine,), coordinator=away), people.NOW
        )
    assert (
        made.questions[1].things[0].lines[0],
        made.questions[-1].things[-1].lines[0],
    ) == ("You do this yourself.", "Your coordinator is away. Call here now.")
    assert "You do this yourself." not in plain.questions[1].things[0].lines
    assert plain.questions[-1].things[-1].lines == ("Call here if your coordinator is away.",)
