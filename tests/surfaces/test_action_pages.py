"""The pages of actions: what a delay moves is shown first, nothing typed is lost, history is read by all."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

import people
from people import OnPlan, acting_as, on_plan
from people_and_plan.stand_ins import another
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import actions
from samvirke.plan.action_types import ActionRow, Agreed
from surfaces.test_writing_pages import action, page_of, visit

pytestmark = people.database
OUTSIDE = (people.STRANGER, people.SOCIAL_COLLEAGUE, people.NAV_LEADER)


def of(one: OnPlan, what: str) -> ActionRow:
    """An action of the plan by its words."""
    return next(row for row in page_of(one).actions if row.what == what)


def agreed(one: OnPlan, **other: Any) -> ActionRow:
    """An action agreed on from the page."""
    filled = action(page_of(one), **other)
    answer = visit(people.SOCIAL_WORKER).post(reverse("plan_new_action", args=[one.plan_id]), filled)
    assert answer.status_code == 302, answer.content.decode()
    return of(one, filled["what"])


def anew(one: OnPlan, row: ActionRow, **other: Any) -> dict[str, Any]:
    """The filled form of an action that is agreed on anew."""
    filled = {"what": row.what, "seen_version": str(row.version), "why": ""}
    return action(page_of(one), **filled | other)


def address(name: str, one: OnPlan, row: ActionRow) -> str:
    """An address of an action's page."""
    return reverse(name, args=[one.plan_id, row.action_id])


@pytest.mark.parametrize("name", ["action", "decide_wish", "drop_action", "action_history"])
def test_the_team_reaches_the_page_and_nobody_else(name: str) -> None:
    one, other = on_plan(), on_plan(another(4))
    row = agreed(one)
    assert visit(people.COORDINATOR).get(address(name, one, row)).status_code == 200
    for who in (*OUTSIDE, one.person.citizen_id):
        assert visit(who).get(address(name, one, row)).status_code == 404
    assert visit(people.COORDINATOR).get(address(name, other, row)).status_code == 404


def test_a_delay_shows_what_it_moves_before_anything_is_written() -> None:
    one = on_plan()
    first = agreed(one, what="Kartlegging")
    second = agreed(
        one,
        what="Praksis",
        comes_after=[str(first.action_id)],
        starts_on="2026-04-10",
        due_on="2026-05-10",
    )
    client = visit(people.SOCIAL_WORKER)
    filled = anew(one, first, due_on="2026-04-20")
    shown = client.post(address("action", one, first), filled)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "Nothing is saved yet" in text
    assert "21 April 2026 to 21 May 2026" in text
    assert 'value="2026-04-20"' in text
    assert str(of(one, "Kartlegging").due_on) == "2026-04-09"
    moves = f"{second.action_id}:{second.version}"
    answer = client.post(address("action", one, first), filled | {"along": "all", "moves": [moves]})
    assert answer.status_code == 302
    assert str(of(one, "Praksis").starts_on) == "2026-04-21"
    assert str(of(one, "Kartlegging").due_on) == "2026-04-20"


def test_the_one_alone_moves_where_that_is_what_was_said() -> None:
    one = on_plan()
    first = agreed(one, what="Kartlegging")
    agreed(one, what="Praksis", comes_after=[str(first.action_id)], starts_on="2026-04-10", due_on="")
    client = visit(people.SOCIAL_WORKER)
    filled = anew(one, first, due_on="2026-04-20") | {"along": "none"}
    assert client.post(address("action", one, first), filled).status_code == 302
    assert str(of(one, "Praksis").starts_on) == "2026-04-10"


@pytest.mark.parametrize("moves", [["{second}:7"], ["{other}:1"], ["nothing"]])
def test_what_was_not_shown_so_does_not_move(moves: list[str]) -> None:
    one = on_plan()
    first = agreed(one, what="Kartlegging")
    other = agreed(one, what="Norskkurs")
    second = agreed(
        one, what="Praksis", comes_after=[str(first.action_id)], starts_on="2026-04-10", due_on=""
    )
    said = [move.format(second=second.action_id, other=other.action_id) for move in moves]
    filled = anew(one, first, due_on="2026-04-20") | {"along": "all", "moves": said}
    answer = visit(people.SOCIAL_WORKER).post(address("action", one, first), filled)
    assert answer.status_code == 409
    assert "What moves along has changed" in answer.content.decode()
    assert str(of(one, "Kartlegging").due_on) == "2026-04-09"


def test_a_stale_edit_is_refused_with_both_texts_and_saved_on_top() -> None:
    one = on_plan()
    row = agreed(one)
    with acting_as(people.COORDINATOR) as viewer:
        actions.change(
            action_id=row.action_id,
            seen_version=1,
            agreed=Agreed("Prøve arbeid på lager"),
            accountable=people.COORDINATOR,
            why="",
            by=viewer,
        )
    client = visit(people.SOCIAL_WORKER)
    filled = anew(one, row, how="Sammen med Kari")
    answer = client.post(address("action", one, row), filled)
    text = answer.content.decode()
    assert answer.status_code == 409
    for words in (
        "Somebody changed this action",
        "Prøve arbeid på lager",
        "Prøve arbeid i butikk",
        "Sammen med Kari",
    ):
        assert words in text
    assert 'name="seen_version" value="2"' in text
    assert page_of(one).actions[0].what == "Prøve arbeid på lager"
    assert client.post(address("action", one, row), filled | {"seen_version": "2"}).status_code == 302
    assert page_of(one).actions[0].how == "Sammen med Kari"


def test_a_ring_and_a_day_before_the_plan_are_said_beside_the_field() -> None:
    one = on_plan()
    first = agreed(one, what="Kartlegging")
    second = agreed(one, what="Praksis", comes_after=[str(first.action_id)])
    client = visit(people.SOCIAL_WORKER)
    ring = client.post(address("action", one, first), anew(one, first, comes_after=[str(second.action_id)]))
    assert ring.status_code == 422
    assert "none could begin" in ring.content.decode()
    early = anew(one, first, starts_on="", due_on="2025-12-01")
    answer = client.post(address("action", one, first), early)
    assert answer.status_code == 422
    assert "The plan begins on" in answer.content.decode()
    assert of(one, "Kartlegging").version == 1


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [
        ({"week_1_0_from": "09:00", "week_1_0_to": "11:30"}, True),
        ({"week_1_0_from": "11:30", "week_1_0_to": "09:00"}, False),
        ({"week_1_0_from": "09:00", "week_1_0_to": ""}, False),
        ({"week_1_0_from": "9 o'clock", "week_1_0_to": "11:30"}, False),
    ],
)
def test_times_of_the_week_are_kept_or_shown_again(typed: dict[str, str], is_right: bool) -> None:
    one = on_plan()
    filled = action(page_of(one), **typed)
    answer = visit(people.SOCIAL_WORKER).post(reverse("plan_new_action", args=[one.plan_id]), filled)
    if is_right:
        assert answer.status_code == 302
        text = visit(one.person.citizen_id).get(reverse("my_plan")).content.decode()
        assert "Monday from 09:00 to 11:30" in text
    else:
        assert answer.status_code == 422
        assert "Write from when until when" in answer.content.decode()
        assert all(
            f'value="{said}"' in answer.content.decode().replace("&#x27;", "'") for said in typed.values()
        )
        assert page_of(one).actions == ()


def test_the_times_that_stand_are_shown_and_kept() -> None:
    one = on_plan()
    row = agreed(one, week_2_0_from="09:00", week_2_0_to="10:00")
    client = visit(people.SOCIAL_WORKER)
    text = client.get(address("action", one, row)).content.decode()
    assert 'name="week_2_0_from" value="09:00"' in text
    again = {
        "week_2_0_from": "09:00",
        "week_2_0_to": "10:00",
        "week_2_1_from": "13:00",
        "week_2_1_to": "14:00",
    }
    client.post(address("action", one, row), anew(one, row, **again))
    assert [str(time) for time in page_of(one).actions[0].week] == ["2 09:00-10:00", "2 13:00-14:00"]
    text = client.get(address("action", one, row)).content.decode()
    assert 'name="week_2_1_from" value="13:00"' in text


@pytest.mark.parametrize(
    ("said", "status", "standing", "shown"),
    [
        ({"is_granted": "yes", "reference": "Vedtak 12", "why": ""}, "planned", "decided", "Vedtak 12"),
        (
            {"is_granted": "no", "reference": "", "why": "Ingen plasser i år."},
            "refused",
            "wish",
            "Ingen plasser i år.",
        ),
    ],
)
def test_a_wish_gets_its_answer(said: dict[str, str], status: str, standing: str, shown: str) -> None:
    one = on_plan()
    row = agreed(one)
    client = visit(people.NAV_ADVISER)
    said = said | {"seen_version": str(row.version)}
    missing = said | {"reference": "", "why": ""}
    answer = client.post(address("decide_wish", one, row), missing)
    assert answer.status_code == 422
    assert client.post(address("decide_wish", one, row), said).status_code == 302
    (found,) = page_of(one).actions
    assert (found.status, found.standing) == (status, standing)
    assert shown in visit(one.person.citizen_id).get(reverse("my_plan")).content.decode()
    assert client.get(address("decide_wish", one, row)).status_code == 404


def test_what_comes_to_nothing_says_why() -> None:
    one = on_plan()
    row = agreed(one)
    client = visit(people.NAV_ADVISER)
    assert (
        client.post(address("action_status", one, row), {"status": "dropped"}, follow=True).status_code == 200
    )
    assert page_of(one).actions[0].status == "planned"
    said = {"why": "Kari fikk jobb.", "seen_version": str(row.version)}
    assert client.post(address("drop_action", one, row), said | {"why": ""}).status_code == 422
    assert client.post(address("drop_action", one, row), said).status_code == 302
    assert "Kari fikk jobb." in visit(one.person.citizen_id).get(reverse("my_plan")).content.decode()


@pytest.mark.parametrize(
    ("name", "typed", "becomes"),
    [
        ("decide_wish", {"is_granted": "yes", "reference": "Vedtak 12", "why": ""}, "planned"),
        ("decide_wish", {"is_granted": "no", "reference": "", "why": "Čáhci & <script> 😀"}, "refused"),
        ("drop_action", {"why": "Čáhci & <script> 😀"}, "dropped"),
    ],
)
def test_who_settles_what_somebody_just_changed_sees_both(
    name: str, typed: dict[str, str], becomes: str
) -> None:
    one = on_plan()
    row = agreed(one)
    client = visit(people.NAV_ADVISER)
    seen = typed | {"seen_version": str(row.version)}
    assert (
        f'name="seen_version" value="{row.version}"' in client.get(address(name, one, row)).content.decode()
    )
    changed = anew(one, row, what="Noe annet enn før", why="Kari ville det.")
    visit(people.SOCIAL_WORKER).post(address("action", one, row), changed)
    answer = client.post(address(name, one, row), seen)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Noe annet enn før" in text
    assert escape(typed["why"] or typed["reference"]) in text
    assert "<script> " not in text
    assert page_of(one).actions[0].status == "planned"
    again = typed | {"seen_version": str(row.version + 1)}
    assert f'name="seen_version" value="{row.version + 1}"' in text
    assert client.post(address(name, one, row), again).status_code == 302
    (found,) = page_of(one).actions
    assert found.status == becomes


def test_a_wish_that_another_decided_meanwhile_is_not_decided_twice() -> None:
    one = on_plan()
    row = agreed(one)
    said = {"is_granted": "no", "reference": "", "why": "Ingen plasser.", "seen_version": str(row.version)}
    yes = said | {"is_granted": "yes", "reference": "Vedtak 12"}
    assert visit(people.SOCIAL_WORKER).post(address("decide_wish", one, row), yes).status_code == 302
    client = visit(people.NAV_ADVISER)
    answer = client.post(address("decide_wish", one, row), said)
    assert answer.status_code == 409
    assert "Vedtak 12" in answer.content.decode()
    assert "Ingen plasser." in answer.content.decode()
    on_top = yes | {"reference": "Vedtak 13", "seen_version": str(row.version + 1)}
    answer = client.post(address("decide_wish", one, row), on_top)
    assert answer.status_code == 422
    assert page_of(one).actions[0].decision_reference == "Vedtak 12"


def test_the_person_reads_what_was_agreed_before_and_what_differs() -> None:
    one = on_plan()
    row = agreed(one)
    more = anew(one, row, extent="tre dager i uka", why="Kari vil mer.")
    visit(people.SOCIAL_WORKER).post(address("action", one, row), more)
    mine = visit(one.person.citizen_id)
    history = reverse("my_action_history", args=[row.action_id])
    assert history in mine.get(reverse("my_plan")).content.decode()
    text = mine.get(history).content.decode()
    assert "<del>to dager i uka</del>" in text
    assert "<ins>tre dager i uka</ins>" in text
    assert "Kari vil mer." in text
    assert "The two say the same." in mine.get(history, {"from": "2", "to": "2"}).content.decode()
    assert mine.get(history, {"from": "nine", "to": "9" * 9}).status_code == 200
    for who in OUTSIDE:
        assert visit(who).get(history).status_code == 404


def test_the_person_reads_what_a_goal_said_before() -> None:
    one = on_plan()
    mine = visit(one.person.citizen_id)
    goal = page_of(one).goals[0]
    history = reverse("my_goal_history", args=[goal.goal_id])
    assert "Nothing has been changed" in mine.get(history).content.decode()
    said = {"seen_version": "1", "own_words": "Jeg vil jobbe ute.", "target": "", "by_when": ""}
    mine.post(reverse("my_goal", args=[goal.goal_id]), said)
    for client, where in (
        (mine, history),
        (visit(people.COORDINATOR), reverse("goal_history", args=[one.plan_id, goal.goal_id])),
    ):
        text = client.get(where).content.decode()
        assert "Jeg vil jobbe ute." in text
        assert goal.own_words in text
    for who in OUTSIDE:
        assert visit(who).get(reverse("goal_history", args=[one.plan_id, goal.goal_id])).status_code == 404


def test_the_person_wishes_for_something_and_waits_for_an_answer() -> None:
    one = on_plan()
    mine = visit(one.person.citizen_id)
    assert reverse("my_new_wish") in mine.get(reverse("my_plan")).content.decode()
    goal = str(page_of(one).goals[0].goal_id)
    assert mine.post(reverse("my_new_wish"), {"goal_id": goal, "what": ""}).status_code == 422
    said = {"goal_id": goal, "what": "Et sted å sykle", "how": "Gjerne sammen med noen."}
    assert mine.post(reverse("my_new_wish"), said).status_code == 302
    (row,) = page_of(one).actions
    assert (row.standing, row.kind, row.accountable) == (
        "wish",
        DataKind.PLAN,
        "Leder for koordinerende enhet",
    )
    assert "Et sted å sykle" in mine.get(reverse("my_plan")).content.decode()
    assert visit(people.COORDINATOR).get(reverse("my_new_wish")).status_code == 404


def test_what_everyone_waits_for_is_told_by_agency() -> None:
    one = on_plan()
    client = visit(people.COORDINATOR)
    assert "Nothing waits for anything else" in client.get(reverse("waiting")).content.decode()
    first = agreed(one, what="Kartlegging", due_on="2026-03-09")
    agreed(one, what="Praksis", comes_after=[str(first.action_id)])
    text = client.get(reverse("waiting")).content.decode()
    assert "Kartlegging" in text
    assert "Praksis, Veileder 1, Nav" in text
    assert "Waits for" in visit(one.person.citizen_id).get(reverse("my_plan")).content.decode()
    assert "Kartlegging" not in visit(people.STRANGER).get(reverse("waiting")).content.decode()
    assert visit(one.person.citizen_id).get(reverse("waiting")).status_code == 404


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("action", {"what": "Noe helt annet", "how": "Ánde 🌱 <script>alert(1)</script>"}),
        ("decide_wish", {"is_granted": "no", "why": "Fullt til jul <script>alert(1)</script>"}),
        ("drop_action", {"why": "Butikken stengte <script>alert(1)</script>"}),
    ],
)
def test_what_is_typed_about_an_action_that_is_over_is_shown_and_not_saved(
    name: str, typed: dict[str, str]
) -> None:
    one = on_plan()
    row = agreed(one)
    filled = anew(one, row) | {"seen_version": "1"} | typed
    client = visit(people.SOCIAL_WORKER)
    with acting_as(people.COORDINATOR) as viewer:
        actions.set_status(action_id=row.action_id, status="dropped", why="Flyttet", by=viewer)
    answer = client.post(address(name, one, row), filled)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "It is over meanwhile" in text
    assert "Flyttet" in text
    assert "<script>alert(1)" not in text
    assert all(escape(word) in text for word in typed.values() if word != "no")
    assert (of(one, row.what).status, of(one, row.what).version) == ("dropped", 2)
    assert client.get(address(name, one, row)).status_code == 404
    assert visit(people.STRANGER).post(address(name, one, row), filled).status_code == 404
