"""The pages of the evidence register: who reads it, who answers, and what an answer leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings

import people
from samvirke import evidence
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.actor import POST, PURPOSE

pytestmark = people.database
ALL, REVIEW = "/evidence/", "/evidence/samverkan-2010/"
ANSWER = {
    "decision": "change",
    "reason": "Vi bestiller en effektevaluering.",
    "decided_by": "Styringsgruppen",
    "decided_on": people.NOW.date().isoformat(),
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[Path]:
    """Answers go to a folder of this test."""
    with override_settings(HOME=tmp_path):
        yield tmp_path


def visit(post: UUID, purpose: Purpose = Purpose.STATISTICS) -> Client:
    """A browser that is signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(purpose)
    session.save()
    return client


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def answers(home: Path) -> tuple[evidence.Entry, ...]:
    return evidence.read(home / "evidence").one("samverkan-2010").responses


def test_leaders_and_evaluators_read_it_and_for_others_it_does_not_exist() -> None:
    leader = visit(people.COORDINATION_LEADER, Purpose.COORDINATION)
    for reader in (visit(people.PARTNERSHIP_LEADER), visit(people.EVALUATOR, Purpose.EVALUATION), leader):
        assert reader.get(ALL).status_code == reader.get(REVIEW).status_code == 200
    for other in (people.SOCIAL_WORKER, people.NAV_ADVISER, people.COORDINATOR):
        client = visit(other, Purpose.COORDINATION)
        assert client.get(ALL).status_code == client.get(REVIEW).status_code == 404
    assert Client().get(ALL).status_code == 302


def test_only_the_leader_of_the_partnership_answers(home: Path) -> None:
    for other, purpose in (
        (people.EVALUATOR, Purpose.EVALUATION),
        (people.COORDINATION_LEADER, Purpose.COORDINATION),
    ):
        client = visit(other, purpose)
        assert "Write down a decision" not in text_of(client.get(REVIEW))
        assert client.post(REVIEW, ANSWER).status_code == 404
    assert answers(home) == ()
    client = visit(people.PARTNERSHIP_LEADER)
    assert "Write down a decision" in text_of(client.get(REVIEW))
    assert client.post(REVIEW, ANSWER).status_code == 302
    (entry,) = answers(home)
    assert entry.response is not None
    assert (entry.response.decision, entry.response.decided_by) == ("change", "Styringsgruppen")
    assert entry.at == people.NOW


def test_a_later_answer_stands_above_and_the_earlier_one_is_kept(home: Path) -> None:
    client = visit(people.PARTNERSHIP_LEADER)
    client.post(REVIEW, ANSWER)
    later = ANSWER | {"decision": "stop", "reason": "Den ble aldri bestilt."}
    page = text_of(client.post(REVIEW, later, follow=True))
    assert page.index("Den ble aldri bestilt.") < page.index("Vi bestiller en effektevaluering.")
    assert "Answered:" in text_of(client.get(ALL))
    assert len(answers(home)) == 2


def test_what_was_typed_is_kept_when_something_is_missing(home: Path) -> None:
    client = visit(people.PARTNERSHIP_LEADER)
    tomorrow = (people.NOW.date() + timedelta(days=1)).isoformat()
    for wrong, said in (
        ({"decision": ""}, "Choose what was decided."),
        ({"decided_by": ""}, "Write who decided."),
        ({"decided_on": tomorrow}, "The day lies ahead."),
    ):
        answer = client.post(REVIEW, ANSWER | wrong)
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert "Vi bestiller en effektevaluering." in text_of(answer)
    assert answers(home) == ()


def test_an_unknown_record_is_not_there() -> None:
    assert visit(people.PARTNERSHIP_LEADER).get("/evidence/no-such/").status_code == 404


def test_choices_narrow_what_is_listed() -> None:
    client = visit(people.EVALUATOR, Purpose.EVALUATION)
    page = text_of(client.get(ALL, {"form": "four_party", "method": "review"}))
    assert "Showing 2 of 6" in page
    assert "One plan: nine Danish free municipalities" not in page
    assert "No record fits" in text_of(client.get(ALL, {"form": "four_party", "theme": "access"}))


def test_the_overview_says_what_nobody_has_evaluated_and_what_it_cost() -> None:
    page = text_of(visit(people.EVALUATOR, Purpose.EVALUATION).get(ALL))
    years = people.NOW.year - 2002
    assert f"in use since 2002, and no effect evaluation in the register. That is {years} years." in page
    assert ">0.009<" in page
    assert ">0.376<" in page


def test_the_pages_bring_no_style_of_their_own_that_the_browser_would_refuse() -> None:
    client = visit(people.EVALUATOR, Purpose.EVALUATION)
    for address in (ALL, "/evidence/velferdstjenestelovene-2023/"):
        page = text_of(client.get(address))
        assert "<svg" in page
        assert ' style="' not in page
