"""A wish for somebody else, on the pages: the person writes, the leader answers, nobody else is shown it."""

from __future__ import annotations

from django.urls import reverse

import people
from people import on_plan
from surfaces.test_writing_pages import page_of, visit

pytestmark = people.database
SAID = {"wanted": "En som ringer tilbake.", "why": "<script>x</script> Ánde 🌱"}


def test_the_person_wishes_and_the_leader_answers() -> None:
    one = on_plan()
    me, leader = visit(one.person.citizen_id), visit(people.COORDINATION_LEADER)
    address = reverse("my_other_worker")
    assert address in me.get(reverse("my_plan")).content.decode()
    nav = next(row for row in page_of(one).team if row.agency_kind == "nav_state")
    filled = SAID | {"member_id": str(nav.member_id)}
    answer = me.post(address, filled, follow=True)
    assert "Waits for an answer" in answer.content.decode()
    again = me.post(address, filled)
    assert again.status_code == 422
    assert "You have asked for this already" in again.content.decode()
    assert reverse("change_wishes") in leader.get(reverse("worklist")).content.decode()
    text = leader.get(reverse("change_wishes")).content.decode()
    assert "En som ringer tilbake." in text
    (link,) = {part.split('"')[0] for part in text.split('href="') if part.startswith("/change-wishes/")}
    shown = leader.get(link).content.decode()
    assert "&lt;script&gt;" in shown
    assert "<script>x" not in shown
    assert leader.post(link, {"granted": "no", "reply": ""}).status_code == 422
    assert leader.post(link, {"granted": "no", "reply": "Vi har ingen andre nå."}).status_code == 302
    assert leader.get(link).status_code == 404
    assert "Vi har ingen andre nå." in me.get(address).content.decode()


def test_nobody_else_finds_the_pages_or_reads_the_wish() -> None:
    one = on_plan()
    nav = next(row for row in page_of(one).team if row.agency_kind == "nav_state")
    visit(one.person.citizen_id).post(reverse("my_other_worker"), SAID | {"member_id": str(nav.member_id)})
    for who in (people.NAV_ADVISER, people.SOCIAL_WORKER, people.COORDINATOR):
        assert visit(who).get(reverse("change_wishes")).status_code == 404
        assert visit(who).get(reverse("my_other_worker")).status_code == 404
        assert "ringer tilbake" not in visit(who).get(reverse("plan", args=[one.plan_id])).content.decode()
    for leader in (people.NAV_LEADER, people.SOCIAL_LEADER):
        text = visit(leader).get(reverse("change_wishes")).content.decode()
        assert "Nobody waits for your answer" in text
        assert "ringer tilbake" not in text
