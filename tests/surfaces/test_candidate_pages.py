"""A list to another office, on the pages: chosen, shown whole, sent, and received in one go."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

import people
from people import said_yes
from people_and_plan.stand_ins import another
from samvirke.people import operations
from surfaces.test_writing_pages import visit

pytestmark = people.database


def filled(*of: operations.NewPerson, step: str) -> dict[str, Any]:
    """The form, with these persons ticked."""
    return {"office": str(people.NAV), "people": [str(one.person_id) for one in of], "step": step}


def test_a_list_is_shown_whole_then_sent_and_received() -> None:
    one, other = said_yes(), said_yes(another(4))
    worker, nav, address = visit(people.SOCIAL_WORKER), visit(people.NAV_LEADER), reverse("candidates")
    assert address in worker.get(reverse("records")).content.decode()
    assert "2 persons can be referred" in worker.get(address).content.decode()
    empty = worker.post(address, filled(step="look"))
    assert (empty.status_code, "Choose at least one person" in empty.content.decode()) == (422, True)
    shown = worker.post(address, filled(one, other, step="look")).content.decode()
    assert "Refer 2 persons" in shown
    assert "Referred to your office" not in nav.get(reverse("worklist")).content.decode()
    assert (
        "2 persons are referred to Nav"
        in worker.post(address, filled(one, other, step="send"), follow=True).content.decode()
    )
    again = worker.post(address, filled(one, other, step="send"))
    assert again.status_code == 422
    assert again.content.decode().count("is referred to this office already") == 2
    waiting = nav.get(reverse("worklist"))
    assert "Receive all 2" in waiting.content.decode()
    asked = {"referral": [str(row.referral_id) for row in waiting.context["referrals"]] + ["🌱"]}
    told = nav.post(reverse("receive_referrals"), asked, follow=True).content.decode()
    assert "2 referrals are received. For 0 of them" in told
    assert "Referred to your office" not in told


def test_who_took_the_yes_back_meanwhile_is_not_sent_and_not_named() -> None:
    one, other = said_yes(), said_yes(another(4))
    with people.acting_as(other.citizen_id) as viewer:
        operations.withdraw_consent(consent_id=other.consent_id, by=viewer)
    answer = visit(people.SOCIAL_WORKER).post(reverse("candidates"), filled(one, other, step="send"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "1 person is referred. These are not:" in text
    assert "Somebody you no longer see" in text
    assert "Nr 4" not in text


def test_others_have_nobody_to_send() -> None:
    one, address = said_yes(), reverse("candidates")
    for who in (people.SOCIAL_COLLEAGUE, people.STRANGER, people.NAV_ADVISER):
        assert "Nobody can be referred now" in visit(who).get(address).content.decode()
        assert visit(who).get(address, {"office": str(people.NAV)}).status_code == 404
        refused = visit(who).post(address, filled(one, step="send"))
        assert (refused.status_code, "Kari" in refused.content.decode()) == (422, False)
    assert visit(one.citizen_id).get(address).status_code == 404
    worker = visit(people.SOCIAL_WORKER)
    for wrong in (
        {"office": "<script>", "people": "x"},
        {"office": str(people.NAV)},
        {"office": "🌱" * 20_000},
    ):
        assert worker.post(address, {**wrong, "step": "send"}).status_code == 404
