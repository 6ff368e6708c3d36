"""Pages of the access log: why somebody looked, the answer, and what is kept back for a time."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest

import people
from people import OnPlan, acting_as, on_plan
from samvirke.coordination import queries as coordination
from samvirke.people import kept_back, log
from samvirke.people.models import LogQuestion
from surfaces.test_hidden_addresses import signed_in

pytestmark = people.database
REASON = "Politiet ber om det i etterforskningen."


def looked() -> OnPlan:
    plan = on_plan()
    with acting_as(people.NAV_ADVISER) as viewer:
        coordination.plan_page(viewer, plan.plan_id)
    return plan


def address_of_the_visit(plan: OnPlan) -> str:
    page = signed_in(plan.person.citizen_id).get("/my-plan/seen/").content.decode()
    with acting_as(plan.person.citizen_id) as viewer:
        (visit_id, *_) = [
            row.visit_id for row in log.who_has_seen(viewer).rows if row.unit_name == "Nav Fjordvik"
        ]
    assert f"/my-plan/seen/{visit_id}/" in page
    return f"/my-plan/seen/{visit_id}/"


def test_the_person_asks_why_and_the_leader_answers() -> None:
    plan = looked()
    citizen, address = signed_in(plan.person.citizen_id), address_of_the_visit(plan)
    page = citizen.get(address).content.decode()
    assert "You have given consent" in page or "Du har gitt samtykke" in page
    assert f"/my-plan/consents/{plan.person.consent_id}/" in page
    wrong = citizen.post(address, {"text": "x"})
    assert (wrong.status_code, ">x</textarea>" in wrong.content.decode().replace("\n", "")) == (422, True)
    assert citizen.post(address, {"text": "Hvorfor så dere på planen min?"}).status_code == 302
    leader = signed_in(people.NAV_LEADER)
    listed = leader.get("/access-log/").content.decode()
    (question,) = re.findall(r"/access-log/questions/([0-9a-f-]{36})/", listed)
    assert "Kari Eksempel" in listed
    assert leader.post(f"/access-log/questions/{question}/", {"text": ""}).status_code == 422
    done = leader.post(f"/access-log/questions/{question}/", {"text": "Vi forberedte et møte."})
    assert done.status_code == 302
    assert leader.get(f"/access-log/questions/{question}/").status_code == 404
    for where in ("/my-plan/seen/", address):
        assert "Vi forberedte et møte." in citizen.get(where).content.decode()


@pytest.mark.parametrize("asked", ["yesterday", "", "2026-13-01T00:00", "0001-01-01T00:00:00+14:00"])
def test_a_moment_that_is_none_is_no_page(asked: str) -> None:
    plan = looked()
    citizen = signed_in(plan.person.citizen_id)
    assert citizen.get("/my-plan/seen/", {"before": "2026-01-01T00:00:00+00:00"}).status_code == 200
    assert citizen.get("/my-plan/seen/", {"before": asked}).status_code == 404


def test_the_question_is_nobody_else_s() -> None:
    plan = looked()
    signed_in(plan.person.citizen_id).post(address_of_the_visit(plan), {"text": "Hvorfor?"})
    with acting_as(plan.person.citizen_id):
        question = LogQuestion.objects.get().pk
    for who in (people.SOCIAL_LEADER, people.NAV_ADVISER, people.COORDINATOR):
        assert signed_in(who).get(f"/access-log/questions/{question}/").status_code == 404
    assert signed_in(people.NAV_LEADER).get(f"/access-log/questions/{question}/").status_code == 200


def test_a_visit_to_somebody_else_is_as_one_that_never_was() -> None:
    plan = looked()
    address = address_of_the_visit(plan)
    other = on_plan(people.Client(external_id="S-2", national_id=_another_number()))
    stranger = signed_in(other.person.citizen_id)
    assert stranger.get(address).status_code == stranger.get(f"/my-plan/seen/{uuid4()}/").status_code == 404
    assert signed_in(plan.person.citizen_id).get(address).status_code == 200


def _another_number() -> str:
    born = people.date(1994, 5, 4)
    return people.national_ids.make_synthetic(birth_date=born, sex=people.Sex.FEMALE, serial=7)


def _sent(plan: OnPlan, days: int, reader: UUID | None = None) -> dict[str, object]:
    return {
        "reader": str(reader or plan.person.citizen_id),
        "case_type": "no.log_investigation",
        "units": [str(people.NAV)],
        "days": days,
        "reason": REASON,
    }


def test_a_leader_keeps_back_another_accepts_and_the_person_is_told_afterwards() -> None:
    plan = looked()
    address = f"/plans/{plan.plan_id}/keep-back/"
    leader, citizen = signed_in(people.COORDINATION_LEADER), signed_in(plan.person.citizen_id)
    assert signed_in(people.COORDINATOR).get(address).status_code == 404
    too_long = leader.post(address, _sent(plan, 91))
    assert (too_long.status_code, REASON in too_long.content.decode()) == (422, True)
    assert leader.post(address, _sent(plan, 30)).status_code == 302
    assert "Nav Fjordvik" not in citizen.get("/my-plan/seen/").content.decode()
    with acting_as(people.COORDINATION_LEADER) as viewer:
        (view,) = kept_back.decided_or_reviewed(viewer)
        assert (view.state, view.may_accept, view.may_end) == ("waiting", False, True)
    review = f"/access-log/kept-back/{view.exception_id}/"
    assert REASON in leader.get("/access-log/").content.decode()
    assert signed_in(people.FOLLOW_UP_LEADER).post(review, {"verdict": "ended"}).status_code == 404
    assert leader.post(review, {"verdict": "perhaps"}).status_code == 404
    assert leader.post(review, {"verdict": "ended"}).status_code == 302
    page = citizen.get("/my-plan/seen/").content.decode()
    assert "Nav Fjordvik" in page
    assert REASON not in page


def test_the_page_says_the_same_whether_or_not_something_is_kept_back() -> None:
    """But for the visits themselves: no heading, no number, no sentence tells it."""
    plan = on_plan()
    citizen = signed_in(plan.person.citizen_id)
    before = citizen.get("/my-plan/seen/").content.decode()
    signed_in(people.COORDINATION_LEADER).post(
        f"/plans/{plan.plan_id}/keep-back/", {**_sent(plan, 30), "units": [str(people.FOLLOW_UP)]}
    )
    headings = re.compile(r"<h[12].*?</h[12]>", re.DOTALL)
    after = citizen.get("/my-plan/seen/").content.decode()
    assert headings.findall(before) == headings.findall(after)
    assert "Holdt tilbake" not in after
