"""The plan as one document: each law's own view, for this reader, made anew and kept nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation

import people
from people import OnPlan, acting_as, on_plan
from people_and_plan.stand_ins import add_action
from samvirke.coordination import queries as coordination
from samvirke.gate.models import AccessEntry
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import log as people_log
from samvirke.people import operations as people_operations
from samvirke.plan import content
from samvirke.plan import operations as planning
from samvirke.plan.types import PlanPage
from samvirke.surfaces.actor import POST, PURPOSE
from samvirke.surfaces.components import plan_document
from surfaces.pdf_text import pdf_text

MARKUP = (
    '#panic("x") #read("/etc/passwd") #import "@preview/a:1.0.0" $x^2$ *fet* _kursiv_ `kode` @ref <merke> '
    "= Tittel // borte /* borte */ [a] {b} \\ ~ -- \" ' - 1. + / term: </style> %PDF (par) [[ ]]"
)
OF_HEALTH = "Vedtak 2026/77"
pytestmark = people.database


def visit(post: UUID) -> Client:
    """A browser that is signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(Purpose.COORDINATION)
    session.save()
    return client


def document(plan: OnPlan, who: UUID) -> Any:
    """The answer to asking for the document."""
    citizen = who == plan.person.citizen_id
    return visit(who).get("/my-plan/document/" if citizen else f"/plans/{plan.plan_id}/document/")


def page(plan: OnPlan) -> PlanPage:
    """The plan as the coordinator sees it."""
    with acting_as(people.COORDINATOR) as viewer:
        return coordination.plan_page(viewer, plan.plan_id)


def full_plan() -> OnPlan:
    """With an action on work, one on health, and a statement."""
    plan = on_plan()
    with acting_as(people.COORDINATOR) as viewer:
        add_action(plan, viewer)
        add_action(plan, viewer, kind=DataKind.HEALTH, accountable=people.COORDINATOR, decision=OF_HEALTH)
        planning.state(plan_id=plan.plan_id, topic="needs", text=MARKUP, by=viewer)
    return plan


def test_each_reader_gets_what_that_reader_may_see() -> None:
    plan = full_plan()
    for who, sees_health in (
        (plan.person.citizen_id, True),
        (people.COORDINATOR, True),
        (people.NAV_ADVISER, False),
    ):
        answer = document(plan, who)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
        text = pdf_text(answer.content)
        assert "Jeg vil ha en jobb der jeg får bruke hendene." in text
        assert (OF_HEALTH in text) is sees_health


@pytest.mark.parametrize("who", ["stranger", "social colleague", "follow-up adviser"])
def test_who_may_not_see_the_plan_gets_none(who: str) -> None:
    assert document(on_plan(), people.EVERYBODY[who]).status_code == 404


def test_a_person_without_a_plan_gets_none() -> None:
    person = people.said_yes()
    assert visit(person.citizen_id).get("/my-plan/document/").status_code == 404


def test_it_is_decided_anew_each_time() -> None:
    plan = on_plan()
    assert document(plan, people.NAV_ADVISER).status_code == 200
    with acting_as(plan.person.citizen_id) as viewer:
        people_operations.withdraw_consent(consent_id=plan.person.consent_id, by=viewer)
    assert document(plan, people.NAV_ADVISER).status_code == 404


def test_it_is_kept_nowhere_and_its_name_tells_nothing() -> None:
    answer = document(on_plan(), people.COORDINATOR)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'


def test_a_read_of_it_stands_in_the_log() -> None:
    plan = on_plan()

    def reads() -> int:
        with acting_as(plan.person.citizen_id):
            return AccessEntry.objects.filter(post_id=people.COORDINATOR, verb="plan.read").count()

    before = reads()
    document(plan, people.COORDINATOR)
    assert reads() == before + 1


def test_it_is_a_tagged_document_in_the_reader_s_language() -> None:
    made = document(on_plan(), people.COORDINATOR).content
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part" in made
    assert b"/Lang(en)" in made


def test_markup_is_shown_as_it_was_written() -> None:
    plan = full_plan()
    assert " ".join(MARKUP.split()) in pdf_text(document(plan, people.COORDINATOR).content)


def test_odd_letters_cost_nobody_the_plan() -> None:
    one = page(full_plan())
    for words in ("\x00\x07 og mer", "Glad 😀", "汉字", "linje\r\nlinje", "a\tb", "\ud7ff"):
        goals = (replace(one.goals[0], own_words=words),)
        made = plan_document.pdf(plan_document.contents(replace(one, goals=goals), people.NOW), people.NOW)
        assert made.startswith(b"%PDF-1.7")
        assert b"/StructTreeRoot" in made


def sections(plan: OnPlan, kind: str) -> list[str]:
    """The headings of the part that one law's view makes, in their order."""
    one = page(plan)
    check = content.check(kind, frozenset(), on=date(2026, 11, 1))
    with translation.override("en"):
        made = plan_document.contents(replace(one, content_checks=(check,)), people.NOW)
    return [section.title for section in made.parts[0].sections]


def test_the_order_is_that_law_s_own() -> None:
    plan = on_plan()
    assert sections(plan, "se.joint_plan") == [
        "Which efforts are needed",
        "Which efforts each principal answers for",
        "Measures by somebody other than the municipality or the region",
        "Which principal has the overall responsibility",
    ]
    assert sections(plan, "dk.action_plan") == [
        "The purpose of the effort",
        "Which effort is necessary",
        "How long the effort is expected to last",
        "Special circumstances of housing, employment, personal help, treatment and aids",
    ]


def test_what_no_law_asks_for_stands_after_it() -> None:
    one = replace(page(full_plan()), content_checks=())
    with translation.override("en"):
        whole = plan_document.contents(one, people.NOW)
        check = content.check("dk.action_plan", frozenset(), on=date(2026, 11, 1))
        both = plan_document.contents(replace(one, content_checks=(check,)), people.NOW)
    assert [part.title for part in whole.parts] == ["The plan"]
    assert [part.title for part in both.parts] == [
        "Action plan for adults (handleplan)",
        "More that stands in the plan",
    ]
    assert MARKUP in [block.text for section in both.parts[1].sections for block in section.blocks]


def test_the_person_reads_who_has_made_it() -> None:
    plan = on_plan()
    document(plan, people.NAV_ADVISER)
    with acting_as(plan.person.citizen_id) as viewer:
        assert people_log.who_has_seen(viewer).rows
