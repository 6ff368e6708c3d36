"""The pages of the plan as a whole: versions and answers, own parts, goals that are over, the own voice."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

import people
from people import OnPlan, acting_as, on_plan
from people_and_plan.stand_ins import another
from samvirke.kernel.codes import Side
from samvirke.plan import versions
from samvirke.plan.types import PlanPage
from surfaces.test_action_pages import agreed, anew
from surfaces.test_action_pages import of as action_of
from surfaces.test_writing_pages import action, page_of, visit

pytestmark = people.database
OUTSIDE = (people.STRANGER, people.SOCIAL_COLLEAGUE, people.NAV_LEADER)
ODD = "<script>alert(1)</script> Ánde 🌱"


def path(name: str, one: OnPlan, *more: Any) -> str:
    """An address of the plan's pages."""
    return reverse(name, args=[one.plan_id, *more])


def kept(one: OnPlan) -> None:
    """The plan is kept as a version, from the page."""
    answer = visit(people.SOCIAL_WORKER).post(path("fix_plan", one), follow=True)
    assert "Version 1 is kept" in answer.content.decode()


def seen_by(one: OnPlan, who: Any) -> str:
    """The digest that stands hidden in the form of somebody's answer."""
    with acting_as(who) as viewer:
        return versions.of_plan(viewer, one.plan_id).newest_seen


def person_in(page: PlanPage) -> str:
    """How a form names the person."""
    return f"{Side.PERSON}:{page.subject_id}"


@pytest.mark.parametrize("name", ["agreed", "plan_statements"])
def test_the_team_reads_it_and_nobody_else(name: str) -> None:
    one = on_plan()
    assert visit(people.COORDINATOR).get(path(name, one)).status_code == 200
    for who in (*OUTSIDE, one.person.citizen_id):
        assert visit(who).get(path(name, one)).status_code == 404


def test_a_version_is_kept_and_answered_by_each_and_the_change_is_shown() -> None:
    one = on_plan()
    row = agreed(one)
    worker, me = visit(people.SOCIAL_WORKER), visit(one.person.citizen_id)
    assert "No version is kept yet" in worker.get(path("agreed", one)).content.decode()
    kept(one)
    mine = path("my_agreed", one)
    text = me.get(mine).content.decode()
    assert "Nobody has answered it yet" in text
    assert row.what in text
    filled = {"answer": "in_part", "text": ODD, "seen": seen_by(one, one.person.citizen_id)}
    answer = me.post(path("my_answer_to_plan", one, 1), filled, follow=True)
    assert "Your answer is saved" in answer.content.decode()
    text = worker.get(path("agreed", one)).content.decode()
    assert "Agrees in part" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Ánde 🌱" in text
    assert "<script>alert(1)" not in text
    worker.post(path("fix_plan", one))
    assert (
        "There is nothing to answer yet" in worker.post(path("fix_plan", one), follow=True).content.decode()
    )


def test_an_answer_that_says_no_says_why_and_nothing_typed_is_lost() -> None:
    one = on_plan()
    kept(one)
    filled = {"answer": "disagrees", "text": "", "seen": seen_by(one, people.NAV_ADVISER)}
    answer = visit(people.NAV_ADVISER).post(path("answer_plan", one, 1), filled)
    assert answer.status_code == 422
    assert "Write what you see differently" in answer.content.decode()
    stale = filled | {"text": "For mye på én gang.", "seen": "another"}
    answer = visit(people.NAV_ADVISER).post(path("answer_plan", one, 1), stale)
    assert answer.status_code == 409
    assert "For mye på én gang." in answer.content.decode()
    assert seen_by(one, people.NAV_ADVISER) in answer.content.decode()
    assert visit(people.NAV_ADVISER).post(path("answer_plan", one, 7), filled | stale).status_code == 404
    with acting_as(people.NAV_ADVISER) as viewer:
        assert versions.of_plan(viewer, one.plan_id).versions[0].assents == ()


def test_nobody_outside_keeps_or_answers() -> None:
    one, other = on_plan(), on_plan(another(4))
    kept(one)
    filled = {"answer": "agrees", "text": "", "seen": seen_by(one, people.SOCIAL_WORKER)}
    for who in OUTSIDE:
        assert visit(who).post(path("fix_plan", one)).status_code == 404
        assert visit(who).post(path("answer_plan", one, 1), filled).status_code == 404
    stranger = visit(other.person.citizen_id)
    for name in ("my_agreed", "fix_my_plan"):
        assert stranger.get(path(name, one)).status_code in {404, 405}
        assert stranger.post(path(name, one)).status_code in {404, 405}
    assert stranger.post(path("my_answer_to_plan", one, 1), filled).status_code == 404
    assert visit(people.SOCIAL_WORKER).post(path("answer_plan", one, 1), filled).status_code == 302


def test_the_person_answers_for_a_part_and_moves_it_on() -> None:
    one = on_plan()
    row = agreed(one, member_id=person_in(page_of(one)), what="Ringe skolen")
    assert (row.accountable, row.standing) == ("Kari Eksempel", "own")
    me = visit(one.person.citizen_id)
    text = me.get(reverse("my_plan")).content.decode()
    assert "Own contribution" in text
    moved = reverse("my_action_status", args=[row.action_id])
    assert moved in text
    assert me.post(moved, {"status": "in_progress"}).status_code == 302
    dropped = reverse("my_drop_action", args=[row.action_id])
    assert me.post(dropped, {"why": ""}).status_code == 422
    assert me.post(dropped, {"why": "Skolen ringte selv."}).status_code == 302
    assert (action_of(one, "Ringe skolen").status, action_of(one, "Ringe skolen").why) == (
        "dropped",
        "Skolen ringte selv.",
    )
    assert me.post(moved, {"status": "done"}).status_code == 404


def test_the_person_moves_nothing_that_others_answer_for() -> None:
    one, other = on_plan(), on_plan(another(4))
    row, own = agreed(one), agreed(one, member_id=person_in(page_of(one)), what="Ringe skolen")
    me, stranger = visit(one.person.citizen_id), visit(other.person.citizen_id)
    for name in ("my_action_status", "my_drop_action"):
        said = {"status": "done", "why": "Derfor."}
        assert me.post(reverse(name, args=[row.action_id]), said).status_code == 404
        assert stranger.post(reverse(name, args=[own.action_id]), said).status_code == 404
    assert action_of(one, row.what).status == "planned"
    assert action_of(one, "Ringe skolen").status == "planned"


def test_a_relative_is_named_on_the_form_and_stands_on_the_plan() -> None:
    one = on_plan()
    client, address = visit(people.SOCIAL_WORKER), path("plan_new_action", one)
    filled = action(page_of(one), member_id="relative", what="Passe barna")
    answer = client.post(address, filled)
    assert answer.status_code == 422
    assert "Write who it is, as the person says it" in answer.content.decode()
    assert client.post(address, filled | {"called": "x" * 200}).status_code == 422
    row = agreed(one, member_id="relative", what="Passe barna", called="Mormor Anna")
    assert row.accountable == "Mormor Anna"
    text = client.get(path("plan", one)).content.decode()
    assert text.count("Mormor Anna") == 2
    assert "sees nothing of the plan" in text
    again = agreed(one, member_id=str(row.accountable_member), what="Hente barna")
    assert again.accountable_member == row.accountable_member


def test_a_goal_is_reached_from_the_page_and_its_words_stay() -> None:
    one = on_plan()
    goal = page_of(one).goals[0]
    client, address = visit(people.SOCIAL_WORKER), path("goal_status", one, goal.goal_id)
    seen = {"seen_version": "1"}
    assert client.post(address, seen | {"status": "set_aside", "why": ""}).status_code == 422
    assert client.post(address, seen | {"status": "reached", "why": ""}).status_code == 302
    text = client.get(path("plan", one)).content.decode()
    assert "Take goal 1 up again" in text
    assert goal.own_words in text
    answer = client.post(address, seen | {"status": "active", "why": ""})
    assert answer.status_code == 422
    assert "The goal was changed while you were writing" in answer.content.decode()
    me = visit(one.person.citizen_id)
    mine = reverse("my_goal_status", args=[goal.goal_id])
    assert me.post(mine, {"seen_version": "2", "status": "active", "why": ""}).status_code == 302
    assert page_of(one).goals[0].is_active


def test_whose_goal_it_is_is_said_by_who_writes_it_down() -> None:
    one = on_plan()
    filled = {"own_words": "Møte presis.", "life_domain": "employment", "whose": "agency"}
    assert visit(people.SOCIAL_WORKER).post(path("plan_new_goal", one), filled).status_code == 302
    assert (
        "A goal that an agency asks for" in visit(people.COORDINATOR).get(path("plan", one)).content.decode()
    )


def test_the_own_voice_stands_first_and_is_written_by_the_person() -> None:
    one = on_plan()
    me = visit(one.person.citizen_id)
    assert "What I dream of" in me.get(reverse("my_statements")).content.decode()
    mine = reverse("my_statement", args=["dream"])
    assert me.post(mine, {"seen_version": "0", "text": ODD}).status_code == 302
    text = visit(people.COORDINATOR).get(path("plan", one)).content.decode()
    assert text.index("Ánde 🌱") < text.index(page_of(one).goals[0].own_words)
    assert "<script>alert(1)" not in text
    answer = me.post(mine, {"seen_version": "0", "text": "En båt."})
    assert answer.status_code == 409
    assert "En båt." in answer.content.decode()
    assert "Ánde 🌱" in answer.content.decode()
    assert me.post(mine, {"seen_version": "1", "text": "a" * 20_000}).status_code == 422
    assert me.get(reverse("my_statement", args=["no-such-topic"])).status_code == 404
    assert visit(people.STRANGER).get(path("plan_statement", one, "dream")).status_code == 404


def test_earlier_words_are_taken_up_again_and_seen_before_they_are_saved() -> None:
    one = on_plan()
    row = agreed(one, what="Første tanke")
    client = visit(people.SOCIAL_WORKER)
    client.post(path("action", one, row.action_id), anew(one, row, what="Andre tanke"))
    again = f"{path('action', one, row.action_id)}?again=1"
    assert again in client.get(path("action_history", one, row.action_id)).content.decode()
    text = client.get(again).content.decode()
    assert 'value="Første tanke"' in text
    assert 'value="Back to version 1."' in text
    assert 'value="Andre tanke"' in client.get(path("action", one, row.action_id)).content.decode()
    assert (
        'value="Andre tanke"' in client.get(f"{path('action', one, row.action_id)}?again=9").content.decode()
    )
    assert action_of(one, "Andre tanke").version == 2
    goal = page_of(one).goals[0]
    client.post(
        path("plan_goal", one, goal.goal_id), {"seen_version": "1", "own_words": "Noe nytt.", "target": ""}
    )
    text = client.get(f"{path('plan_goal', one, goal.goal_id)}?again=1").content.decode()
    assert goal.own_words in text
    assert "Noe nytt." not in text
