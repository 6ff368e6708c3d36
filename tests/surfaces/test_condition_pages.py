"""The pages of conditions: set, read by the person, followed until a decision is recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

import people
from people_and_plan.test_conditions import MONEY, SOON, TERMS, guardian_of, is_set, on_plan, row, step
from samvirke.kernel.gate_words import DataKind
from surfaces.test_commitment_pages import text_of, visit

pytestmark = people.database


def test_a_condition_goes_its_way_on_the_pages() -> None:
    plan = on_plan()
    worker, person = visit(people.SOCIAL_WORKER), visit(plan.person.citizen_id)
    every = reverse("conditions", args=[plan.plan_id])
    assert every in worker.get(reverse("plan", args=[plan.plan_id])).content.decode()
    closed = people.on_plan(
        people.Client(
            "S-2",
            people.national_ids.make_synthetic(
                birth_date=people.date(1991, 1, 1), sex=people.Sex.MALE, serial=8
            ),
        )
    )
    unread = reverse("conditions", args=[closed.plan_id])
    assert unread not in worker.get(reverse("plan", args=[closed.plan_id])).content.decode()
    assert "There are no conditions here." in text_of(worker.get(every))
    assert "Nobody has set a condition for you." in text_of(person.get(reverse("my_conditions")))
    new = reverse("new_condition", args=[plan.plan_id])
    said: dict[str, Any] = {**TERMS, "review_on": SOON.isoformat(), "explained_by": ""}
    for wrong in (
        {"why": ""},
        {"what": "a" * 20_000},
        {"benefit": "no.food_money"},
        {"review_on": "2020-01-01"},
    ):
        answer = worker.post(new, {**said, **wrong})
        assert answer.status_code == 422
        assert TERMS["alternative"] in text_of(answer)
    assert worker.post(new, {**said, "why": "<script>Čáhppes</script> 🙂"}).status_code == 302
    one = row(plan).condition_id
    mine = reverse("my_say", args=[one])
    page = text_of(person.get(reverse("my_conditions")))
    assert "&lt;script&gt;Čáhppes" in page
    assert mine in page
    assert person.post(mine, {"words": ""}).status_code == 422
    assert person.post(mine, {"words": "Jeg vil heller i kantina."}).status_code == 302
    decision = reverse("condition_sanction", args=[plan.plan_id, one])
    move = reverse("condition_step", args=[plan.plan_id, one])
    assert worker.get(decision).status_code == 404
    assert worker.post(move, {"status": "reviewed", "words": "Bra."}).status_code == 422
    for status in ("not_kept", "reason_asked", "talked"):
        assert worker.get(decision).status_code == 404
        assert worker.post(move, {"status": status, "words": "Slik var det."}).status_code == 302
    taken = {"why": "Ikke møtt", "left_per_day": "0", "until": (SOON + timedelta(days=1)).isoformat()}
    taken |= {"decision_reference": "2026/17", "appeal_to": "Statsforvalteren"}
    assert "Something must be left." in text_of(worker.post(decision, taken))
    assert worker.post(decision, {**taken, "left_per_day": "210"}).status_code == 302
    page = text_of(person.get(reverse("my_conditions")))
    assert "Left a day: 210 kroner" in page
    assert "You can complain to: Statsforvalteren" in page


def test_who_follows_it_up_explains_and_does_nothing_else() -> None:
    plan = on_plan()
    one = is_set(plan, explained_by=people.NAV_ADVISER)
    step(one, "not_kept")
    nav = visit(people.NAV_ADVISER)
    assert nav.get(reverse("new_condition", args=[plan.plan_id])).status_code == 404
    assert (
        nav.post(reverse("condition_step", args=[plan.plan_id, one]), {"words": "Bussen sto."}).status_code
        == 302
    )
    assert row(plan).missing == ("reason_asked", "talked")


@pytest.mark.parametrize("who", ["stranger", "social colleague"])
def test_nobody_else_opens_a_page(who: str) -> None:
    plan = on_plan()
    one = is_set(plan)
    for page in ("condition_step", "condition_sanction"):
        answer = visit(people.EVERYBODY[who]).get(reverse(page, args=[plan.plan_id, one]))
        assert answer.status_code == 404


def test_a_guardian_speaks_on_a_page_and_is_named_as_one() -> None:
    plan = on_plan()
    one, helper = is_set(plan), visit(guardian_of(plan, MONEY))
    mine = reverse("my_say", args=[one])
    assert reverse("my_conditions") in text_of(helper.get(reverse("my_children")))
    assert mine in text_of(helper.get(reverse("my_conditions")))
    assert helper.post(mine, {"words": "Hun forsto ikke brevet."}).status_code == 302
    page = text_of(visit(plan.person.citizen_id).get(reverse("my_conditions")))
    assert "What a guardian says" in page
    assert "What you said" not in page


def test_a_guardian_of_other_things_finds_nothing_of_money() -> None:
    plan = on_plan()
    one, helper = is_set(plan), visit(guardian_of(plan, MONEY & ~DataKind.ECONOMY))
    assert reverse("my_conditions") not in text_of(helper.get(reverse("my_children")))
    page = text_of(helper.get(reverse("my_conditions")))
    assert TERMS["what"] not in page
    assert "You do not act for them in matters of money, and see nothing of it here." in page
    assert helper.post(reverse("my_say", args=[one]), {"words": "Ja"}).status_code == 404
