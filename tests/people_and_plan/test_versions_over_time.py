"""The whole plan in versions, over some days: what stood then, what stands now, and the newest answer."""

from __future__ import annotations

from uuid import UUID

import pytest

import people
from gate.scratch import later
from people import OnPlan, acting_as, on_plan
from people_and_plan.test_actions import agreed_on, of_health
from people_and_plan.test_versions import answered, changed, fixed, page_of
from samvirke.coordination import queries as coordination
from samvirke.kernel.codes import Answer
from samvirke.plan import histories, versions
from samvirke.plan import operations as planning
from samvirke.plan.models import Assent


def test_a_version_keeps_what_stood_then_whatever_comes_after(committed: str) -> None:
    plan = on_plan()
    one = agreed_on(plan)
    with later(1):
        assert fixed(plan) == 1
    with later(2):
        changed(plan, one, "Arbeid på verksted")
        agreed_on(plan, "Førerkort")
        with acting_as(plan.person.citizen_id) as viewer:
            planning.state(plan_id=plan.plan_id, topic="dream", text="En båt.", by=viewer)
        then, now = page_of(plan, shown=1), page_of(plan)
    assert [row.what for row in then.held.actions] == ["Praksis på verksted"]
    assert then.held.statements == ()
    assert sorted(row.what for row in now.held.actions) == ["Arbeid på verksted", "Førerkort"]
    assert [row.text for row in now.held.statements] == ["En båt."]
    assert now.compared == then.held
    assert (now.earlier, then.earlier, then.compared) == (1, 0, None)
    with later(3):
        assert fixed(plan) == 2
        both = page_of(plan, shown=2, before=1)
    assert both.compared == then.held
    assert both.held == now.held


def test_nobody_agrees_to_what_they_did_not_see(committed: str) -> None:
    plan = on_plan()
    one = agreed_on(plan)
    fixed(plan)
    seen = page_of(plan, people.NAV_ADVISER).newest_seen
    with later(1):
        changed(plan, one, "Arbeid på verksted")
        fixed(plan)
        with acting_as(people.NAV_ADVISER) as viewer:
            with pytest.raises(versions.NotTheNewest):
                versions.answer(
                    plan_id=plan.plan_id, number=1, said=Answer.AGREES, text="", seen=seen, by=viewer
                )
            with pytest.raises(versions.StaleVersion):
                versions.answer(
                    plan_id=plan.plan_id, number=2, said=Answer.AGREES, text="", seen=seen, by=viewer
                )
            assert Assent.objects.count() == 0
        answered(plan, people.NAV_ADVISER, number=2)
    assert len(page_of(plan).versions[0].assents) == 1


def test_what_an_action_told_of_another_kind_stays_hidden_in_earlier_versions(committed: str) -> None:
    plan = on_plan()
    of_health(plan)
    with later(1):
        fixed(plan, people.COORDINATOR)
        page = page_of(plan, people.NAV_ADVISER, shown=1)
    assert page.held.actions == ()


def test_each_party_answers_and_the_newest_answer_counts(committed: str) -> None:
    plan = on_plan()
    agreed_on(plan)
    fixed(plan)
    waiting = page_of(plan).waiting
    assert len(waiting) == 5  # four posts and the person
    for who in (people.SOCIAL_WORKER, people.NAV_ADVISER):
        answered(plan, who)
    answered(plan, plan.person.citizen_id, Answer.IN_PART, "Jeg vil begynne senere.")
    page = page_of(plan)
    said = {one.who.title: (one.answer, one.text) for one in page.versions[0].assents if one.who}
    assert said["Kari Eksempel"] == (Answer.IN_PART, "Jeg vil begynne senere.")
    left = {one.title for one in page.waiting}
    assert left == {"Koordinator 1", "Leder for koordinerende enhet"}
    with later(1):
        answered(plan, plan.person.citizen_id)
        page = page_of(plan, plan.person.citizen_id)
    assert page.my_answer is not None
    assert page.my_answer.answer is Answer.AGREES
    assert len(page.versions[0].assents) == 3


def dreamt(plan: OnPlan, text: str, *, seen: int = 0, who: UUID | None = None) -> None:
    """The person, or another, writes a dream."""
    with acting_as(who or plan.person.citizen_id) as viewer:
        planning.state(plan_id=plan.plan_id, topic="dream", text=text, seen_version=seen, by=viewer)


def dream_of(plan: OnPlan) -> tuple[str, int]:
    """What the plan says the person dreams of, and how often it was written."""
    with acting_as(people.SOCIAL_WORKER) as viewer:
        (row,) = coordination.plan_page(viewer, plan.plan_id).statements
    return row.text, row.version


def test_the_person_writes_a_dream_and_the_words_before_are_kept(committed: str) -> None:
    plan = on_plan()
    dreamt(plan, "En båt.")
    with later(1):
        dreamt(plan, "En båt, og å ta med ungene ut.", seen=1)
        assert dream_of(plan) == ("En båt, og å ta med ungene ut.", 2)
        with acting_as(people.SOCIAL_WORKER) as viewer:
            rows = histories.of_statement(viewer, plan.plan_id, "dream")
    assert [(one.version, one.text) for one in rows] == [
        (1, "En båt."),
        (2, "En båt, og å ta med ungene ut."),
    ]
    assert [one.written_by for one in rows] == [None, None]


def test_words_that_were_not_seen_are_not_written_over(committed: str) -> None:
    plan = on_plan()
    dreamt(plan, "En båt.")
    with later(1):
        with pytest.raises(planning.StaleStatement) as stale:
            dreamt(plan, "Et hus.", who=people.SOCIAL_WORKER)
        assert stale.value.current is not None
        assert stale.value.current.text == "En båt."
        dreamt(plan, "En båt og et hus.", seen=1, who=people.SOCIAL_WORKER)
        assert dream_of(plan) == ("En båt og et hus.", 2)
