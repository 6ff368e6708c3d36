"""The pages of assessments: who reaches them, what a form keeps, and what is never told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.test import Client

import people
from assessments.stand_ins import (
    answers_of,
    answers_self,
    given,
    living,
    seen,
    shares,
)
from people import CANARY_WORDS, OnPlan, family, on_plan
from samvirke.assessments import loading
from samvirke.assessments.types import Point, Respondent, Series, SharedWith
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.components.course_chart import chart

pytestmark = people.database
MINE = "/my-plan/progress/"
ANSWER = f"{MINE}everyday-steps/answer/"
PUT_RIGHT = f"{MINE}everyday-steps/put-right/"
WHO_SEES = f"{MINE}everyday-steps/who-sees/"


def visit(post: UUID, language: str = "en") -> Client:
    """A browser that is signed in to the post."""
    client = Client(headers={"accept-language": language})
    session = client.session
    session["post"], session["purpose"] = str(post), int(Purpose.COORDINATION)
    session.save()
    return client


def read(post: UUID, address: str, language: str = "en") -> str:
    """A page that is there."""
    answer = visit(post, language).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def on(plan: OnPlan, rest: str = "") -> str:
    """A worker's page of the plan."""
    return f"/plans/{plan.plan_id}/progress/{rest}"


def said(values: dict[str, object], **more: object) -> dict[str, object]:
    """A form as a browser sends it."""
    return {f"item-{item}": value for item, value in values.items()} | more


def test_who_reaches_which_page() -> None:
    plan = living()
    answers_self(plan, given())
    of_worker = [on(plan), on(plan, "everyday-steps/own-view/"), on(plan, "everyday-steps/with-the-person/")]
    of_person = [MINE, ANSWER, PUT_RIGHT, WHO_SEES]
    for post, workers, persons in (
        (people.COORDINATOR, 200, 404),
        (people.NAV_ADVISER, 200, 404),
        (people.STRANGER, 404, 404),
        (plan.person.citizen_id, 404, 200),
    ):
        client = visit(post)
        assert {client.get(address).status_code for address in of_worker} == {workers}
        assert {client.get(address).status_code for address in of_person} == {persons}
    assert visit(people.STRANGER).get("/assessments-due/").status_code == 200
    for unknown in (
        "no-such/own-view/",
        "no-such/with-the-person/put-right/",
        "everyday-steps/own-view/put-right/",
    ):
        assert visit(people.COORDINATOR).get(on(plan, unknown)).status_code == 404


def test_nothing_yet_says_what_to_do() -> None:
    plan = living()
    assert "Nothing is answered yet that you can see." in read(plan.person.citizen_id, MINE)
    assert "Nothing is answered yet that you can see." in read(people.COORDINATOR, on(plan))
    assert "Nothing is due" in read(people.COORDINATOR, "/assessments-due/")
    assert visit(plan.person.citizen_id).get(PUT_RIGHT).status_code == 404
    assert visit(plan.person.citizen_id).get(WHO_SEES).status_code == 404


def test_the_links_are_there() -> None:
    plan = living()
    assert f'href="{on(plan)}"' in read(people.COORDINATOR, f"/plans/{plan.plan_id}/")
    assert f'href="{MINE}"' in read(plan.person.citizen_id, "/my-plan/")
    assert 'href="/assessments-due/"' in read(people.COORDINATOR, "/worklist/")


def test_the_person_answers_and_sees_it_beside_the_next_time() -> None:
    plan = living()
    client = visit(plan.person.citizen_id)
    sent = client.post(ANSWER, said({"trust": "7", "money": ""}, sharing="nobody"))
    assert (sent.status_code, sent["location"]) == (302, MINE)
    page = read(plan.person.citizen_id, MINE)
    assert "Only you see your answers" in page
    assert page.count('<figure class="course">') == 1
    again = read(plan.person.citizen_id, ANSWER)
    assert "<strong>7</strong>" in again
    assert again.count("question__last") == 1  # what was skipped is nothing, and never zero
    assert seen(plan, people.COORDINATOR) == []


@pytest.mark.parametrize("wrong", ["11", "-1", "seven", "7" * 20_000, "<script>alert(1)</script>", "🙂", "á"])
def test_an_answer_outside_its_scale_is_told_and_nothing_is_lost(wrong: str) -> None:
    plan = living()
    client = visit(plan.person.citizen_id)
    sent = client.post(ANSWER, said({"trust": wrong, "money": "3"}, sharing="team"))
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "This answer is outside the scale. Choose one of its steps, or skip the question." in page
    assert '<input type="radio" name="item-money" value="3" id="id_item-money_3" checked>' in page
    assert "<script>alert" not in page
    assert seen(plan, plan.person.citizen_id) == []


def test_what_is_missing_is_said() -> None:
    plan = living()
    client = visit(plan.person.citizen_id)
    nothing = client.post(ANSWER, said({"trust": ""}, sharing="team"))
    assert nothing.status_code == 422
    assert "Nothing is answered yet." in nothing.content.decode()
    unshared = client.post(ANSWER, said({"trust": "3"}))
    assert "Choose who may see the answers." in unshared.content.decode()
    elsewhere = client.post(ANSWER, said({"trust": "3"}, sharing=str(people.SOCIAL_NORDENG)))
    assert "It cannot be open to these." in elsewhere.content.decode()
    assert seen(plan, plan.person.citizen_id) == []


def test_a_second_time_on_one_day_is_put_right_with_a_reason() -> None:
    plan = living()
    client = visit(plan.person.citizen_id)
    form = said({"trust": "7"}, sharing="team")
    assert client.post(ANSWER, form).status_code == 302
    twice = client.post(ANSWER, form)
    assert twice.status_code == 422
    assert "This is answered today already." in twice.content.decode()
    assert client.post(PUT_RIGHT, form).status_code == 422
    why = "Feil linje ✎ <b>á</b> " * 100
    assert client.post(PUT_RIGHT, said({"trust": "8"}, sharing="team", why=why)).status_code == 302
    page = read(people.COORDINATOR, on(plan))
    assert "Feil linje ✎ &lt;b&gt;á&lt;/b&gt;" in page
    assert "The person" in page


def test_the_person_changes_who_sees_it() -> None:
    plan = living()
    answers_self(plan, given())
    client = visit(plan.person.citizen_id)
    page = read(plan.person.citizen_id, WHO_SEES)
    assert f'value="{people.NAV}"' in page
    assert client.post(WHO_SEES, {"sharing": "surprise"}).status_code == 422
    assert client.post(WHO_SEES, {"sharing": str(people.NAV)}).status_code == 302
    assert seen(plan, people.COORDINATOR) == []
    assert len(seen(plan, people.NAV_ADVISER)) == 1
    assert client.post(WHO_SEES, {"sharing": "nobody"}).status_code == 302
    assert seen(plan, people.NAV_ADVISER) == []


def test_a_worker_answers_beside_the_persons_own_view() -> None:
    plan = living()
    answers_self(plan, given({"job-chance": 3}))
    client = visit(people.NAV_ADVISER)
    page = read(people.NAV_ADVISER, on(plan, "everyday-steps/own-view/"))
    assert "The person, 2 March 2026: <strong>3</strong>" in page
    assert "item-health" not in page  # Nav writes nothing about health
    assert "Questions about what you do not write about here are left out." in page
    assert client.post(on(plan, "everyday-steps/own-view/"), said({"job-chance": "8"})).status_code == 302
    both = read(people.NAV_ADVISER, on(plan))
    assert both.count("course__mark") == 4  # two answers, and the two keys
    assert "5.5" not in both.split("<td")[1]  # no average of two views anywhere
    mine = read(plan.person.citizen_id, MINE)
    assert "You" in mine


def test_together_with_the_person_the_person_chooses_between_unit_and_team() -> None:
    plan = living()
    page = read(people.NAV_ADVISER, on(plan, "everyday-steps/with-the-person/"))
    assert 'value="nobody"' not in page
    assert f'value="{people.NAV}"' in page
    client = visit(people.NAV_ADVISER)
    together = said({"trust": "4"}, sharing=str(people.NAV))
    assert client.post(on(plan, "everyday-steps/with-the-person/"), together).status_code == 302
    assert seen(plan, people.COORDINATOR) == []
    assert "<strong>4</strong>" in read(people.NAV_ADVISER, on(plan, "everyday-steps/with-the-person/"))


def test_what_is_hidden_is_not_told_by_what_is_covered() -> None:
    plan = living()
    before = read(people.SOCIAL_WORKER, on(plan))
    answers_self(plan, given(shared_with=SharedWith.NOBODY))
    assert _without_tokens(read(people.SOCIAL_WORKER, on(plan))) == _without_tokens(before)
    shares(plan, SharedWith.TEAM)
    assert "course__mark" in read(people.SOCIAL_WORKER, on(plan))


def test_items_of_closed_kinds_are_not_named_and_not_counted() -> None:
    plan = on_plan()  # nothing about everyday life, people around or money
    answers_self(plan, given())
    page = read(people.COORDINATOR, on(plan))
    for closed in ("Everyday life", "People around", "Money"):
        assert closed not in page
    assert page.count('<figure class="course">') == 4


def test_a_family_plan_has_none() -> None:
    one = family()
    assert visit(people.COORDINATOR).get(f"/plans/{one.plan_id}/progress/").status_code == 404


def test_nothing_tells_where_a_protected_person_is() -> None:
    one = family()
    plan = one.mother
    answers_of(plan, people.NAV_ADVISER, given({"job-chance": 2}))
    answers_self(plan, given({"trust": 4}))
    for post in (people.NAV_ADVISER, people.SOCIAL_WORKER):
        page = read(post, on(plan))
        assert [word for word in CANARY_WORDS if word in page] == []
    assert visit(one.father.person.citizen_id).get(on(plan)).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Steg i hverdagen"), ("da", "Skridt"), ("sv", "Steg i")]
)
def test_the_questions_are_in_the_language_of_the_page(language: str, words: str) -> None:
    plan = living()
    assert words in read(plan.person.citizen_id, ANSWER, language)


def test_a_chart_parts_at_gaps_and_new_versions() -> None:
    steps = loading.shipped()["everyday-steps"][1].scale
    days = [date(2026, month, 2) for month in (1, 4, 7, 10)]
    points = [Point(days[0], 2, 1), Point(days[1], 4, 1), Point(days[2], None, 1), Point(days[3], 9, 2)]
    found = chart(steps, [Series(Respondent.PERSON, None, tuple(points))], [0], days)
    (line,) = found.lines
    assert [spot.value for spot in line.spots] == [2, 4, 9]
    assert len(line.lines) == 1
    assert len(line.lines[0].split()) == 2
    assert len(found.breaks) == 1
    assert line.spots[0].y > line.spots[1].y > line.spots[2].y


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)
