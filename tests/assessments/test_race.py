"""The person narrows who sees it while workers answer: no answer comes out open to more than was chosen."""

from __future__ import annotations

from functools import partial

import people
from assessments.stand_ins import answers_of, answers_self, given, living, seen, shares
from gate.scratch import connect
from interventions.test_race import at_once
from samvirke.assessments.types import SharedWith

OPEN = """SELECT (SELECT count(*) FROM assessments_assessment WHERE sealed_to_id IS NULL)
  + (SELECT count(*) FROM assessments_answer WHERE sealed_to_id IS NULL)"""


def test_narrowing_and_answering_take_turns(committed: str) -> None:
    plan = living()
    answers_self(plan, given())
    workers = (people.NAV_ADVISER, people.SOCIAL_WORKER, people.COORDINATOR)
    ended = at_once(
        [
            *(partial(answers_of, plan, post, given({"job-chance": 5})) for post in workers),
            partial(shares, plan, SharedWith.NOBODY),
        ]
    )
    assert ended == {"done": 4}
    with connect("backup", committed) as link:
        assert link.execute(OPEN.encode()).fetchone() == (0,)
    assert len(seen(plan, plan.person.citizen_id)) == 4
    assert [len(seen(plan, post)) for post in workers] == [1, 1, 1]


def test_the_same_form_sent_twice_at_once_is_saved_once(committed: str) -> None:
    plan = living()
    ended = at_once([partial(answers_self, plan, given({"trust": 3}))] * 2)
    assert ended == {"done": 1, "AnsweredToday": 1}
    assert len(seen(plan, plan.person.citizen_id)) == 1
