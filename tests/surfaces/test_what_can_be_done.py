"""Why somebody does not see something is told with what can be done about it."""

from __future__ import annotations

import pytest

import people
from gate.exceptions import answer
from people import OnPlan, acting_as, on_plan
from samvirke.gate.access import LIFTABLE, Refusal
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.people import log
from samvirke.plan.verbs import write_note
from samvirke.surfaces.components import labels
from surfaces.test_hidden_addresses import signed_in

pytestmark = people.database
HEADING, EMERGENCY = "Hva som kan gjøres", "I et nødstilfelle kan det åpnes for noen timer"


def explained(one: OnPlan, kind: DataKind) -> str:
    asked = {
        "post": str(people.NAV_ADVISER),
        "kind": int(kind),
        "purpose": int(Purpose.COORDINATION),
        "day": people.NOW.date().isoformat(),
    }
    answer = signed_in(one.person.citizen_id).post("/my-plan/explain/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_where_it_is_open() -> None:
    page = explained(on_plan(), DataKind.PLAN)
    assert 'data-answer="yes"' in page
    assert HEADING not in page


@pytest.mark.parametrize(
    ("refusal", "kind"), [(Refusal.ROLE_MAY_NOT, DataKind.HEALTH), (Refusal.NO_BASIS, DataKind.ECONOMY)]
)
def test_what_and_whether_an_emergency_opens_it(refusal: Refusal, kind: DataKind) -> None:
    page = explained(on_plan(), kind)
    assert 'data-answer="no"' in page
    assert HEADING in page
    assert str(labels.words(refusal, code_list="refusal_next")) in page
    assert (EMERGENCY in page) == (refusal in LIFTABLE)


@pytest.mark.parametrize(
    ("kind", "consent", "refusal"),
    [
        pytest.param(DataKind.HEALTH, None, Refusal.ROLE_MAY_NOT, id="neither read nor written by the role"),
        pytest.param(DataKind.ECONOMY, None, Refusal.NO_BASIS, id="no consent opens it"),
        pytest.param(DataKind.ECONOMY, DataKind.ECONOMY, Refusal.ROLE_MAY_NOT, id="read, and not written"),
    ],
)
def test_of_a_visit_that_was_stopped(kind: DataKind, consent: DataKind | None, refusal: Refusal) -> None:
    one = on_plan(consent=people.terms(kinds=consent) if consent else None)
    with acting_as(people.NAV_ADVISER) as viewer:
        assert answer(viewer, write_note(kind), one.person.person_id)
    with acting_as(one.person.citizen_id) as viewer:
        (visit,) = [row for row in log.who_has_seen(viewer).rows if not row.allowed]
    page = signed_in(one.person.citizen_id).get(f"/my-plan/seen/{visit.visit_id}/").content.decode()
    assert 'data-answer="no"' in page
    assert 'data-answer="yes"' not in page
    assert str(labels.words(refusal, code_list="refusal_next")) in page
