"""The front door's pages: told once, the rights at once, applied for with the same words, answered."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

import people
from people import acting_as, on_plan
from samvirke.applications import enquiries, queries
from surfaces.test_writing_pages import visit

pytestmark = people.database
WORDS = "Vi sover ikke. <script>x</script> Ánde 🌱"


def told(one: people.OnPlan, **other: str) -> str:
    """The person tells it from the page. Returns the address of what was told."""
    filled = {
        "words": WORDS,
        "helps": "Avlastning.",
        "to_meet": "Ring etter ti.",
        "is_urgent": "no",
        "to_unit": str(people.COORDINATING),
    } | other
    answer = visit(one.person.citizen_id).post(reverse("tell"), filled)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def id_of(address: str) -> UUID:
    """The enquiry an address is of."""
    return UUID(address.strip("/").split("/")[-1])


def test_it_is_told_and_the_rights_stand_there_at_once() -> None:
    one = on_plan()
    me = visit(one.person.citizen_id)
    assert "You have told nothing yet" in me.get(reverse("my_enquiries")).content.decode()
    text = me.get(told(one)).content.decode()
    assert "What you may be entitled to" in text
    assert "It is not a promise" in text
    assert "&lt;script&gt;" in text
    assert "<script>x" not in text
    assert "no day is set yet" in text


def test_what_is_missing_is_said_and_nothing_typed_is_lost() -> None:
    one = on_plan()
    me = visit(one.person.citizen_id)
    filled = {"words": "", "helps": "Avlastning.", "is_urgent": "", "to_unit": str(people.SOCIAL_NORDENG)}
    answer = me.post(reverse("tell"), filled)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Write what is going on" in text
    assert "Choose whether it is urgent" in text
    assert "Avlastning." in text
    assert me.post(reverse("tell"), filled | {"words": "a" * 20_000}).status_code == 422
    with acting_as(one.person.citizen_id) as viewer:
        assert enquiries.mine(viewer) == []


def test_an_application_is_made_with_the_same_words() -> None:
    one = on_plan()
    address = told(one)
    me = visit(one.person.citizen_id)
    apply = f"{reverse('apply')}?right=no.right_need_assessment&enquiry={id_of(address)}"
    assert apply.replace("&", "&amp;") in me.get(address).content.decode()
    text = me.get(apply).content.decode()
    assert "Vi sover ikke." in text
    assert "Your own words stand here already" in text
    filled = {"right": "no.right_need_assessment", "words": WORDS, "to_unit": str(people.NAV)}
    assert me.post(apply, filled).status_code == 302
    text = me.get(address).content.decode()
    assert "What you have applied for with these words" in text
    with acting_as(one.person.citizen_id) as viewer:
        (row,) = queries.my_applications(viewer)
    assert row.enquiry_id == id_of(address)


def test_the_unit_reads_sets_a_day_leads_on_and_others_answer() -> None:
    one = on_plan()
    address = reverse("enquiry", args=[id_of(told(one))])
    unit, nav = visit(people.COORDINATOR), visit(people.NAV_ADVISER)
    assert address in unit.get(reverse("enquiries")).content.decode()
    assert unit.post(address, {"step": "taken", "answer_due_on": "2026-01-01"}).status_code == 422
    assert unit.post(address, {"step": "taken", "answer_due_on": "2026-04-01"}).status_code == 302
    wrong = unit.post(address, {"step": "led_on", "to_unit": str(people.NAV), "why": ""})
    assert wrong.status_code == 422
    assert nav.get(address).status_code == 404
    filled = {"step": "led_on", "to_unit": str(people.NAV), "why": "De kjenner arbeidslivet."}
    assert unit.post(address, filled).status_code == 302
    assert "is asked to answer instead" in unit.get(address).content.decode()
    assert "You are asked to answer these" in nav.get(reverse("enquiries")).content.decode()
    assert nav.post(address, {"step": "accepted"}).status_code == 302
    late = unit.post(address, {"step": "answered", "outcome": "plan", "reply": "Ja."}, follow=True)
    assert late.status_code == 404  # it is Nav's now
    assert (
        nav.post(address, {"step": "answered", "outcome": "plan", "reply": "Kom på fredag."}).status_code
        == 302
    )
    mine = visit(one.person.citizen_id).get(reverse("my_enquiry", args=[id_of(address)])).content.decode()
    assert "Kom på fredag." in mine
    assert "A plan is made together" in mine


def test_who_says_no_leaves_it_where_it_was() -> None:
    one = on_plan()
    address = reverse("enquiry", args=[id_of(told(one))])
    unit, nav = visit(people.COORDINATOR), visit(people.NAV_ADVISER)
    unit.post(address, {"step": "led_on", "to_unit": str(people.NAV), "why": "Arbeid."})
    assert nav.post(address, {"step": "declined", "why": ""}).status_code == 422
    assert nav.post(address, {"step": "declined", "why": "Gjelder helse."}).status_code == 302
    assert nav.get(address).status_code == 404
    text = unit.get(address).content.decode()
    assert "Gjelder helse." in text
    assert "Ask others to answer" in text
    moved = unit.post(address, {"step": "accepted"}, follow=True)
    assert "This has moved on since you opened the page" in moved.content.decode()


def test_nobody_outside_reads_it() -> None:
    one = on_plan()
    mine = told(one)
    address = reverse("enquiry", args=[id_of(mine)])
    for who in (people.STRANGER, people.SOCIAL_COLLEAGUE, people.NAV_LEADER, people.SOCIAL_WORKER):
        assert visit(who).get(address).status_code == 404
        assert visit(who).post(address, {"step": "answered"}).status_code == 404
        assert "Vi sover ikke" not in visit(who).get(reverse("enquiries")).content.decode()
    assert visit(people.COORDINATOR).get(mine).status_code == 404
    assert visit(people.COORDINATOR).get(address).status_code == 200
